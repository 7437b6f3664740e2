"""The query language as data: its operators, quotation marks, fields and limits.

Precedence, tightest first:

    a field, a phrase, a wildcard, a group in parentheses
    w/N, not w/N        from left to right
    NOT, +, -           of what follows
    side by side        ``a b``
    AND
    OR

docs/query-language.md says the same for people, with examples.
"""

from __future__ import annotations

from ctcorpus.model.query import DATE_FIELDS, FIELDS

MAX_CHARACTERS = 1024
MAX_CLAUSES = 64
MAX_DEPTH = 16
#: each costs the engine up to a quarter of a second before it looks at the first passage
MAX_REGEXES = 4
#: words that may lie between two clauses of ``w/N`` and in ``"a b"~N``
MAX_DISTANCE = 1000
#: edits that a fuzzy word may be away, as typed; nothing typed is one
EDITS: dict[str, int] = {"": 1, "1": 1, "2": 2}

#: operators written as words, in upper case only; ``w/N`` is the fourth
BINARY = ("AND", "OR")
UNARY = {"NOT": "Not", "-": "Not", "+": "Required"}
OPERATORS = (*BINARY, "NOT")
#: words that ask: behind one of them, a ``?`` that ends the query ends a question, and is no wildcard
QUESTIONS = frozenset(("how", "what", "when", "where", "which", "who", "whom", "whose", "why"))
#: what may start a clause; w/N takes a plain clause only
STARTS = ("clause", "(", *UNARY)
PLAIN_STARTS = ("clause", "(")
ENDS = ("clause", ")")

#: an opening quotation mark, and the marks that close it
QUOTES: dict[str, str] = {'"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«»"}
#: what a word cannot hold, beside white space
BREAKS = "()" + "".join(QUOTES)
#: what is typed after a word and is no part of it
TRAILING = ",;،؛"

#: the field of figures; its values are numbers and ranges of them
NUMBER_FIELD = "num"
#: fields whose values are ranges
RANGE_FIELDS = (*DATE_FIELDS, NUMBER_FIELD)
KNOWN_FIELDS = (*FIELDS, *RANGE_FIELDS)

#: marks that steer the direction of writing, and the byte order mark: they are no part of what was typed
IGNORED = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")


def searchable(text: str) -> bool:
    """Whether an index could know any of it: there is a letter or a digit."""
    return any(map(str.isalnum, text))
