"""The published documents are the ones the messages give, and they hold for every message."""

import json
from pathlib import Path

import jsonschema
import pytest

from assist.wire.schema import (
    CLIENT_TYPES,
    FILES,
    SERVER_TYPES,
    asyncapi,
    json_schema,
    type_of,
    write,
)

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "schema"
EVERYTHING = (*CLIENT_TYPES, *SERVER_TYPES)


def golden(name: str) -> dict:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def validator(definition: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({**json_schema(), "$ref": f"#/$defs/{definition}"})


def refs(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(refs(inner) for inner in value.values()))
    return set().union(*(refs(inner) for inner in value)) if isinstance(value, list) else set()


def found(document: dict, ref: str) -> object:
    at: object = document
    for step in ref.removeprefix("#/").split("/"):
        at = at[step]
    return at


def test_the_published_files_are_the_generated_ones(tmp_path):
    """Whoever changes a message regenerates the documents."""
    write(tmp_path)
    for name in FILES:
        generated = (tmp_path / name).read_text(encoding="utf-8")
        assert (PUBLISHED / name).read_text(encoding="utf-8") == generated


def test_the_schema_is_a_schema():
    """It keeps to JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("message", EVERYTHING, ids=type_of)
def test_every_golden_message_is_valid(message):
    """Each golden message keeps to its definition, to its direction's, and to the whole."""
    instance = golden(type_of(message))
    direction = "ClientMessage" if message in CLIENT_TYPES else "ServerMessage"
    validator(message.__name__).validate(instance)
    validator(direction).validate(instance)
    jsonschema.Draft202012Validator(json_schema()).validate(instance)


@pytest.mark.parametrize("message", EVERYTHING, ids=type_of)
def test_a_message_without_its_type_is_invalid(message):
    """The schema asks for what the parser asks for."""
    instance = golden(type_of(message))
    del instance["type"]
    assert not validator(message.__name__).is_valid(instance)


def test_what_is_refused_is_invalid_too():
    """A wrong role, a wrong type and a conversation named `*` break the schema."""
    turn = golden("turn")
    assert not validator("TurnMessage").is_valid({**turn, "conversation": "*"})
    assert not validator("TurnMessage").is_valid({**turn, "turn": {**turn["turn"], "role": "x"}})
    assert not validator("Draft").is_valid({**golden("draft"), "revision": "1"})


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_no_reference_is_dangling(make):
    """Every `$ref` of a document leads somewhere within it."""
    document = make()
    named = refs(document)
    assert named
    for ref in named:
        assert found(document, ref)


def test_asyncapi_has_an_operation_for_each_message():
    """The server receives what clients say, names the answer due, and sends the rest."""
    document = asyncapi()
    assert document["asyncapi"] == "3.0.0"
    assert set(document["operations"]) == {
        *(f"receive-{type_of(message)}" for message in CLIENT_TYPES),
        *(f"send-{type_of(message)}" for message in SERVER_TYPES),
    }
    draft = document["operations"]["receive-draft"]
    assert draft["description"] == "From: agent."
    assert draft["reply"]["messages"][0] == {"$ref": "#/channels/v1/messages/review"}
    assert "reply" not in document["operations"]["receive-typing"]
    assert set(document["components"]["messages"]) == {type_of(one) for one in EVERYTHING}
