"""Where the log goes."""

import structlog

from assist.service.logs import configure_logs


def test_the_log_is_written_to_standard_error(capsys):
    """A line has its level and fields, on standard error and nowhere else."""
    before = structlog.get_config()
    try:
        configure_logs()
        structlog.get_logger("x").info("ready ws://here", store="memory:")
        structlog.get_logger("x").debug("not this")
    finally:
        structlog.configure(**before)
    told = capsys.readouterr()
    assert told.out == ""
    assert "ready ws://here" in told.err
    assert "store=memory:" in told.err
    assert "info" in told.err
    assert "not this" not in told.err
