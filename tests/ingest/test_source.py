"""Finding and opening files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ctcorpus.errors import SourceError
from ctcorpus.ingest import find_sources, read


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.md", "b/1.txt", ".hidden/x.txt", "b/.x.txt", "b/image.png", "c.TEXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Words.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.md")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "two\nlines.txt").write_text("Words.")
    found = find_sources([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["a.md", "c.TEXT", "b/1.txt", "b/2.txt"]
    reasons = {Path(path).name: reason for path, reason in found.failed}
    assert reasons == {
        "link.txt": "it is a symbolic link",
        "loop": "it is a symbolic link",
        "pipe.txt": "it is a named pipe, not a file",
        "two\\nlines.txt": "its name holds a line break",
    }


@pytest.mark.skipif(os.uname().sysname == "Darwin", reason="this file system takes valid names alone")
def test_a_name_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Words.")
    found = find_sources([tmp_path])
    assert found.files == ()
    assert [reason for _, reason in found.failed] == ["its name is not valid UTF-8"]
    assert all(path.encode() for path, _ in found.failed)


def test_files_globs_and_what_is_missing(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "notes.log"):
        (tmp_path / name).write_text("Words.")
    found = find_sources(
        [tmp_path / "notes.log", str(tmp_path / "*.txt"), tmp_path / "a.txt", str(tmp_path / "*.x"), "no/file"]
    )
    assert [path.name for path in found.files] == ["notes.log", "a.txt", "b.txt"]
    assert [reason for _, reason in found.failed] == ["no file matches", "no such file or directory"]


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The council met.\r\nIt left.\r\n")
    document = read(path, name="seeds/a.txt")
    assert document.text == "The council met.\r\nIt left.\r\n"
    assert (document.provenance.path, document.provenance.size) == ("seeds/a.txt", 28)
    assert (document.provenance.reader, document.provenance.media_type) == ("text/1", "text/plain")
    assert read(path, name="elsewhere").id == document.id


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        (tmp_path, "it is a folder, not a file"),
        (tmp_path / "pipe", "it is a named pipe, not a file"),
        (tmp_path / "none", "no such file or directory"),
    ):
        with pytest.raises(SourceError) as caught:
            read(path)
        assert caught.value.reason == reason
