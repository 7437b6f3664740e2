"""JSON Lines: a passage a line, with everything that is known of it. The form that programs should read."""

from __future__ import annotations

import json

from ctcorpus.model.export import Selection


def render(selection: Selection) -> str:
    """One JSON object a line, in the order of the export; line separators inside strings are escaped."""
    lines = (json.dumps(passage.to_dict(), ensure_ascii=False) for passage in selection.passages)
    return "".join(f"{_one_line(line)}\n" for line in lines)


def _one_line(line: str) -> str:
    """Escapes what JSON allows raw and some readers take for a line end."""
    return "".join(f"\\u{ord(c):04x}" if c in "\x7f\x85\u2028\u2029" else c for c in line)
