"""The public face: every answer is the source's own words, and every id leads back to them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import ctcorpus
from ctcorpus.corpus import Corpus
from ctcorpus.corpus.records import show_record
from ctcorpus.errors import QueryLimitError, SelectorError, StoreMissingError, UnknownIdError, UsageError


def test_a_hit_is_a_quotation_of_its_source(corpus: Corpus, folder: Path) -> None:
    found = 0
    for query in ("border fence", "courts", '"open hearings"', "commission OR army", "site:x OR river"):
        for hit in corpus.search(query):
            found += 1
            text = (folder / hit.path).read_text(encoding="utf-8")
            assert hit.text == text[hit.passage.start : hit.passage.end] == hit.citation.quote
            assert hit.citation.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
            before = text[: hit.citation.start]
            assert before.endswith(hit.citation.prefix)
            assert text[hit.citation.end :].startswith(hit.citation.suffix)
            for mark in hit.highlights:
                assert hit.passage.start <= mark.start < mark.end <= hit.passage.end
    assert found > 6


def test_all_words_come_first_and_partial_hits_say_what_they_lack(corpus: Corpus) -> None:
    results = corpus.search("border fence planned")
    tiers = [hit.match for hit in results]
    assert tiers == sorted(tiers)
    assert {"all", "partial"} == set(tiers)
    for hit in results:
        assert bool(hit.missing) == (hit.match == "partial")
        assert not set(hit.missing) & {
            hit.text[x.start - hit.passage.start : x.end - hit.passage.start] for x in hit.highlights
        }
    assert results.totals["all_words"] + results.totals["partial"] == results.total
    assert [hit.rank for hit in results] == list(range(1, len(tiers) + 1))


def test_pages_of_an_answer_are_the_answer(corpus: Corpus) -> None:
    whole = [hit.passage.id for hit in corpus.search("the border fence river", 10)]
    paged = [hit.passage.id for at in range(0, 10, 2) for hit in corpus.search("the border fence river", 2, offset=at)]
    assert paged == whole


def test_words_that_occur_nowhere_are_named(corpus: Corpus) -> None:
    results = corpus.search("border zeppelin")
    assert results.absent_words == ("zeppelin",)
    assert results.totals["all_words"] == 0


def test_fields_exclusions_and_phrases(corpus: Corpus) -> None:
    assert {hit.path for hit in corpus.search("border author:khan")} == {"articles/fence.txt"}
    assert {hit.path for hit in corpus.search("border -fence")} == {"articles/river.txt"}
    assert len(corpus.search('"fence border"')) == 0
    assert corpus.search("path:courts").hits[0].score is None


def test_proximity_is_judged_on_the_text(corpus: Corpus) -> None:
    assert len(corpus.search("second w/1 fence")) == 1
    assert len(corpus.search("second w/2 river")) == 0
    assert len(corpus.search('"fence along"~2')) == 1


def test_exact_neither_stems_nor_expands(corpus: Corpus) -> None:
    assert corpus.search("fences").totals["all_words"] > 0
    exact = corpus.search("fences", exact=True)
    assert exact.total == 0
    assert not exact.query.expansions


def test_undated_documents_are_counted_as_left_out(corpus: Corpus) -> None:
    results = corpus.search("border published:2024..")
    assert results.excluded["undated"]["documents"] == 3
    assert results.total == 0


def test_explanations_add_up(corpus: Corpus) -> None:
    for hit in corpus.search("border fence", explain=True):
        assert hit.explanation is not None
        assert hit.explanation["value"] == pytest.approx(hit.score, abs=1e-4)


def test_ids_of_every_form_lead_to_the_document(corpus: Corpus) -> None:
    entry = next(x for x in corpus.documents() if x.path.endswith("fence.txt"))
    for reference in (entry.id, entry.id[:8], entry.citekey, entry.path, "fence.txt"):
        assert corpus.entry(reference).id == entry.id
        assert corpus.find(f"{reference}:0-4")[1] is not None
    assert corpus.cite(f"{entry.citekey}:0-4").quote == "Work"


def test_a_span_outside_the_text_and_an_unknown_id_are_named(corpus: Corpus) -> None:
    entry = corpus.documents()[0]
    with pytest.raises(SelectorError, match="9-99999"):
        corpus.find(f"{entry.id}:9-99999")
    with pytest.raises(SelectorError):
        corpus.find(f"{entry.id}:5-5")
    with pytest.raises(UnknownIdError) as raised:
        corpus.entry(entry.citekey[:-1])
    assert entry.citekey in raised.value.nearest


def test_the_record_of_a_document_holds_the_contracts_names(corpus: Corpus) -> None:
    record = show_record(corpus, corpus.documents()[0].id)
    names = "schema id citekey path paths url retrieved media_type sha256 text_sha256 reader encoding work version"
    more = (
        "superseded_by completeness warnings text title standfirst site publisher published as_of not_before language"
    )
    more += " authors copyright_year"
    lists = "evidence basis boilerplate headings paragraphs sentences passages mentions figures dates quotations"
    assert set(f"{names} {more} {lists}".split()) <= set(record)
    for figure in record["figures"]:
        assert figure["id"] == f"{record['id']}:{figure['start']}-{figure['end']}"


def test_no_store_and_too_much_are_errors(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(StoreMissingError, match="No store at"):
        Corpus(tmp_path / "nowhere").search("x")
    with pytest.raises(QueryLimitError):
        corpus.search("x" * 2000)
    with pytest.raises(UsageError):
        corpus.search("x", -1)


def test_the_answer_is_the_same_at_the_second_run(corpus: Corpus) -> None:
    first, second = (corpus.search("border river fence").to_dict() for _ in range(2))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_open_takes_the_command_lines_store(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTCORPUS_STORE", str(corpus.path))
    with ctcorpus.open() as opened:
        assert len(opened.documents()) == 3


def test_notebooks_see_escaped_words(folder: Path) -> None:
    (folder / "articles" / "tags.txt").write_text("A <b>bold</b> & odd sentence stands here, with a fence.\n")
    made = Corpus(folder / "data" / "index")
    made.index([folder / "articles"])
    html = made.search("bold")._repr_html_()
    assert "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; odd" in html
    shown = made.show("tags.txt")._repr_html_()
    assert "<td>–</td>" in shown
    assert "A &lt;b&gt;bold" in shown
