"""The commands as a person types them: what they print, where, and how they end."""

import io
import json
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from assist.cli import main

CHAT = (
    "[10:31] Customer: my parcel still hasn't arrived, I have been waiting 5 days\n"
    "[10:32] Agent: let me look\n"
    "[10:33] Customer: I want to speak to a manager NOW\n"
)


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def assist(*arguments, given=None):
    """Run `assist` in this process and return what came of it."""
    out, err = io.StringIO(), io.StringIO()
    code, logs = 0, structlog.get_config()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.StringIO(given or ""))
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        finally:
            structlog.configure(**logs)
    return Done(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())


@pytest.fixture
def chat(tmp_path):
    """Return a transcript in plain text."""
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def test_replay_json_is_events_in_order(chat):
    """`replay --json` prints events whose offsets rise by one without gaps."""
    done = assist("replay", "--json", chat)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [event["position"]["offset"] for event in events] == list(range(1, len(events) + 1))
    assert {"reading", "escalation", "alert", "summary"} <= {event["type"] for event in events}


def test_replay_shows_the_chat_and_the_level(chat):
    """`replay` shows what was said and where the conversation stands."""
    done = assist("replay", chat)
    assert "I want to speak to a manager NOW" in done.stdout
    assert "supervisors are told" in done.stdout


def test_replay_writes_a_page(chat, tmp_path):
    """`replay --html` writes one page with the timeline and the chat."""
    done = assist("replay", chat, "--html", tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "<svg" in page
    assert "let me look" in page


def test_replay_reads_standard_input_and_samples():
    """`-` is standard input; a sample is known by its name."""
    assert assist("replay", "--json", "-", given=CHAT).returncode == 0
    assert assist("replay", "--json", "late-parcel").stdout.count('"reading"') > 3


def test_analyse_lines_keep_their_ids():
    """`analyse --jsonl -` answers every line with its id, a reading and an escalation."""
    items = [{"id": "a", "text": "I want a refund now!!"}, {"id": 7, "text": "thanks, all good"}]
    given = "\n".join(json.dumps(item) for item in items)
    done = assist("analyse", "--jsonl", "-", given=given)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 7]
    assert set(answers[0]) == {"id", "reading", "escalation"}
    assert set(answers[0]["reading"]) == {"sentiment", "emotions", "causes", "risks", "needs"}
    assert {"level", "score", "trend", "reasons"} <= set(answers[0]["escalation"])


def test_analyse_knows_what_was_said_before():
    """The turns before a text count towards its escalation."""
    text = "still nothing"
    before = [{"role": "customer", "text": "this is the worst service ever, I am furious!!"}]
    given = "\n".join(
        json.dumps(item)
        for item in ({"id": 1, "text": text}, {"id": 2, "text": text, "turns": before})
    )
    done = assist("analyse", "--jsonl", "-", given=given)
    alone, after = (json.loads(line)["escalation"]["score"] for line in done.stdout.splitlines())
    assert after > alone


def test_review_offers_the_same_truth():
    """`review --jsonl -` gives findings with rewrites that keep the condition."""
    given = json.dumps({"id": "d", "draft": "We can't refund you until the parcel is back."})
    answer = json.loads(assist("review", "--jsonl", "-", given=given).stdout)
    texts = [r["text"] for finding in answer["findings"] for r in finding["rewrites"]]
    assert answer["id"] == "d"
    assert "We can refund you as soon as the parcel is back." in texts


def test_single_texts_are_shown_to_people():
    """`analyse TEXT` and `review TEXT` print something a person can read."""
    assert "cause.delay" in assist("analyse", "my parcel still hasn't arrived").stdout
    assert "Tension" in assist("review", "You should have told us.", "--context", "hi").stdout
    assert "Calm tone" in assist("review", "Please calm down.").stdout
    assert "No words to read." in assist("analyse", "").stdout


def test_rules_are_listed_and_proved():
    """`rules list --json` names every rule; `rules prove` ends well."""
    rows = [json.loads(line) for line in assist("rules", "list", "--json").stdout.splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 20
    assert assist("rules", "prove").returncode == 0


def test_schema_is_written(tmp_path):
    """`schema --out` writes both documents."""
    assert assist("schema", "--out", tmp_path / "new").returncode == 0
    assert len(list((tmp_path / "new").glob("*.json"))) == 2


def broken_rule(folder):
    """Return a pack whose only rule has an unknown key."""
    pack = folder / "mine"
    (pack / "empathy").mkdir(parents=True)
    (pack / "pack.yaml").write_text('name: mine\nversion: "1"\nlicence: MIT\n')
    (pack / "empathy" / "bad.yaml").write_text("summary: x.\nwhenn: y\n")
    return pack


def not_json(folder):
    """Return a transcript whose second line cannot be read."""
    path = folder / "bad.jsonl"
    path.write_text('{"role": "customer", "text": "private words"}\n{oops private words\n')
    return path


def half(folder):
    """Return lines whose second has half a character as its id."""
    path = folder / "half.jsonl"
    path.write_text('{"id": 1, "text": ""}\n{"id": "\\ud800", "text": ""}\n')
    return path


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (lambda f: ("replay", not_json(f)), 2, "bad.jsonl:2"),
        (lambda f: ("replay", f / "missing.txt"), 2, "transcript.unreadable"),
        (lambda f: ("replay", f), 2, "no transcript in"),
        (lambda f: ("replay", "late-parcle"), 2, "late-parcel"),
        (lambda f: ("serve", "--rules", broken_rule(f)), 2, "bad.yaml:2:"),
        (lambda f: ("rules", "prove", broken_rule(f)), 2, "pack.unknown-key"),
        (lambda f: ("rules", "prove", f / "nowhere"), 2, "pack.missing-folder"),
        (lambda f: ("analyse",), 2, "usage.wrong"),
        (lambda f: ("analyse", "x", "--jsonl", "-"), 2, "usage.wrong"),
        (lambda f: ("analyse", "--jsonl", f / "missing.jsonl"), 2, "transcript.unreadable"),
        (lambda f: ("serve", "--store", "sqlite:/nowhere/at/all.db", "--port", "0"), 1, "store."),
        (lambda f: ("serve", "--store", "ftp://x", "--port", "0"), 2, "store"),
        (lambda f: ("replay", not_json(f), "--to", "ws://127.0.0.1:1/v1"), 2, "bad.jsonl:2"),
        (lambda f: ("replay", "late-parcel", "--to", "ws://127.0.0.1:1/v1"), 2, "cannot reach"),
        (lambda f: ("replay", "late-parcel", "--html", "/nowhere/x.html"), 2, "cannot write"),
        (lambda f: ("replay", "x", "--to", "ws://h/v1", "--html", f / "x"), 2, "leave out"),
        (lambda f: ("analyse", "not \udcff UTF-8"), 2, "'text' is not UTF-8"),
        (lambda f: ("review", "not \udcff UTF-8"), 2, "'draft' is not UTF-8"),
        (lambda f: ("review", "hi", "--context", "not \udcff"), 2, "'text' is not UTF-8"),
        (lambda f: ("analyse", "--jsonl", half(f)), 2, "half.jsonl:2: this line holds half"),
        (lambda f: ("bench", "--store", f / "turns.sqlite"), 2, "--store takes sqlite: or memory:"),
    ],
)
def test_bad_input_is_named(tmp_path, arguments, code, told):
    """Each kind of bad input ends with its code and says where, without the words of a chat."""
    done = assist(*arguments(tmp_path))
    assert (code, True) == (done.returncode, told in done.stderr.replace("\n", "")), done.stderr
    assert "Traceback" not in done.stderr
    assert "private words" not in done.stderr


def test_a_port_in_use_is_named():
    """A port that somebody else holds is named, with its code."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = assist("serve", "--port", port, "--http-port", "0", "--store", "memory:")
    assert done.returncode == 1
    assert "server.port-in-use" in done.stderr
    assert str(port) in done.stderr


def test_a_failed_proof_ends_with_one(tmp_path):
    """A rule whose example is not caught makes `rules prove` end with 1 and point at the line."""
    pack = tmp_path / "mine"
    (pack / "thank").mkdir(parents=True)
    (pack / "pack.yaml").write_text('name: mine\nversion: "1"\nlicence: MIT\n')
    (pack / "thank" / "said.yaml").write_text(
        "summary: Says hello.\ntechnique: thank\nwatches: customer-turn\nreads: hello\n"
        "reason: says hello\nwhen: {phrases: [hello]}\nwhy: It is polite.\nsource: own\n"
        "flags:\n  - hello you\n  - hello\n  - goodbye\nallows:\n  - no\n  - on\n  - off\n"
    )
    done = assist("rules", "prove", pack)
    assert done.returncode == 1
    assert "said.yaml:12:" in done.stderr.replace("\n", "")


@pytest.mark.slow
def test_bench_prints_a_table():
    """`bench` runs service and echo side by side and loses nothing."""
    done = assist(
        "bench", "--conversations", "2", "--seconds", "1", "--rate", "20", "--store", "memory:"
    )
    assert done.returncode == 0, done.stderr
    assert "bare echo" in done.stdout
    assert "MiB" in done.stdout


def test_importing_changes_nothing():
    """Importing the package loads no heavy library."""
    code = "import sys, assist; print({'spacy', 'pydantic', 'websockets'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_module_is_typed_and_short():
    """No module of the package is longer than 400 lines."""
    import assist as package

    folder = Path(package.__file__).parent
    long = {
        path.name: count
        for path in folder.rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
