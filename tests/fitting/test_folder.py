"""Writing the folder of a fit."""

import pytest

from assist.detectors.fitted import MANIFEST, Made
from assist.errors import UsageError
from assist.fitting.folder import replaceable, write

FILES = {"ngrams/weights.npz": b"one", "card.md": b"two"}
WHOLE = {**FILES, MANIFEST: b'{"name": "fitted"}'}


def _found(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_file_is_written_and_nothing_beside(tmp_path):
    """The folder has its files, and no rest of the writing is left."""
    write(tmp_path / "fit", WHOLE)
    assert _found(tmp_path / "fit") == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == ["fit"]


def test_an_earlier_fit_is_replaced_whole(tmp_path):
    """No file of the earlier fit is left."""
    write(tmp_path / "fit", {**WHOLE, "more.txt": b"x"})
    write(tmp_path / "fit", WHOLE)
    assert _found(tmp_path / "fit") == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == ["fit"]


@pytest.mark.parametrize("there", ["file", "folder", "broken"])
def test_what_is_no_earlier_fit_is_never_replaced(tmp_path, there):
    """A file, or a folder with anything else, is left as it is."""
    place = tmp_path / "fit"
    if there == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / ("notes.txt" if there == "folder" else MANIFEST)).write_text("mine")
    with pytest.raises(UsageError, match="no earlier fit"):
        write(place, WHOLE)
    assert "mine" in (place.read_text() if there == "file" else "".join(
        path.read_text() for path in place.iterdir()
    ))  # fmt: skip


def test_an_empty_folder_may_be_filled(tmp_path):
    """A folder that was made for it is used."""
    (tmp_path / "fit").mkdir()
    write(tmp_path / "fit", WHOLE)
    assert _found(tmp_path / "fit") == WHOLE


def test_a_place_that_is_not_there_is_told_early(tmp_path):
    """Before anything is fitted, a wrong folder is refused."""
    with pytest.raises(UsageError, match="no folder to put it in"):
        replaceable(tmp_path / "no" / "fit")


def test_what_cannot_be_written_leaves_the_earlier_fit(tmp_path):
    """A writing that fails half way changes nothing."""
    write(tmp_path / "fit", WHOLE)
    clash = {**WHOLE, "card.md/x": b"a file where a folder must be"}
    with pytest.raises(UsageError, match="cannot write"):
        write(tmp_path / "fit", clash)
    assert _found(tmp_path / "fit") == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == ["fit"]


def test_the_manifest_names_every_file():
    """Names and checksums are those of the files."""
    assert set(Made(models="m").manifest(FILES)["files"]) == set(FILES)
