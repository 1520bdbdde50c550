"""Where the shipped files lie."""

import pytest

from assist.errors import LocalFault
from assist.packs import bundled as module
from assist.packs.bundled import bundled


@pytest.mark.parametrize(
    ("expected", "folders"),
    [
        ("assist/_bundled/rules", ["assist/_bundled/rules", "rules"]),
        ("assist/_bundled/rules", ["assist/_bundled/rules"]),
        ("rules", ["rules"]),
    ],
)
def test_the_wheel_comes_before_the_checkout(expected, folders, tmp_path, monkeypatch):
    """Files inside the package are taken first, those beside it where there are none."""
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "assist")
    assert bundled("rules") == tmp_path / expected


def test_a_broken_installation_is_ours_to_mend(tmp_path, monkeypatch):
    """Where nothing was shipped the fault is the installation's, and no path is told."""
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "assist")
    with pytest.raises(LocalFault) as caught:
        bundled("rules")
    assert caught.value.code == "install.incomplete"
    assert str(tmp_path) not in str(caught.value)
