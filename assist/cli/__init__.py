"""The words a person types. Thin: every command hands its work to a room below."""

from assist.cli.app import main

__all__ = ["main"]
