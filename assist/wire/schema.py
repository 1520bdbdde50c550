"""The published description of the protocol: JSON Schema and AsyncAPI 3.0, made from the messages.

The law: nothing is described here that the messages and the session's table do not say.
"""

import json
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assist.wire.messages import PROTOCOL, SUBPROTOCOL, ClientMessage, ServerMessage
from assist.wire.session import LAW

__all__ = ["CLIENT_TYPES", "FILES", "SERVER_TYPES", "asyncapi", "json_schema", "type_of", "write"]

CLIENT_TYPES: tuple[type[BaseModel], ...] = get_args(ClientMessage)
SERVER_TYPES: tuple[type[BaseModel], ...] = get_args(ServerMessage)
_TITLE = "Assist wire protocol"
_PLACE = {
    "type": "array",
    "description": "Half-open range [start, end] of Unicode code points of the text as sent.",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
}


def type_of(message: type[BaseModel]) -> str:
    """Return what stands in `type` of that message."""
    return str(message.model_fields["type"].default)


def json_schema() -> dict[str, Any]:
    """Return one JSON Schema (2020-12) with a definition for each message and each direction."""
    refs = "#/$defs/"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:assist:protocol:{PROTOCOL}",
        "title": f"{_TITLE}, version {PROTOCOL}",
        "oneOf": [{"$ref": f"{refs}ClientMessage"}, {"$ref": f"{refs}ServerMessage"}],
        "$defs": {
            "ClientMessage": _one_of(CLIENT_TYPES, refs),
            "ServerMessage": _one_of(SERVER_TYPES, refs),
            **_definitions(refs),
        },
    }


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3.0 document, told from the server's side."""
    refs = "#/components/schemas/"
    everything = (*CLIENT_TYPES, *SERVER_TYPES)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": _TITLE,
            "version": f"{PROTOCOL}.0.0",
            "description": f"One JSON object per text frame; subprotocol `{SUBPROTOCOL}`.",
        },
        "defaultContentType": "application/json",
        "servers": {"local": {"host": "localhost:8765", "protocol": "ws"}},
        "channels": {
            "v1": {
                "address": "/v1",
                "messages": {
                    type_of(one): {"$ref": f"#/components/messages/{type_of(one)}"}
                    for one in everything
                },
            }
        },
        "operations": {
            **{f"receive-{type_of(one)}": _received(one) for one in CLIENT_TYPES},
            **{f"send-{type_of(one)}": _operation("send", one) for one in SERVER_TYPES},
        },
        "components": {
            "messages": {type_of(one): _message(one, refs) for one in everything},
            "schemas": _definitions(refs),
        },
    }


FILES = {"assist.schema.json": json_schema, "asyncapi.json": asyncapi}


def write(folder: Path) -> None:
    """Write both documents into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        text = json.dumps(make(), indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


def _definitions(refs: str) -> dict[str, Any]:
    everything = (*CLIENT_TYPES, *SERVER_TYPES)
    _, document = models_json_schema(
        [(one, "validation") for one in everything], ref_template=f"{refs}{{model}}"
    )
    return {**document["$defs"], "Span": _PLACE}


def _one_of(messages: tuple[type[BaseModel], ...], refs: str) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"{refs}{one.__name__}"} for one in messages]}


def _message(message: type[BaseModel], refs: str) -> dict[str, Any]:
    summary = (message.__doc__ or "").strip().splitlines()[0]
    return {
        "name": type_of(message),
        "summary": summary,
        "payload": {"$ref": f"{refs}{message.__name__}"},
    }


def _operation(action: str, *messages: type[BaseModel]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/v1"},
        "messages": [_in_channel(one) for one in messages],
    }


def _received(message: Any) -> dict[str, Any]:
    law = LAW[message]
    operation = {
        **_operation("receive", message),
        "description": f"From: {', '.join(sorted(law.peers))}.",
    }
    if law.answer is not None:
        reply = [_in_channel(law.answer), {"$ref": "#/channels/v1/messages/error"}]
        operation["reply"] = {"channel": {"$ref": "#/channels/v1"}, "messages": reply}
    return operation


def _in_channel(message: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/channels/v1/messages/{type_of(message)}"}
