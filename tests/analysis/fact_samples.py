"""A few short neutral articles, indexed as a corpus: for the tests of what is read off facts."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.corpus import Corpus

ARTICLES = {
    "one.txt": (
        "River watch reports on dams\n\nBy: Ada Moss\n\n"
        "In 2025, the guards conducted over 75,000 intelligence-based operations, averaging more than 200 per "
        "day. "
        "These operations neutralised nearly 2,600 terrorists.\n\n"
        "The Balochistan Liberation Army (BLA) was active in the north. "
        "Operation Azm-e-Istehkam was launched in 2024.\n"
    ),
    "two.txt": (
        "A second look at the same year\n\n"
        "According to data of the ISPR, forces conducted 75,175 intelligence-based operations in 2025. "
        "According to the ISPR, 2,597 terrorists were killed in 2025. The fence is 2,600 kilometres long.\n\n"
        "Operation Azm-e-Istehkam was launched in June 2024. Officials denied that the fence was complete.\n"
    ),
    "three.txt": (
        "An earlier year\n\n"
        "From January to June 2024, 354 terrorists were killed in Balochistan. "
        "According to the ISPR, 1,100 operations were conducted in 2024. Since 2021, 60,000 IBOs were conducted.\n"
    ),
}


def corpus(folder: Path, articles: dict[str, str] | None = None) -> Corpus:
    """The articles, indexed in a store of their own."""
    source = folder / "articles"
    source.mkdir()
    for name, text in (ARTICLES if articles is None else articles).items():
        (source / name).write_text(text, encoding="utf-8")
    made = Corpus(folder / "store")
    made.index([source])
    return made
