"""The double-byte encodings of Japanese, Korean and Chinese, told apart by which lead bytes are frequent in them.

Each has a zone of lead bytes that everyday text keeps to: kana in EUC-JP (A4, A5) and Shift-JIS (82, 83), syllables in
EUC-KR (B0-C8), the first level of characters in GB 2312 (B0-D7) and Big5 (A4-C6). A text is taken for one of them
where it decodes without a fault and nearly all its pairs lie in the zone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ctcorpus.ingest.decoded import Decoded

#: pairs that are needed to tell, and bytes that are looked at
LEAST_PAIRS, SAMPLE = 12, 100_000
#: Chinese and Korean use many lead bytes: of one alone (a row of Greek or Cyrillic letters) at most this share
MOST_OF_ONE = 0.5


@dataclass(frozen=True, slots=True)
class _Zone:
    """An encoding. pair: its pairs; zone: lead bytes of everyday text; of: what counts as a letter; least: a share."""

    name: str
    pair: re.Pattern[bytes]
    zone: range
    of: range
    least: float


_EUC = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_ZONES = (
    _Zone("euc_jp", _EUC, range(0xA4, 0xA6), range(0xA4, 0xF5), 0.25),
    _Zone(
        "cp932", re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]"), range(0x82, 0x84), range(0x82, 0xFC), 0.25
    ),
    _Zone("cp949", _EUC, range(0xB0, 0xC9), range(0xB0, 0xFE), 0.92),
    _Zone("gb18030", _EUC, range(0xB0, 0xD8), range(0xB0, 0xF8), 0.9),
    _Zone("big5hkscs", re.compile(rb"[\xa1-\xf9][\x40-\x7e\xa1-\xfe]"), range(0xA4, 0xC7), range(0xA4, 0xFA), 0.9),
)


def double_byte(data: bytes) -> Decoded | None:
    """The text in the one of these encodings that it keeps to; None where there is none, or too little to tell."""
    high = sum(byte > 0x7F for byte in data[:SAMPLE])
    for zone in _ZONES:
        leads = Counter(pair[0] for pair in zone.pair.findall(data[:SAMPLE]))
        letters = sum(count for lead, count in leads.items() if lead in zone.of)
        inside = sum(count for lead, count in leads.items() if lead in zone.zone)
        covered = 2 * leads.total() if zone.pair is _EUC else leads.total()
        if letters < LEAST_PAIRS or inside < zone.least * letters or covered < 0.9 * high * (0.5, 1)[zone.pair is _EUC]:
            continue
        if zone.least > MOST_OF_ONE and max(leads.values()) > MOST_OF_ONE * leads.total():
            continue
        try:
            text = data.decode(zone.name)
        except UnicodeDecodeError:
            continue
        if _is_latin(text):
            continue
        return Decoded(text, zone.name, "detected", (f"not UTF-8; read as {zone.name}, told by its lead bytes",))
    return None


def _is_latin(text: str) -> bool:
    """Whether what looks like pairs stands inside words of Latin letters: accents, not characters of East Asia."""
    mixed = len(re.findall(r"[a-z][\u2e80-\ud7ff\uf900-\uffef]{1,2}[a-z]", text))
    wide = len(re.findall(r"[\u2e80-\ud7ff\uf900-\uffef]+", text))
    return mixed > 0.3 * max(1, wide)
