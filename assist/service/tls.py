"""The certificate of both ports, for those who have no proxy in front.

The law: one context for both; a renewed certificate is taken up by new connections while the old
ones go on, and one that cannot be used leaves the one in force as it was.
"""

import ssl
from pathlib import Path
from typing import Final

from assist.errors import UsageError

__all__ = ["KEYS_S", "loaded", "tls_context"]

KEYS_S: Final = 10.0
"""How long a peer may take to agree on keys, on both ports: till then nobody knows what it wants.

The event loop's own bound is a minute, of which a silent peer holds a descriptor throughout."""


def tls_context(cert: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """Return what both ports speak, None for plain; raises UsageError where files do not fit."""
    if cert is None or key is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return loaded(context, cert, key)


def loaded(context: ssl.SSLContext, cert: Path, key: Path) -> ssl.SSLContext:
    """Load the files (again) into `context` and return it."""
    for place in (cert, key):
        if not place.is_file():
            raise UsageError(f"there is no file {place}: name one", code="settings.tls")
    try:
        # A passphrase would be asked for on the terminal; nobody sits there.
        context.load_cert_chain(cert, key, password=b"")
    except OSError as error:  # ssl.SSLError is one
        why = error.strerror if not isinstance(error, ssl.SSLError) else "they do not fit together"
        raise UsageError(
            f"certificate {cert} and key {key} cannot be used ({why}): give a PEM chain and its "
            "key without a passphrase",
            code="settings.tls",
        ) from None
    return context
