"""From folders to the rules in force.

The law: the folder is the list; nothing is registered. A pack is a folder with `pack.yaml` and one
file a rule under a folder a technique, and may have `cues.yaml` with the weights of its families of
cues. A pack that shares its name with a shipped one replaces it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assist.core.conditions import AllOf, AnyOf, Condition, CueFound, Pattern
from assist.core.rules import Pack, Rule
from assist.core.techniques import TECHNIQUES
from assist.errors import PackError
from assist.packs.bundled import bundled
from assist.packs.cues import CUES, CueFamily, cue_families, weighed
from assist.packs.playbookfile import PLAYBOOK
from assist.packs.rulefile import RuleFile, rule_file
from assist.packs.yamlfile import Node, parsed, read, words_in

__all__ = ["PackFolder", "load_pack", "load_packs", "merged", "patterns_of"]

_MANIFEST = "pack.yaml"
_PACK_KEYS = frozenset({"name", "version", "language", "licence", "author", "things", "feelings"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFolder:
    """A pack as read: its rules in force, the files that prove them, its families of cues."""

    pack: Pack
    files: tuple[RuleFile, ...]
    path: Path
    cues: tuple[CueFamily, ...] = ()


def load_packs(folders: Iterable[Path] = ()) -> tuple[PackFolder, ...]:
    """Return the shipped packs and those in `folders`, a later one replacing its namesake."""
    found: dict[str, PackFolder] = {}
    for place in (bundled("rules"), *folders):
        for folder in _pack_folders(place):
            loaded = load_pack(folder)
            found[loaded.pack.name] = loaded
    return tuple(found.values())


def load_pack(folder: Path) -> PackFolder:
    """Return the pack in `folder`, or raise `PackError` with file, line and column."""
    manifest = read(folder / _MANIFEST)
    keys = manifest.mapping("pack.yaml", _PACK_KEYS)
    for key in ("name", "version", "licence"):
        if key not in keys:
            raise manifest.wrong(f"the key {key!r} is missing", "pack.missing-key")
    name = keys["name"].text("name")
    if name != folder.name:
        raise keys["name"].wrong("a pack's name is its folder's name", "pack.wrong-place")
    for path in sorted(folder.rglob("*.yml")):
        raise PackError("a rule file ends in .yaml", file=str(path), code="pack.wrong-place")
    beside = [path for path in (folder / _MANIFEST, folder / CUES) if path.exists()]
    found = (path for path in folder.rglob("*.yaml") if path.name != _MANIFEST)
    paths = sorted(path for path in found if path not in beside)
    read_files = tuple(_rule(path, folder, name) for path in paths)
    if not read_files:
        raise manifest.wrong("the pack has no rules", "pack.empty")
    cues = cue_families(read(folder / CUES), read_files) if len(beside) > 1 else ()
    files = weighed(read_files, cues)
    return PackFolder(
        pack=Pack(
            name=name,
            version=keys["version"].text("version"),
            digest=_digest([*beside, *paths]),
            rules=tuple(file.rule for file in files),
            things=_texts(keys, "things"),
            feelings=_feelings(keys),
        ),
        files=files,
        path=folder,
        cues=cues,
    )


def merged(folders: tuple[PackFolder, ...]) -> Pack:
    """Return all these packs as the one set of rules in force."""
    packs = [folder.pack for folder in folders]
    return Pack(
        name="+".join(pack.name for pack in packs),
        version="+".join(pack.version for pack in packs),
        digest=hashlib.sha256("".join(pack.digest for pack in packs).encode()).hexdigest()[:12],
        rules=tuple(rule for pack in packs for rule in pack.rules),
        things=tuple(dict.fromkeys(thing for pack in packs for thing in pack.things)),
        feelings=tuple(dict(pair for pack in packs for pair in pack.feelings).items()),
    )


def patterns_of(rules: Iterable[Rule]) -> tuple[Pattern, ...]:
    """Return every pattern that these rules wait for."""
    return tuple(
        pattern
        for rule in rules
        for condition in (rule.when, rule.unless)
        if condition is not None
        for pattern in _patterns(condition)
    )


def _patterns(condition: Condition) -> list[Pattern]:
    match condition:
        case CueFound(pattern=pattern):
            return [pattern]
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return [pattern for part in parts for pattern in _patterns(part)]
    return []


def _pack_folders(place: Path) -> list[Path]:
    if not place.is_dir():
        what = "file" if place.suffix in {".yaml", ".yml"} else "folder"
        raise PackError(
            f"there is no such {what}: name a folder that holds packs, a pack or a file of one",
            file=str(place),
            code="pack.missing-folder",
        )
    if (place / _MANIFEST).is_file():
        return [place]
    found = sorted(path.parent for path in place.glob(f"*/{_MANIFEST}"))
    if not found and not (place / PLAYBOOK).is_file():
        raise PackError(
            f"no {_MANIFEST} here or one folder further down",
            file=str(place),
            code="pack.missing-manifest",
        )
    return found


def _rule(path: Path, folder: Path, pack: str) -> RuleFile:
    parts = path.relative_to(folder).with_suffix("").parts
    return _read_once(str(path), (pack, *parts), words_in(path))


@lru_cache(maxsize=4096)
def _read_once(file: str, parts: tuple[str, ...], raw: bytes) -> RuleFile:
    """Return the rule that `raw` says; a file that has not changed need not be read again."""
    node = parsed(raw, file)
    if len(parts) != 3:
        raise node.wrong("a rule lies at <pack>/<technique>/<rule>.yaml", "pack.wrong-place")
    loaded = rule_file(node, "/".join(parts))
    if parts[1] not in TECHNIQUES:
        raise node.wrong(
            f"{parts[1]!r} is not a technique of the catalogue", "pack.unknown-technique"
        )
    return loaded


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _texts(keys: object, key: str) -> tuple[str, ...]:
    node = keys.get(key) if isinstance(keys, dict) else None
    return tuple(item.text(key) for item in node.items(key)) if isinstance(node, Node) else ()


def _feelings(keys: object) -> tuple[tuple[str, str], ...]:
    node = keys.get("feelings") if isinstance(keys, dict) else None
    if not isinstance(node, Node):
        return ()
    return tuple((name, word.text(name)) for name, word in node.mapping("feelings").items())
