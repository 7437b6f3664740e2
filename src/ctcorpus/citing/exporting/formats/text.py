"""Plain text, for a mail or a memo: each quotation between “ and ”, then its reference, then people's notes."""

from __future__ import annotations

from collections.abc import Iterator

from ctcorpus.citing.exporting.formats.characters import one_line, xml_text
from ctcorpus.citing.exporting.formats.credit import credit
from ctcorpus.citing.exporting.styles import HEADING, bibliography_of
from ctcorpus.model.export import CitedPassage, Selection


def render(selection: Selection) -> str:
    """The passages in order, a blank line between the parts; the quotation keeps its line ends."""
    parts = [part for passage in selection.passages for part in _parts(passage)]
    references = bibliography_of(selection)
    if references:
        parts += [HEADING, *references]
    return "\n\n".join(parts) + "\n" if parts else ""


def _parts(passage: CitedPassage) -> Iterator[str]:
    yield f"{passage.number}. “{xml_text(passage.citation.quote)}”"
    yield f"— {one_line(credit(passage))}"
    for note in passage.notes:
        tags = f" [{', '.join(note.tags)}]" if note.tags else ""
        yield one_line(f"Note by {note.by}, {note.at}{tags}: {note.text}")
