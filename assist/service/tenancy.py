"""Whose a conversation is: the names that keep tenants apart, and the one way in and out.

The law: inside, a name of a tenant carries the tenant; on the wire it never does. The name is made
where a message comes in and taken off where one goes out, and whatever goes out that is another
tenant's is dropped there, whatever went wrong before. Of the one tenant of a service without
tenants, '', names stay as they are.
"""

import re
from typing import Any, Final

from assist.errors import ClientFault
from assist.wire.messages import ANY_CONVERSATION, ClientMessage

__all__ = ["NAMES", "Outward", "keyed", "keyed_message", "plain", "tenant_of"]

NAMES: Final = ("conversation", "agent")
"""The fields of a client's message that name something of a tenant's."""

# No tenant is called so; a conversation of '' that begins with it is marked too, so no two collide.
_MARK: Final = "\x1f"
_LONGEST: Final = 200
# Within a text every quotation mark is escaped, so this is found in names of fields alone.
_NAMED: Final = re.compile(rb'"(conversation|agent)":"(?:\\u001f([A-Za-z0-9._-]*)\\u001f)?(\*")?')
_MARKED: Final = rb'":"\u001f'


def keyed(tenant: str, name: str) -> str:
    """Return how `name` of that tenant is called inside."""
    if not tenant and not name.startswith(_MARK):
        return name
    return f"{_MARK}{tenant}{_MARK}{name}"


def tenant_of(key: str) -> str:
    """Return whose it is that is called `key` inside."""
    return key.split(_MARK, 2)[1] if key.startswith(_MARK) else ""


def plain(key: str) -> str:
    """Return how `key` is called on the wire."""
    return key.split(_MARK, 2)[2] if key.startswith(_MARK) else key


def keyed_message(tenant: str, message: ClientMessage) -> ClientMessage:
    """Return `message` with its names as they are called inside.

    Raises ClientFault where that makes one too long to be kept.
    """
    changed: dict[str, Any] = {}
    for field in NAMES:
        name = getattr(message, field, None)
        if not isinstance(name, str) or name == ANY_CONVERSATION:
            continue
        key = keyed(tenant, name)
        if len(key) > _LONGEST:
            raise ClientFault(
                f"`{field}` is longer than the {_LONGEST - len(key) + len(name)} characters that"
                " it may have in this tenant; send a shorter one.",
                code="message.too-long",
            )
        if key != name:
            changed[field] = key
    return message.model_copy(update=changed) if changed else message


class Outward:
    """The way out to one tenant's peer."""

    __slots__ = ("_tenant",)

    def __init__(self, tenant: str) -> None:
        self._tenant = tenant.encode()

    def __call__(self, message: bytes) -> bytes | None:
        """Return `message` with its names as on the wire; None where it is another tenant's."""
        if not self._tenant and _MARKED not in message:
            return message
        foreign = False

        def bare(found: "re.Match[bytes]") -> bytes:
            nonlocal foreign
            field, tenant, everything = found.groups()
            if tenant is not None or (field == b"conversation" and not everything):
                foreign = foreign or (tenant or b"") != self._tenant
            return b'"%b":"%b' % (field, everything or b"")

        told = _NAMED.sub(bare, message)
        return None if foreign else told
