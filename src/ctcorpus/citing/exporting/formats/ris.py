"""RIS, as Zotero's importer keeps it whole: a record a source, each passage a note of one line of escaped ``<p>``.

Own writer: a value is one line by construction, so nothing in a title can begin a tag or end a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ctcorpus.citing.exporting.formats.characters import one_line, xml_text
from ctcorpus.citing.exporting.formats.credit import credit
from ctcorpus.citing.exporting.formats.works import Work, day, web_address, works
from ctcorpus.model.export import CitedPassage, Selection

TYPES = {"newspaper": "NEWS", "magazine": "MGZN", "site": "ELEC"}
#: line ends, which a note holds as character references; C1 controls have none that mean themselves
_LINE_ENDS = re.compile("[\t\n\r\u2028\u2029]")
_C1 = re.compile("[\x7f-\x9f]")


def render(selection: Selection) -> str:
    """The records, each from TY to ER, CR LF at line ends as the format wants it."""
    return "".join(f"{tag}  - {value}\r\n" for work in works(selection.passages) for tag, value in _record(work))


def note_text(text: str) -> str:
    """A text inside an HTML note on one line: ``html.unescape`` gives it back, but for control characters."""
    plain = _C1.sub("\ufffd", escape(xml_text(text), quote=False))
    return _LINE_ENDS.sub(lambda found: f"&#{ord(found[0])};", plain)


def _record(work: Work) -> Iterator[tuple[str, str]]:
    source = work.source
    yield "TY", TYPES[work.medium]
    yield "ID", one_line(work.key)
    fields = [("TI", source.title), *(("AU", author) for author in source.authors)]
    fields += [("T2", source.site), ("PB", source.publisher)]
    date = day(source.published)
    if date:
        fields += [("PY", f"{date[0]:04d}"), ("DA", _date(date))]
    retrieved = _date(day(source.retrieved) or ())
    fields += [("SP", work.pages), ("UR", web_address(source)), ("Y2", retrieved), ("LA", source.language)]
    yield from ((tag, line) for tag, value in fields if value and (line := one_line(value)))
    yield from (("KW", tag) for tag in work.tags)
    for remark in work.remarks:
        yield "N1", f"<p>{note_text(remark)}</p>"
    for passage in work.passages:
        yield "N1", _note(passage)
    yield "ER", ""


def _date(parts: tuple[int, ...]) -> str:
    """``2025/04/08/``: year, month, day and nothing; what is not stated is left empty."""
    year, month, day_ = ([f"{x:02d}" for x in parts] + ["", "", ""])[:3]
    return f"{year}/{month}/{day_}/" if year else ""


def _note(passage: CitedPassage) -> str:
    """The quotation, whose words it is, and where it stands."""
    paragraphs = [note_text(f"“{passage.citation.quote}”"), note_text(credit(passage))]
    if passage.link:
        paragraphs.append(f'<a href="{escape(passage.link)}">source</a>')
    paragraphs.append(f"{passage.id} · sha256 of the text {passage.citation.text_sha256}")
    paragraphs += [note_text(f"Note by {note.by}, {note.at}: {note.text}") for note in passage.notes]
    return "".join(f"<p>{x}</p>" for x in paragraphs)
