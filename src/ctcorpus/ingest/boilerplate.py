"""What belongs to the page and not to the article: marked line by line, never deleted.

Three rules. Lines that no article has in its body (a copyright notice, "Share this post:") are boilerplate where
they stand as a line of their own. A run of very short lines with readings and days in it is a widget. From the end
upwards, what lies among such lines is boilerplate too: short lines, and a paragraph that says what the site is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ctcorpus.ingest.lexicon import ends_sentence
from ctcorpus.ingest.lines import Line
from ctcorpus.model.document import Boilerplate

#: a line that is boilerplate by its words is so long
LEAST_CHARACTERS, MOST_CHARACTERS = 4, 300
WIDGET_LINES, WIDGET_WORDS, WIDGET_READINGS = 5, 3, 0.4
#: short lines among boilerplate, and how many of them in a row
SHORT_WORDS, SHORT_RUN = 8, 6
#: line ends after the last word that are more than a tidy end of file
TRAILING_LINES = 3

COPYRIGHT = re.compile(
    r"(?i)^\W{0,3}(?:©|@\s?(?:19|20)\d\d\b|\(c\)\s|copyright\b\s*(?:©|\(c\)|(?:19|20)\d\d|by\b))"
    r"|\ball rights? reserved\b|©\s?(?:19|20)\d\d"
    r"|^\W*(?:website )?(?:designed|developed|powered)(?: (?:and|&) developed)? by\b[^.]{0,50}$"
)


def _lines(*forms: str) -> re.Pattern[str]:
    """A pattern for whole lines of any of these forms, punctuation around them set aside."""
    return re.compile(rf"(?i)^\W*(?:{'|'.join(forms)})\W*$")


#: kind -> the forms of a line that is nothing else
WHOLE_LINES: dict[str, re.Pattern[str]] = {
    "share": _lines(
        r"share(?: (?:this|on|with|via|it)\b.{0,80})?",
        r"tweet(?: this)?",
        r"(?:print|email)(?: this)?(?: article| page)?",
        r"(?:follow|like|find|join) us\b.{0,80}",
        r"follow [\w ]{2,30} on (?:x|twitter|facebook|instagram|whatsapp|google news)\b.{0,40}",
        r"(?:facebook|twitter|whatsapp|linkedin|telegram|instagram|youtube|pinterest)(?:\W+\w+){0,3}",
        r"copy link",
        r"(?:contact|write to|reach|email) us\b.{0,60}@.{0,60}",
    ),
    "newsletter": _lines(
        r"sign up\b.{0,80}",
        r"subscribe\b.{0,80}",
        r"(?:get|receive) (?:the|our|all the) (?:latest|top|best|daily)\b.{0,100}",
        r".{0,60}\b(?:straight|delivered|directly)\b.{0,20}\bto your (?:inbox|email)\b.{0,20}",
        r"(?:our |the )?newsletters?",
        r"(?:to )?continue reading\b.{0,60}",
        r"enter your email\b.{0,40}",
    ),
    "navigation": _lines(
        r".{0,30}download (?:our|the) app\b.{0,30}",
        r"(?:network|quick|useful) links",
        r"skip to (?:main )?content",
        r"(?:main )?menu",
        r"related (?:posts?|articles?|stories|news|topics)",
        r"(?:you may|you might) also like",
        r"recommended for you",
        r"(?:read|see) (?:more|also|next)\b.{0,100}",
        r"also read\b.{0,120}",
        r"(?:previous|next) (?:article|post)\b.{0,100}",
        r"advertisements?",
        r"(?:terms|privacy|policy|cookies?|about|contact|us|of|use|service|sitemap|disclaimer|and|conditions|advertise)"
        r"(?:\W+(?:terms|privacy|policy|cookies?|about|contact|us|of|use|service|sitemap|disclaimer|and|conditions)){1,14}",
        r"(?:contact|sitemap|disclaimer)",
        r"(?:leave a (?:reply|comment)|post a comment|comments?(?: \(?\d+\)?)?|no comments?(?: yet)?|\d+ comments?)",
        r"(?:tags?|filed under|categor(?:y|ies)|topics)\s?:.{0,160}",
        r"home\s*[>»/|].{0,100}",
        r"back to top",
        r"trending(?: now)?",
        r"most (?:read|popular)",
        r"\d+ (?:min(?:ute)?s?) read",
        r"load more",
        r"view all",
        r"log ?in",
        r"\d[\d,.]*k? (?:views|shares)",
    ),
}
READING = re.compile(
    r"(?i)^(?:[-+]?\d[\d.,:]*\s?(?:%|°\s?[cf]?|km/?h|mph|m/s|mm|hpa|[ap]m|[cf])?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|[-+]?\d[\d.,]*\s?[–-]\s?[-+]?\d[\d.,]*\s?(?:%|°\s?[cf]?)?)$"
)
ABOUT = re.compile(
    r"(?P<name>(?:The )?[A-Z][\w&'’.-]*(?:\s(?:of|and|the|for|on|&|[A-Z][\w&'’.-]*)){0,6})"
    r"(?:\s\([A-Z][\w&.-]{1,14}\))?,? (?:is|was founded as) (?:an?|the|one of)\b(?P<what>.{0,200})",
    re.DOTALL,
)
OUTLET = re.compile(
    r"(?i)\b(?:platform|website|web portal|portal|publication|magazine|newspaper|news ?site|journal|think[- ]tank|"
    r"news (?:agency|outlet|organi[sz]ation|channel)|media (?:outlet|organi[sz]ation|house|company|group)|"
    r"broadcaster|blog|research (?:institute|cent(?:re|er)|organi[sz]ation)|hub)\b"
)


def find_boilerplate(text: str, lines: Sequence[Line]) -> dict[int, str]:
    """Number of each line that is boilerplate -> its kind."""
    kinds: dict[int, str] = {}
    for line in lines:
        kind = _whole_line(text, line)
        if kind:
            kinds[line.number] = kind
    _mark_widgets(text, lines, kinds)
    _mark_tail(text, lines, kinds)
    return kinds


def about_name(text: str, line: Line) -> tuple[int, int] | None:
    """Where the name of the site stands in a paragraph that says what the site is; None for other paragraphs."""
    found = ABOUT.match(text, line.start, min(line.end, line.start + 400))
    if found is None or not OUTLET.search(found["what"]):
        return None
    return found.span("name")


def blocks(text: str, lines: Sequence[Line], kinds: dict[int, str]) -> list[Boilerplate]:
    """The marked lines as spans: neighbouring lines of one kind together; blank lines at the end of the file."""
    spans: list[Boilerplate] = []
    last: Line | None = None
    for line in lines:
        kind = kinds.get(line.number)
        if kind and last is not None and kinds.get(last.number) == kind and kind != "about":
            spans[-1] = Boilerplate(spans[-1].start, line.end, kind)
        elif kind:
            spans.append(Boilerplate(line.start, line.end, kind))
        last = line
    if last is not None and re.sub("\r\n|\r", "\n", text[last.end :]).count("\n") >= TRAILING_LINES:
        spans.append(Boilerplate(last.end, len(text), "blank"))
    return spans


def _whole_line(text: str, line: Line) -> str | None:
    if not LEAST_CHARACTERS <= line.end - line.start <= MOST_CHARACTERS:
        return None
    words = line.of(text)
    if COPYRIGHT.search(words):
        return "copyright"
    return next((kind for kind, pattern in WHOLE_LINES.items() if pattern.match(words)), None)


def _mark_widgets(text: str, lines: Sequence[Line], kinds: dict[int, str]) -> None:
    run: list[Line] = []

    def close() -> None:
        readings = sum(bool(READING.match(line.of(text))) for line in run)
        if len(run) >= WIDGET_LINES and readings >= WIDGET_READINGS * len(run):
            kinds.update((line.number, "widget") for line in run)
        run.clear()

    for line in lines:
        tiny = line.end - line.start <= 30 and len(line.of(text).split()) <= WIDGET_WORDS
        if tiny and line.number not in kinds:
            run.append(line)
        else:
            close()
    close()


def _mark_tail(text: str, lines: Sequence[Line], kinds: dict[int, str]) -> None:
    """Works upwards from the last line while lines are boilerplate, or lie among boilerplate and are no article."""
    waiting: list[Line] = []
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.number in kinds:
            for other in waiting:
                kinds[other.number] = "navigation"
            waiting.clear()
        elif _is_about(text, line, lines, kinds, at):
            kinds[line.number] = "about"
            waiting.clear()
        elif len(waiting) < SHORT_RUN and at < len(lines) - 1 and _is_short(text, line):
            waiting.append(line)
        else:
            return


def _is_short(text: str, line: Line) -> bool:
    return (
        line.end - line.start <= 80 and len(line.of(text).split()) <= SHORT_WORDS and not ends_sentence(line.of(text))
    )


def _is_about(text: str, line: Line, lines: Sequence[Line], kinds: dict[int, str], at: int) -> bool:
    """Whether the paragraph says what the site is.

    It must lie beside boilerplate, and the name must stand in that boilerplate or nowhere above.
    """
    name = about_name(text, line)
    if name is None or not any(
        other.number in kinds for other in [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    ):
        return False
    words = text[slice(*name)]
    tail = "".join(other.of(text) for other in lines[at + 1 : at + 41] if other.number in kinds)
    packed = re.sub(r"\W", "", words).lower()
    return packed in re.sub(r"[^\w]", "", tail).lower() or words not in text[: line.start]
