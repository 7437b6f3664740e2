"""A real browser finds the very words that a text fragment names, and no others."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ctcorpus.model.span import Span
from ctcorpus.query.fragment import text_fragment
from ctcorpus.query.selector import select
from tests.query.browser import CHROMIUM, PAINT, Browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser opens the text fragments"),
    pytest.mark.slow,
]

PARAGRAPHS = (
    "Work on the fence",
    "The border fence, built in 2019, held; it was re-opened – after talks — in the spring (see the map).",
    "“We shall not wait,” the minister said. ‘Nor shall they’, he added; it costs $5 & 10 % of the sum.",
    "The work was done by the army engineers. It took two years.",
    "Das Gesetz für die Grenze wurde 2020 geändert, café by café.",
    "سرحد پر باڑ کا کام ۲۰۲۰ میں مکمل ہوا۔ یہ ایک لمبا کام تھا۔",
    "The work was done by the army engineers. It cost more than was planned, and nobody knows why, "
    "for the books were lost in a flood, the engineers had gone home, and the ministry that had ordered the work "
    "was closed in the year that followed, so that the few papers that are left tell of the beginning alone.",
    "The first line of a verse,\nthe second line of it,\nand the third, which is the last.",
    "What is the end? Nobody knows: the river rises, the wells fall dry.",
    "Figures: 1,200 men; 3.5 km, that is -- so they say -- all. A+B = C/D; 100#7; x@y; ~5; 50%25.",
)
TEXT = "\n\n".join(PARAGRAPHS)
QUOTATIONS = [
    "The border fence, built in 2019, held",
    "it was re-opened – after talks — in the spring (see the map).",
    "“We shall not wait,” the minister said.",
    "‘Nor shall they’, he added; it costs $5 & 10 % of the sum.",
    "Das Gesetz für die Grenze wurde 2020 geändert, café by café.",
    "سرحد پر باڑ کا کام ۲۰۲۰ میں مکمل ہوا۔",
    PARAGRAPHS[6],
    f"{PARAGRAPHS[3]}\n\n{PARAGRAPHS[4]}",
    f"It took two years.\n\n{PARAGRAPHS[4]}\n\n{PARAGRAPHS[5]}",
    "the second line of it,",
    "of a verse,\nthe second line of it,\nand the third",
    "What is the end?",
    "Figures: 1,200 men; 3.5 km, that is -- so they say -- all.",
    "A+B = C/D; 100#7; x@y; ~5; 50%25.",
    "fence",
    "engineers",
]
#: where the text stands in the page: the range of a span, and its box on the screen
BOX = """
(([start, end]) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  let at = 0, first = true;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const offset = +node.parentElement.closest('[data-at]').dataset.at + (+node.parentElement.dataset.in || 0);
    const length = Array.from(node.data).length;
    const place = (x) => Array.from(node.data).slice(0, x - offset).join('').length;
    if (offset <= start && start < offset + length) range.setStart(node, place(start));
    if (offset < end && end <= offset + length) range.setEnd(node, place(end));
  }
  const rects = Array.from(range.getClientRects()).filter((x) => x.width > 0.5);
  return [Math.min(...rects.map((x) => x.left)), Math.min(...rects.map((x) => x.top)),
          Math.max(...rects.map((x) => x.right)), Math.max(...rects.map((x) => x.bottom))];
})
"""


def page(text: str) -> str:
    """The article as a site shows it: paragraphs far from each other, with words in elements of their own."""
    at, parts = 0, []
    for paragraph in text.split("\n\n"):
        inner = []
        inside = 0
        for line in paragraph.split("\n"):
            half = max(0, line.find(" ", len(line) // 2))
            first = f"<span data-in={inside}>{escape(line[:half])}</span>"
            inner.append(f"{first}<em data-in={inside + half}>{escape(line[half:])}</em>")
            inside += len(line) + 1
        parts.append(f'<p dir="auto" data-at={at}>{"<br>".join(inner)}</p>')
        at += len(paragraph) + 2
    style = f"body {{ font: 16px sans-serif; margin: 0 3rem; }} p {{ margin: 260px 0; }} {PAINT}"
    return f'<!doctype html><meta charset="utf-8"><title>Work</title><style>{style}</style>{"".join(parts)}'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the article on this machine."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "article.html").write_text(page(TEXT), encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/article.html"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(Path(tmp_path_factory.mktemp("profile"))) as browser:
        yield browser


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("quotation", QUOTATIONS)
def test_the_browser_finds_the_passage_and_no_other(browser: Browser, site: str, quotation: str, which: int) -> None:
    start = TEXT.index(quotation)
    if which:
        start = TEXT.find(quotation, start + 1)
        if start < 0:
            return  # it stands there once
    span = Span(start, start + len(quotation))
    link = text_fragment(site, select(TEXT, span))
    assert link is not None and ":~:text=" in link
    browser.open(link)
    painted = browser.red()
    assert painted is not None, link
    expected = browser.value(f"{BOX}({json.dumps([span.start, span.end])})")
    assert all(abs(a - b) <= 4 for a, b in zip(painted, expected, strict=True)), (link, painted, expected)
    assert 0 <= expected[1] < 1_400  # it was scrolled to


def test_words_that_are_not_there_paint_nothing(browser: Browser, site: str) -> None:
    browser.open(f"{site}#:~:text=words%20that%20are%20not%20there")
    assert browser.red() is None
