"""The families of cues of a pack: on which axes each counts, how much, and where that comes from.

The law: the weights of a family stand in `cues.yaml` and nowhere else. A reading rule names its
family and states no pulls; what the file and the rules say of each other is checked both ways. The
axes stay apart: a rule pulls on no axis that its family does not name. A pack may be without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from assist.core.signals import AXES, DETECTED, Pull
from assist.packs.rulefile import Example, RuleFile, example
from assist.packs.yamlfile import Node

__all__ = ["CUES", "CueFamily", "cue_families", "weighed"]

CUES = "cues.yaml"
_KEYS = frozenset(
    {"catches", "axes", "counts", "origin", "measured", "rules", "detectors", "examples"}
)
_FITTED = "fitted"
_MOST = 3
"""No weight is larger, to either side."""

Weights = Mapping[str, tuple[Pull, ...] | None]
"""Pulls by rule or detector signal; None where a weight is fitted with the models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueFamily:
    """Cues that mean the same: what they are, their axes, weights and origin.

    `rules` holds the pulls of each rule by its id without the pack, `detectors` those of each
    detector's signal by its name. One that does not count (`counts`) has no axis and no weight.
    """

    name: str
    catches: str
    origin: str
    measured: str = ""
    axes: tuple[str, ...] = ()
    counts: bool = True
    rules: Weights = field(default_factory=dict)
    detectors: Weights = field(default_factory=dict)
    examples: tuple[Example, ...] = ()


def cue_families(node: Node, files: Iterable[RuleFile]) -> tuple[CueFamily, ...]:
    """Return the families that `cues.yaml` lists, or raise `PackError` at the place in it.

    `files` are the rules of the pack: each that is listed must be there and name its family.
    """
    by_name = {_short(file): file for file in files}
    return tuple(_family(name, said, by_name) for name, said in node.mapping(CUES).items())


def weighed(files: Iterable[RuleFile], families: tuple[CueFamily, ...]) -> tuple[RuleFile, ...]:
    """Return the rules, those of a family with its weights, or raise `PackError` at the rule."""
    weights = {(family.name, rule): w for family in families for rule, w in family.rules.items()}
    known = {family.name for family in families}
    return tuple(_weighed(file, weights, known) for file in files)


def _weighed(
    file: RuleFile,
    weights: Mapping[tuple[str, str], tuple[Pull, ...] | None],
    known: Iterable[str],
) -> RuleFile:
    if file.cue is None or file.rule.mark is None:
        return file
    family = file.cue.one_of("the family of cues", tuple(known)) if known else None
    if family is None or (family, _short(file)) not in weights:
        raise file.cue.wrong(
            f"{CUES} gives {_short(file)!r} no weight: list it there under its family's 'rules'",
            "pack.no-weight",
        )
    mark = replace(file.rule.mark, pulls=weights[family, _short(file)] or ())
    return replace(file, rule=replace(file.rule, mark=mark))


def _short(file: RuleFile) -> str:
    """Return the id of a rule without its pack."""
    return file.rule.id.partition("/")[2]


def _family(name: str, node: Node, files: Mapping[str, RuleFile]) -> CueFamily:
    keys = node.mapping(f"the family {name!r}", _KEYS)
    for key in ("catches", "origin"):
        if key not in keys:
            raise node.wrong(f"the family {name!r} lacks {key!r}", "pack.missing-key")
    axes = _axes(keys["axes"]) if "axes" in keys else ()
    family = CueFamily(
        name=name,
        catches=keys["catches"].text("catches"),
        origin=keys["origin"].text("origin"),
        measured=keys["measured"].text("measured") if "measured" in keys else "",
        axes=axes,
        counts="counts" not in keys or keys["counts"].one_of("counts", ("no",)) != "no",
        rules=_rules(keys["rules"], name, axes, files) if "rules" in keys else {},
        detectors=_detectors(keys["detectors"], axes) if "detectors" in keys else {},
        examples=_examples(keys["examples"]) if "examples" in keys else (),
    )
    _whole(family, node, keys)
    return family


def _whole(family: CueFamily, node: Node, keys: Mapping[str, Node]) -> None:
    """Refuse a family without a source, an example, or a weight on an axis that it names."""
    sources = {**family.rules, **family.detectors}
    if not family.counts:
        for key in ("axes", "rules", "detectors"):
            if key in keys:
                raise keys[key].wrong(f"{key!r} does not go with counts: no", "pack.wrong-cue")
    elif not sources or not family.axes:
        raise node.wrong(
            f"the family {family.name!r} needs 'axes', and 'rules' or 'detectors'; where it shall "
            "weigh nothing, say counts: no",
            "pack.missing-key",
        )
    if not family.rules and not family.examples:
        raise node.wrong(
            f"the family {family.name!r} has no rule to prove it: give 'examples'",
            "pack.missing-key",
        )
    pulled = {pull.axis for pulls in sources.values() for pull in pulls or ()}
    idle = [axis for axis in family.axes if axis not in pulled]
    if idle and None not in sources.values():
        raise keys["axes"].wrong(
            f"nothing in the family {family.name!r} pulls on {idle[0]!r}: weigh it or leave it out",
            "pack.wrong-cue",
        )


def _axes(node: Node) -> tuple[str, ...]:
    return tuple(item.one_of("an axis", AXES) for item in node.items("axes"))


def _rules(node: Node, name: str, axes: tuple[str, ...], files: Mapping[str, RuleFile]) -> Weights:
    found: dict[str, tuple[Pull, ...] | None] = {}
    for rule, said in node.mapping("rules").items():
        place = said.key or said
        file = files.get(rule)
        if file is None:
            near = get_close_matches(rule, files, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise place.wrong(f"the pack has no rule {rule!r}{hint}", "pack.unknown-rule")
        if file.cue is None or file.cue.text("cue") != name:
            raise place.wrong(
                f"the rule does not name this family: write 'cue: {name}' into {file.file}, in "
                "place of its pulls",
                "pack.wrong-cue",
            )
        found[rule] = _pulls(said, axes)
    return found


def _detectors(node: Node, axes: tuple[str, ...]) -> Weights:
    found: dict[str, tuple[Pull, ...] | None] = {}
    for signal, said in node.mapping("detectors").items():
        if signal not in DETECTED:
            raise (said.key or said).wrong(
                f"no detector makes the signal {signal!r}", "pack.unknown-signal"
            )
        found[signal] = None if said.value == _FITTED else _pulls(said, axes)
    return found


def _pulls(node: Node, axes: tuple[str, ...]) -> tuple[Pull, ...]:
    pulls = node.mapping("a weight", frozenset(axes))
    return tuple(
        Pull(axis=axis, amount=amount.number(axis, -_MOST, _MOST)) for axis, amount in pulls.items()
    )


def _examples(node: Node) -> tuple[Example, ...]:
    return tuple(example(item, marked=True) for item in node.items("examples"))
