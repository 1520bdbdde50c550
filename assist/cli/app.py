"""The command line, put together.

The law: 0 is done, 1 is that the thing asked for failed, 2 is wrong use or unreadable input. JSON
goes to standard output, everything else to standard error.
"""

import os
import sys

import typer

from assist.__about__ import __version__
from assist.cli import (
    ask,
    bench,
    connect,
    doctor,
    evaluate,
    fit,
    notes,
    replay,
    report,
    rules,
    schema,
    serve,
    settings,
    store,
    token,
    torture,
)
from assist.cli.screen import complain
from assist.errors import AssistError, PackError, TranscriptError, UsageError

__all__ = ["app", "main"]

app = typer.Typer(
    name="assist",
    help="Real-time assist for people who answer customers by chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("demo")(serve.demo)
app.command("doctor")(doctor.doctor)
app.command("settings")(settings.settings)
app.command("token")(token.token)
app.command("replay")(replay.replay)
app.command("report")(report.report)
app.command("analyse")(ask.analyse)
app.command("review")(ask.review)
app.add_typer(rules.app, name="rules")
app.command("schema")(schema.schema)
app.command("eval")(evaluate.evaluate)
app.command("fit")(fit.fit)
connect.app.command("chatwoot-notes")(notes.chatwoot_notes)
app.add_typer(connect.app, name="connect")
app.command("bench")(bench.bench)
app.command("torture")(torture.torture)
app.command("erase")(store.erase)
app.command("backup")(store.backup)
app.command("restore")(store.restore)


def _version(*, show: bool) -> None:
    if show:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def options(
    *,
    version: bool = typer.Option(
        False,
        "--version",
        callback=lambda show: _version(show=show),
        is_eager=True,
        help="Print the version.",
    ),
) -> None:
    """Real-time assist for people who answer customers by chat."""
    del version


def main() -> None:
    """Run one command and end with its exit code."""
    try:
        app()
    except (PackError, TranscriptError, UsageError) as error:
        complain(error)
        sys.exit(2)
    except AssistError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone: say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
