"""Word documents: words, quoted paragraphs and footnotes; what is broken or made to burst is refused in a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from ctcorpus.citing.checking.drafts import read_bytes
from ctcorpus.errors import SourceError

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(body: str, notes: str = "", head: str = "") -> bytes:
    parts = {"word/document.xml": f'{head}<w:document xmlns:w="{_SPACE}"><w:body>{body}</w:body></w:document>'}
    if notes:
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{_SPACE}">{notes}</w:footnotes>'
    return _zip({name: text.encode() for name, text in parts.items()})


def _zip(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _p(words: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_quotations_and_footnotes() -> None:
    deleted = "<w:p><w:r><w:delText>gone</w:delText><w:t>Kept</w:t></w:r></w:p>"
    draft = read_bytes(
        _docx(_p("He said “so”.") + _p("A block.", "IntenseQuote") + deleted, _p("A note.")), name="m.docx"
    )
    assert draft.plain.split("\n\n") == ["He said “so”.", "A block.", "Kept", "A note."]
    assert [x.of(draft.plain) for x in draft.blocks] == ["A block."]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04broken",
        b"plain words",
        _zip({"other.xml": b"<a/>"}),
        _zip({"word/document.xml": b"<not closed"}),
        _zip({"word/document.xml": b" " * 30_000_000}),
        _docx("", head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        _docx(""),
        _docx(_p("words"))[:-40],
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read_bytes(data, name="m.docx")
    assert "\n" not in str(error.value)
