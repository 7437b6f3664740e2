"""The reference of a source in a style that publishers ask for (Chicago, APA), laid out by citeproc-py.

The two styles, ``style_*.csl``, are our own and small: they know the three kinds of item that a corpus has. The styles
that are published for all kinds are beyond what the processor supports: it repeats a title that stands for an author.
No text of a source goes through the processor. It lays out one private character a field, and the field's text then
takes that character's place: no style can change a letter of a title, and no text can be taken for markup.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice
from typing import Any

from ctcorpus.citing.exporting.formats.characters import one_line
from ctcorpus.citing.exporting.formats.csl import item
from ctcorpus.citing.exporting.formats.works import Work, remarks, works
from ctcorpus.citing.exporting.selection import Wanted, cited
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.model.export import Selection
from ctcorpus.store import Store

STYLES = ("apa", "chicago")
#: what stands above a bibliography
HEADING = "References"
NO_TITLE = "[no title stated]"
#: the first character of Unicode's private use area, and how many of them may stand for fields
_FIRST, _MOST = 0xE000, 6400
#: a field's character, and the full stop that the style puts after it
_MARK = re.compile("([\ue000-\uf8ff])(\\.?)")


def styled(store: Store, document: str, style: str) -> str:
    """One line: the reference of a document in a style, then in brackets what must be said of its fields.

    Raises UsageError for a style that is none, ExtraMissingError without citeproc-py.
    """
    require_style(style)
    passages = cited(store, [Wanted(document)])
    work = next(works(islice(passages, 1)), None)
    if work is None:
        raise UsageError(f"'{document}' has no passages to refer to", "See what is there with: ctcorpus documents")
    return _with_remarks(work, style)


def bibliography_of(selection: Selection) -> list[str]:
    """The references of an export's sources in its style, each once, in alphabetical order; none without a style.

    Raises UsageError for a style that is none, ExtraMissingError without citeproc-py.
    """
    if selection.style is None:
        return []
    lines = {_with_remarks(work, selection.style) for work in works(selection.passages)}
    return sorted(lines, key=lambda line: (filed_under(line), line))


def require_style(style: str) -> None:
    """Raises UsageError for a style that is none, ExtraMissingError without citeproc-py."""
    if style not in STYLES:
        raise UsageError(f"'{style}' is no style that is known here", f"Known: {', '.join(STYLES)}")
    if find_spec("citeproc") is None:
        raise ExtraMissingError("Reference styles", "styles")


def _with_remarks(work: Work, style: str) -> str:
    return " ".join([formatted(item(work), style), *(f"[{x}]" for x in remarks(work.source))])


def filed_under(line: str) -> str:
    """What a reference is filed under: letters and digits, without accents, case and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", line) if c.isalnum() or c == " ").casefold()
    return re.sub(r"^(?:a|an|the) ", "", plain)


def formatted(entry: Mapping[str, Any], style: str) -> str:
    """One line: a CSL item in a style. What it does not hold stays out; a missing date is "n.d.".

    Raises ExtraMissingError without citeproc-py.
    """
    require_style(style)
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    texts: list[str] = []
    source = CiteProcJSON([_marked(entry, texts)])
    rules = files("ctcorpus.citing.exporting").joinpath(f"style_{style}.csl").read_bytes()
    layout = CitationStylesStyle(io.BytesIO(rules), validate=False)
    bibliography = CitationStylesBibliography(layout, source, formatter.plain)
    bibliography.register(Citation([CitationItem("source")]))
    return _unmarked(str(bibliography.bibliography()[0]), texts)


def _marked(entry: Mapping[str, Any], texts: list[str]) -> dict[str, Any]:
    """The item with a character in place of each text, which joins ``texts``."""

    def mark(text: str) -> str:
        texts.append(one_line(text))
        return chr(_FIRST + len(texts) - 1)

    fields: dict[str, Any] = {"id": "source", "type": entry["type"]}
    title = entry.get("title")
    fields |= {"title": mark(title)} if title else {"genre": mark(NO_TITLE)}
    names = list(_names(entry.get("author", ())))
    if names:
        fields["author"] = [{"literal": mark(name)} for name in names]
    site, publisher = entry.get("container-title"), entry.get("publisher")
    fields |= {"container-title": mark(site)} if site else {}
    fields |= {"publisher": mark(publisher)} if publisher and publisher != site else {}
    fields |= {"URL": mark(entry["URL"])} if entry.get("URL") else {}
    issued, accessed = entry.get("issued"), entry.get("accessed")
    if issued:
        fields |= {"issued": issued} if _is_plain(issued) else {"status": mark(_as_stated(issued))}
    elif accessed and _is_plain(accessed) and entry.get("URL"):
        fields["accessed"] = accessed  # only an undated page needs the day on which it was read
    return fields


def _names(authors: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The names as they are printed. Beyond what any source has, one name says how many are left out."""
    most = _MOST // 2
    yield from (author["literal"] for author in authors[:most])
    if len(authors) > most:
        yield f"{len(authors) - most} others"


def _is_plain(date: Mapping[str, Any]) -> bool:
    return len(date.get("date-parts", ())) == 1 and not date.get("circa")


def _as_stated(date: Mapping[str, Any]) -> str:
    """A date that is no plain day, month or year: "ca. 2001", "2025-01 to 2025-03", or in the source's notation."""
    parts = ["-".join(f"{number:02}" for number in part) for part in date.get("date-parts", ())]
    return f"{'ca. ' if date.get('circa') else ''}{' to '.join(parts)}" if parts else str(date["literal"])


def _unmarked(line: str, texts: Sequence[str]) -> str:
    """The line with every text in its place; a text that ends a sentence itself gets no second full stop."""

    def text(found: re.Match[str]) -> str:
        words = texts[ord(found[1]) - _FIRST]
        return words if words.endswith((".", "?", "!", "…")) else words + found[2]

    return _MARK.sub(text, line)
