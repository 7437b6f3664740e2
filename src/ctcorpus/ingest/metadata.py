"""What a source says of itself, each value with the span it was read from; None where it does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ctcorpus.ingest.boilerplate import COPYRIGHT, about_name
from ctcorpus.ingest.dates import PrintedDate, printed_dates
from ctcorpus.ingest.front import Front, is_site_name, labelled_date
from ctcorpus.ingest.language import detect_language
from ctcorpus.ingest.lexicon import COMPANY, MEDIA_WORDS, title_cased, words_of
from ctcorpus.ingest.lines import Line
from ctcorpus.model.document import Basis, Metadata
from ctcorpus.model.span import Span

_LEAD = re.compile(
    r"(?:Below|Here|This|The following|What follows) is an? (?:[\w-]+ ){0,4}?(?:report|analysis|overview|summary|"
    r"article|essay|brief|briefing|paper|study|review|assessment|account)"
    r"(?: (?:on|about|of)|,? (?:titled|entitled|called))[:,]? [“\"‘]?(?P<title>[^.!?“”\"\r\n]{10,200}?)[.,”\"’]"
)
_AS_OF = re.compile(r"\b(?:[Aa]s of|AS OF|[Aa]s at|[Uu]pdated (?:as of|to)) (?=[A-Z0-9])")
_NOW = re.compile(r"\b(?:is|are|has|have|remains?|continues?|stands?|shows?)\b")
_PAST = re.compile(r"\b(?:was|were|had|did|took|began|saw|held|said|[a-z]{2,}ed|led|met|struck|shot|left|made|went)\b")
_AHEAD = re.compile(
    r"(?i)\b(?:will|would|shall|scheduled|planned|plans?|expected|due|until|deadline|upcoming|set to|intends?|"
    r"by the end|propos\w+|target\w*|if|until|before|valid|expires?)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CREDIT = re.compile(
    r"(?i)\b(?:designed|developed|powered|maintained|published)(?:\s(?:and|&)\s(?:designed|developed|maintained))?\sby:?\s+"
)
# a word of a name ends at a full stop, unless letters follow at once ("L.L.C", "Dawn.com")
_NAME_WORD = r"(?:(?:[A-Z]\.)+(?:[A-Z]\b)?|[A-Z][\w&'’-]*(?:\.\w+)*)"
_HOLDER = re.compile(rf"{_NAME_WORD}(?:,? (?:of|and|the|for|&|{_NAME_WORD})){{0,7}}")
#: whose notices stand below articles that others publish
_AGENCY = re.compile(r"(?i)associated press|reuters|agence|\bAFP\b|xinhua|press trust|news agency")
_NOT_A_HOLDER = re.compile(
    r"(?i)^(?:all|copyright|copyrights|rights?|reserved|designed|developed|powered|terms|privacy)\b"
)


#: lines of boilerplate that are read for names, from the end of the text
MOST_FOOTER = 60


@dataclass(slots=True)
class Findings:
    """Values as they are found, each with evidence and basis."""

    values: dict[str, str | int | tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    basis: dict[str, Basis] = field(default_factory=dict)

    def add(self, name: str, value: str | int, span: Span, basis: Basis = "document") -> None:
        """Keeps the value, unless the field has one already."""
        if name not in self.values:
            self.values[name], self.evidence[name], self.basis[name] = value, (span,), basis


def read_metadata(
    text: str, lines: Sequence[Line], front: Front, kinds: Mapping[int, str], sentences: Sequence[Span]
) -> Metadata:
    """The metadata of an article. kinds: number of each line of boilerplate -> kind. sentences: those of the body."""
    found = Findings()
    _from_front(text, front, lines, found)
    if front.title is None and sentences:
        _title_in_lead(text, sentences[0], found)
    _from_footer(text, [line for line in lines if line.number in kinds], found)
    as_of = _as_of(text, sentences)
    if as_of:
        found.add("as_of", as_of.day, as_of.span)
    bound = _not_before(text, sentences, as_of)
    published = str(found.values.get("published") or "9999")
    if bound and bound.day <= published[: len(bound.day)]:
        found.add("not_before", bound.day, bound.span, "inferred")
    language = detect_language(text, sentences[0].start if sentences else 0)
    if language:
        found.values["language"], found.basis["language"] = language, "detected"
    return Metadata.from_dict({**found.values, "evidence": found.evidence, "basis": found.basis})


def _from_front(text: str, front: Front, lines: Sequence[Line], found: Findings) -> None:
    if front.title:
        found.add("title", front.title.of(text), front.title)
    if front.standfirst:
        found.add("standfirst", front.standfirst.of(text), front.standfirst, "document" if front.title else "inferred")
    if front.site:
        found.add("site", front.site.of(text), front.site)
    if front.authors:
        found.values["authors"] = tuple(span.of(text) for span in front.authors)
        found.evidence["authors"], found.basis["authors"] = tuple(front.authors), "document"
    stated = front.published or next((date for line in lines if (date := labelled_date(text, line))), None)
    if stated:
        found.add("published", *stated)


def _title_in_lead(text: str, lead: Span, found: Findings) -> None:
    """A title that the first sentence names: "Below is a detailed report on X."."""
    match = _LEAD.match(text, lead.start, lead.end)
    if match and len(words := words_of(match["title"])) >= 3 and title_cased(words):
        found.add("title", match["title"], Span(*match.span("title")), "inferred")


def _from_footer(text: str, footer: Sequence[Line], found: Findings) -> None:
    """Site, publisher and copyright year from boilerplate.

    A name is the site's where a paragraph says so ("X is an online platform"), or where a credit or copyright
    holder is no company and other evidence agrees: it stands elsewhere too, or reads as a publication's name.
    """
    footer = footer[-MOST_FOOTER:]
    abouts = [Span(*name) for line in footer if (name := about_name(text, line))]
    words = "\n".join(line.of(text) for line in footer)
    if abouts:
        found.add("site", abouts[0].of(text), abouts[0])
    for line in footer:
        if not COPYRIGHT.search(line.of(text)):
            continue
        years = list(_YEAR.finditer(text, line.start, line.end))
        if years:
            found.add("copyright_year", int(years[-1].group()), Span(*years[-1].span()))
        for holder in _holders(text, line):
            held_by = holder.of(text)
            if COMPANY.search(held_by):
                found.add("publisher", held_by, holder)
            elif not _AGENCY.search(held_by) and _agreed(held_by, words, text):
                found.add("site", held_by, holder)


def _holders(text: str, line: Line) -> list[Span]:
    """The names in a notice: who holds the copyright, who developed the site."""
    names: list[Span] = []
    start = line.start
    credit = _CREDIT.search(text, start, line.end)
    if "©" in line.of(text) or re.match(r"(?i)\W*(?:@|copyright|\(c\))", line.of(text)):
        names.extend(_named(text, start, credit.start() if credit else line.end))
    if credit:
        names.extend(_named(text, credit.end(), line.end))
    return names


def _named(text: str, start: int, end: int) -> list[Span]:
    for match in _HOLDER.finditer(text, start, end):
        name = re.sub(r"(?: (?:of|and|the|for|&))+$", "", match.group()).rstrip(",")
        if not _NOT_A_HOLDER.match(name) and len(name) > 2:
            return [Span(match.start(), match.start() + len(name))]
    return []


def _agreed(name: str, footer: str, text: str) -> bool:
    packed = re.sub(r"\W", "", name).lower()
    times = re.sub(r"\W", "", footer).lower().count(packed)
    return times > 1 or is_site_name(name) or (bool(MEDIA_WORDS.search(name)) and name in text)


def _as_of(text: str, sentences: Sequence[Span]) -> PrintedDate | None:
    """The date that the text says it holds for; the finest, then the latest. The span begins with "As of"."""
    found: list[PrintedDate] = []
    for span in sentences:
        for cue in _AS_OF.finditer(text, span.start, span.end):
            date = next(printed_dates(text, cue.end(), min(span.end, cue.end() + 40)), None)
            if date is None or date.span.start != cue.end():
                continue
            rest = text[date.span.end : min(span.end, date.span.end + 120)]
            if not _NOW.search(rest) and re.search(r"\b(?:was|were|had)\b", rest):
                continue
            found.append(PrintedDate(Span(cue.start(), date.span.end), date.value))
    return max(found, key=lambda date: (date.exact, date.day), default=None)


def _not_before(text: str, sentences: Sequence[Span], as_of: PrintedDate | None) -> PrintedDate | None:
    """The latest date at which the text says something happened: it cannot have been written before."""
    found = [as_of] if as_of else []
    for span in sentences:
        dates = list(printed_dates(text, span.start, span.end))
        if dates and _PAST.search(text, span.start, span.end) and not _AHEAD.search(text, span.start, span.end):
            found.extend(dates)
    return max(found, key=lambda date: date.day, default=None)
