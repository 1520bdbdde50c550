"""Each module of the core is covered by its own tests: every branch of it, by its own file alone.

One run of `tests/core`, in which all that happens is booked to the test file that makes it happen;
for `assist/core/<m>.py` only what `tests/core/test_<m>.py` does is counted, and what the files
beside it do that bear its name and a subject (`test_<m>_<subject>.py`). Prints what is missing and
ends with 1 where anything is.
"""

import importlib
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "assist" / "core"
HERE = ROOT / "tests" / "core"
IMPORTS = "imports"


class Booking:
    """Books what runs to the file of the test that makes it run, from its import on."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._measured = measured

    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        if isinstance(collector, pytest.Module):
            self._measured.switch_context(collector.path.stem)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        self._measured.switch_context(item.path.stem)
        return (yield)


def own_tests(name: str, names: list[str]) -> list[Path]:
    """Return the test files of one module."""
    others = {f"test_{other}" for other in names if other != name}
    of_subjects = sorted(HERE.glob(f"test_{name}_*.py"))
    files = [HERE / f"test_{name}.py", *(one for one in of_subjects if one.stem not in others)]
    return [one for one in files if one.exists()]


def run(names: list[str]) -> tuple[coverage.Coverage, int]:
    """Return what was measured while the tests of these modules ran, and how they ended."""
    measured = coverage.Coverage(branch=True, data_file=None, source=[str(CORE)])
    measured.start()
    measured.switch_context(IMPORTS)
    for name in names:
        importlib.import_module(f"assist.core.{name}")
    files = [str(one) for name in names for one in own_tests(name, names)]
    options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib", *files]
    ended = pytest.main(options, plugins=[Booking(measured)])
    measured.stop()
    return measured, int(ended)


def faults(measured: coverage.Coverage, name: str, names: list[str]) -> list[str]:
    """Return what the tests of one module leave uncovered in it."""
    files = own_tests(name, names)
    if not files:
        return [f"tests/core/test_{name}.py is missing"]
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        measured.json_report(
            morfs=[str(CORE / f"{name}.py")],
            outfile=str(report),
            contexts=[f"^{IMPORTS}$", *(f"^{one.stem}$" for one in files)],
        )
        (told,) = json.loads(report.read_text(encoding="utf-8"))["files"].values()
    lines = [f"assist/core/{name}.py:{line} is not run" for line in told["missing_lines"]]
    branches = [
        f"assist/core/{name}.py:{start} never goes to {'the end' if end < 0 else end}"
        for start, end in told["missing_branches"]
        if start not in told["missing_lines"]
    ]
    return lines + branches


def main() -> int:
    """Run the tests and tell what they leave out."""
    names = sorted(path.stem for path in CORE.glob("[!_]*.py"))
    measured, ended = run(names)
    found = [fault for name in names for fault in faults(measured, name, names)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"{len(names)} modules of the core, {len(found)} places not covered\n")
    return 1 if found or ended else 0


if __name__ == "__main__":
    sys.exit(main())
