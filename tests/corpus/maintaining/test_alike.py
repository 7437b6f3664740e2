"""Near-duplicates and reprints are linked, whenever they come, and never dropped."""

from __future__ import annotations

import random
from pathlib import Path

from ctcorpus.corpus import Corpus

WORDS = [
    a + b for a in ("fen", "mar", "tol", "ri", "bas", "lun", "gre", "pol") for b in ("do", "ket", "la", "sin", "u")
]


def article(seed: int, sentences: int = 40) -> list[str]:
    """Sentences made of made-up words: two seeds share no run of five words worth speaking of."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(sentences)]


def write(folder: Path, name: str, sentences: list[str]) -> None:
    paragraphs = [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
    (folder / "articles" / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def test_links_are_found_in_one_run_and_later(corpus: Corpus, folder: Path) -> None:
    original = article(1)
    write(folder, "original.txt", original)
    write(folder, "other.txt", article(2))
    corpus.index()
    assert corpus.alike() == ()
    write(folder, "double.txt", [*original[:-1], "A last sentence of its own."])
    write(folder, "reprint.txt", [*article(3), *original[:20]])
    write(folder, "part.txt", original[5:25])
    corpus.index()
    names = {x.id: Path(x.path).stem for x in corpus.documents()}
    found = {frozenset((names[x.a], names[x.b])): x for x in corpus.alike()}
    assert found[frozenset(("original", "double"))].kind == "near_duplicate"
    assert found[frozenset(("original", "part"))].kind == "reprint"
    assert found[frozenset(("original", "part"))].contained > 0.9
    assert not any("other" in pair for pair in found)
    assert corpus.status().alike == corpus.alike()
    assert len(corpus.documents()) == 8


def test_a_link_goes_with_its_document(corpus: Corpus, folder: Path) -> None:
    original = article(1)
    write(folder, "original.txt", original)
    write(folder, "double.txt", [*original, "One more."])
    corpus.index()
    assert len(corpus.alike()) == 1
    write(folder, "double.txt", article(9))
    corpus.index()
    assert corpus.alike() == ()


def test_links_do_not_depend_on_how_the_documents_came(corpus: Corpus, folder: Path) -> None:
    first, second = article(11), article(12)
    texts = {
        "a.txt": first,
        "b.txt": [*first[:-2], *article(13, 2)],
        "c.txt": [*second, *first[:15]],
        "d.txt": second[3:30],
        "e.txt": article(14),
        "f.txt": first[4:26],
    }
    for name, text in texts.items():  # one by one, and one of them in another form first
        write(folder, name, article(99) if name == "d.txt" else text)
        corpus.index()
    write(folder, "d.txt", texts["d.txt"])
    corpus.index()
    one_by_one = corpus.alike()
    assert len(one_by_one) >= 4
    assert corpus.index(rebuild=True).documents == 9
    assert corpus.alike() == one_by_one
    other = Corpus(folder / "other" / "data" / "index")
    other.index([folder / "articles"])
    assert other.alike() == one_by_one


def test_a_document_that_comes_back_is_linked_again(corpus: Corpus, folder: Path) -> None:
    original = article(1)
    write(folder, "original.txt", original)
    write(folder, "double.txt", [*original, "One more."])
    corpus.index()
    found = corpus.alike()
    (folder / "articles" / "double.txt").unlink()
    corpus.index(prune=True)
    assert corpus.alike() == ()
    write(folder, "double.txt", [*original, "One more."])
    corpus.index()
    assert corpus.alike() == found
