from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from ctcorpus.model.brief import Brief

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: the words that are the tool's own
HEADINGS = {
    "What is said",
    "By whom",
    "Figures side by side",
    "Where figures differ",
    "Names and labels",
    "Timeline",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus(tmp_path_factory.mktemp("seeds") / "index") as corpus:
        corpus.index([SEEDS])
        yield corpus


@pytest.fixture(scope="module")
def made(corpus: Corpus) -> Brief:
    return corpus.brief("@ttp+state")


def test_every_row_is_a_quotation_with_its_place(corpus: Corpus, made: Brief) -> None:
    assert made.rows > 10
    for section in made.sections:
        assert section.heading in HEADINGS
        for row in section.rows:
            document, _, span = row.id.partition(":")
            start, _, end = span.partition("-")
            assert corpus.store.text(document)[int(start) : int(end)] == row.words
            assert row.reference.partition(",")[0] in made.sources


def test_it_says_what_it_rests_on_and_what_is_not_there(made: Brief) -> None:
    assert made.searched == 5
    assert 0 < made.basis.documents <= made.searched
    corpus_text = " ".join(path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")).lower()
    assert all(x.lower() not in corpus_text for x in made.absent)


def test_a_states_label_is_marked_as_one(corpus: Corpus) -> None:
    (labels,) = [x for x in corpus.brief("TTP").sections if x.heading == "Names and labels"]
    for row in labels.rows:
        assert (row.fields.get("relation") == "a state's label") is ("FAK" in row.words or "Fitna" in row.words)


class _Text(HTMLParser):
    """The text of each blockquote."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "link", "iframe"}
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "blockquote":
            self.quotes.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quotes[-1] += data


def test_html_has_every_quotation_verbatim(corpus: Corpus, made: Brief, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    assert corpus.brief("@ttp+state", path).path == str(path)
    parser = _Text()
    parser.feed(path.read_text(encoding="utf-8"))
    assert parser.quotes == [row.words for section in made.sections for row in section.rows]


def test_markdown_has_every_quotation_and_place(corpus: Corpus, made: Brief, tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    path = tmp_path / "brief.md"
    corpus.brief("@ttp+state", path)
    text = path.read_text(encoding="utf-8")
    quotes: list[str] = []
    depth = 0
    for token in MarkdownIt().parse(text):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and depth:
            quotes.append("".join(x.content for x in token.children or ()))
    assert quotes == [row.words for section in made.sections for row in section.rows]
    assert all(f"<!-- {row.id} -->" in text for section in made.sections for row in section.rows)


def test_word_has_every_quotation(corpus: Corpus, made: Brief, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "brief.docx"
    corpus.brief("@ttp+state", path)
    paragraphs = [x.text for x in docx.Document(str(path)).paragraphs if x.style.name == "Quote"]
    assert paragraphs == [row.words for section in made.sections for row in section.rows]


def test_nothing_is_replaced_and_nothing_half_written(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text("mine")
    with pytest.raises(UsageError):
        corpus.brief("TTP", path)
    assert path.read_text() == "mine"
    corpus.brief("TTP", path, force=True)
    assert path.read_text() != "mine"
    with pytest.raises(UsageError):
        corpus.brief("TTP", tmp_path / "brief.pdf")
    assert [x.name for x in tmp_path.iterdir()] == ["brief.md"]


def test_what_is_nowhere_gives_no_page(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    found = corpus.brief("submarine", path)
    assert (found.rows, found.path, found.absent) == (0, None, ("submarine",))
    assert not path.exists()
