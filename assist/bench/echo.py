"""A bare `websockets` echo: the floor that a service on this machine cannot go below.

Run as a process of its own; it prints its port and echoes until it is stopped.
"""

import asyncio
import contextlib

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

__all__ = ["main"]


async def _echo(socket: ServerConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for message in socket:
            await socket.send(message)


async def _serve() -> None:
    async with serve(_echo, "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)  # noqa: T201 - read by the bench
        await server.serve_forever()


def main() -> None:
    """Echo until stopped."""
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
