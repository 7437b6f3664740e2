"""The body cut into passages: what is indexed, ranked and cited.

Each section (what lies between headings, boilerplate and front matter) is cut on its own, at the cheapest set of
cuts: a passage should have 60 to 120 words and end with a paragraph; it may have 40 to 160 and end with a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctcorpus.model.span import Span

LEAST, GOOD, WELL, MOST = 40, 60, 120, 160
#: price of a cut inside a paragraph; of a passage below LEAST, and of each word that it lacks
INSIDE, SHORT, LACKING = 8.0, 20.0, 1.0
#: price of each word between LEAST and GOOD, and between WELL and MOST
SLIGHT = 0.3
#: sentences of a passage at most: bounds the work where sentences are single words
MOST_SENTENCES = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a section. words: split at white space. opens: it is the first of its paragraph."""

    span: Span
    words: int
    opens: bool


def _price(words: int) -> float:
    if words < LEAST:
        return SHORT + (LEAST - words) * LACKING
    if words < GOOD:
        return (GOOD - words) * SLIGHT
    return 1.0 + max(0, words - WELL) * SLIGHT if words <= MOST else SHORT


PRICES = tuple(_price(words) for words in range(MOST + 1))


def cut_section(units: Sequence[Unit]) -> list[Span]:
    """The passages of one section, in order: each sentence whole in exactly one of them.

    A sentence of more than MOST words is a passage of its own. The work is linear in the number of sentences.
    """
    best = [0.0] * (len(units) + 1)
    cut = [0] * (len(units) + 1)
    for end in range(1, len(units) + 1):
        words, cheapest, at = 0, float("inf"), end - 1
        for start in range(end - 1, max(-1, end - 1 - MOST_SENTENCES), -1):
            words += units[start].words
            if words > MOST and start < end - 1:
                break
            price = best[start] + (PRICES[words] if words <= MOST else SHORT) + (0.0 if units[start].opens else INSIDE)
            if price < cheapest:
                cheapest, at = price, start
        best[end], cut[end] = cheapest, at
    spans: list[Span] = []
    end = len(units)
    while end:
        spans.append(Span(units[cut[end]].span.start, units[end - 1].span.end))
        end = cut[end]
    return spans[::-1]
