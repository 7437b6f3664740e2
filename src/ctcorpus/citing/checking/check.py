"""The check of drafts: every quotation, figure, named speaker and cited source held against the store.

    items = check_draft(draft, library, thesaurus)

What a draft says in its own words without a figure is not checked; ``CheckReport.checked`` says how much was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.citing.checking.claims import Claim, Claims
from ctcorpus.citing.checking.draft import Cited, Draft
from ctcorpus.citing.checking.drafts import read_bytes, read_draft, read_file
from ctcorpus.citing.checking.exports import check_export, is_export
from ctcorpus.citing.checking.figures import FigureCheck
from ctcorpus.citing.checking.items import item, located
from ctcorpus.citing.checking.locate import Library
from ctcorpus.citing.checking.quotations import QuotationCheck
from ctcorpus.citing.checking.voices import Voice
from ctcorpus.errors import SourceError, UsageError
from ctcorpus.model.check import CheckItem, CheckReport, DraftPlace, report
from ctcorpus.model.span import Span

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

#: the name of a draft that comes from standard input, and of one that is a quotation alone
STDIN, STDIN_NAME, QUOTE = "-", "standard input", "--quote"
#: quotations and figures of one draft
MOST_CLAIMS = 10_000
_MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"))


def check_files(
    library: Library, thesaurus: Thesaurus, files: Sequence[str], *, stdin: bytes = b"", strict: bool = False
) -> CheckReport:
    """The report on these files; "-" is what ``stdin`` holds. Raises SourceError for one that cannot be read."""
    items: list[CheckItem] = []
    for name in files:
        if name == STDIN:
            items += check_draft(read_bytes(stdin, name=STDIN_NAME), library, thesaurus)
        elif is_export(Path(name)):
            items += check_export(name, read_file(Path(name)), library)
        else:
            items += check_draft(read_draft(Path(name)), library, thesaurus)
    return report(tuple(items), _searched(library), tuple(files), strict=strict)


def check_quote(
    library: Library,
    thesaurus: Thesaurus,
    quote: str,
    *,
    speaker: str | None = None,
    source: str | None = None,
    strict: bool = False,
) -> CheckReport:
    """The report on one quotation, with whom it is said to be from and where it is said to stand.

    Raises UsageError for an empty one, UnknownIdError for a source that the store does not hold.
    """
    words = quote.strip()
    for opening, closing in _MARKS:
        if len(words) > 2 and words.startswith(opening) and words.endswith(closing):
            words = words[1:-1].strip()
            break
    if not any(x.isalnum() for x in words):
        raise UsageError("The quotation is empty", "Give its words after --quote")
    span = Span(0, len(words))
    cited: tuple[Cited, ...] = ()
    if source is not None:
        library.store.find(source)
        cited = (Cited(len(words), source, source, span),)
    draft = Draft(QUOTE, words, words, ((0, 0, len(words), True),), blocks=(span,), cited=cited)
    voice = Voice(speaker) if speaker else None
    claim = Claim(span, span, words, span, voice, cited)
    items = list(QuotationCheck(library, thesaurus).check(Claims(draft, thesaurus), claim))
    if voice is None:  # nobody was asked about: whose words they are is told, not missed
        items = [replace(x, warnings=tuple(w for w in x.warnings if w != "attribution_dropped")) for x in items]
    return report(tuple(items), _searched(library), (QUOTE,), strict=strict)


def check_draft(draft: Draft, library: Library, thesaurus: Thesaurus) -> list[CheckItem]:
    """The items of one draft, in order of place. Raises SourceError for one with more than MOST_CLAIMS."""
    claims = Claims(draft, thesaurus)
    count = len(claims.quotations) + len(claims.figures)
    if count > MOST_CLAIMS:
        raise SourceError(draft.name, f"it has {count:,} quotations and figures; at most {MOST_CLAIMS:,} are checked")
    quotations, figures = QuotationCheck(library, thesaurus), FigureCheck(library, thesaurus)
    items = [x for claim in claims.quotations for x in quotations.check(claims, claim)]
    items += [figures.check(claims, figure) for figure in claims.figures]
    items += _citations(claims, library)
    unclosed = "This mark opens a quotation that nothing closes: what it holds cannot be told."
    items += [item(claims, "quotation", span, "unresolved", unclosed) for span in claims.unclosed()]
    return sorted(items, key=lambda x: (x.draft.start, x.draft.end))


def _citations(claims: Claims, library: Library) -> Iterator[CheckItem]:
    """An item for each cited source, at the first place where it is cited."""
    seen: set[object] = set()
    for cited in claims.draft.cited:
        if (cited.key, cited.span) not in seen:
            seen.add((cited.key, cited.span))
            yield _citation(claims, cited, library)


def _citation(claims: Claims, cited: Cited, library: Library) -> CheckItem:
    span = cited.source
    line = claims.body.line(span.start)
    place = DraftPlace(span.start, span.end, line, span.of(claims.draft.text), claims.draft.name)
    entry = library.find(cited.span[0] if cited.span else cited.key) or library.find(cited.key)
    if entry is None:
        note = f"The corpus does not hold '{cited.key}'."
        return CheckItem("citation", place, "outside_corpus", note=note)
    base = CheckItem("citation", place, "verbatim", status="current", document=entry.id)
    if entry.superseded_by is not None:
        base = replace(base, status="superseded", note=f"A newer version of {entry.citekey} is in the corpus.")
    if cited.span is None:
        return base
    document = library.document(entry.id)
    _, start, end = cited.span
    if not entry.id.startswith(cited.span[0]):
        note = f"The text that this reference counts in is gone; {entry.citekey} now stands for another."
        return replace(base, verdict="unresolved", status="source_gone", note=note)
    if not 0 <= start < end <= len(document.text):
        return replace(base, verdict="unresolved", status="broken", note="The text has no such place.")
    return located(base, library, document, Span(start, end))


def _searched(library: Library) -> dict[str, int]:
    counts = library.store.counts()
    return {"documents": counts.documents, "passages": counts.passages}
