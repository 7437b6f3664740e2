"""A reference says what the source states, and says so where it states nothing."""

from __future__ import annotations

from dataclasses import replace

from ctcorpus.model.document import Passage
from ctcorpus.model.entry import Entry
from ctcorpus.query.reference import place, reference, source_reference

ID = "0123456789abcdef0123456789abcdef"
ENTRY = Entry(ID, "khan-2024-a-title", "a.txt", ("a.txt",), title="A Title", authors=("A. Khan",), published="2024-05")
PASSAGE = Passage(ID, 10, 20, None, 3, (5, 5))


def test_everything_that_is_stated() -> None:
    full = reference(replace(ENTRY, site="The Site"), PASSAGE)
    expected = "A. Khan, “A Title”, The Site, 2024-05, para. 3, line 5 [khan-2024-a-title, 0123456789ab:10-20]"
    assert full == expected


def test_nothing_is_made_up() -> None:
    bare = Entry(ID, "anon-nd-the-words", "a.txt", ("a.txt",))
    expected = "[no author stated], [no title stated], n.d., para. 3, line 5 [anon-nd-the-words, 0123456789ab:10-20]"
    assert reference(bare, PASSAGE) == expected


def test_the_reference_of_a_document_is_that_of_its_passages_without_the_place() -> None:
    titled = replace(ENTRY, title="Fences, peace and para. 3, pp. 4-5")
    assert source_reference(titled) == "A. Khan, “Fences, peace and para. 3, pp. 4-5”, 2024-05"
    assert reference(titled, PASSAGE).startswith(source_reference(titled) + ", para. 3")


def test_an_inferred_title_is_called_so() -> None:
    assert "“A Title” [title inferred]" in reference(replace(ENTRY, title_basis="inferred"), PASSAGE)


def test_several_authors() -> None:
    assert reference(replace(ENTRY, authors=("A", "B")), PASSAGE).startswith("A and B, ")
    assert reference(replace(ENTRY, authors=("A", "B", "C")), PASSAGE).startswith("A, B and C, ")
    assert reference(replace(ENTRY, authors=("A", "B", "C", "D")), PASSAGE).startswith("A and others, ")


def test_pages_and_lines() -> None:
    assert place(replace(PASSAGE, lines=(5, 7))) == "para. 3, lines 5-7"
    assert place(replace(PASSAGE, pages=(2, 3))) == "pp. 2-3, para. 3, line 5"
    assert place(replace(PASSAGE, pages=(2, 2))) == "p. 2, para. 3, line 5"
