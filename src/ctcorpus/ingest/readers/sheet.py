"""A text that a reader writes block by block, and the marks that say what each block is."""

from __future__ import annotations

import re

from ctcorpus.ingest.readers.reading import Mark, MarkKind, UnreadableError

#: characters of one document at most; more is no article
MOST_CHARACTERS = 20_000_000
#: what no text can hold or show: control characters but tab and line feed, lone surrogates, noncharacters
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


class Sheet:
    """Blocks of text, a blank line between them; items of a list and rows of a table stand close together."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._close = False
        self.marks: list[Mark] = []
        self.pages: list[int] = []

    @property
    def size(self) -> int:
        """Characters written so far."""
        return self._size

    def page(self) -> None:
        """A new page begins here, and with it a new block."""
        self._close = False
        self.pages.append(self._size + (2 if self._size else 0))

    def add(self, words: str, kind: MarkKind | None, *, level: int = 0, note: str = "") -> None:
        """Writes a block; one without a word is left out. Raises UnreadableError where the text grows too long."""
        words = fit(words).strip()
        if not words:
            return
        close = kind == "item"
        gap = "" if not self._size else "\n" if close and self._close else "\n\n"
        self._close = close
        start = self._size + len(gap)
        self._parts += (gap, words)
        self._size = start + len(words)
        if self._size > MOST_CHARACTERS:
            raise UnreadableError(f"its text has more than {MOST_CHARACTERS:,} characters")
        if kind is not None:
            self.marks.append(Mark(start, self._size, kind, level, note))

    def text(self) -> str:
        """Everything written, ending with a line feed."""
        return "".join(self._parts) + "\n" if self._parts else ""


def fit(words: str) -> str:
    """The words without the characters that no text can hold; CRLF and CR become LF."""
    return _UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(words: str) -> str:
    """The words with every run of white space as one space, as a browser shows them."""
    return _SPACE.sub(" ", words).strip(" ")
