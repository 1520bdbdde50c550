"""All platforms by name: the modules beside this one, and mapping files.

The law: a module is found by its `PLATFORM`; nothing is registered anywhere.
"""

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import assist.connectors
from assist.connectors.port import Platform
from assist.errors import UsageError

__all__ = ["platform_named", "platforms"]


@cache
def platforms() -> dict[str, Platform]:
    """Return the platforms that are shipped, by name."""
    found = {}
    for entry in pkgutil.iter_modules(assist.connectors.__path__):
        module = importlib.import_module(f"assist.connectors.{entry.name}")
        platform = getattr(module, "PLATFORM", None)
        if isinstance(platform, Platform):
            found[platform.name] = platform
    return dict(sorted(found.items()))


def platform_named(name: str) -> Platform:
    """Return the platform of that name, or the one that the mapping file `name` describes."""
    if name.endswith((".yaml", ".yml")):
        from assist.connectors.mapping import read_mapping  # noqa: PLC0415  only where one is used

        return read_mapping(Path(name))
    if name in platforms():
        return platforms()[name]
    near = get_close_matches(name, platforms(), n=1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    raise UsageError(
        f"no platform is called {name!r}{meant}; known: {', '.join(platforms())}, "
        "or a mapping file that ends in .yaml",
        code="connect.unknown-platform",
    )
