"""Single clauses, from their text: each function gives what is asked for and a warning.

The clause is None where nothing in it can be searched; the warning is "" where it is taken as meant.
"""

from __future__ import annotations

from ctcorpus.model.query import ConceptIs, Fuzzy, Query, Wildcard, Word
from ctcorpus.query.grammar import EDITS, KNOWN_FIELDS, searchable

Clause = tuple[Query | None, str]


def plain(text: str, field: str | None, exact: bool) -> Clause:
    """A word, a wildcard or a fuzzy word; an address is a word whatever is in it."""
    base, tilde, edits = text.rpartition("~")
    wild = "*" in text or "?" in text
    word = Word(text, field, exact)
    if not searchable(text):
        return nothing(text)
    if "://" in text:
        return word, ""
    if text.startswith("/") and text.count("/") == 1:
        return word, f"'{text}' has no closing '/', searched as text. Write a regular expression as /colou?r/"
    if tilde and searchable(base) and (edits == "" or (edits.isascii() and edits.isdigit())):
        if not wild and edits in EDITS:
            return Fuzzy(base, EDITS[edits], field), ""
        problem = "is a wildcard and a fuzzy word at once" if wild else "allows too many or no edits"
        return word, f"'{text}' {problem}, searched as text. Write word~1 or word~2"
    return (Wildcard(text, field) if wild else word), ""


def literal(text: str, field: str | None) -> Clause:
    """``=word``: whatever is in it is taken as it stands."""
    if not searchable(text):
        return nothing(f"={text}")
    special = "*" in text or "?" in text or ("~" in text and text.rpartition("~")[2] in EDITS)
    hint = f"'={text}' is taken letter by letter. For a wildcard or a fuzzy word leave out the '='" if special else ""
    return Word(text, field, True), hint


def concept(chunk: str, exact: bool) -> Clause:
    """``@name`` or ``@name+state``."""
    name, plus, wish = chunk[1:].partition("+")
    if searchable(name) and (not plus or wish == "state"):
        return ConceptIs(name, bool(plus)), ""
    problem = f"'{chunk}' names no concept, searched as text. Write @name or @name+state"
    return Word(chunk, None, exact), problem


def nothing(text: str) -> tuple[None, str]:
    """What is typed and cannot be searched."""
    if text and not text.strip("*?"):
        return None, f"'{text}' stands for any word, left out. Write some letters with it, as in secur*"
    return None, f"'{text}' has no letter or digit, left out. Write a word"


def unknown_field(name: str) -> str:
    """The warning for a name that is no field, with the fields and the one that looks most like it."""
    from difflib import get_close_matches  # costs more than the parser does; needed after a slip only

    close = get_close_matches(name.lower(), KNOWN_FIELDS, n=1)
    hint = f"Did you mean '{close[0]}:'? " if close else ""
    return f"Unknown field '{name}', searched as text. {hint}Known fields: {', '.join(KNOWN_FIELDS)}"


def names_field(name: str, value: str) -> bool:
    """Whether ``name:value`` looks like a field that there is not, rather than a time, a path or an address."""
    return len(name) > 1 and (value[:1].isalpha() or value[:1] in ("=", "@", "*", "?"))
