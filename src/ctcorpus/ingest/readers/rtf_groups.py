"""The words of an RTF file, token by token: one pass, whose time is linear in the length of the file.

Source: Rich Text Format (RTF) Specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ctcorpus.ingest.lexicon import word_set

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,9})?[ ]?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
#: groups that hold no words of the document
_SILENT = word_set(
    "fonttbl colortbl stylesheet info pict objdata fldinst themedata colorschememapping datastore latentstyles"
    " listtable listoverridetable revtbl rsidtbl generator xmlnstbl mmathPr pgdsctbl filetbl template bkmkstart bkmkend"
    " xe tc panose falt fontemb objclass objname datafield formfield ffname ffdeftext private blipuid nonshppict"
    " sp sv sn atnid atnauthor atntime atnref atndate atrfstart atrfend atnparent atnicn passwordhash userprops"
    " defchp defpap background shprslt ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn ud"
)
#: groups whose words stand apart from the running text -> what they are; empty: they are the author's own
APART = {
    "footnote": "",
    "annotation": "comment",
    **dict.fromkeys(word_set("header headerl headerr headerf footer footerl footerr footerf"), "running_head"),
    "shptxt": "",
}
_SIGNS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "lbr": "\n", "tab": "\t", "cell": "\t",
    "nestcell": "\t", "row": "\n", "nestrow": "\n", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u2003", "enspace": "\u2002",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\n": "\n\n", "\r": "\n\n", "{": "{", "}": "}", "\\": "\\"}
#: character set of a font -> code page
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces. place: number of the text that words go to; skip: characters after \\u."""

    place: int = 0
    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    skip: int = 1
    font: int = -1
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words. place: 0 the running text, else a note, head or comment. kind: of boilerplate, or empty."""

    words: str
    place: int
    kind: str
    hidden: bool
    deleted: bool


class Reader:
    """Reads the tokens of one file, once. codec: what bytes are decoded with where no font says otherwise."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.codec = "cp1252"
        self.declared = False
        self.kinds = [""]
        self.pictures = self.objects = self.unclosed = 0
        self._fonts: dict[int, str] = {}
        self._defining = -1

    def pieces(self) -> Iterator[Piece]:
        """The runs of words in the order of the file; bytes that follow each other are decoded together."""
        stack: list[_Group] = []
        here, waiting, skip, at = _Group(), bytearray(), 0, 0
        while token := _TOKEN.match(self._source, at):
            word, number, byte, sign, brace, text = token.groups()
            at = token.end()
            raw = bytes.fromhex(byte) if byte else text.encode("latin-1") if text and not text.isascii() else b""
            if raw:
                waiting += b"" if here.silent else raw[skip:]
                skip = max(0, skip - len(raw))
                continue
            if waiting:
                yield self._piece(waiting.decode(self._fonts.get(here.font, self.codec), "replace"), here)
                waiting.clear()
            said = ""
            if brace:
                here, skip = self._brace(brace, here, stack), 0
            elif word == "bin":
                at += max(0, int(number or 0))
            elif word == "u" and number:
                said, skip = chr(int(number) % 0x10000), here.skip
            elif word:
                here, said = self._control(word, number, here), _SIGNS.get(word, "")
            elif sign:
                here, said = (replace(here, starred=True), "") if sign == "*" else (here, _SYMBOLS.get(sign, ""))
            elif text:
                said, skip = text[skip:], max(0, skip - len(text))
            if said and not here.silent:
                yield self._piece(said, here)
        self.unclosed = len(stack)

    def _brace(self, brace: str, here: _Group, stack: list[_Group]) -> _Group:
        if brace == "{":
            stack.append(here)
            return replace(here, starred=False)
        return stack.pop() if stack else here

    def _control(self, word: str, number: str | None, here: _Group) -> _Group:
        """What holds after a control word."""
        value = int(number) if number else 1
        if here.starred and word not in APART and word not in _OPENED:
            self._count(word)
            return replace(here, silent=True, starred=False)
        if word in _SILENT:
            self._count(word)
            return replace(here, silent=True, starred=False)
        if word in APART and not here.silent:
            self.kinds.append(APART[word])
            return replace(here, place=len(self.kinds) - 1, starred=False)
        if word == "v" or word == "webhidden":
            return replace(here, hidden=value != 0)
        if word == "deleted":
            return replace(here, deleted=value != 0)
        if word == "plain":
            return replace(here, hidden=False, deleted=False, font=-1)
        if word == "uc":
            return replace(here, skip=min(max(0, value), 10))
        return self._page(word, value, here)

    def _page(self, word: str, value: int, here: _Group) -> _Group:
        """What holds after a control word that has to do with code pages."""
        if word == "ansicpg":
            self.codec, self.declared = _known(f"cp{value}"), True
        elif word in _PAGES:
            self.codec, self.declared = _PAGES[word], True
        elif word == "f" and here.silent:
            self._defining = value
        elif word == "f":
            return replace(here, font=value)
        elif word == "fcharset" and value in _CHARSETS and value:
            self._fonts[self._defining] = _CHARSETS[value]
        return here

    def _count(self, word: str) -> None:
        self.pictures += word == "pict"
        self.objects += word == "objdata"

    def _piece(self, words: str, here: _Group) -> Piece:
        return Piece(words, here.place, self.kinds[here.place], here.hidden, here.deleted)


#: words that may follow ``\\*`` and whose groups hold words of the document all the same
_OPENED = word_set("shpinst shppict fldrslt nesttableprops cs upr do dptxbxtext")


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return "cp1252"
