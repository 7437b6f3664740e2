"""All the text of an HTML tree, block by block: for pages that are the article and nothing else."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from ctcorpus.ingest.lexicon import word_set
from ctcorpus.ingest.readers.reading import MarkKind
from ctcorpus.ingest.readers.sheet import Sheet, one_line

_BLOCKS = word_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "select", "title"))


def write_page(sheet: Sheet, tree: HtmlElement) -> None:
    """Writes every word of the page that a browser shows; not recursive."""
    page = _Page(sheet)
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else "script"
        if tag in _SILENT:
            silent += 1 if event == "start" else -1
            if event == "end" and not silent:
                page.take(node.tail)
            continue
        if silent:
            continue
        if event == "start":
            page.begin(tag)
            page.take(node.text)
        else:
            page.end(tag)
            page.take(node.tail)


class _Page:
    """The block that is being read.

    A row with a table in it lays out the page: its own cells so far are a line, what comes then is written as blocks.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._words: list[str] = []
        self._cells: list[str] | None = None

    def take(self, words: str | None) -> None:
        """Reads a piece of running text."""
        if words:
            self._words.append(" ".join(("", *words.split(), "")) if words != words.strip() else words)

    def begin(self, tag: str) -> None:
        """An element begins."""
        if tag == "br":
            self._words.append("\n")
        if tag in _BLOCKS:
            self._close("paragraph", 0)
        if tag in ("table", "tr"):
            self._end_row()
        if tag == "tr":
            self._cells = []

    def end(self, tag: str) -> None:
        """An element ends; a block is written where it is one."""
        heading = len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
        if heading:
            self._close("heading", min(3, max(2, int(tag[1]))))
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(one_line("".join(self._words)))
            self._words.clear()
        elif tag == "tr" and self._cells is not None:
            self._end_row()
        elif tag in _BLOCKS:
            self._close("item" if tag == "li" else "paragraph", 0)

    def _end_row(self) -> None:
        if self._cells is not None:
            self._sheet.add("\t".join(filter(None, self._cells)), "item")
            self._cells = None

    def _close(self, kind: MarkKind, level: int) -> None:
        words = "\n".join(one_line(line) for line in "".join(self._words).split("\n"))
        self._words.clear()
        if self._cells is not None and words.strip():
            self._cells.append(words.replace("\n", " ").strip())
        else:
            self._sheet.add(words, kind, level=level)
