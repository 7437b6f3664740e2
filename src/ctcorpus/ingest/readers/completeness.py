"""Words in against words out: what of a source did not come into the text, and where it stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
#: what is left out of the body is told when it is more than so many words, or more than this share of them
LEAST_WORDS, LEAST_SHARE = 0, 0.02


def words_in(text: str) -> int:
    """The number of words: runs of letters, digits and underscores."""
    return sum(1 for _ in _WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a source by region; "" holds those of the body. deep: words counted by another way, where deeper."""

    regions: Mapping[str, int]
    deep: int = 0

    def left_out(self, text: str) -> list[str]:
        """A warning that says how many words did not come into ``text`` and in which regions they may stand."""
        total = max(sum(self.regions.values()), self.deep)
        out = words_in(text)
        missing = total - out
        if missing <= LEAST_WORDS or missing <= LEAST_SHARE * total:
            return []
        named = [f"{name} {count:,}" for name, count in sorted(self.regions.items()) if name and count]
        where = f" (the page has in {', '.join(named)})" if named else ""
        return [f"left out as no part of the article: {missing:,} of {total:,} words{where}"]
