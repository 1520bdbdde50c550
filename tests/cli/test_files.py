"""Files that a command writes: whole, or not at all, and said."""

from pathlib import Path

import pytest

from assist.cli.files import write_whole
from assist.errors import UsageError


def test_a_file_is_written_whole_and_said(tmp_path, capsys):
    """What stood there is replaced; nothing else is left in the folder."""
    place = tmp_path / "page.html"
    place.write_text("before")
    write_whole(place, "after")
    assert place.read_text() == "after"
    assert list(tmp_path.iterdir()) == [place]
    assert "page.html" in capsys.readouterr().err.replace("\n", "")


@pytest.mark.parametrize("name", [".", "", "/", "folder", "none/page.html", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_and_left_clean(tmp_path, monkeypatch, name):
    """A folder, a missing folder, a name too long: an error to act on, and no part of a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        write_whole(Path(name), "text")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_part_is_taken_away_where_it_cannot_take_its_place(tmp_path, monkeypatch):
    """What could not be put in place is not left beside it."""

    def refused(*_args):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UsageError, match="not permitted"):
        write_whole(tmp_path / "page.html", "text")
    assert list(tmp_path.iterdir()) == []
