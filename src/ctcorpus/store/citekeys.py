"""Citekeys: a short name for a work, written once, kept in a plain file that people and git can keep.

``citekeys.tsv`` in the corpus folder has a line for each path: citekey, work, path, sorted. A work whose path another
work has taken keeps its line with an empty path, so that no citekey is ever given twice.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from ctcorpus.model.document import Document
from ctcorpus.store.generation import sync
from ctcorpus.store.saved_keys import HEADER, SavedKeys, escaped, unescaped

FILE_NAME = "citekeys.tsv"
_DIGEST = "citekeys.sha256"
#: after so many questions to the file itself it is read into the temporary database
MOST_ASKED = 100
_CITEKEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORK = re.compile(r"[0-9a-f]{32}")
_YEAR = re.compile(r"[0-9]{4}")
_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`´")
#: letters that have no decomposition
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# fmt: off
_EMPTY_WORDS = frozenset({
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "be", "before", "between", "beyond", "but", "by",
    "can", "do", "does", "for", "from", "has", "have", "how", "if", "in", "inside", "into", "is", "it", "its", "new",
    "not", "of", "off", "on", "or", "our", "out", "over", "s", "should", "so", "than", "that", "the", "their",
    "there", "these", "this", "those", "through", "to", "toward", "towards", "under", "until", "up", "was", "we",
    "were", "what", "when", "where", "whether", "which", "while", "who", "why", "will", "with", "within", "without",
    "would", "you", "your",
})
# fmt: on


def trust(folder: Path, digest: str) -> None:
    """Notes in the folder of a generation the digest of the file as it was written with it; empty for none."""
    (folder / _DIGEST).write_text(digest, encoding="ascii")


def trusted(folder: Path | None) -> str:
    """The digest of the file as that generation left it; empty where it is not known."""
    if folder is None:
        return ""
    try:
        return (folder / _DIGEST).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):  # an older store, or damage: then the file is compared line by line
        return ""


def corpus_folder(store: Path) -> Path:
    """The folder of the corpus: where ``data/index`` stands when that is the store, else the store itself."""
    whole = store.absolute()
    if whole.parts[-2:] == ("data", "index"):
        return whole.parent.parent
    return whole


def citekey_stem(document: Document) -> str:
    """The citekey that the document asks for, before collisions: ``jamali-2025-pakistans``; [a-z0-9-] only.

    Family name of the first author or ``anon``; year of publication, of copyright, or ``nd``; the title's first
    telling word, or without a title the first two words of the text. A text without Latin letters gives the first
    six digits of its id instead of words.
    """
    metadata = document.metadata
    name = (_family_name(metadata.authors[0]) if metadata.authors else "") or "anon"
    dated = _YEAR.match(metadata.published or "")
    year = dated.group() if dated else str(metadata.copyright_year or "nd")
    words = list(islice(_ascii_words(metadata.title or ""), 40))
    if words:
        words = [next((word for word in words if word not in _EMPTY_WORDS), words[0])]
    else:
        first = document.sentences[0].start if document.sentences else 0
        words = list(islice(_ascii_words(document.text[first : first + 400]), 2)) or [document.id[:6]]
    return "-".join([name, year, *(word[:40] for word in words)])


class Citekeys:
    """All citekeys that were ever given, by work and by path; held in a temporary database, not in memory.

    What ``save`` wrote and nobody touched is not even read into that: a few questions are answered by the file.
    """

    def __init__(self, folder: Path, trusted: str = "") -> None:
        """Reads the file in ``folder``, if there is one; ``warnings`` names each line that cannot be used.

        trusted: the ``digest`` of an earlier run.
        """
        self.path = folder / FILE_NAME
        #: sha256 of the file as it was read or saved, hex; empty where there was none, or a line that cannot be used
        self.digest = ""
        self.warnings: list[str] = []
        self._unread: list[str] = []
        #: stem -> the number of its last collision, so that thousands of them cost no search
        self._given: dict[str, int] = {}
        self._saved: SavedKeys | None = None
        self._database: sqlite3.Connection | None = None
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        digest = hashlib.sha256(data).hexdigest()
        if digest == trusted:
            self._saved = SavedKeys(data)
        else:
            self._read(data)
        self.digest = "" if self._unread else digest

    def known(self, path: str, document: str) -> tuple[str, str] | None:
        """(citekey, work) of what stands at this path, else of the work that began with this document."""
        if few := self._few:
            return few.at(path) or few.of(document)
        query = (
            "SELECT citekey, work FROM works WHERE work = (SELECT work FROM paths WHERE path = ?) "
            "UNION ALL SELECT citekey, work FROM works WHERE work = ?"
        )
        row: tuple[str, str] | None = self._keys.execute(query, (path, document)).fetchone()
        return row

    def give(self, stem: str, work: str) -> str:
        """A citekey that no other work has: the stem, or the stem with ``-b``, ``-c`` ... in order of asking."""
        number = self._given.get(stem, 1)
        while True:
            citekey = stem if number == 1 else f"{stem}-{_letters(number)}"
            if self._is_taken(citekey, work):
                number += 1
                continue
            self._given[stem] = number
            return citekey

    def note(self, citekey: str, work: str, path: str) -> None:
        """Records that the work, called so, stands at this path."""
        few = self._few
        if few and few.note(citekey, work, path):
            return
        self._keys.execute("INSERT OR IGNORE INTO works VALUES (?, ?)", (work, citekey))
        self._keys.execute("INSERT OR REPLACE INTO paths VALUES (?, ?)", (path, work))

    def agrees(self, citekey: str, work: str) -> bool:
        """Whether the work is called so here, taking it in when neither is known."""
        self._keys.execute("INSERT OR IGNORE INTO works VALUES (?, ?)", (work, citekey))
        found: tuple[str] | None = self._keys.execute("SELECT citekey FROM works WHERE work = ?", (work,)).fetchone()
        return found == (citekey,)

    def save(self) -> bool:
        """Writes the file, atomically, when it says something else than it does; True when it was written."""
        text = self._saved.written() if self._saved else "".join(f"{x}\n" for x in self._lines()).encode("utf-8")
        self.digest = "" if self._unread else hashlib.sha256(text).hexdigest()
        try:
            if self.path.read_bytes() == text:
                return False
        except FileNotFoundError:
            pass
        temporary = self.path.with_name(f".{FILE_NAME}.new")
        try:
            temporary.write_bytes(text)
            sync(temporary)
            temporary.replace(self.path)
        finally:
            temporary.unlink(missing_ok=True)
        sync(self.path.parent)
        return True

    def forget(self, works: Collection[str]) -> None:
        """Takes the lines of these works out: their citekeys may be given again."""
        for work in works:
            self._keys.execute("DELETE FROM works WHERE work = ?", (work,))
            self._keys.execute("DELETE FROM paths WHERE work = ?", (work,))
        gone = set(works)
        self._unread = [line for line in self._unread if not gone.intersection(line.split("\t"))]

    def close(self) -> None:
        """Lets go of the temporary database."""
        if self._database is not None:
            self._database.close()

    @property
    def _few(self) -> SavedKeys | None:
        """The file itself, as long as few questions were put to it."""
        return self._saved if self._saved and self._saved.asked < MOST_ASKED else None

    @property
    def _keys(self) -> sqlite3.Connection:
        """The temporary database, filled on first need with what the file answered until then."""
        if self._database is None:
            self._database = sqlite3.connect("", isolation_level=None)
            for table in (
                "works (work TEXT PRIMARY KEY, citekey TEXT NOT NULL UNIQUE)",
                "paths (path TEXT PRIMARY KEY, work TEXT NOT NULL)",
            ):
                self._database.execute(f"CREATE TABLE {table} WITHOUT ROWID")
            self._database.execute("CREATE INDEX paths_by_work ON paths (work)")
            self._database.execute("BEGIN")
        if self._saved is not None:
            rows, self._saved = list(self._saved.rows()), None
            works = {work: citekey for citekey, work, _ in rows}
            self._database.executemany("INSERT INTO works VALUES (?, ?)", works.items())
            paths = ((path, work) for _, work, path in rows if path)
            self._database.executemany("INSERT INTO paths VALUES (?, ?)", paths)
        return self._database

    def _is_taken(self, citekey: str, work: str) -> bool:
        """Whether another work has this citekey; if not, this one has it now."""
        if few := self._few:
            return not few.give(citekey, work)
        try:
            self._keys.execute("INSERT INTO works VALUES (?, ?)", (work, citekey))
        except sqlite3.IntegrityError:
            return True
        return False

    def _lines(self) -> Iterator[str]:
        yield HEADER
        query = "SELECT citekey, work, coalesce(path, '') FROM works LEFT JOIN paths USING (work) ORDER BY 1, 3"
        for citekey, work, path in self._keys.execute(query):
            yield f"{citekey}\t{work}\t{escaped(path)}"
        yield from self._unread

    def _read(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            # written back as it is would be impossible; refusing the file would lose every citekey
            text = data.decode("utf-8", errors="replace")
            self.warnings.append(f"{FILE_NAME}: not UTF-8 at byte {error.start}: read with replacement characters")
        for number, line in enumerate(text.split("\n"), start=1):
            content = line.removesuffix("\r")
            if not content or content == HEADER:
                continue
            problem = self._take(content)
            if problem:
                self.warnings.append(f"{FILE_NAME}, line {number}: {problem}")
                self._unread.append(content)

    def _take(self, line: str) -> str | None:
        """What is wrong with a line, None when it was taken."""
        columns = line.split("\t")
        if len(columns) != 3:
            return f"{len(columns)} columns where citekey, work and path are expected"
        citekey, work, path = columns
        if not _CITEKEY.fullmatch(citekey):
            return f"'{citekey}' is no citekey: lower-case letters, digits and hyphens"
        if not _WORK.fullmatch(work):
            return f"'{work}' is no work: 32 hexadecimal digits"
        self._keys.execute("INSERT OR IGNORE INTO works VALUES (?, ?)", (work, citekey))
        if self._keys.execute("SELECT citekey FROM works WHERE work = ?", (work,)).fetchone() != (citekey,):
            return f"'{citekey}' or its work already has another line"
        if path:
            place = unescaped(path)
            self._keys.execute("INSERT OR IGNORE INTO paths VALUES (?, ?)", (place, work))
            if self._keys.execute("SELECT work FROM paths WHERE path = ?", (place,)).fetchone() != (work,):
                return f"'{place}' already belongs to another work"
        return None


def _family_name(author: str) -> str:
    words = author.split(",")[0].split()
    while len(words) > 1 and _folded(words[-1]).strip(".") in _NAME_SUFFIXES:
        words.pop()
    return re.sub(r"[^a-z]", "", _folded(words[-1]))[:40] if words else ""


def _ascii_words(text: str) -> Iterator[str]:
    for match in _WORDS.finditer(text.translate(_APOSTROPHES)):
        word = re.sub(r"[^a-z0-9]", "", _folded(match.group()))
        if word:
            yield word


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _letters(number: int) -> str:
    """1 is "a", 2 "b", 26 "z", 27 "aa"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
