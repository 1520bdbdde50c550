"""A Synapse and all that is around it, once a module; and the browser of tests/browser.

The law: where Synapse is not installed the tests are left out with the way to install it, and fail
in CI.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from matrix_desk import Desk, desk_in  # noqa: E402  a neighbour, not a package
from matrix_homeserver import INSTALLED, PYTHON  # noqa: E402  as above

MISSING = "Synapse is not installed: `make synapse`"


def _browsers() -> Any:
    path = HERE.parent / "browser" / "conftest.py"
    spec = importlib.util.spec_from_file_location("browsers_of_the_tests", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_BROWSERS = _browsers()
browser = _BROWSERS.browser
open_page = _BROWSERS.open_page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser out where there is none, but not in CI."""
    for item in items:
        if HERE in item.path.parents and "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not _BROWSERS.CHROMIUM and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Everything, once a module; each test has users and rooms of its own."""
    if not (INSTALLED.is_file() and PYTHON.is_file()):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with desk_in(tmp_path_factory.mktemp("matrix")) as desk:
        yield desk
