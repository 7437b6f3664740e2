"""The text of the pages of a PDF: by pypdfium2, by pypdf where that fails, finds nothing or tears words apart."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import pypdf
import pypdfium2

from ctcorpus.ingest.readers.pdf_besides import Besides, besides
from ctcorpus.ingest.readers.pdf_columns import by_columns
from ctcorpus.ingest.readers.reading import UnreadableError
from ctcorpus.ingest.readers.sheet import MOST_CHARACTERS, fit, one_line

PDFIUM = f"pdf/2 pypdfium2/{version('pypdfium2')}"
PYPDF = f"pdf/2 pypdf/{version('pypdf')}"
MOST_PAGES = 5_000
#: where more words than this share have one or two letters, letters stand apart
TORN = 0.55
#: where more characters than this share are none that a page can show, its letters have no table
GARBAGE = 0.1
_NO_LETTER = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_FAILURES = (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


@dataclass(slots=True)
class Pages:
    """The texts of the pages and what stands besides; notes: what must be said; info: title and author, if stated."""

    texts: list[str]
    reader: str
    besides: list[Besides] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)


def pages_of(data: bytes) -> Pages:
    """The pages. Raises UnreadableError where neither library can read them, or a password is needed."""
    try:
        found = _by_pdfium(data)
    except (pypdfium2.PdfiumError, UnicodeDecodeError) as error:
        return _instead(data, str(error))
    _mend(found, data)
    return found


def pages_by_pypdf(data: bytes) -> Pages:
    """The pages as pypdf reads them. Raises UnreadableError where it cannot."""
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableError("it is encrypted and needs a password")
        _refuse_many(len(document.pages))
        texts, failures = _texts(document)
        info = {key.lstrip("/"): str(value) for key, value in (document.metadata or {}).items()}
    except pypdf.errors.FileNotDecryptedError as error:
        raise UnreadableError("it is encrypted and needs a password") from error
    except UnreadableError:
        raise
    except _FAILURES as error:
        raise UnreadableError(f"pypdf cannot read it: {type(error).__name__}: {str(error)[:200]}") from error
    if failures and not any(text.strip() for text in texts):
        raise UnreadableError(f"pypdf cannot read it: {failures[0]}")
    notes = ["read by pypdf, without comments and alternative texts"]
    notes.extend([f"pages that pypdf could not read: {', '.join(failures[:20])}"] if failures else [])
    return Pages(texts, PYPDF, [Besides() for _ in texts], notes, info)


def _texts(document: pypdf.PdfReader) -> tuple[list[str], list[str]]:
    """The text of each page, empty where it cannot be read; number and reason of those."""
    texts: list[str] = []
    failures: list[str] = []
    for number, page in enumerate(document.pages, 1):
        try:
            texts.append(page.extract_text())
        except pypdf.errors.FileNotDecryptedError:
            raise
        except _FAILURES as error:
            texts.append("")
            failures.append(f"{number} ({type(error).__name__}: {str(error)[:100]})")
    return texts, failures


def _by_pdfium(data: bytes) -> Pages:
    notes: Counter[str] = Counter()
    with pypdfium2.PdfDocument(data) as document:
        _refuse_many(len(document))
        found, size, columns = Pages([], PDFIUM), 0, list[int]()
        for page in document:
            words = page.get_textpage()
            apart = by_columns(words, page.get_width())
            columns.extend([len(found.texts) + 1] if apart is not None else [])
            whole = words.get_text_range() if apart is None else apart
            found.texts.append(whole.replace("\r\n", "\n").replace("\r", "\n"))
            found.besides.append(besides(page, notes))
            size += len(found.texts[-1])
            words.close()
            page.close()
            if size > MOST_CHARACTERS:
                raise UnreadableError(f"its text has more than {MOST_CHARACTERS:,} characters")
        found.info = {key: str(value) for key, value in document.get_metadata_dict().items()}
        names = [document.get_attachment(at).get_name() for at in range(min(20, document.count_attachments()))]
        if names:
            shown = ", ".join(f"'{one_line(fit(name))[:60]}'" for name in names)
            found.notes.append(f"embedded files, not read: {document.count_attachments()}: {shown}")
    if columns:
        shown = ", ".join(map(str, columns[:20])) + (" …" if len(columns) > 20 else "")
        found.notes.append(f"two columns drawn line by line, read one after the other: pages {shown}")
    found.notes.extend(f"{what}: {count}" for what, count in notes.items() if count)
    return found


def _instead(data: bytes, failure: str) -> Pages:
    try:
        found = pages_by_pypdf(data)
    except UnreadableError as error:
        if "assword" in failure or "password" in str(error):
            raise UnreadableError("it is encrypted and needs a password") from error
        raise UnreadableError(f"it is no PDF that can be read: {failure}; {error}") from error
    found.notes.insert(0, f"pypdfium2 could not read it: {failure}")
    return found


def _mend(found: Pages, data: bytes) -> None:
    """Puts the text of pypdf in place of pages that are empty, torn apart or no letters, where that is better."""
    empty = [at for at, page in enumerate(found.texts) if not page.strip() and not found.besides[at].pictures]
    whole = not any(page.strip() for page in found.texts)
    bad = dict.fromkeys(range(len(found.texts)) if whole else empty, "had no text")
    bad |= {at: "had letters that stood apart" for at, page in enumerate(found.texts) if _torn(page) > TORN}
    bad |= {at: "had signs instead of letters" for at, page in enumerate(found.texts) if _garbage(page) > GARBAGE}
    if not bad:
        return
    try:
        other: Sequence[str] = pages_by_pypdf(data).texts
    except UnreadableError:
        other = ()
    better: dict[str, list[int]] = {}
    for at, why in bad.items():
        if at < len(other) and other[at].strip() and _flaws(other[at]) < _flaws(found.texts[at]):
            found.texts[at] = other[at]
            better.setdefault(why, []).append(at + 1)
        elif why != "had no text":
            better.setdefault(f"{why}, and still have", []).append(-at - 1)
    for why, numbers in better.items():
        shown = ", ".join(str(abs(x)) for x in numbers[:20])
        found.notes.append(f"pages that {why}{'; read by pypdf' if numbers[0] > 0 else ''}: {shown}")


def _flaws(page: str) -> float:
    """How bad a page is: 2 without a word, else the shares of what is wrong with it."""
    return _torn(page) + _garbage(page) if page.strip() else 2.0


def _torn(page: str) -> float:
    """The share of words that are one or two letters."""
    words = re.findall(r"[^\W\d_]+", page)
    return sum(len(word) <= 2 for word in words) / len(words) if words else 0.0


def _garbage(page: str) -> float:
    """The share of characters that are no letters and no signs: what fonts without a table give."""
    full = len(page) - sum(map(str.isspace, page))
    return len(_NO_LETTER.findall(page)) / full if full else 0.0


def _refuse_many(pages: int) -> None:
    if pages > MOST_PAGES:
        raise UnreadableError(f"it has {pages:,} pages; at most {MOST_PAGES:,} are read")
