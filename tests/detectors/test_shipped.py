"""Files shipped as data are what their manifest says, or are not used."""

import hashlib
import json

import pytest

from assist.detectors.shipped import check, manifest
from assist.errors import ModelError


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one file, and the file's digest by its name."""
    (tmp_path / "model").write_bytes(b"weights")
    return tmp_path, {"model": hashlib.sha256(b"weights").hexdigest()}


def test_files_as_the_manifest_has_them_are_taken(folder):
    """A whole folder passes without a word."""
    check(*folder, "do this")


@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "folder"])
def test_a_damaged_file_is_a_model_error(folder, damage):
    """A changed, cut, missing or odd file is named in the error."""
    place = folder[0] / "model"
    if damage in {"gone", "folder"}:
        place.unlink()
    if damage == "folder":
        place.mkdir()
    if damage in {"changed", "cut"}:
        place.write_bytes(b"weight" + b"!" * (damage == "changed"))
    with pytest.raises(ModelError, match=r"file model is missing or not the one .*: do this"):
        check(*folder, "do this")


def test_a_manifest_is_what_it_says(tmp_path):
    """A manifest is read as the JSON it is."""
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {}}), "utf-8")
    assert manifest(tmp_path / "manifest.json") == {"files": {}}
