"""A selection is the same whether the index is asked for ids or for keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.index.layout import START_BITS, order_key
from ctcorpus.query import select as room
from ctcorpus.query.select import select

#: makes of a sentence a passage of its own
FILLER = "Plain words stand here so that it is long. " * 30
TEXTS = {
    "a.txt": ("A river", "The river has a dam.", "The dam holds water.", "Nobody lives there."),
    "b.txt": ("A lake", "The lake has no dam.", "A river feeds it."),
    "c.txt": ("A hill", "Goats live there."),
}
QUERIES = ("river", "dam OR goats", "NOT zebra", "the", "river dam w/2", "zebra", "title:lake")


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    (tmp_path / "texts").mkdir()
    for name, (title, *paragraphs) in TEXTS.items():
        text = "\n\n".join((title, *(f"{x} {FILLER}" for x in paragraphs)))
        (tmp_path / "texts" / name).write_text(f"{text}\n", encoding="utf-8")
    corpus = Corpus(tmp_path / "store")
    corpus.index([tmp_path / "texts"])
    return corpus


@pytest.mark.parametrize("query", QUERIES)
def test_by_keys_as_by_ids(made: Corpus, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    with made:
        by_id = select(made.store, made._open_index(), made._labels(), query)
        monkeypatch.setattr(room, "FEW", -1)
        by_key = select(made.store, made._open_index(), made._labels(), query)
        assert (by_key.entries, dict(by_key.spans)) == (by_id.entries, dict(by_id.spans))


def test_keys_that_leave_the_document_open_are_not_used(made: Corpus) -> None:
    with made:
        ids = [stored.passage.id for x in made.store.entries() for stored in made.store.passages_of(x.id)]
        keys = sorted(order_key(x) for x in ids)
        found = room._by_keys(made.store, keys)
        assert found is not None
        assert (len(found[0]), found[1]) == (len(TEXTS), {})
        assert room._by_keys(made.store, [*keys, keys[-1]]) is None  # two passages of one key
        assert room._by_keys(made.store, [keys[0] ^ 1 << START_BITS, *keys[1:]]) is None  # a document nobody knows
        several = next(x.id for x in made.store.entries() if x.passages > 1)
        within = next(x for x in ids if x.startswith(several))
        assert room._by_keys(made.store, [order_key(within) + 1]) is None  # no passage begins there


def test_what_lies_in_a_selection(made: Corpus) -> None:
    with made:
        chosen = select(made.store, made._open_index(), made._labels(), "goats OR feeds")
        document, spans = next((x, y) for x, y in chosen.spans.items() if y[0].start)
        span = spans[0]
        assert chosen.holds(document, span.start, span.end)
        assert not chosen.holds(document, span.start - 1, span.end)
        assert chosen.meets(document, span.start - 9, span.start + 1)
        assert not chosen.meets(document, span.start - 9, span.start)
        assert not chosen.meets(document, spans[-1].end, spans[-1].end + 9)


def test_a_whole_document_holds_everything(made: Corpus) -> None:
    with made:
        every = select(made.store, made._open_index(), None, "")
        whole = every.documents[0]
        assert every.is_whole(whole)
        assert every.holds(whole, 0, 10**9)
        assert every.meets(whole, 0, 1)
