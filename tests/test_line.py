"""The line as it is put together: from which files, under which name, with what kept."""

from collections.abc import Mapping
from datetime import UTC, datetime

from assist.core.turns import Draft, Role, Turn
from assist.line import load_line, renew

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULE_TEXT = """\
summary: A sweet.
technique: calm
watches: customer-turn
when: {{phrases: [{word}]}}
priority: 99
say: ["Yes.", "Indeed."]
why: Because.
source: own wording
flags: ["[[{word}]]", "so [[{word}]]", "[[{word}]] now"]
allows: [bread, butter, jam]
"""


def extra(folder, word):
    """Return the folder of a pack of one rule, which listens for this word."""
    (folder / "extra/calm").mkdir(parents=True, exist_ok=True)
    (folder / "extra/pack.yaml").write_text("name: extra\nversion: '1'\nlicence: MIT\n", "utf-8")
    (folder / "extra/calm/r.yaml").write_text(RULE_TEXT.format(word=word), "utf-8")
    return folder / "extra"


def test_other_rules_make_another_version(tmp_path):
    """A line with one more pack has another name than the shipped one, and more rules."""
    shipped, more = load_line(), load_line([extra(tmp_path, "late")])
    assert shipped.version != more.version
    assert more.guidance.pack.rules[-1].id == "extra/calm/r"
    assert isinstance(shipped.guidance.policy.weights, Mapping)


def test_another_playbook_makes_another_version(tmp_path):
    """A playbook that says something else is another version, told in every event."""
    book = tmp_path / "own.yaml"
    book.write_text("name: own\noffers: [{offer: ask the depot}]\n", encoding="utf-8")
    shipped = load_line()
    own = renew(shipped, playbook=book)
    assert own.guidance.playbook.name == "own"
    assert own.version != shipped.version
    assert renew(own).version == shipped.version


def test_renewing_reads_the_rules_again_and_keeps_the_models(tmp_path):
    """Changed words of a rule take effect, and what is trained is the very same as before."""
    before = load_line([extra(tmp_path, "marzipan")])
    line = renew(before, [extra(tmp_path, "nougat")])
    for one, word in ((before, "marzipan"), (line, "nougat")):
        said = Turn(id="t", role=Role.CUSTOMER, text=f"so much {word}", at=AT)
        assert one.step(one.begin("c"), said).conversation.standing
    kept = [one for one in line.guidance.detectors if one in before.guidance.detectors]
    assert len(kept) == len(before.guidance.detectors) - 1


def test_the_plain_line_knows_the_same_rules_and_no_model():
    """It reads and suggests with what needs no training, and its version says so."""
    whole = load_line()
    plain = whole.plain()
    assert plain.version == f"{whole.version}-models"
    assert plain.guidance.opinions == ()
    assert 0 < len(plain.guidance.detectors) < len(whole.guidance.detectors)
    text = "This is the third time I ask, and nothing. I want to speak to a manager!"
    said = Turn(id="t", role=Role.CUSTOMER, text=text, at=AT)
    step = plain.step(plain.begin("c"), said)
    assert step.conversation.standing
    assert step.conversation.readings[0].signals
    sources = {proof.source for signal in plain.read(said).signals for proof in signal.evidence}
    assert not {source for source in sources if "encoder" in source or "ngrams" in source}


BLAME_RULE = """\
summary: It blames.
technique: calm
watches: agent-draft
when: {{signal: {name}}}
priority: 99
why: Because.
source: own wording
flags: ["[[You forgot the key]]", "Well, [[you forgot the key]].", "[[You forgot]] it."]
allows: [bread, butter, jam]
"""


def test_what_only_a_company_s_rule_asks_for_is_told_also_after_a_reload(tmp_path):
    """A parse for blame is made where some rule asks for blame, from the next review on."""
    folder = extra(tmp_path, "late")
    text = Draft(text="You forgot the key.")

    def found(line):
        told = line.review(line.begin("c"), text).findings
        return [finding.span for finding in told if finding.rule == "extra/calm/r"]

    before = load_line([folder])
    assert found(before) == []
    (folder / "calm/r.yaml").write_text(BLAME_RULE.format(name="draft.blame"), "utf-8")
    asked = renew(before, [folder])
    assert [span.of(text.text) for span in found(asked)] == ["You forgot"]
    assert found(load_line([folder])) == found(asked)
    assert found(asked.plain()) == found(asked)
    (folder / "calm/r.yaml").write_text(BLAME_RULE.format(name="draft.jargon"), "utf-8")
    assert found(renew(asked, [folder])) == []
