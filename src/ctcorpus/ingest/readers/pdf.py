"""PDF: the text of the pages in reading order, with page starts; running heads marked, broken words joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ctcorpus.ingest.readers.pdf_besides import Besides
from ctcorpus.ingest.readers.pdf_pages import Pages, pages_by_pypdf, pages_of
from ctcorpus.ingest.readers.reading import Mark, Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import fit, one_line

#: a line at the edge of a page is a running head when it stands, but for digits, on this share of the pages
RUNNING_SHARE, LEAST_PAGES, EDGE_LINES = 0.4, 3, 2
#: pdfium writes U+FFFE for a hyphen at the end of a line and leaves the line end out
_BROKEN = re.compile(r"([^\W\d_]{2,})(?:[\u00ad\ufffe\x02][ \t]*\n?|(?<=[a-zà-ÿ])[-\u2010][ \t]*\n)([a-zà-ÿ][^\W\d_]+)")
_SOFT = re.compile(r"[\u00ad\ufffe\x02][ \t]*\n?")
_PAGE_NUMBER = re.compile(r"(?i)(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*")


def read(data: bytes) -> Iterable[Reading]:
    """The PDF as one document. Raises UnreadableError where it is encrypted, broken, or has no text on any page."""
    yield _reading(pages_of(data))


def read_again(data: bytes) -> Iterable[Reading]:
    """The PDF as pypdf alone reads it: where pypdfium2 brought its process down. Raises UnreadableError as ``read``."""
    try:
        pages = pages_by_pypdf(data)
    except UnreadableError as error:
        raise UnreadableError(f"pypdfium2 crashed on it; {error}") from error
    pages.notes.insert(0, "pypdfium2 crashed on it")
    yield _reading(pages)


def _reading(pages: Pages) -> Reading:
    empty = [str(at) for at, page in enumerate(pages.texts, 1) if not page.strip()]
    if len(empty) == len(pages.texts) and not any(x.shown for x in pages.besides):
        raise UnreadableError(
            f"no text layer on any of its {len(empty)} pages: they may be images, which need OCR first"
        )
    notes = [*pages.notes, *_told(pages, empty)]
    joined = [_joined(page) for page in pages.texts]
    if count := sum(times for _, times in joined):
        notes.append(f"{count} words that were broken at the end of a line were joined")
    text, starts, marks = _laid_out([page for page, _ in joined], pages.besides)
    return Reading(
        text=text,
        media_type="application/pdf",
        reader=pages.reader,
        encoding="pdf",
        encoding_basis="format",
        warnings=tuple(notes),
        stated=_stated(pages.info, text),
        marks=marks,
        pages=starts,
        completeness="unknown" if empty else "full",
    )


def _told(pages: Pages, empty: Sequence[str]) -> list[str]:
    """The warnings about pages without text, and about words that nobody sees."""
    notes = []
    if empty:
        notes.append(f"no text layer on {len(empty)} of {len(pages.texts)} pages (images?): {_listed(empty)}")
    behind = [str(at) for at, x in enumerate(pages.besides, 1) if x.invisible and x.pictures]
    hidden = [str(at) for at, x in enumerate(pages.besides, 1) if x.invisible and not x.pictures]
    if behind:
        notes.append(f"invisible text behind a picture, as OCR leaves it, on pages {_listed(behind)}")
    if hidden:
        notes.append(f"hidden text among the other, on pages {_listed(hidden)}")
    if pictures := sum(x.pictures for x in pages.besides):
        notes.append(f"pictures, not read: {pictures}")
    return notes


def _listed(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:20]) + (" …" if len(numbers) > 20 else "")


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


def _laid_out(pages: Sequence[str], others: Sequence[Besides]) -> tuple[str, tuple[int, ...], tuple[Mark, ...]]:
    """The pages as one text, where each begins, and the running heads in it; below each page what stands besides."""
    lines = [[one_line(line) for line in fit(page).split("\n")] for page in pages]
    running = _running(lines)
    parts: list[str] = []
    starts: list[int] = []
    marks: list[Mark] = []
    size = 0

    def write(line: str, note: str) -> None:
        nonlocal size
        if line and note:
            marks.append(Mark(size, size + len(line), "boilerplate", note=note))
        parts.append(line + "\n")
        size += len(line) + 1

    for page, other in zip(lines, others, strict=True):
        starts.append(size)
        full = [at for at, line in enumerate(page) if line]
        edge = {*full[:EDGE_LINES], *full[len(full) - EDGE_LINES :]} if len(full) > EDGE_LINES else set(full)
        for at, line in enumerate(page):
            is_head = at in edge and (_form(line) in running or _PAGE_NUMBER.fullmatch(line))
            write(line, "running_head" if is_head else "")
        apart = ((other.shown, ""), (other.comments, "comment"), (other.alternatives, "alternative"))
        for words, note in ((one_line(fit(x)), note) for group, note in apart for x in group):
            if words:
                write(words, note)
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


def _stated(info: dict[str, str], text: str) -> Stated:
    """Title and author of the document's properties, where the text shows the same words: software writes these too."""
    start = one_line(text[:5_000])
    values: dict[str, object] = {}
    title, author = (one_line(fit(info.get(key) or "")) for key in ("Title", "Author"))
    if title and title in start:
        values["title"] = title
    if author and author in start:
        values["authors"] = tuple(x for x in re.split(r"\s*(?:[,;&]|\sand\s)\s*", author) if x)
    return Stated.read_from(values, "pdf info")  # the dates there are of the file
