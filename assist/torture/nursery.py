"""A process that loads the line once and gives birth to one service after the other.

The law: each order on standard input, a JSON object a line, makes one service in a process of its
own; what is told of it goes to standard output, its log to the file that the order names. With
`--bare` the line has no trained models, which loads in a fraction of the time.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from assist.core.conversation import Conversation
from assist.core.line import Guidance
from assist.core.turns import Event, Turn
from assist.detectors import load_all
from assist.line import Line, Step, load_line
from assist.packs.load import load_packs, merged, patterns_of
from assist.packs.playbookfile import load_playbook
from assist.packs.policies import load_fusion, load_policy
from assist.service import heap
from assist.service.listener import Listener
from assist.service.server import Service, run
from assist.settings import load_settings

__all__ = ["FAILING_WORD", "main"]

FAILING_WORD = "tortureboom"
"""A turn with this word makes the line fail, where the order asks for that."""


class _Failing:
    """A line that fails where it is told to, with the words of the turn in its failure."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def step(self, before: Conversation, event: Event) -> Step:
        """Return what comes of `event`, or fail."""
        if isinstance(event, Turn) and FAILING_WORD in event.text:
            raise ValueError(event.text)
        return self._line.step(before, event)


def main() -> None:
    """Serve the orders until there are no more."""
    heap.settle()
    line = _bare() if "--bare" in sys.argv[1:] else load_line()
    gc.freeze()
    _tell(loaded=line.version)
    for order in sys.stdin:
        born = os.fork()
        if not born:
            _live(json.loads(order), line)
        _tell(born=born)
        _, status = os.waitpid(born, 0)
        _tell(gone=status)


def _bare() -> Line:
    folders = load_packs(())
    pack = merged(folders)
    guidance = Guidance(
        pack=pack,
        policy=load_policy(None),
        playbook=load_playbook((), None),
        detectors=load_all(patterns_of(pack.rules), patterns_of(pack.of_agents)),
        fusion=load_fusion(None),
    )
    return Line(guidance=guidance, folders=folders, missing=("parser", "ngrams", "encoder"))


def _live(order: Mapping[str, Any], line: Line) -> None:
    """Be the service that `order` describes; never returns."""
    code = 1
    try:
        for place, flags, stands_for in (
            (order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 2),
            (os.devnull, os.O_RDONLY, 0),
        ):
            opened = os.open(place, flags, 0o600)
            os.dup2(opened, stands_for)
            os.close(opened)
        if order.get("echo"):
            Listener._converse = _echo  # type: ignore[assignment,method-assign]  # noqa: SLF001 - the listener itself is under test
        settings = load_settings(**order["settings"])
        run(settings, _Failing(line) if order.get("failing") else line, ready=_ready)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, it must be in the log
        traceback.print_exc()
    finally:
        os._exit(code)


def _ready(service: Service) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _probed)
    _tell(ready=service.ws_url, http=service.http_url)


def _probed() -> None:
    _tell(tasks=len(asyncio.all_tasks()))


async def _echo(_listener: Listener, socket: ServerConnection) -> None:
    with suppress(ConnectionClosed):
        async for message in socket:
            await socket.send(message)


def _tell(**what: object) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


if __name__ == "__main__":
    main()
