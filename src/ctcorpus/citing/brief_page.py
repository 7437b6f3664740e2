"""A brief as a file: Markdown, a page of HTML without scripts, or a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from pathlib import Path

from ctcorpus.citing.exporting.formats.characters import xml_text
from ctcorpus.citing.exporting.formats.html import POLICY, STYLE
from ctcorpus.citing.exporting.formats.markdown import escaped, quoted
from ctcorpus.citing.exporting.output import refuse_existing, write_new
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.model.brief import Brief, BriefRow

ENDINGS = (".md", ".html", ".docx")


def check_output(path: Path, *, force: bool) -> None:
    """Raises UsageError where a brief cannot be written there: another ending, or a file that exists."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"'{path}' names no form of a brief", f"Endings: {', '.join(ENDINGS)}")
    refuse_existing(path, force=force)


def write(brief: Brief, path: Path, *, force: bool = False) -> Brief:
    """Writes a brief as its file's ending says, whole or not at all; the brief with its path."""
    check_output(path, force=force)
    write_new(path, render(brief, path.suffix.lower()), force=force)
    return replace(brief, path=str(path))


def render(brief: Brief, ending: str) -> bytes:
    """The file's bytes. Raises ExtraMissingError for ``.docx`` without its extra."""
    if ending == ".docx":
        return _docx(brief)
    return (_html(brief) if ending == ".html" else _markdown(brief)).encode("utf-8")


def _opening(brief: Brief) -> str:
    return f"{brief.basis}; {brief.searched:,} searched (generation {brief.generation})"


def _absent_heading(brief: Brief) -> str:
    noun = "document" if brief.searched == 1 else "documents"
    return f"Searched for and not found in these {brief.searched:,} {noun}"


def _fields(row: BriefRow) -> str:
    return " · ".join(f"{name}: {value}" for name, value in row.fields.items())


def _left_off(number: int) -> str:
    return f"and {number:,} more"


# --- Markdown ---------------------------------------------------------------------------------------------------


def _markdown(brief: Brief) -> str:
    parts = [f"# {escaped(brief.query)}", "", escaped(_opening(brief)), ""]
    for section in brief.sections:
        parts += [f"## {section.heading}", ""]
        for row in section.rows:
            fields = f"{escaped(_fields(row))} " if row.fields else ""
            parts += [*quoted(row.words), "", f"— {fields}\\[{escaped(row.reference)}\\]", "", f"<!-- {row.id} -->", ""]
        if section.left_off:
            parts += [_left_off(section.left_off), ""]
    if brief.absent:
        parts += [f"## {_absent_heading(brief)}", "", *(f"- {escaped(x)}" for x in brief.absent), ""]
    if brief.sources:
        parts += ["## Sources", "", *(f"- {escaped(key)}: {escaped(text)}" for key, text in brief.sources.items()), ""]
    return "\n".join(parts)


# --- HTML -------------------------------------------------------------------------------------------------------


def _html(brief: Brief) -> str:
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{_text(brief.query)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{_text(brief.query)}</h1><p>{_text(_opening(brief))}</p></header>",
            *_html_sections(brief),
            "</body>",
            "</html>",
            "",
        )
    )


def _html_sections(brief: Brief) -> Iterator[str]:
    for section in brief.sections:
        yield f"<section><h2>{_text(section.heading)}</h2>"
        for row in section.rows:
            fields = f"{_text(_fields(row))} " if row.fields else ""
            yield f'<article id="{escape(row.id)}"><blockquote>{_text(row.words)}</blockquote>'
            yield f"<footer>— {fields}[{_text(row.reference)}]</footer></article>"
        if section.left_off:
            yield f"<p>{_left_off(section.left_off)}</p>"
        yield "</section>"
    if brief.absent:
        yield f"<section><h2>{_absent_heading(brief)}</h2><ul>"
        yield from (f"<li>{_text(x)}</li>" for x in brief.absent)
        yield "</ul></section>"
    if brief.sources:
        yield "<section><h2>Sources</h2><ul>"
        yield from (f"<li>{_text(key)}: {_text(text)}</li>" for key, text in brief.sources.items())
        yield "</ul></section>"


def _text(text: str) -> str:
    return escape(xml_text(text))


# --- Word -------------------------------------------------------------------------------------------------------


def _docx(brief: Brief) -> bytes:
    try:
        import docx
    except ImportError as error:
        raise ExtraMissingError("A DOCX brief", "docx") from error
    from ctcorpus.citing.exporting.formats.docx import word_text

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", word_text(brief.query)
    document.add_heading(word_text(brief.query), 1)
    document.add_paragraph(word_text(_opening(brief)))
    for section in brief.sections:
        document.add_heading(section.heading, 2)
        for row in section.rows:
            document.add_paragraph(word_text(row.words), style="Quote")
            fields = f"{_fields(row)} " if row.fields else ""
            document.add_paragraph(word_text(f"— {fields}[{row.reference}]"))
        if section.left_off:
            document.add_paragraph(_left_off(section.left_off))
    lists = {_absent_heading(brief): brief.absent, "Sources": [f"{key}: {x}" for key, x in brief.sources.items()]}
    for heading, items in lists.items():
        if items:
            document.add_heading(heading, 2)
            for item in items:
                document.add_paragraph(word_text(item), style="List Bullet")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
