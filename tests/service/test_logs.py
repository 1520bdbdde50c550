"""Where the log goes."""

import asyncio
import json
import logging
import sys
import threading

import pytest
import structlog

from assist.service.logs import LoopFaults, configure_logs, keep_crashes_wordless


@pytest.fixture(autouse=True)
def _as_before():
    """Leave logs and hooks as they were."""
    structured, root = structlog.get_config(), logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    yield
    structlog.configure(**structured)
    root.handlers, root.level = handlers, level
    sys.excepthook, threading.excepthook = hooks


def lines(capsys):
    """Return what was logged, a line an object."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_the_log_is_written_to_standard_error(capsys):
    """A line has its level and fields, on standard error and nowhere else."""
    configure_logs(form="text")
    structlog.get_logger("x").info("ready ws://here", store="memory:")
    structlog.get_logger("x").debug("not this")
    told = capsys.readouterr()
    assert told.out == ""
    assert "ready ws://here" in told.err
    assert "store=memory:" in told.err
    assert "info" in told.err
    assert "not this" not in told.err


def test_where_nobody_reads_along_a_line_is_an_object(capsys):
    """Standard error that is no terminal gets JSON, with level and time."""
    configure_logs()
    structlog.get_logger("x").warning("rules refused", at="a.yaml:3:1")
    (line,) = lines(capsys)
    assert (line["event"], line["level"], line["at"]) == ("rules refused", "warning", "a.yaml:3:1")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("level", "told"),
    [("debug", ["d", "i", "w", "e"]), ("warning", ["w", "e"]), ("error", ["e"])],
)
def test_the_level_is_the_least_that_is_told(capsys, level, told):
    """What is below the level is not written."""
    configure_logs(level)
    log = structlog.get_logger("x")
    for say, word in ((log.debug, "d"), (log.info, "i"), (log.warning, "w"), (log.error, "e")):
        say(word)
    assert [line["event"] for line in lines(capsys)] == told


def boom():
    raise ValueError("MARKER words")


def test_what_libraries_say_is_left_out(capsys):
    """Their name, place and the kind of an exception are told; not their words, nor its own."""
    configure_logs()
    try:
        boom()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("MARKER %s", "MARKER")
    logging.getLogger("other").info("too little to be told")
    (line,) = lines(capsys)
    assert (line["library"], line["error"]) == ("uvicorn.error", "ValueError")
    assert "test_logs.py" in line["through"]
    assert "MARKER" not in json.dumps(line)


def test_a_crash_is_told_without_its_words(capsys):
    """Of the program and of a thread of it: the kind and the place, no traceback."""
    configure_logs()
    keep_crashes_wordless()
    try:
        boom()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()
    told = lines(capsys)
    assert [line["error"] for line in told] == ["ValueError", "ValueError"]
    assert all("test_logs.py" in line["through"] for line in told)
    assert "MARKER" not in json.dumps(told)


async def test_a_failure_nobody_waited_for_is_told_without_its_words(capsys):
    """What the loop is left with has its kind and place; what has no exception is told too."""
    configure_logs()
    loop, fault = asyncio.get_running_loop(), LoopFaults()
    try:
        boom()
    except ValueError as error:
        fault(loop, {"message": "MARKER", "exception": error})
    fault(loop, {"message": "MARKER"})
    told = lines(capsys)
    assert told[0]["error"] == "ValueError"
    assert "error" not in told[1]
    assert "MARKER" not in json.dumps(told)


async def test_one_failure_met_without_end_does_not_fill_the_disk(capsys, clock):
    """Out of descriptors, the loop fails hundreds of times a second: told once in each of them."""
    configure_logs()
    loop, fault = asyncio.get_running_loop(), LoopFaults(clock.monotonic)
    for _ in range(30):
        for _ in range(500):
            fault(loop, {"exception": OSError("too many open files")})
        fault(loop, {"exception": KeyError("another")})
        clock.advance(0.1)
    told = lines(capsys)
    assert [line["error"] for line in told] == ["OSError", "KeyError"] * 3
    assert [line.get("more", 0) for line in told[::2]] == [0, 4999, 4999]
