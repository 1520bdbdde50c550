"""A platform that is no module but a file: how any JSON is to be understood, without code.

The law: the file is read once and checked whole, with the place of what is wrong; what it makes is
a `Platform` like any other. A file can take values out of a payload, compare and rename them, and
nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assist.connectors.generic import SIGNED
from assist.connectors.mapping_values import Value, Values, value_in
from assist.connectors.payloads import listed
from assist.connectors.port import (
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
    Unread,
    Verifier,
)
from assist.connectors.verifiers import BodySecret, Coding, HeaderToken, PathSecret, Signed
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Role, Turn, Typing
from assist.errors import PackError
from assist.packs.yamlfile import Node, read

__all__ = ["read_mapping"]

_TOP = frozenset(
    {"platform", "title", "proof", "secrets", "account", "conversation", "each", "events"}
)
_PROOFS = frozenset({"signed", "header", "body", "address"})
_SIGNED = frozenset({"header", "time", "joint", "digest", "coding", "prefix"})
_FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "turn": (
        frozenset({"id", "role", "text", "at"}),
        frozenset({"author", "customer_id", "private", "revision"}),
    ),
    "edit": (frozenset({"id", "text", "at"}), frozenset({"revision"})),
    "redact": (frozenset({"id", "at"}), frozenset()),
    "typing": (frozenset({"role", "on", "at"}), frozenset()),
    "assign": (frozenset({"agent"}), frozenset({"revision"})),
    "open": (frozenset(), frozenset({"channel", "agent", "customer", "customer_id", "locale"})),
    "close": (frozenset({"at"}), frozenset({"outcome"})),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """What must stand at a path: one of `values`; None only asks whether anything does."""

    path: str
    values: tuple[str, ...] | None
    wanted: bool = True

    def holds(self, values: Values) -> bool:
        """Tell whether it does."""
        here = values.plain(self.path)
        met = here is not None if self.values is None else here in self.values
        return met is self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One kind of event: when it is meant, and what it says happened; or why it is ignored."""

    tests: tuple[_Test, ...]
    kind: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mapping:
    """A whole file."""

    name: str
    account: Value
    conversation: Value
    each: str | None
    cases: tuple[_Case, ...]

    def read(self, payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
        """Return what a payload says happened."""
        items = [payload] if self.each is None else listed(payload, self.each)
        return tuple(self._one(Values(item=item, top=payload), setup) for item in items)

    def _one(self, values: Values, setup: Setup) -> Happening | Ignored:
        case = next((case for case in self.cases if _holds(case, values)), None)
        if case is None:
            return Ignored(reason="event.unknown")
        if case.reason:
            return Ignored(reason=case.reason)
        what = _MAKERS[case.kind](case.fields, values)
        if isinstance(what, Turn) and what.author in setup.own:
            return Ignored(reason="message.own")
        revision = case.fields.get("revision")
        return Happening(
            place=Place(
                platform=self.name,
                account=self.account.text(values),
                conversation=self.conversation.text(values),
            ),
            what=what,
            revision=None if revision is None else revision.maybe(values),
            customer=_maybe(case.fields, "customer_id", values),
        )


def read_mapping(path: Path) -> Platform:
    """Return the platform that the file describes; raise PackError with the place of a fault."""
    try:
        return _platform(read(path).mapping("a mapping file", _TOP), path)
    except PackError as error:
        code = error.code.replace("pack.", "mapping.")
        file, line, column = error.file, error.line, error.column
        message = error.message
    raise PackError(message, file=file, line=line, column=column, code=code)


def _platform(top: Mapping[str, Node], path: Path) -> Platform:
    for key in ("platform", "conversation", "events"):
        if key not in top:
            raise PackError(f"`{key}` is missing", file=str(path), code="pack.missing-key")
    name = top["platform"].text("platform")
    if not name.replace("-", "").isalnum() or not name.isascii() or name != name.lower():
        raise top["platform"].wrong("platform must be letters a to z, digits and hyphens")
    mapping = _Mapping(
        name=name,
        account=value_in(top["account"], "account") if "account" in top else Value(constant="main"),
        conversation=value_in(top["conversation"], "conversation"),
        each=top["each"].text("each") if "each" in top else None,
        cases=tuple(_case(node) for node in top["events"].items("events")),
    )
    kinds = {case.kind for case in mapping.cases}
    return Platform(
        name=name,
        title=top["title"].text("title") if "title" in top else name,
        verifier=_verifier(top["proof"]) if "proof" in top else SIGNED,
        read=mapping.read,
        secrets=frozenset(node.text("a secret") for node in _items(top, "secrets")),
        capabilities=Capabilities(
            edits="edit" in kinds,
            deletions="redact" in kinds,
            typing="typing" in kinds,
            private=any("private" in case.fields for case in mapping.cases),
            assignments="assign" in kinds,
            closings="close" in kinds,
        ),
    )


def _items(top: Mapping[str, Node], key: str) -> tuple[Node, ...]:
    return top[key].items(key) if key in top else ()


def _case(node: Node) -> _Case:
    keys = node.mapping("an event", frozenset({"when", "ignore", *_FIELDS}))
    tests = tuple(_tests(keys["when"])) if "when" in keys else ()
    kinds = [key for key in keys if key != "when"]
    if len(kinds) != 1:
        raise node.wrong(f"an event is one of {', '.join(_FIELDS)} or ignore")
    kind = kinds[0]
    if kind == "ignore":
        return _Case(tests=tests, kind=kind, reason=keys[kind].text("ignore"))
    needed, more = _FIELDS[kind]
    given = keys[kind].mapping(kind, needed | more)
    if lacking := sorted(needed - given.keys()):
        raise (keys[kind].key or node).wrong(f"{kind} lacks {', '.join(lacking)}")
    fields = {key: value_in(value, f"{kind}.{key}") for key, value in given.items()}
    if "role" in fields:
        fields["role"].check_results(given["role"], tuple(Role))
    return _Case(tests=tests, kind=kind, fields=fields)


def _tests(node: Node) -> list[_Test]:
    tests = []
    for path, wanted in node.mapping("when").items():
        if isinstance(wanted.value, Mapping):
            keys = wanted.mapping("a test", frozenset({"not", "exists"}))
            if "exists" in keys:
                stands = keys["exists"].one_of("exists", ("true", "false")) == "true"
                tests.append(_Test(path=path, values=None, wanted=stands))
            if "not" in keys:
                tests.append(_Test(path=path, values=_texts(keys["not"]), wanted=False))
        else:
            tests.append(_Test(path=path, values=_texts(wanted)))
    return tests


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(item.verbatim("a value") for item in node.items("values"))


def _holds(case: _Case, values: Values) -> bool:
    return all(test.holds(values) for test in case.tests)


def _verifier(node: Node) -> Verifier:
    keys = node.mapping("proof", _PROOFS)
    if len(keys) != 1:
        raise node.wrong(f"proof is one of {', '.join(sorted(_PROOFS))}")
    ((kind, said),) = keys.items()
    match kind:
        case "header":
            return HeaderToken(header=said.text("header").lower())
        case "body":
            return BodySecret(name=said.text("body"))
        case "address":
            return PathSecret()
    parts = said.mapping("signed", _SIGNED)
    if "header" not in parts:
        raise said.wrong("signed lacks header")
    return Signed(
        header=parts["header"].text("header").lower(),
        time_header=parts["time"].text("time").lower() if "time" in parts else None,
        joint=parts["joint"].verbatim("joint") if "joint" in parts else "",
        digest=_choice(parts, "digest", ("sha256", "sha1")),
        coding=Coding(_choice(parts, "coding", tuple(Coding))),
        prefix=parts["prefix"].verbatim("prefix") if "prefix" in parts else "",
    )


def _choice(parts: Mapping[str, Node], key: str, choices: tuple[str, ...]) -> str:
    """Return what is said under `key`, else the first of the choices."""
    return parts[key].one_of(key, choices) if key in parts else choices[0]


def _turn(fields: Mapping[str, Value], values: Values) -> Happened:
    return Turn(
        id=fields["id"].text(values),
        role=_role(fields, values),
        text=fields["text"].maybe(values) or "",
        at=fields["at"].time(values),
        author=_maybe(fields, "author", values),
        private=_true(fields, "private", values),
    )


def _edit(fields: Mapping[str, Value], values: Values) -> Happened:
    return Edit(
        turn=fields["id"].text(values),
        text=fields["text"].maybe(values) or "",
        at=fields["at"].time(values),
    )


def _open(fields: Mapping[str, Value], values: Values) -> Happened:
    return Opened(
        channel=_maybe(fields, "channel", values),
        agent=_maybe(fields, "agent", values),
        customer_id=_maybe(fields, "customer_id", values),
        customer_name=_maybe(fields, "customer", values),
        locale=_maybe(fields, "locale", values),
    )


def _typing(fields: Mapping[str, Value], values: Values) -> Happened:
    on = _true(fields, "on", values)
    return Typing(role=_role(fields, values), on=on, at=fields["at"].time(values))


def _role(fields: Mapping[str, Value], values: Values) -> Role:
    told = fields["role"].text(values)
    if told in set(Role):
        return Role(told)
    raise Unread(
        f"`{fields['role'].path}` says no role: give `map` and `else`", code="payload.no-role"
    )


def _maybe(fields: Mapping[str, Value], key: str, values: Values) -> str | None:
    return fields[key].maybe(values) if key in fields else None


def _true(fields: Mapping[str, Value], key: str, values: Values) -> bool:
    return _maybe(fields, key, values) in {"true", "1", "yes", "on"}


_MAKERS: Mapping[str, Callable[[Mapping[str, Value], Values], Happened]] = {
    "turn": _turn,
    "edit": _edit,
    "open": _open,
    "typing": _typing,
    "redact": lambda fields, values: Redaction(
        turn=fields["id"].text(values), at=fields["at"].time(values)
    ),
    "assign": lambda fields, values: Assigned(agent=fields["agent"].maybe(values)),
    "close": lambda fields, values: Closed(
        at=fields["at"].time(values), outcome=_maybe(fields, "outcome", values)
    ),
}
