"""Prove the wheel: built, installed alone in an empty environment, it can replay and serve.

The environment is kept in `.cache/wheel`, so that the second time is quick and works offline.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "wheel"
LOCK = ROOT / ".locks" / "run.txt"


def run(*command: object, cwd: Path = ROOT) -> str:
    """Run a command and return what it printed; show everything where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=_bare(),
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"failed: {' '.join(str(part) for part in command)}")
    return done.stdout


def _bare() -> dict[str, str]:
    """Return the environment without anything that could show the checkout to the wheel."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def built(folder: Path) -> Path:
    """Build the wheel into `folder`."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def environment(wheel: Path) -> Path:
    """Return the bin folder of an environment that holds the locked versions and this wheel."""
    stamp, digest = CACHE / "lock", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != digest:
        shutil.rmtree(CACHE, ignore_errors=True)
        run(sys.executable, "-m", "venv", CACHE)
        run(_bin(CACHE) / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK)
        stamp.write_text(digest, encoding="ascii")
    pip = (_bin(CACHE) / "python", "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps")
    run(*pip, wheel)
    return _bin(CACHE)


def _bin(folder: Path) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin")


def replays(bin_folder: Path, away: Path) -> int:
    """Replay a transcript of one's own and a shipped sample; return the number of events."""
    chat = away / "chat.txt"
    chat.write_text(
        "Customer: my parcel still hasn't arrived and I've been waiting 5 days\n"
        "Agent: let me look\nCustomer: this is ridiculous, I want to speak to a manager\n",
        encoding="utf-8",
    )
    printed = run(bin_folder / "assist", "replay", "--json", chat, "late-parcel", cwd=away)
    events = [json.loads(line) for line in printed.splitlines()]
    kinds = {event["type"] for event in events}
    wanted = {"reading", "escalation", "suggestion", "alert", "summary"}
    if not wanted <= kinds:
        raise SystemExit(f"the wheel replays without {sorted(wanted - kinds)}")
    run(bin_folder / "assist", "rules", "prove", cwd=away)
    return len(events)


def serves(bin_folder: Path, away: Path) -> str:
    """Start the service, ask it whether it is ready, see the page, and stop it."""
    command = [bin_folder / "assist", "serve", "--port", "0", "--http-port", "0"]
    with subprocess.Popen(
        [*map(str, command), "--store", f"sqlite:{away / 'turns.sqlite'}"],
        cwd=away,
        stderr=subprocess.PIPE,
        text=True,
        env=_bare(),
    ) as service:
        try:
            address = next(
                match[0]
                for line in service.stderr or ()
                if (match := re.search(r"http://\S+:\d+", line))
            )
            with urllib.request.urlopen(f"{address}/readyz", timeout=60) as answer:
                ready = json.load(answer)
            with urllib.request.urlopen(address, timeout=60) as answer:
                page = answer.read().decode()
        finally:
            service.send_signal(signal.SIGTERM)
            code = service.wait(timeout=90)
    if not ready.get("ready") or "<script" not in page or code != 0:
        raise SystemExit(f"the wheel serves badly: ready {ready.get('ready')}, exit {code}")
    return address


def main() -> None:
    """Prove it, or end with what failed."""
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        wheel = built(away / "dist")
        size = wheel.stat().st_size / 1024
        bin_folder = environment(wheel)
        events = replays(bin_folder, away)
        serves(bin_folder, away)
    print(
        f"wheel proved: {wheel.name}, {size:.0f} KiB, {events} events replayed, served and stopped"
    )


if __name__ == "__main__":
    main()
