"""A new rule is whole: it proves as written, for each job, and overwrites nothing."""

from pathlib import Path

import pytest

from assist.core.techniques import TECHNIQUES
from assist.errors import UsageError
from assist.line import load_line
from assist.packs.load import load_pack, load_packs
from assist.packs.prove import self_check
from assist.packs.skeleton import Job, begin, job_for, place_of

USUAL = {
    Job.OFFER: "offer-solutions",
    Job.READ: "cause.communication",
    Job.CHECK: "plain-language",
    Job.WAIT: "check-in",
    Job.NOTE: "follow-up",
}


def test_every_skeleton_proves_as_written(tmp_path):
    """With the shipped rules in force, none of the five has a fault."""
    for job, technique in USUAL.items():
        begin(place_of(tmp_path / "mine" / technique / f"first-{job}"), job)
    line = load_line([tmp_path / "mine"])
    files = next(folder.files for folder in line.folders if folder.pack.name == "mine")
    assert len(files) == len(Job)
    assert [str(fault) for fault in self_check(files, line.guidance)] == []


@pytest.mark.parametrize("job", Job)
def test_a_skeleton_fits_every_technique(tmp_path, job):
    """Whatever the technique, the file can be loaded; where it offers, with at least four lines."""
    for technique in TECHNIQUES:
        begin(place_of(tmp_path / "mine" / technique / "first"), job)
    pack = load_pack(tmp_path / "mine").pack
    assert len(pack.rules) == len(TECHNIQUES)
    fewest, most = (4, 9) if job in {Job.OFFER, Job.WAIT} else (0, 0)
    assert [rule.id for rule in pack.rules if not fewest <= len(rule.lines) <= most] == []


def test_the_usual_job_is_taken():
    """A technique's new rule does what most of its rules do; where there are none, it offers."""
    rules = [file.rule for folder in load_packs() for file in folder.files]
    assert job_for("cause.delay", rules) is Job.READ
    assert job_for("positive-language", rules) is Job.CHECK
    assert job_for("apologise", rules) is Job.OFFER
    assert job_for("apologise", []) is Job.OFFER
    notes = [rule for rule in rules if rule.id == "support/apologise/said"]
    assert job_for("apologise", notes) is Job.NOTE
    waits = [rule for rule in rules if rule.id == "support/check-in/gone-quiet"]
    assert job_for("check-in", waits) is Job.WAIT


def test_a_pack_is_begun_once(tmp_path):
    """The first rule brings the manifest; the second leaves it as it is."""
    place = place_of(tmp_path / "mine" / "thank" / "one.yaml")
    assert begin(place, Job.OFFER) == (place.manifest, place.file)
    place.manifest.write_text('name: mine\nversion: "7"\nlicence: MIT\n', encoding="utf-8")
    other = place_of(tmp_path / "mine" / "thank" / "two")
    assert begin(other, Job.OFFER) == (other.file,)
    assert load_pack(tmp_path / "mine").pack.version == "7"


def test_nothing_is_written_over(tmp_path):
    """Where a file of that name lies, it is kept and named."""
    place = place_of(tmp_path / "mine" / "thank" / "one")
    place.file.parent.mkdir(parents=True)
    place.file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"one\.yaml is there already"):
        begin(place, Job.OFFER)
    assert place.file.read_text(encoding="utf-8") == "mine"
    assert not place.manifest.exists()


def test_what_cannot_be_written_is_told(tmp_path):
    """A file where a folder should be is named with the reason."""
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match=r"is there already|cannot write"):
        begin(place_of(tmp_path / "mine" / "thank" / "one"), Job.OFFER)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("one", "PACK/TECHNIQUE/RULE"),
        ("thank/one", "PACK/TECHNIQUE/RULE"),
        ("../thank/one", "PACK/TECHNIQUE/RULE"),
        ("mine/thanks/one", "near it: thank"),
        ("mine/zzz/one", "is not a technique of the catalogue$"),
        ("mine/thank/One", "small letters"),
        ("My Pack/thank/one", "small letters"),
    ],
)
def test_a_wrong_place_is_refused(path, told):
    """The message says how a rule is named, and which technique was perhaps meant."""
    with pytest.raises(UsageError, match=told):
        place_of(Path(path))
