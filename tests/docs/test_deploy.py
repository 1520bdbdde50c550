"""What is handed to operators is true: metrics, settings, commands and files they name exist."""

import configparser
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from assist.cli.app import app
from assist.service.metrics import STAGES, Metrics, Readout
from assist.service.readiness import GOES_ON
from assist.settings import Settings, load_settings
from assist.wire.closing import Closing

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
PAGES = sorted(DEPLOY.glob("*.md"))
_NAME = re.compile(r"\b(?:assist|process)_[a-z_]+\b(?!\.)")


def known():
    """Return every sample name that a service tells, also those nothing has happened to yet."""
    metrics = Metrics()
    metrics.watch(lambda: Readout(queues={"x": 1}, levels={"calm": 1}, degraded=("store",)))
    names = set()
    for family in metrics.registry.collect():
        names.add(family.name)
        if family.type == "counter":
            names.add(f"{family.name}_total")
        if family.type == "histogram":
            names |= {f"{family.name}_{end}" for end in ("bucket", "count", "sum")}
        names |= {sample.name for sample in family.samples}
    return names


def labels():
    """Return the labels of each metric."""
    metrics = Metrics()
    metrics.watch(lambda: Readout(queues={"x": 1}, levels={"calm": 1}, degraded=("store",)))
    found = {}
    for collector in metrics.registry._collector_to_names:
        for name in metrics.registry._collector_to_names[collector]:
            found[name] = set(getattr(collector, "_labelnames", ())) | {"le"}
    found["assist_queued"], found["assist_levels"] = {"queue"}, {"level"}
    found["assist_degraded"] = {"part"}
    return found


def expressions():
    """Return what the dashboard and the alerts ask Prometheus for."""
    board = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))
    asked += [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    return asked


@pytest.mark.parametrize("expression", expressions())
def test_every_metric_asked_for_exists(expression):
    """Names and labels of the dashboard and the alerts are those of a service."""
    named = set(_NAME.findall(expression))
    assert named <= known(), named - known()
    assert named or "up{" in expression
    for name, wanted in re.findall(r"\b(assist_[a-z_]+)\{([a-z]+)=", expression):
        assert wanted in labels()[re.sub("_(bucket|count|sum)$", "", name)]
    for grouped in re.findall(r"by \(([^)]*)\)", expression):
        allowed = set().union(*(labels().get(re.sub("_bucket$", "", one), set()) for one in named))
        assert {label.strip() for label in grouped.split(",")} <= allowed, expression


def test_the_dashboard_leaves_no_metric_out():
    """What is counted is shown somewhere; each panel has its own place."""
    board = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
    asked = " ".join(expressions())
    families = {family.name for family in Metrics().registry.collect()}
    ours = {name for name in families if name.startswith("assist_")}
    assert not [name for name in ours if not re.search(rf"\b{name}(_total|_bucket)?\b", asked)]
    places = [tuple(panel["gridPos"][side] for side in "xy") for panel in board["panels"]]
    assert len(set(places)) == len(places) == len({panel["id"] for panel in board["panels"]})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_exists(page):
    """Metrics, `assist` commands with their options, settings and their variables."""
    text = page.read_text(encoding="utf-8")
    assert set(_NAME.findall(text)) <= known()
    for variable in re.findall(r"\bASSIST_([A-Z_]+)\b", text):
        assert variable.lower() in {*Settings.model_fields, "config"}, variable
    commands = get_command(app).commands
    for name, rest in re.findall(r"\bassist ([a-z]+)((?: [^\n`|#]*)?)", "\n".join(code(text))):
        assert name in commands, name
        known_options = {option for param in commands[name].params for option in param.opts}
        known_options |= {o for param in commands[name].params for o in param.secondary_opts}
        if not hasattr(commands[name], "commands"):
            assert set(re.findall(r"--[a-z-]+", rest)) <= known_options | {"--help"}, (name, rest)


def code(text):
    """Return the code of a page that begins with `assist`, in blocks and within lines."""
    spans = re.findall(r"(?<!`)`([^`\n]+)`", text)
    blocks = "\n".join(re.findall(r"```\w*\n(.*?)```", text, flags=re.DOTALL)).splitlines()
    found = [re.sub(r"^\s*(?:/\S*/bin/|docker exec assist )", "", line) for line in spans + blocks]
    return [line for line in found if line.startswith("assist ")]


def test_every_degraded_part_is_explained():
    """Each part that goes on is in the table with 200; the rest with 503."""
    page = (DEPLOY / "monitoring.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z]+)` \| (200|503) \|", page, flags=re.MULTILINE))
    assert {part for part, status in told.items() if status == "200"} == GOES_ON
    assert {part for part, status in told.items() if status == "503"} == {
        "store", "analysis", "stopping",
    }  # fmt: skip
    assert all(f"`{stage}`" in page for stage in STAGES)


def test_the_codes_of_the_end_are_those_of_the_protocol():
    """4000 and 4002 stand in the table of signals."""
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert f"| {Closing.RESTART.value}: " in page
    assert f"| {Closing.GOING_AWAY.value}: " in page


def test_the_sample_settings_can_be_used():
    """The file is read as it is, and also with everything in it that is commented out."""
    file = DEPLOY / "assist.toml"
    assert load_settings(file).public_url == "wss://assist.example/v1"
    every = re.sub(r"^# (?=[a-z_]+ = )", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(tomllib.loads(every)) <= set(Settings.model_fields)
    for block in re.findall(r"```toml\n(.*?)```", "".join(map(Path.read_text, PAGES)), re.DOTALL):
        assert set(tomllib.loads(block)) <= set(Settings.model_fields)


class _Unit(configparser.RawConfigParser):
    """A unit file: keys may come twice, and have capitals."""

    def optionxform(self, optionstr):
        return optionstr


def unit():
    parser = _Unit(strict=False)
    parser.read(DEPLOY / "assist.service")
    return parser["Service"]


def test_the_unit_is_closed_and_waits_long_enough():
    """An account of its own, one folder to write to, and more time to stop than a drain takes."""
    service = unit()
    for key, value in {
        "Type": "notify", "DynamicUser": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
        "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "StateDirectory": "assist",
        "MemoryDenyWriteExecute": "yes", "PrivateDevices": "yes", "KillSignal": "SIGTERM",
    }.items():  # fmt: skip
        assert service[key] == value, key
    assert int(service["TimeoutStopSec"]) > Settings().drain_s + 5
    text = (DEPLOY / "assist.service").read_text(encoding="utf-8")
    for variable in re.findall(r"ASSIST_([A-Z_]+)=", text):
        assert variable.lower() in Settings.model_fields


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_unit(tmp_path):
    """No key is unknown to it, and it calls the exposure OK."""
    text = (DEPLOY / "assist.service").read_text(encoding="utf-8")
    place = tmp_path / "assist.service"
    place.write_text(text.replace("/opt/assist/bin/assist", "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "assist.service" not in done.stderr, done.stderr
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", place],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-200:]


def test_the_container_copies_what_is_there_and_runs_as_nobody_special():
    """Each file it copies is in the repository and not shut out; the last user is not root."""
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
                assert f"!{source}" in let_in, source
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1] == "10001:10001"
    text = "\n".join(lines)
    program, *words = json.loads(
        text.partition("HEALTHCHECK")[2].partition("CMD ")[2].split("\n")[0]
    )
    assert (program, words) == ("assist", ["doctor", "--healthy"])
    for variable in re.findall(r"ASSIST_([A-Z_]+)=", text):
        assert variable.lower() in Settings.model_fields


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxies_join_both_ports_and_keep_operators_pages_inside(name):
    """Both ports by their defaults, and neither /metrics nor /readyz."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for port in (Settings().port, Settings().http_port):
        assert f"127.0.0.1:{port}" in text
    assert "/metrics" in text
    assert "/readyz" in text
    assert "404" in text
    assert "X-Forwarded-For" in text
