"""The shipped rules: each proves itself, and the set holds together."""

from collections import Counter

import pytest

from assist.core.rules import Watches
from assist.core.signals import DETECTED
from assist.core.techniques import TECHNIQUES
from assist.line import load_line
from assist.packs.prove import prove, prove_lines

LINE = load_line()
FILES = [file for folder in LINE.folders for file in folder.files]
FIRST_PACK = tuple(
    """yes-and positive-language de-escalate empathy acknowledge-feelings active-listening apologise
    own-it offer-choice boundary escalate-up thank inform-progress time-bound no-blame real-apology
    calm-tone let-them-finish confirm-agreement seek-feedback""".split()  # noqa: SIM905
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_a_rule_proves_itself(file):
    """A rule catches what it must, where it must, and leaves its near misses alone."""
    assert not [str(fault) for fault in prove(file, LINE.guidance)]


def test_our_own_prose_is_clean():
    """No line that any rule offers is flagged by any rule for drafts."""
    assert not [str(fault) for fault in prove_lines(FILES, LINE.guidance)]


def test_ids_are_unique():
    """No two rules share an id."""
    counted = Counter(file.rule.id for file in FILES)
    assert not [rule for rule, count in counted.items() if count > 1]


@pytest.mark.parametrize("technique", FIRST_PACK)
def test_the_first_pack_knows_a_technique(technique):
    """Every technique of the first pack offers lines, prompts, or checks drafts."""
    doing = [f for f in FILES if f.rule.technique == technique and f.rule.mark is None]
    assert doing


@pytest.mark.parametrize("technique", [name for name in TECHNIQUES if name.startswith("cause.")])
def test_every_cause_is_read(technique):
    """Every cause of the catalogue is read by a rule, under its own name."""
    assert technique in {file.rule.mark.name for file in FILES if file.rule.mark}


def test_signals_that_rules_ask_for_are_made():
    """No rule waits for an act that no rule reads."""
    read = DETECTED | {file.rule.mark.name for file in FILES if file.rule.mark}
    asked = {act for file in FILES for act in _acts(file.rule.when) | _acts(file.rule.unless)}
    assert not sorted(act for act in asked if f"act.{act}" not in read)


def test_replies_offer_several_lines():
    """Every reply has at least four lines, so that a chat does not hear one twice."""
    replies = [f.rule for f in FILES if f.rule.mark is None and f.rule.kind == "reply"]
    few = [r.id for r in replies if r.watches is not Watches.AGENT_DRAFT and len(r.lines) < 4]
    assert not few


def _acts(condition):
    if condition is None:
        return set()
    found = {condition.act} if hasattr(condition, "act") else set()
    return found.union(*(_acts(part) for part in getattr(condition, "parts", ())))
