"""What a filter selects, and the line that says what an answer rests on."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.analysis.basis import basis_of
from ctcorpus.query.select import select
from tests.analysis.fact_samples import ARTICLES, corpus


def test_nothing_asked_is_everything(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        found = select(made.store, made._open_index(), None, " ")
        assert len(found.entries) == len(ARTICLES)
        assert found.passages == made.store.counts().passages
        assert all(found.is_whole(x) for x in found.documents)
        assert found.holds(found.documents[0], 0, 3)


def test_a_filter_selects_the_passages_that_match(tmp_path: Path) -> None:
    filler = "\n\n".join(
        f"Paragraph {n} tells of the mill, the weir and the long road to the sea. " * 4 for n in range(9)
    )
    with corpus(tmp_path, {"a.txt": f"A title\n\n{filler}\n\nThe fence runs for kilometres.\n"}) as made:
        found = select(made.store, made._open_index(), made._labels(), "kilometres")
        (document,) = found.documents
        (span,) = found.spans[document]
        assert "kilometres" in span.of(made.store.text(document))
        assert not found.holds(document, 0, 3)
        assert found.holds(document, span.start, span.end)
        assert found.passages == 1


def test_no_match_selects_nothing(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        found = select(made.store, made._open_index(), made._labels(), "zzz")
        assert not found
        assert str(basis_of(found)) == "0 documents: 0 dated, 0 with a named author"


def test_the_basis_counts_what_is_stated(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        basis = basis_of(select(made.store, made._open_index(), None, ""))
        assert (basis.documents, basis.with_author, basis.kinds) == (3, 1, {"unknown": 3})
        assert str(basis).endswith("source kind unknown: 3")
