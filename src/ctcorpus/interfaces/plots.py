"""Charts of words and concepts: what the analyses of words answer. Each raises NothingToDrawError without a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctcorpus.interfaces.drawing import (
    MOST_ROWS,
    PALETTE,
    NothingToDrawError,
    colours,
    data,
    distinct,
    drawn_of,
    engine,
    finished,
    names,
    told,
)
from ctcorpus.model.words import Collocations, CoOccurrence, Keyness, Topics

if TYPE_CHECKING:
    from ctcorpus.interfaces.drawing import Chart

#: concepts of a matrix at most, and points of a cell
MOST_CONCEPTS, _CELL = 20, 30
#: words of a topic that name its bar
_TERMS = 5


def keyness_chart(found: Keyness) -> Chart:
    """Bars of the log ratio, the surest words first; colour and side say whose word it is."""
    alt = engine()
    shown = found.rows[:MOST_ROWS]
    words = distinct(x.term for x in shown)
    rows = [
        {"word": word, "log ratio": x.log_ratio, "more frequent in": x.more_in, "G2": x.g2}
        for word, x in zip(words, shown, strict=True)
    ]
    chart = (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=alt.X("log ratio:Q", title="log ratio (binary logarithm of the relative frequencies; 1 is twice)"),
            y=alt.Y("word:N", sort=None, title="word, by falling G2", axis=names()),
            color=alt.Color("more frequent in:N", scale=colours(["target", "reference"])),
        )
    )
    against = f"“{found.against.query}”" if found.against else "the rest of the corpus"
    sizes = f"target: {found.target_words:,} words in {found.target_passages:,} passages; reference"
    sizes += f" ({found.against}): " if found.against else ": "
    sizes += f"{found.reference_words:,} words in {found.reference_passages:,} passages. "
    note = sizes + found.measures["g2"] + drawn_of(len(found.rows), "words")
    return finished(chart, f"Words of “{found.basis.query}” against {against}", found.basis, note, rows=len(rows))


def collocates_chart(found: Collocations) -> Chart:
    """Bars of G2, the surest words first."""
    alt = engine()
    shown = found.rows[:MOST_ROWS]
    words = distinct(f"{x.term} ({x.together:,})" for x in shown)
    rows = [{"word": word, "G2": x.g2} for word, x in zip(words, shown, strict=True)]
    chart = (
        alt.Chart(data(rows))
        .mark_bar(color=PALETTE[0])
        .encode(
            x=alt.X("G2:Q", title="G2 (log-likelihood ratio; 15.13 is p < 0.0001)"),
            y=alt.Y("word:N", sort=None, title="word beside it (times)", axis=names()),
        )
    )
    title = f"Words within {found.window} words of “{found.word}”"
    note = f"“{found.word}” stands {found.occurrences:,} times" + drawn_of(len(found.rows), "words")
    return finished(chart, title, found.basis, note, rows=len(rows))


def topics_chart(found: Topics) -> Chart:
    """Bars of the passages that are more of one topic than of any other, each with its words and documents."""
    alt = engine()
    rows = [
        {
            "topic": f"{x.number}. {', '.join(x.terms[:_TERMS])}",
            "passages": x.size,
            "spread": f"{told(x.documents, 'document')}, {x.largest_share:.0%} in one",
        }
        for x in found
    ]
    if not rows:
        raise NothingToDrawError("There are no topics")
    most = max(x.size for x in found)
    base = alt.Chart(data(rows)).encode(
        x=alt.X(
            "passages:Q",
            title="passages that are more of it than of any other",
            scale=alt.Scale(domain=[0, 1.6 * most]),
        ),
        y=alt.Y("topic:N", sort=None, title="topic, by its words", axis=names()),
    )
    chart = base.mark_bar(color=PALETTE[0]) + base.mark_text(align="left", dx=4).encode(text="spread:N")
    return finished(chart, "Topics", found.basis, f"found in {found.fitted:,} passages: {found.method}", rows=len(rows))


def co_occurrence_chart(found: CoOccurrence) -> Chart:
    """A matrix of the concepts of the surest pairs: in how many passages two stand together, number and shade."""
    alt = engine()
    chosen: dict[str, int] = {}
    for pair in found:
        for name in (pair.a, pair.b):
            if len(chosen) < MOST_CONCEPTS:
                chosen.setdefault(name, found.concepts[name])
    cells = [(x, y, pair.passages) for pair in found for x, y in ((pair.a, pair.b), (pair.b, pair.a))]
    label = dict(zip(chosen, distinct(f"{name} ({count:,})" for name, count in chosen.items()), strict=True))
    rows: list[dict[str, Any]] = [
        {"concept": label[x], "with": label[y], "passages": count}
        for x, y, count in cells
        if x in chosen and y in chosen
    ]
    if not rows:
        raise NothingToDrawError("No two concepts stand in one passage")
    order = list(label.values())
    most = max(x["passages"] for x in rows)
    base = alt.Chart(data(rows)).encode(
        x=alt.X("with:N", sort=order, title="concept", axis=alt.Axis(labelLimit=0, labelAngle=-90)),
        y=alt.Y("concept:N", sort=order, title="concept (passages that name it)", axis=names()),
    )
    shade = alt.Color("passages:Q", title="passages that name both", scale=alt.Scale(scheme="blues", domain=[0, most]))
    ink = alt.condition(f"datum.passages > {0.6 * most}", alt.value("white"), alt.value("black"))
    chart = (
        base.mark_rect().encode(color=shade) + base.mark_text(fontSize=9).encode(text="passages:Q", color=ink)
    ).properties(width=_CELL * len(chosen), height=_CELL * len(chosen))
    chosen_of = f"the {len(chosen)} concepts of the surest pairs (G2), of {len(found.concepts):,} that are named"
    note = f"{found.basis.passages:,} passages; {chosen_of}"
    return finished(chart, "Concepts in the same passages", found.basis, note, rows=None)
