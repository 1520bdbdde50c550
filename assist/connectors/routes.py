"""The doors on the HTTP port: `/in/NAME` and whatever a platform appends to it.

The law: a body is read to its bound and no further; a refusal is a status and a code in the header
`X-Assist-Refused`, with an empty body: some platforms show what is answered to their users.
"""

import time
from collections.abc import Callable, Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from assist.connectors.door import Door
from assist.connectors.port import Delivery

__all__ = ["doors"]


def doors(open_doors: Mapping[str, Door], now: Callable[[], float] = time.time) -> list[Route]:
    """Return the routes of these doors, by name."""
    return [
        Route(path, _entrance(door, now), methods=list(door.platform.methods))
        for name, door in open_doors.items()
        for path in (f"/in/{name}", f"/in/{name}/{{rest:path}}")
    ]


def _entrance(door: Door, now: Callable[[], float]) -> Callable[[Request], object]:
    async def enter(request: Request) -> Response:
        try:
            body = await _body(request, door.platform.largest_body)
        except ClientDisconnect:  # or sent away, because it took too long; nobody reads this
            return Response(status_code=400)
        rest = request.path_params.get("rest")
        delivery = Delivery(
            headers=_headers(request),
            body=body,
            path="" if rest is None else f"/{rest}",
            method=request.method,
            received_at=now(),
        )
        receipt = await door.receive(delivery)
        headers = {"X-Assist-Refused": receipt.code} if receipt.refused else {}
        headers["Cache-Control"] = "no-store"
        return Response(
            receipt.answer.body,
            receipt.answer.status,
            headers,
            media_type=receipt.answer.media_type if receipt.answer.body else None,
        )

    return enter


def _headers(request: Request) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in request.headers.raw
    }


async def _body(request: Request, most: int) -> bytes:
    """Return the body, or so much of it that it is seen to be too large."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            break
    return b"".join(parts)
