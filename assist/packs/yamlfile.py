"""YAML in which every scalar is text and every error has a place.

The law: `no` is a word here, `1.10` keeps its zero, and a repeated key or a part that stands for
another (`*name`) is refused. A `Node` knows its line and column, so that whoever reads it can point
at what is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from assist.errors import PackError

__all__ = ["Node", "parsed", "read", "words_in"]

_MAX_BYTES = 256 * 1024
_DEEPEST = 20
_QUICK: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C, where the library was built so."""
_QUOTED = 'put the words in quotes: "…"'
_ADVICE = (
    ("'\\t'", "indent with spaces, not with a tab"),
    (
        "mapping values are not allowed",
        f"where words hold a colon, {_QUOTED}; or the line above lacks the blank after its colon",
    ),
    ("cannot start any token", _QUOTED),
    ("found '<scalar>'", f"where words hold quotes, brackets or braces, {_QUOTED}"),
    ("unexpected end of stream", "close what was opened here"),
    ("expected ',' or", "close what was opened here, or put the words in quotes"),
    ("could not find expected ':'", "write a blank after each ':' and '-' above this line"),
    ("block end", "begin this line as far to the right as its neighbours"),
)
"""What to do, by what the reader says of a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A text, a list of nodes or a mapping of nodes, with its place in a file (from 1).

    `key` is the node of the key that it stands under, in a mapping.
    """

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    file: str
    line: int
    column: int
    key: "Node | None" = None

    def wrong(self, message: str, code: str = "pack.invalid") -> PackError:
        """Return the error that points at this node."""
        return PackError(message, file=self.file, line=self.line, column=self.column, code=code)

    def text(self, what: str) -> str:
        """Return the text of this node, or say that `what` must be one."""
        if not isinstance(self.value, str):
            raise self.wrong(f"{what} must be a text", "pack.wrong-type")
        if not self.value.strip():
            raise self.wrong(f"{what} is empty: write it or leave the key out", "pack.empty")
        return " ".join(self.value.split())

    def verbatim(self, what: str) -> str:
        """Return the text of this node as written."""
        if not isinstance(self.value, str):
            raise self.wrong(f"{what} must be a text", "pack.wrong-type")
        return self.value

    def items(self, what: str) -> "tuple[Node, ...]":
        """Return the nodes of a list; a single text counts as a list of one."""
        if isinstance(self.value, str):
            return (self,)
        if isinstance(self.value, tuple):
            return self.value
        raise self.wrong(f"{what} must be a list", "pack.wrong-type")

    def mapping(self, what: str, known: frozenset[str] | None = None) -> "Mapping[str, Node]":
        """Return the keys and nodes of a mapping, each key one of `known`."""
        if not isinstance(self.value, Mapping):
            listed = isinstance(self.value, tuple)
            quoted = f"; for words in brackets, {_QUOTED}" if listed else ""
            raise self.wrong(f"{what} must be a mapping (key: value){quoted}", "pack.wrong-type")
        for key, node in self.value.items() if known is not None else ():
            if known is not None and key not in known:
                choices = ", ".join(sorted(known))
                raise (node.key or node).wrong(
                    f"unknown key {key!r} in {what}{_near(key, known)}; known: {choices}",
                    "pack.unknown-key",
                )
        return self.value

    def number(self, what: str, low: float, high: float) -> float:
        """Return the number this text is, within bounds."""
        try:
            value = float(self.text(what))
        except ValueError:
            raise self.wrong(f"{what} must be a number, in digits", "pack.wrong-type") from None
        if not low <= value <= high:
            raise self.wrong(f"{what} must be between {low:g} and {high:g}", "pack.out-of-range")
        return value

    def one_of(self, what: str, known: Iterator[str] | tuple[str, ...]) -> str:
        """Return the text of this node, one of `known`."""
        choices = tuple(known)
        value = self.text(what)
        if value not in choices:
            raise self.wrong(
                f"{what} {value!r} is not known{_near(value, choices)}; "
                f"choose from {', '.join(choices)}",
                "pack.unknown-value",
            )
        return value


def _near(word: str, known: Iterable[str]) -> str:
    """Return the known word that was meant, as a question, where one comes close."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def read(path: Path, shown_as: str | None = None) -> Node:
    """Return the one document in `path`, or raise `PackError` with the place."""
    return parsed(words_in(path, shown_as), shown_as or str(path))


def words_in(path: Path, shown_as: str | None = None) -> bytes:
    """Return what stands in a file, or raise `PackError` where it cannot be read."""
    file = shown_as or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise PackError(
            f"cannot read the file: {reason}", file=file, code="pack.unreadable"
        ) from None
    if len(raw) > _MAX_BYTES:
        raise PackError("the file is larger than 256 KiB", file=file, code="pack.too-large")
    return raw


def parsed(raw: bytes, file: str) -> Node:
    """Return the one document in `raw`, or raise `PackError` with the place in `file`."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise PackError(
            "the file is not UTF-8 text: save it as UTF-8", file=file, code="pack.unreadable"
        ) from None
    try:
        # About tabs both readers disagree: the one that is always there decides.
        node = _composed(text, file, yaml.SafeLoader if "\t" in text else _QUICK)
    except yaml.YAMLError:
        node = _again(text, file)
    if node is None:
        raise PackError("the file is empty", file=file, code="pack.empty")
    return node


def _again(text: str, file: str) -> Node | None:
    """Return the document as the slower reader reads it, which tells better what is wrong."""
    try:
        return _composed(text, file, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _syntax(error, file) from None


def _composed(text: str, file: str, loader: type[Any]) -> Node | None:
    """Return the one document in a text; what stands after it is an error."""
    events = yaml.parse(text, Loader=loader)
    next(events)  # the stream begins
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    node = _node(events, next(events), file, 0)
    next(events)  # the document ends
    if not isinstance(more := next(events), yaml.StreamEndEvent):
        raise _refused("but found another document", more)
    return node


def _refused(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _syntax(error: yaml.YAMLError, file: str) -> PackError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "a character that cannot stand there"
    advice = next((told for said, told in _ADVICE if said in problem), "")
    if advice.startswith("close"):
        mark = getattr(error, "context_mark", None) or mark
    return PackError(
        f"this cannot be read as YAML: {problem}{'; ' * bool(advice)}{advice}",
        file=file,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
        code="pack.not-yaml",
    )


def _node(events: Iterator[yaml.Event], first: yaml.Event, file: str, depth: int) -> Node:
    """Return the node that begins with the event `first`."""
    mark: Any = first.start_mark
    node = Node(value="", file=file, line=mark.line + 1, column=mark.column + 1)
    if depth > _DEEPEST:
        raise node.wrong("nested too deeply", "pack.too-deep")
    if isinstance(first, yaml.ScalarEvent):
        return replace(node, value=str(first.value))
    if isinstance(first, yaml.MappingStartEvent):
        return replace(node, value=_mapping(events, file, depth + 1))
    if isinstance(first, yaml.SequenceStartEvent):
        return replace(node, value=tuple(_sequence(events, file, depth + 1)))
    raise _refused("write it out instead of *name", first)


def _sequence(events: Iterator[yaml.Event], file: str, depth: int) -> Iterator[Node]:
    while not isinstance(first := next(events), yaml.SequenceEndEvent):
        yield _node(events, first, file, depth)


def _mapping(events: Iterator[yaml.Event], file: str, depth: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    while not isinstance(first := next(events), yaml.MappingEndEvent):
        name = _node(events, first, file, depth)
        if not isinstance(name.value, str):
            raise name.wrong("a key must be a text", "pack.wrong-type")
        if name.value in found:
            raise name.wrong(f"the key {name.value!r} stands twice: keep one", "pack.duplicate-key")
        found[name.value] = replace(_node(events, next(events), file, depth), key=name)
    return found
