"""How a test waits for what a page does in its own time."""

import time


def until(found, wait: float = 60.0):
    """Return what `found` gives once it gives something."""
    end = time.monotonic() + wait
    while not (value := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return value
