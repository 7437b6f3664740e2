"""PDF: the text of the pages in reading order, with page starts; running heads marked, broken words joined."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version

import pypdf
import pypdfium2

from ctcorpus.ingest.readers.reading import Mark, Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import MOST_CHARACTERS, fit, one_line

PDFIUM = f"pdf/1 pypdfium2/{version('pypdfium2')}"
PYPDF = f"pdf/1 pypdf/{version('pypdf')}"
MOST_PAGES = 5_000
#: a line at the edge of a page is a running head when it stands, but for digits, on this share of the pages
RUNNING_SHARE, LEAST_PAGES, EDGE_LINES = 0.4, 3, 2
#: where more words than this share have one or two letters, letters stand apart
TORN = 0.55
#: pdfium writes U+FFFE for a hyphen at the end of a line and leaves the line end out
_BROKEN = re.compile(r"([^\W\d_]{2,})(?:[\u00ad\ufffe\x02][ \t]*\n?|(?<=[a-zà-ÿ])[-\u2010][ \t]*\n)([a-zà-ÿ][^\W\d_]+)")
_SOFT = re.compile(r"[\u00ad\ufffe\x02][ \t]*\n?")
_PAGE_NUMBER = re.compile(r"(?i)(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*")


def read(data: bytes) -> Iterable[Reading]:
    """The PDF as one document. Raises UnreadableError where it is encrypted, broken, or has no text on any page."""
    pages, notes, reader = _pages(data)
    if not any(page.strip() for page in pages):
        raise UnreadableError(f"none of its {len(pages)} pages has text: they may be images, which need OCR first")
    empty = [str(at) for at, page in enumerate(pages, 1) if not page.strip()]
    if empty:
        shown = ", ".join(empty[:20]) + (" …" if len(empty) > 20 else "")
        notes.append(f"{len(empty)} of {len(pages)} pages have no text (images?): {shown}")
    joined = 0
    cleaned = []
    for page in pages:
        page, count = _joined(page)
        joined += count
        cleaned.append(page)
    if joined:
        notes.append(f"{joined} words that were broken at the end of a line were joined")
    text, starts, marks = _laid_out(cleaned)
    yield Reading(
        text=text,
        media_type="application/pdf",
        reader=reader,
        encoding="pdf",
        encoding_basis="format",
        warnings=tuple(notes),
        stated=_info(data, text),
        marks=marks,
        pages=starts,
        completeness="unknown" if empty else "full",
    )


def _pages(data: bytes) -> tuple[list[str], list[str], str]:
    """The text of each page, what is to be said about it, and who read it: pypdfium2, or pypdf where that cannot."""
    try:
        return _mended(data, _by_pdfium(data))
    except pypdfium2.PdfiumError as error:
        first = str(error)
    try:
        return _by_pypdf(data), [f"read by pypdf: pypdfium2 says {first!r}"], PYPDF
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        if "assword" in first or isinstance(error, pypdf.errors.FileNotDecryptedError):
            raise UnreadableError("it is encrypted and needs a password") from error
        raise UnreadableError(f"it is no PDF that can be read: {first}") from error


def _mended(data: bytes, pages: list[str]) -> tuple[list[str], list[str], str]:
    """The pages, those whose words pypdfium2 tears apart as pypdf reads them."""
    torn = [at for at, page in enumerate(pages) if _torn(page) > TORN]
    if not torn:
        return pages, [], PDFIUM
    try:
        other = _by_pypdf(data)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return pages, [f"letters may stand apart on pages {', '.join(str(at + 1) for at in torn[:20])}"], PDFIUM
    better = [at for at in torn if at < len(other) and other[at].strip() and _torn(other[at]) < _torn(pages[at])]
    for at in better:
        pages[at] = other[at]
    notes = (
        [f"letters stood apart; read by pypdf: pages {', '.join(str(at + 1) for at in better[:20])}"] if better else []
    )
    return pages, notes, PDFIUM


def _torn(page: str) -> float:
    """The share of words that are one or two letters."""
    words = re.findall(r"[^\W\d_]+", page)
    return sum(len(word) <= 2 for word in words) / len(words) if words else 0.0


def _by_pdfium(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        if len(document) > MOST_PAGES:
            raise UnreadableError(f"it has {len(document):,} pages; at most {MOST_PAGES:,} are read")
        found, size = [], 0
        for page in document:
            words = page.get_textpage()
            found.append(words.get_text_range().replace("\r\n", "\n").replace("\r", "\n"))
            size += len(found[-1])
            words.close()
            page.close()
            if size > MOST_CHARACTERS:
                raise UnreadableError(f"its text has more than {MOST_CHARACTERS:,} characters")
        return found


def _by_pypdf(data: bytes) -> list[str]:
    document = pypdf.PdfReader(io.BytesIO(data))
    if document.is_encrypted:
        document.decrypt("")
    return [page.extract_text() for page, _ in zip(document.pages, range(MOST_PAGES), strict=False)]


def _joined(page: str) -> tuple[str, int]:
    """The page with the words joined that were broken at a line's end, and how many these are.

    A word is joined where both halves are in lower case; where the whole stands elsewhere with its hyphen
    ("counter-terrorism"), the hyphen stays and only the line end goes.
    """
    known = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", page.lower()))

    def join(match: re.Match[str]) -> str:
        with_hyphen = f"{match[1]}-{match[2]}"
        return with_hyphen if with_hyphen.lower() in known else match[1] + match[2]

    page, count = _BROKEN.subn(join, page)
    return _SOFT.sub("", page), count


def _laid_out(pages: Sequence[str]) -> tuple[str, tuple[int, ...], tuple[Mark, ...]]:
    """The pages as one text, where each begins, and the running heads in it."""
    lines = [[one_line(line) for line in fit(page).split("\n")] for page in pages]
    running = _running(lines)
    parts: list[str] = []
    starts: list[int] = []
    marks: list[Mark] = []
    size = 0
    for page in lines:
        starts.append(size)
        full = [at for at, line in enumerate(page) if line]
        edge = {*full[:EDGE_LINES], *full[len(full) - EDGE_LINES :]} if len(full) > EDGE_LINES else set(full)
        for at, line in enumerate(page):
            if line and at in edge and (_form(line) in running or _PAGE_NUMBER.fullmatch(line)):
                marks.append(Mark(size, size + len(line), "boilerplate", note="running_head"))
            parts.append(line + "\n")
            size += len(line) + 1
    return "".join(parts), tuple(starts), tuple(marks)


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """The lines, digits apart, that stand at the edge of many pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        full = [line for line in page if line]
        seen.update({_form(line) for line in (*full[:EDGE_LINES], *full[-EDGE_LINES:])})
    least = max(LEAST_PAGES, RUNNING_SHARE * len(pages))
    return {form for form, times in seen.items() if times >= least and len(form) <= 150}


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _info(data: bytes, text: str) -> Stated:
    """Title and author of the document's properties, where the text shows the same words: software writes these too."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            info = document.get_metadata_dict()
    except pypdfium2.PdfiumError:
        return Stated()
    start = one_line(text[:5_000])
    values: dict[str, object] = {}
    title, author = (one_line(fit(info.get(key) or "")) for key in ("Title", "Author"))
    if title and title in start:
        values["title"] = title
    if author and author in start:
        values["authors"] = tuple(x for x in re.split(r"\s*(?:[,;&]|\sand\s)\s*", author) if x)
    return Stated.read_from(values, "pdf info")  # the dates there are of the file
