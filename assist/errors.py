"""The tree of errors. Blame is in the type; codes are stable and dotted.

    AssistError
    ├── ClientFault      theirs: answer with the code and go on
    ├── LocalFault       ours: log in full, tell the peer nothing
    │   ├── StoreError   the turn log cannot be read or written
    │   ├── ModelError   weights or policy are missing or damaged
    │   └── Overrun      the line took longer than it may
    ├── PackError        a rule file, with file:line:column
    ├── TranscriptError  a transcript line, by number
    └── UsageError       a command used wrongly, or input that cannot be read

No error's text ever holds the words of a chat.
"""

__all__ = [
    "AssistError",
    "ClientFault",
    "LocalFault",
    "ModelError",
    "Overrun",
    "PackError",
    "StoreError",
    "TranscriptError",
    "UsageError",
]


class AssistError(Exception):
    """Anything this project raises on purpose. `code` is stable; `message` says what to do."""

    code = "assist.error"

    def __init__(self, message: str, *, code: str | None = None, retry: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.retry = retry


class ClientFault(AssistError):
    """The peer sent something that cannot be accepted. `close` is set when the socket must end.

    With `retry_after_s` the same may be sent again after so many seconds, and will then be taken.
    """

    code = "message.refused"

    def __init__(
        self,
        message: str,
        *,
        code: str,
        retry: bool = False,
        close: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, code=code, retry=retry or retry_after_s is not None)
        self.close = close
        self.retry_after_s = retry_after_s


class LocalFault(AssistError):
    """Something of ours failed."""

    code = "server.fault"


class StoreError(LocalFault):
    """The turn log cannot be opened, read or written."""

    code = "store.unavailable"


class ModelError(LocalFault):
    """Weights or a fitted policy are missing or damaged."""

    code = "model.unreadable"


class Overrun(LocalFault):
    """The line took longer over one input than it is allowed to."""

    code = "analysis.overran"


class PackError(AssistError):
    """A rule file cannot be accepted: says where, and what to write instead."""

    code = "pack.invalid"

    def __init__(
        self, message: str, *, file: str, line: int = 1, column: int = 1, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.code}]"


class TranscriptError(AssistError):
    """A transcript cannot be read: names the file and the line."""

    code = "transcript.unreadable"

    def __init__(self, message: str, *, file: str, line: int) -> None:
        super().__init__(message)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.code}]"


class UsageError(AssistError):
    """A command was used wrongly."""

    code = "usage.wrong"
