"""The families of cues: what the file may say, and that the shipped ones are whole and proved."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.signals import AXES, Pull
from assist.core.turns import Role, Turn
from assist.errors import PackError
from assist.line import load_line
from assist.packs.cues import CUES
from assist.packs.load import load_pack, load_packs

PACK = 'name: shop\nversion: "1"\nlicence: MIT\n'
RULE = """\
summary: Something is late.
technique: emotion
watches: customer-turn
reads: late
reason: waits
cue: waiting
when: {phrases: [late]}
why: Because it is.
source: own wording
flags: [late, "so late", "late again"]
allows: [early, soon, "in time"]
"""
CUE = """\
waiting:
  catches: "Waits."
  axes: [effort, valence]
  rules:
    emotion/late: {effort: 0.5, valence: -0.25}
  origin: "our own"
"""
WEIGHT = """\
  rules:
    emotion/late: {effort: 0.5, valence: -0.25}
"""
NOT_ITS = CUE.replace("rules:\n    emotion/late", "examples: [late]\n  detectors:\n    curt")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = {
    "harsh-judgement", "no-answer", "on-hold", "cut-off", "nobody-acts", "wasted-time", "profanity",
    "intent-to-leave", "still-unsolved", "sarcasm", "named-feeling", "negation", "disbelief", "why",
    "cancelled", "cannot", "broken-promise", "manager", "blame-on-company", "money", "absolutes",
    "loudness", "many-contacts", "blame-on-you", "leverage", "legal", "deadline", "question",
    "politeness", "public", "thanks",
}  # fmt: skip
"""The families that were asked for, ours beside them left out."""
WEAK = ["emotion/absolutes", "emotion/why-blame", "emotion/blames-company", "emotion/blames-you"]
WEAK += ["need/deadline", "risk.churn/long-standing"]


def a_pack(folder, *, cues=CUE, rule=RULE):
    """Write a pack of one rule, `emotion/late`, and its families of cues; return its folder."""
    place = folder / "shop"
    (place / "emotion").mkdir(parents=True)
    (place / "pack.yaml").write_text(PACK, encoding="utf-8")
    (place / "emotion" / "late.yaml").write_text(rule, encoding="utf-8")
    if cues is not None:
        (place / CUES).write_text(cues, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def shipped():
    """Return the shipped pack with families."""
    (folder,) = [folder for folder in load_packs() if folder.cues]
    return folder


@pytest.fixture(scope="module")
def line():
    """Return the line in force."""
    return load_line()


def test_a_rule_takes_its_pulls_from_its_family(tmp_path):
    """The weight stands in cues.yaml; the rule that names its family has it."""
    loaded = load_pack(a_pack(tmp_path))
    (rule,) = loaded.pack.rules
    pulls = (Pull(axis="effort", amount=0.5), Pull(axis="valence", amount=-0.25))
    assert rule.mark.pulls == pulls
    assert loaded.files[0].rule == rule
    (family,) = loaded.cues
    assert (family.name, family.axes) == ("waiting", ("effort", "valence"))
    assert family.rules == {"emotion/late": pulls}


def test_a_pack_may_be_without(tmp_path):
    """A rule without a family keeps the pulls of its own file."""
    own = RULE.replace("cue: waiting", "pulls: {effort: 0.4}")
    loaded = load_pack(a_pack(tmp_path, cues=None, rule=own))
    assert loaded.cues == ()
    assert loaded.pack.rules[0].mark.pulls == (Pull(axis="effort", amount=0.4),)


def test_another_weight_is_another_pack(tmp_path):
    """The digest changes with cues.yaml, so that nothing learnt is taken for the same."""
    one = load_pack(a_pack(tmp_path / "a")).pack.digest
    assert one != load_pack(a_pack(tmp_path / "b", cues=CUE.replace("0.5", "0.6"))).pack.digest


@pytest.mark.parametrize(
    ("place", "code", "old", "new"),
    [
        ("cues.yaml:5:5", "pack.unknown-rule", "emotion/late", "emotion/lat"),
        ("cues.yaml:3:10", "pack.unknown-value", "[effort,", "[smell,"),
        ("cues.yaml:5:20", "pack.unknown-key", "{effort: 0.5", "{trust: 0.5"),
        ("cues.yaml:5:28", "pack.out-of-range", "0.5", "5"),
        ("cues.yaml:3:9", "pack.wrong-cue", "[effort,", "[effort, trust,"),
        ("cues.yaml:2:3", "pack.missing-key", '  origin: "our own"\n', ""),
        ("cues.yaml:2:3", "pack.missing-key", "rules:\n    emotion/late:", "detectors:\n    curt:"),
        ("cues.yaml:5:5", "pack.unknown-signal", "rules:\n    emotion/late", "detectors:\n    no"),
        ("cues.yaml:2:3", "pack.missing-key", WEIGHT, ""),
        ("cues.yaml:4:9", "pack.wrong-cue", "  axes:", "  counts: no\n  axes:"),
        ("cues.yaml:4:3", "pack.unknown-key", "  rules:", "  weights:"),
        ("cues.yaml:5:5", "pack.wrong-cue", "waiting:", "queueing:"),
    ],
)
def test_what_is_wrong_in_the_file_is_shown(tmp_path, place, code, old, new):
    """Unknown rules, axes and signals, a weight that does not fit: file, line and column."""
    assert old in CUE
    with pytest.raises(PackError) as caught:
        load_pack(a_pack(tmp_path, cues=CUE.replace(old, new, 1)))
    wrong = caught.value
    assert wrong.code == code
    assert f"{wrong.file}:{wrong.line}:{wrong.column}".endswith(f"/{place}")


@pytest.mark.parametrize(
    ("place", "code", "cues", "rule"),
    [
        ("7:8", "pack.two-weights", CUE, RULE.replace("when", "pulls: {effort: 1}\nwhen")),
        ("6:6", "pack.unknown-value", NOT_ITS, RULE.replace("waiting", "wating")),
        ("6:6", "pack.no-weight", NOT_ITS, RULE),
        ("6:6", "pack.no-weight", None, RULE),
        ("6:6", "pack.empty", CUE, RULE.replace("cue: waiting", "cue: ''")),
        ("5:6", "pack.wrong-job", CUE, RULE.replace("reads: late\nreason: waits", "kind: nudge")),
    ],
)
def test_what_is_wrong_in_the_rule_is_shown(tmp_path, place, code, cues, rule):
    """A second weight, an unknown family, one that gives it none: at the place in the rule."""
    with pytest.raises(PackError) as caught:
        load_pack(a_pack(tmp_path, cues=cues, rule=rule))
    wrong = caught.value
    assert wrong.code == code
    assert f"{wrong.file}:{wrong.line}:{wrong.column}".endswith(f"/late.yaml:{place}")


def test_every_family_asked_for_is_there(shipped):
    """Each has its axes, a weight by a rule or a detector, and an origin; each axis is used."""
    families = {family.name: family for family in shipped.cues}
    assert set(families) >= ASKED
    for family in families.values():
        assert bool(family.rules or family.detectors) is family.counts, family.name
        assert bool(family.axes) is family.counts, family.name
        assert family.origin
    assert {axis for family in shipped.cues for axis in family.axes} == set(AXES)


def test_what_a_customer_says_has_its_weight_from_a_family(shipped):
    """No reading rule of a customer's turn keeps a weight of its own."""
    there = [file for file in shipped.files if file.rule.mark and file.rule.mark.pulls]
    heard = [file for file in there if str(file.rule.watches) == "customer-turn"]
    assert len(heard) > 60
    assert [file.rule.id for file in heard if file.cue is None] == []


def test_every_rule_of_a_family_has_its_proof(shipped):
    """Texts to catch and near misses stand in each rule, eight and more in the weak ones."""
    files = {file.rule.id.partition("/")[2]: file for file in shipped.files}
    assert sum(len(family.rules) for family in shipped.cues) >= 60
    for family in shipped.cues:
        for rule in family.rules:
            assert files[rule].flags
            assert files[rule].allows
    for rule in WEAK:
        assert min(len(files[rule].flags), len(files[rule].allows)) >= 8, rule


def test_detectors_pull_as_the_families_say(shipped, line):
    """Each detector of a family is set off by one of its examples, with exactly that weight."""
    assert sum(len(family.detectors) for family in shipped.cues) >= 5
    for family in shipped.cues:
        said = [signals_of(line, example) for example in family.examples]
        for name, pulls in family.detectors.items():
            found = [signals[name] for signals in said if name in signals]
            assert found, (family.name, name)
            assert all(signal.pulls == (pulls or ()) for signal in found), (family.name, name)


def test_what_does_not_count_weighs_nothing(shipped, line):
    """Politeness and a question mark move neither the lexicon nor an axis."""
    silent = [family for family in shipped.cues if not family.counts]
    assert len(silent) >= 2
    for family in silent:
        for example in family.examples:
            signals = signals_of(line, example)
            assert "valence.lexicon" not in signals
            assert [s.name for s in signals.values() if s.pulls and s.name != "valence"] == []


@pytest.mark.parametrize(
    "said",
    [
        "I've been a loyal customer for 20 years and I need it by Friday or I'm going elsewhere?",
        "could you send it asap, please",
        "why do I have to enter the code twice?",
        "it's always the same form, isn't it?",
    ],
)
def test_a_weak_cue_alone_raises_no_alarm(line, said):
    """One sentence with deadline, years, absolutes or a why leaves a calm chat below high."""
    state = line.step(line.begin("c"), turn(1, Role.CUSTOMER, said)).conversation
    assert str(state.escalation.level) in {"calm", "watch"}


def signals_of(line, example):
    """Play an example; return the signals of its last turn by name."""
    state = line.begin("c")
    for number, said in enumerate(example.chat, start=1):
        who, _, text = said.partition(": ")
        state = line.step(state, turn(number, Role(who.lower()), text)).conversation
    last = turn(len(example.chat) + 1, Role.CUSTOMER, example.text)
    reading = line.step(state, last).conversation.reading(last.id)
    return {signal.name: signal for signal in reading.signals}


def turn(number, role, text):
    at = START + timedelta(seconds=10 * number)
    return Turn(id=f"t{number}", role=role, text=text, at=at)
