"""The schemas for editors say what the loader says."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from assist.errors import PackError
from assist.packs import conditions, playbookfile, rulefile
from assist.packs.bundled import bundled
from assist.packs.condition_schema import condition_schema
from assist.packs.playbook_schema import playbook_schema
from assist.packs.rulefile import rule_file
from assist.packs.schema import FILES, pack_schema, rule_schema, write
from assist.packs.skeleton import Job, Place, skeleton
from assist.packs.yamlfile import read

PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "schema"
RULE = jsonschema.Draft202012Validator(rule_schema())
SHIPPED = sorted(bundled("rules").glob("*/*/*.yaml"))


class Typed(yaml.SafeLoader):
    """Reads as an editor does: numbers are numbers, while `no` and `yes` are words (YAML 1.2)."""


Typed.yaml_implicit_resolvers = {
    first: [(tag, one) for tag, one in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_texts(text):
    """Return the document with every scalar as text, as our loader has it."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def as_typed(text):
    """Return the document as an editor has it."""
    return yaml.load(text, Loader=Typed)


def test_the_published_schemas_are_the_generated_ones(tmp_path):
    """Whoever changes a key regenerates the schemas: make reference."""
    for path in write(tmp_path):
        assert (PUBLISHED / path.name).read_text(encoding="utf-8") == path.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_a_schema(name):
    """Each keeps to JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(FILES[name]())


def test_the_keys_are_the_loaders():
    """A key that the loader knows is in the schema, with a sentence on it, and no other."""
    assert set(rule_schema()["properties"]) == rulefile.KEYS
    assert set(condition_schema()["anyOf"][0]["properties"]) == conditions.KEYS
    assert set(playbook_schema()["properties"]) == playbookfile.KEYS
    for schema in (rule_schema(), pack_schema(), playbook_schema(), condition_schema()["anyOf"][0]):
        assert all(said["description"] for said in schema["properties"].values())


@pytest.mark.parametrize("reading", [as_texts, as_typed])
def test_every_shipped_file_passes(reading):
    """No rule, manifest or playbook that ships is marked as wrong by an editor."""
    wrong = {
        f"{path.parent.name}/{path.stem}": error.json_path
        for path in SHIPPED
        for error in RULE.iter_errors(reading(path.read_text(encoding="utf-8")))
    }
    assert len(SHIPPED) > 100
    assert wrong == {}
    for name, schema in (("support/pack.yaml", pack_schema), ("playbook.yaml", playbook_schema)):
        jsonschema.validate(reading((bundled("rules") / name).read_text("utf-8")), schema())


SAYS = as_texts(skeleton(Place(folder=Path("p"), technique="empathy", rule="r"), Job.OFFER))


def changed(**keys):
    """Return a good rule with these keys in place of its own; None takes one out."""
    rule = copy.deepcopy(SAYS) | {key.replace("_", "-"): value for key, value in keys.items()}
    return {key: value for key, value in rule.items() if value is not None}


WRONG = {
    "unknown key": changed(whenn="x"),
    "no summary": changed(summary=None),
    "summary without its full stop": changed(summary="So it is"),
    "unknown technique": changed(technique="empathyy"),
    "unknown watcher": changed(watches="customer"),
    "one line": changed(say=["I see."]),
    "unknown slot": changed(say=["I {see}.", "So."]),
    "two flags": changed(flags=["a", "b"]),
    "marks in what is allowed": changed(allows=["a", "b", "[[c]]"]),
    "marks in an allowed chat": changed(allows=["a", "b", {"text": "[[c]]"}]),
    "example without text": changed(flags=["a", "b", {"chat": ["Agent: c"]}]),
    "unknown key of an example": changed(flags=["a", "b", {"text": "c", "becames": "d"}]),
    "empty condition": changed(when={}),
    "empty list": changed(when={"phrases": []}),
    "unknown condition": changed(when={"words": ["a"]}),
    "negated alone": changed(when={"negated": "yes", "level": "high"}),
    "unknown level": changed(when={"level": "hot"}),
    "unknown cause": changed(when={"cause": "weather"}),
    "signal out of range": changed(when={"signal": {"name": "a", "at-least": 3}}),
    "signal without name": changed(when={"signal": {"at-least": 0.3}}),
    "short silence": changed(when={"silence": 1}),
    "condition in a list": changed(when=[{"phrases": ["a"]}, {"stages": "opening"}]),
    "wrong need": changed(needs=["time"]),
    "priority out of range": changed(priority=101),
    "reads and says": changed(reads="a", reason="b"),
    "reads without reason": changed(say=None, reads="a"),
    "unknown axis": changed(say=None, reads="a", reason="b", pulls={"mood": 1}),
    "swap for a customer": changed(swap=[{"from": "a", "to": "b"}]),
    "no job": changed(say=None),
    "swap without to": changed(watches="agent-draft", say=None, swap=[{"from": "a"}]),
    "unknown rewording": changed(watches="agent-draft", say=None, reword="nicer"),
    "lines for a draft": changed(watches="agent-draft"),
    "lines for an agent's turn": changed(watches="agent-turn"),
    "signal of a conversation": changed(watches="conversation", say=None, reads="a", reason="b"),
    "wrong within": changed(within="word"),
    "no wish for words": changed(only_with_words="no"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_the_loader_refuses_is_refused(what, tmp_path):
    """For each fault of shape the loader and the schema agree."""
    path = tmp_path / "r.yaml"
    path.write_text(json.dumps(WRONG[what]), encoding="utf-8")
    with pytest.raises(PackError):
        rule_file(read(path), "p/empathy/r")
    assert not RULE.is_valid(WRONG[what])
    assert not RULE.is_valid(as_typed(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("job", Job)
def test_a_skeleton_passes(job):
    """What `rules new` writes has no mark in an editor."""
    text = skeleton(Place(folder=Path("p"), technique="empathy", rule="r"), job)
    RULE.validate(as_texts(text))
    RULE.validate(as_typed(text))


@pytest.mark.parametrize(
    "keys",
    [
        {"offers": [{"causes": ["delay"]}]},
        {"offers": [{"offer": "look", "causes": ["weather"]}]},
        {"offers": [{"offer": "look", "up-to": "plenty"}]},
        {"tone": "loud"},
        {"languages": ["English"]},
        {"hand-over": [{"hours": "Mon 9-17"}]},
        {"authority": {"up-to": "20 EUR"}},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_wrong_playbook_is_refused(keys, tmp_path):
    """Loader and schema agree on playbooks too."""
    path = tmp_path / "playbook.yaml"
    path.write_text(json.dumps(keys), encoding="utf-8")
    with pytest.raises(PackError):
        playbookfile.playbook(read(path))
    assert not jsonschema.Draft202012Validator(playbook_schema()).is_valid(keys)
