"""Turn public conversation sets into transcripts on the fly: JSONL on standard output.

    python tests/real/convert.py ibm_care DATA | assist replay - --json | python tests/real/table.py

Nothing of the sets is kept. In `github_incivility` every comment counts as a customer's; links,
code and quoted lines are left out of it, since they are not what the writer says.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any

_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def ibm_care(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield customer-care conversations, each ending in the agent's reply."""
    for row in rows(folder / "ibm_care.jsonl.gz"):
        turns = [(turn["role"], turn["text"]) for turn in row["turns"]]
        yield row["id"], [*turns, ("agent", row["reply"])]


def github_incivility(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield heated issue threads, comment by comment."""
    found = rows(folder / "github_incivility.jsonl.gz")
    for conversation, comments in groupby(found, key=lambda row: row["conv"]):
        yield conversation, [("customer", plain(row["text"])) for row in comments]


def plain(text: str) -> str:
    """Return a comment without code blocks, quoted lines and links."""
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    kept = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return re.sub(r"https?:\S+", "", "\n".join(kept)).strip() or "…"


def main() -> None:
    """Print the transcripts of one set."""
    sets = {"ibm_care": ibm_care, "github_incivility": github_incivility}
    parser = argparse.ArgumentParser(description="Public conversations as transcripts.")
    parser.add_argument("name", choices=sorted(sets))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=None, help="this many conversations")
    chosen = parser.parse_args()
    for conversation, turns in islice(sets[chosen.name](chosen.folder), chosen.most):
        for number, (role, text) in enumerate(turns, start=1):
            at = _START + timedelta(seconds=100 * number)
            turn = {"conversation": conversation, "id": f"t{number}", "role": role, "text": text}
            sys.stdout.write(json.dumps({**turn, "at": at.isoformat()}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
