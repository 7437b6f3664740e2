"""What stands in place of the pictures of an article, told from that of the rest of a page: it is no text of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from ctcorpus.ingest.lexicon import word_set
from ctcorpus.ingest.readers.page_article import Block
from ctcorpus.ingest.readers.sheet import fit, one_line

#: what of a block is compared with the page: so many characters, and no block that is shorter than the other
KEY, LEAST_KEY = 40, 25
#: pieces of text that are looked at to find the beginning of an element; elements that are enough to tell the article
_PIECES, _ENOUGH = 20, 500
#: the share of the article's paragraphs that stand in the element that is taken for the article
MOST = 0.9
#: alternative texts that a warning quotes, and characters of each
MOST_QUOTED, MOST_CHARACTERS = 10, 200
_HOLDERS = word_set("p li dd blockquote h1 h2 h3 h4 h5 h6")


def pictures_left_out(tree: HtmlElement, blocks: Sequence[Block], written: str, apart: Container[str]) -> Iterator[str]:
    """Warnings that say what stands in place of the article's pictures, and of how many others of the page's body.

    A browser shows these words to nobody who sees the pictures, so they are not in the text. Parameters as below.
    """
    own, others = alternatives(tree, blocks, written, apart)
    if own:
        shown = "; ".join(f"“{x[:MOST_CHARACTERS]}”" for x in own[:MOST_QUOTED])
        more = " …" if len(own) > MOST_QUOTED else ""
        yield f"alternative texts of {_pictures(len(own))} left out: {shown}{more}"
    if others:
        yield f"alternative texts of {_pictures(others)} left out, outside of what was found of the article"


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count:,} pictures"


def alternatives(
    tree: HtmlElement, blocks: Sequence[Block], written: str, apart: Container[str]
) -> tuple[list[str], int]:
    """The alternative texts of the article's pictures, in order, and how many others the body of the page has.

    A picture is the article's where it stands in the innermost element that holds nearly all blocks. What a line of the
    text says already, a caption, is not said twice and counts for nothing. apart: regions that are no body of the page.
    """
    lines = set(map(one_line, written.split("\n")))
    article = _article(tree, {key for x in blocks if len(key := _key(x.words)) >= LEAST_KEY})
    inside: list[str] = []
    outside: dict[str, None] = {}
    within = skipped = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        within += step * (node is article)
        skipped += step * _is_apart(node, apart)
        if event == "start" and not skipped and node.tag in ("img", "area"):
            words = one_line(fit(node.get("alt") or "").replace("\n", " "))
            if words and words not in lines:
                if within:
                    inside.append(words)
                else:
                    outside[words] = None
    kept = list(dict.fromkeys(inside))
    return kept, sum(x not in kept for x in outside)


def _article(tree: HtmlElement, keys: Container[str]) -> HtmlElement | None:
    """The innermost element that holds nearly all elements which begin like a block; None where none does."""
    holding: Counter[HtmlElement] = Counter()
    found = 0
    for element in tree.iter(*_HOLDERS):
        if _key("".join(islice(element.itertext(), _PIECES))) in keys:
            found += 1
            holding.update(element.iterancestors())
            if found == _ENOUGH:
                break
    least = MOST * found
    inner = [x for x, count in holding.items() if count >= least]
    return max(inner, key=lambda x: sum(1 for _ in x.iterancestors()), default=None)


def _is_apart(node: HtmlElement, apart: Container[str]) -> bool:
    return node.tag in apart or node.get("hidden") is not None


def _key(words: str) -> str:
    return one_line(words.replace("\n", " "))[:KEY]
