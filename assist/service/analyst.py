"""Where the line runs: on one thread of its own, never on the loop.

The law: what is asked first is done first; what fails there fails for its asker alone.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["Analyst"]

T = TypeVar("T")


class Analyst:
    """One worker thread."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="analyst")

    async def ask(self, work: Callable[[], T]) -> T:
        """Return what `work` gives, done off the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def close(self) -> None:
        """Do nothing more; what runs now is finished, what waits is dropped."""
        self._worker.shutdown(wait=False, cancel_futures=True)
