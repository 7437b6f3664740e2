"""The words that the tool uses, explained: what ``ctcorpus help TERM`` prints."""

from __future__ import annotations

GLOSSARY: dict[str, str] = {
    "attribution": "Whose word a statement is, where the source says so: the speaker, the verb, and the cue it was read from.",
    "basis": "Where a value comes from: document (stated there), inferred (from a lead sentence), maintainer (a person said so), detected (language).",
    "boilerplate": "What belongs to the page and not to the article: menus, widgets, about boxes, footers. Marked, never deleted, never an answer.",
    "bm25": "The score of a passage for a query: rare words count more, repeated ones less and less, long passages are not favoured. k1 = 1.2, b = 0.75.",
    "citation": "A quotation with what a stranger needs to find it again: document, offsets, the words before and after, and checksums.",
    "citekey": "A short name of a work, such as jamali-2025-pakistans; written once and kept in citekeys.tsv. A name, not a statement about the work.",
    "concept": "One thing with its names: a preferred label, alternative and hidden ones, and what other concepts it is related to.",
    "document": "One source text with its id, metadata and provenance. Its text is verbatim and never changes.",
    "edtf": "Extended Date/Time Format, ISO 8601-2: 2025-04-07, 2025-04, 2025-01/2025-03, 2021/.. (since 2021), 2001~ (about 2001), P20Y (twenty years).",
    "evidence": "The spans of the text that a value was read from.",
    "figure": "A number that the text claims, with what it counts, of when, and by whose account, as far as the text says.",
    "generation": "One state of the store. A run of index makes the next one; readers see a generation whole or not at all.",
    "highlight": "The words of a passage that the query matched, as spans of the document.",
    "hit": "A passage that answers: its rank, score, words and citation.",
    "id": "A document's id is made of its bytes and text: the same on every machine. Six digits or more are enough where they are unambiguous.",
    "keyness": "How a word's frequency in one part of the corpus departs from another part; the measure is always named.",
    "kwic": "Key word in context: lines with the words left and right of a match.",
    "partial": "A passage with some of the query's words; it says which it lacks. Not evidence for the whole question.",
    "passage": "A contiguous stretch of one document, 40 to 160 words where the text allows: what is indexed, ranked and cited.",
    "provenance": "Where a text came from and how it was read: path, bytes, encoding, reader, sha256.",
    "receipt": "A record of a search that can be run again: the query, how it was understood, what was searched, and by which version.",
    "selector": "Where a quotation stands: by position, and by its words with those around them (W3C Web Annotation).",
    "span": "A stretch of a document's text: START-END in Unicode code points, from 0, END not included.",
    "state label": "One state's label for one or more organisations. It is shown as that, and never counted as the organisation's own name.",
    "store": "The folder that holds the corpus as indexed: data/index by default. It can always be built anew from the sources.",
    "voice": "Words in a passage that are not the author's: whose they are, and whether quoted or reported.",
    "work": "One article over its versions: a changed source is a new version of the same work.",
}
