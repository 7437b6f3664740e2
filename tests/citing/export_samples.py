"""Records that try to break out of every format: made by a seeded generator, the same on every machine."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from functools import cache

from ctcorpus.model.citation import Citation
from ctcorpus.model.export import CitedPassage, Note, Selection
from ctcorpus.model.hit import Voice
from ctcorpus.model.span import Span
from ctcorpus.query.fragment import text_fragment
from ctcorpus.query.selector import select

#: what a format may take for something of its own
HOSTILE = (
    "Legit\nER  - \nTY  - BOOK", "\r\nN1  - forged", "A } , note = {inj", "{", "}}", "\\", "\\input{x}", "@article{x,",
    "@online{", "%", "$x^2$", "~_#&", '=HYPERLINK("http://x.test","y")', "=1+1", "+1", "-1", "@SUM(1)", "\t=1+1",
    "  =1+1", "＝1+1", "|cmd", "\r=2", "<script>alert(1)</script>", "</style><b>", "<!--", "-->", "]]>", "&amp;",
    '"', "'", '""', "“curly”", "‘Imad", "‘so’", "«so»", "\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9b",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe", "\uffff", "\U000e0041", "👩‍💻", "é", "e\u0301", "ﷺ", "文字",
    "\u00a0", "&#61;", "\u2028", "\u2029",
    "# x", "1. x", "- x", "* x", "> x", "[a](http://x.test)", "![a](http://x.test/b.png)", "[^1]: x", "[@x]", "@x",
    "`x`", "```", "---", "...", "--", "http://x.test/a", "www.x.test", "<http://x.test>", ":::", "(@) x", "a) x",
    "|a|b|", "\\\n", ";", ",", "a;b\\c", "{{x}}", " and ", "and others", "^x^", "==x==", "Table: x", "~~x~~", "\n\n",
    "\n    x", "TY  - X", "ER  - ", "$$", "\\\\", "'''", "${x}", "{% x %}", "\t", " ", "killed 1,234 in 2014-15",
)  # fmt: skip
WORDS = ("the", "border", "fence", "was", "built", "in", "2019", "officials", "said", "Army’s", "re-opened", "U.S.")


def text(random_: random.Random, parts: int) -> str:
    """Words and hostile pieces, joined by a space, a line end or nothing."""
    pieces = [random_.choice(HOSTILE) if random_.random() < 0.5 else random_.choice(WORDS) for _ in range(parts)]
    return "".join(piece + random_.choice(["", " ", " ", "\n"]) for piece in pieces)


def passage(number: int, seed: int = 7) -> CitedPassage:
    """The record of this number, of a source of its own."""
    random_ = random.Random(f"{seed}/{number}")
    source = "x" + text(random_, 14) + "y"
    start = random_.randrange(0, len(source) - 1)
    span = Span(start, random_.randrange(start + 1, len(source) + 1))
    selector = select(source, span)
    digest = hashlib.sha256(source.encode()).hexdigest()
    document = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()[:32]
    url = random_.choice([None, "https://example.org/a?b=1&c=%20", f"javascript:alert({number})", "http://x.test/{a}"])
    citekey = f"anon-nd-{number}"
    reference = f"[no author stated], [no title stated], n.d., para. 1, line 1 [{citekey}, {document[:12]}:{start}]"
    voices = (Voice(text(random_, 2), "said", True, start, span.end),) if random_.random() < 0.3 else ()
    return CitedPassage(
        number=number,
        citation=Citation(
            selector.exact, selector.prefix, selector.suffix, span.start, span.end, digest, digest, reference
        ),
        document=document,
        citekey=citekey,
        title=_maybe(random_, text(random_, 4)),
        authors=tuple(text(random_, 3) for _ in range(random_.randrange(3))),
        site=_maybe(random_, text(random_, 3)),
        publisher=_maybe(random_, text(random_, 2)),
        published=random_.choice(
            [
                *(None, "2025-04-08", "2025-04", "2025", "2001~", "2025-01/2025-03"),
                *("2026-02-22T22:03", "2026-02-22T22:03+05:00"),
            ]
        ),
        as_of=None,
        language=random_.choice([None, "en"]),
        title_basis=None,
        version=1,
        superseded_by=None,
        url=url,
        retrieved=None,
        link=text_fragment(url, selector),
        heading=_maybe(random_, text(random_, 3)),
        place="para. 1, line 1",
        voices=voices,
        highlights=(Span(span.start, span.start + 1),),
        note=(Note(f"{document}:{start}-{span.end}", citekey, text(random_, 3), ("a",), text(random_, 1), "2025"),),
    )


@cache
def selection(count: int, *, footnotes: bool = False) -> Selection:
    """A selection of this many records, made once."""
    return Selection(tuple(passages(count)), 1, 'a "query" </title>', footnotes)


def passages(count: int) -> Iterator[CitedPassage]:
    """The records from 1 on."""
    return (passage(number) for number in range(1, count + 1))


def _maybe(random_: random.Random, value: str) -> str | None:
    return value if random_.random() < 0.8 else None
