"""A library's records, as reference managers export them: what they state arrives as the maintainer's, or is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.corpus import Corpus

#: an item as Better BibTeX exports it for Zotero, edited by hand afterwards
ITEM = {
    "id": "river2025",
    "citation-key": "river2025",
    "type": "article-newspaper",
    "title": 'The <i>River</i> &amp; its Bed: a <span class="nocase">Report</span>',
    "container-title": "The Post",
    "author": [{"family": "Khan", "given": "A."}],
    "issued": {"raw": "8 April 2025"},
    "accessed": {"date-parts": [["2025", 4, 9]]},
    "URL": "https://example.org/river",
    "attachments": [{"title": "Full Text", "path": "C:\\Users\\khan\\Zotero\\storage\\AB12\\river.txt"}],
}


def stated(corpus: Corpus, folder: Path, *items: Any) -> tuple[str, ...]:
    """Indexes with a library of these records; the warnings."""
    library = folder / "zotero.json"
    library.write_text("\ufeff" + json.dumps(list(items)), encoding="utf-8")
    corpus.index()
    return corpus.index(metadata=library).warnings


def test_what_a_record_states_is_the_maintainers(corpus: Corpus, folder: Path) -> None:
    assert stated(corpus, folder, ITEM) == ()
    entry = corpus.entry("river.txt")
    values = {name: x.value for name, x in entry.stated.items()}
    assert values == {
        "title": "The River & its Bed: a Report",
        "published": "2025-04-08",
        "retrieved": "2025-04-09",
        "url": "https://example.org/river",
    }
    assert {x.source for x in entry.stated.values()} == {"zotero.json"}
    assert "title" in entry.maintained and "stated by the maintainer" in corpus.cite(entry.id).reference
    assert entry.authors == ()  # authors are the source's to state


@pytest.mark.parametrize(
    ("issued", "value"),
    [
        ({"date-parts": [[2025, 4, 8]]}, "2025-04-08"),
        ({"date-parts": [["2025"]]}, "2025"),
        ({"date-parts": [[2025, 1], [2025, 3]]}, "2025-01/2025-03"),
        ({"date-parts": [[2001]], "circa": True}, "2001~"),
        ({"raw": "2025-04-08"}, "2025-04-08"),
        ({"raw": "2025-04-08T10:22:00Z"}, "2025-04-08T10:22Z"),
        ({"literal": "April 8th, 2025"}, "2025-04-08"),
        ({"literal": "April 2025"}, "2025-04"),
        ("2025-04", "2025-04"),
    ],
)
def test_dates_in_every_form(corpus: Corpus, folder: Path, issued: object, value: str) -> None:
    assert stated(corpus, folder, {**ITEM, "issued": issued}) == ()
    assert corpus.entry("river.txt").published == value


@pytest.mark.parametrize(
    "issued", [{"raw": "04/08/2025"}, {"literal": "2 May or 3 May 2025"}, {"date-parts": [[2025, 13, 40]]}]
)
def test_a_date_that_may_be_two_days_is_told_and_not_taken(corpus: Corpus, folder: Path, issued: object) -> None:
    (warning,) = stated(corpus, folder, {**ITEM, "issued": issued})
    assert "zotero.json: 'The River & its Bed: a Report': '" in warning and "no date" in warning
    assert corpus.entry("river.txt").published is None


def test_records_that_belong_to_no_document_are_named(corpus: Corpus, folder: Path) -> None:
    other = {"title": "A Thing Elsewhere", "attachments": [{"path": "nowhere.pdf"}]}
    bare = {"title": "Without Anything"}
    assert stated(corpus, folder, other, bare, {"issued": {"raw": "2025"}}, ITEM) == (
        "zotero.json: no document is 'A Thing Elsewhere'",
        "zotero.json: no document is 'Without Anything'",
        "zotero.json: no document is 'record 3'",
    )


def test_an_address_that_is_none_is_told(corpus: Corpus, folder: Path) -> None:
    (warning,) = stated(corpus, folder, {**ITEM, "URL": "file:///srv/khan/river.pdf"})
    assert "is no address of a page" in warning


def test_what_this_tool_exports_finds_its_document_again(corpus: Corpus, folder: Path) -> None:
    corpus.index()
    exported = corpus.export(ids=["river.txt"], request=Request(format="csl-json")).content
    assert exported is not None
    (item,) = json.loads(exported)
    item |= {"title": "A Title by Hand", "issued": {"date-parts": [[2025, 4]]}}
    assert stated(corpus, folder, item) == ()
    entry = corpus.entry("river.txt")
    assert (entry.title, entry.published) == ("A Title by Hand", "2025-04")
