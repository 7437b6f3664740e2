"""Regular expressions that people type: whether the engine, which runs in linear time, takes them."""

from __future__ import annotations

import re

# classes of all scripts: the engine takes up to a second and a half for one of them, and milliseconds for the rest
_WIDE = re.compile(r"(?:[^\\]|\\[^wWDSpP])*\\[wWDSpP]")


def regex_problem(pattern: str) -> str:
    """What the engine has against the pattern, as a sentence about what to write; "" where nothing."""
    if _WIDE.match(pattern):
        return "classes of every script are too large, so write . or [a-z] for letters and [0-9] for digits"
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("exact")
    try:
        tantivy.Query.regex_query(builder.build(), "exact", pattern)
    except ValueError as error:
        return _reason(str(error))
    return ""


def _reason(message: str) -> str:
    """The engine's message as a sentence about what to write."""
    if "Empty match" in message:
        return "it always stands for a whole word, so leave out ^, $ and \\b"
    if "size limit" in message:
        return "it is too large, ask for fewer repetitions"
    return message.rpartition("error: ")[2].strip().rstrip("'")
