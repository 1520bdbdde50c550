"""A fitted folder is used as it was made, or refused."""

import json

import pytest

from assist.detectors.fitted import MANIFEST, POLICY, Made, load_fitted
from assist.errors import ModelError, UsageError

FILES = {"ngrams/weights.npz": b"w", "ngrams/manifest.json": b"m", POLICY: b"p"}


@pytest.fixture
def folder(tmp_path):
    """Return a whole folder, made for the models `abc`."""
    for name, body in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    (tmp_path / MANIFEST).write_text(json.dumps(Made(models="abc").manifest(FILES)))
    return tmp_path


def _changed(folder, **values):
    said = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**said, **values}))


def test_a_whole_folder_is_taken(folder):
    """Its files are where they should be, and its digest changes with its manifest."""
    found = load_fitted(folder, "abc")
    assert (found.ngrams / "weights.npz").read_bytes() == b"w"
    assert found.policy.read_bytes() == b"p"
    _changed(folder, more=1)
    assert load_fitted(folder, "abc").digest != found.digest


@pytest.mark.parametrize("name", FILES)
def test_a_changed_or_missing_file_is_refused(folder, name):
    """The error names the file and says what to do."""
    (folder / name).write_bytes(b"else")
    with pytest.raises(ModelError, match=rf"{name} .*run `assist fit` again"):
        load_fitted(folder, "abc")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_fitted(folder, "abc")


def test_a_folder_for_other_models_or_another_version_is_refused(folder):
    """The error tells both sides."""
    with pytest.raises(ModelError, match=r"models abc, and this is .* models xyz") as error:
        load_fitted(folder, "xyz")
    assert error.value.code == "fit.other-version"
    _changed(folder, made_for={"version": "0.0.1", "models": "abc"})
    with pytest.raises(ModelError, match=r"chat-assist 0\.0\.1"):
        load_fitted(folder, "abc")


@pytest.mark.parametrize(
    "said",
    ["", "[]", "{", "{}", '{"name": "fitted", "files": {}, "made_for": {"models": "abc"}}'],
)
def test_a_damaged_manifest_is_refused(folder, said):
    """What is no manifest of a fit is an error, never a stack trace."""
    (folder / MANIFEST).write_text(said)
    with pytest.raises(ModelError, match="damaged") as error:
        load_fitted(folder, "abc")
    assert error.value.code == "fit.damaged"


def test_files_that_the_manifest_should_not_name_are_refused(folder):
    """A manifest with a file less or a file more is damaged."""
    said = json.loads((folder / MANIFEST).read_text())
    _changed(folder, files={**said["files"], "../else": "0"})
    with pytest.raises(ModelError, match="damaged"):
        load_fitted(folder, "abc")


def test_a_folder_that_is_no_fit_is_wrong_use(tmp_path):
    """A wrong path is told as such."""
    with pytest.raises(UsageError, match="no folder that `assist fit` wrote"):
        load_fitted(tmp_path / "no", "abc")
