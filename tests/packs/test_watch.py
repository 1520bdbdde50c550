"""A change of rule files is seen, once it has come to rest."""

import os

from assist.packs.watch import marks_of, until_changed


def written(folder, name, text):
    """Return a file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_are_of_yaml_files_alone(tmp_path):
    """Folders are looked through, other files are passed over, and what is gone is no mark."""
    rule = written(tmp_path, "a/b/c.yaml", "x")
    written(tmp_path, "a/b/notes.txt", "x")
    assert set(marks_of([tmp_path])) == {str(rule)}
    assert set(marks_of([rule, tmp_path / "gone.yaml"])) == {str(rule)}


def test_a_change_is_seen_once_it_rests(tmp_path):
    """While the file goes on changing nothing is told; a new, longer or removed file is."""
    rule = written(tmp_path, "c.yaml", "x")
    before, looks = marks_of([tmp_path]), []

    def pause(_seconds):
        looks.append(1)
        if len(looks) in {2, 3}:
            written(tmp_path, "c.yaml", "x" * (5 + len(looks)))

    until_changed([tmp_path], before, pause=pause)
    assert len(looks) == 4
    assert marks_of([tmp_path])[str(rule)][1] == 8


def test_a_change_during_the_work_is_not_missed(tmp_path):
    """What changed between the marks and the waiting ends the waiting."""
    rule = written(tmp_path, "c.yaml", "x")
    before = marks_of([tmp_path])
    os.utime(rule, ns=(1, 1))
    until_changed([tmp_path], before, pause=lambda _: None)
    rule.unlink()
    until_changed([tmp_path], before, pause=lambda _: None)
    assert marks_of([tmp_path]) == {}
