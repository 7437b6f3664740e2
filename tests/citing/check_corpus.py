"""A small corpus to check drafts against: three hand-made articles, indexed for real."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.corpus import Corpus
from ctcorpus.model.check import CheckItem, CheckReport

HARBOUR = """Harbour Watch

The Night Ferry and its Passengers: What the Inquiry Found

By: Maria Lindqvist

2024-05-14

The coast guard rescued 1,482 passengers from the night ferry in March 2024, according to the port authority. \
Nearly 300 of them had no papers. The inquiry said that the crew had not closed the bow doors, but it did not \
blame the captain.

“We were never told that the doors were open,” said Captain Erik Solheim. “The sea was calm, and nobody was afraid.”

Between 2019 and 2023 the line reported 37 incidents in the northern harbour, a rise of 12% over the five \
years before. The ministry claims to have inspected 640 ships in 2023. However, the union’s own list names far\
 fewer.

The repair cost exceeded $4.5 million, per an estimate of the insurers. For every inspector there were nine \
ships in 2023.
"""
RIVER = """The river police arrested 214 smugglers in 2023 and seized 18 boats along the lower river. Over \
5,000 kilometres of bank were patrolled that year by about 60 officers.

Smuggling is not merely a matter of poverty; it is a trade with its own bankers, as the Élan report put it. \
The trade cannot be ended by patrols alone, although patrols have made it dearer.

Governor Amina Haddad said the province would build 12 new posts by 2026. “A post without people is a house \
without a door,” she added.
"""
LEDGER = """Ledger of the Northern Line

The northern line carried 3,000–4,000 passengers a day in 2022. Its ferries are old, safe and slow. In the \
first quarter of 2024 it carried fewer, because two ferries were in dock.

The company says that its ferries are inspected twice a year. Unless the harbour is dredged, the company \
warns, the larger ferries will have to leave.
"""


def corpus_in(folder: Path) -> Corpus:
    """The corpus of the three articles in this folder, indexed."""
    articles = folder / "articles"
    articles.mkdir()
    for name, text in (("harbour.txt", HARBOUR), ("river_07.txt", RIVER), ("ledger.txt", LEDGER)):
        (articles / name).write_text(text, encoding="utf-8")
    corpus = Corpus(folder / "data" / "index")
    corpus.index([articles])
    return corpus


def checked(corpus: Corpus, draft: str, *, name: str = "memo.md", strict: bool = False) -> CheckReport:
    """The report on a draft of these words."""
    path = corpus.path.parent / name
    path.write_text(draft, encoding="utf-8")
    return corpus.check([str(path)], strict=strict)


def verdicts(report: CheckReport) -> list[str]:
    """The verdicts, in order."""
    return [x.verdict for x in report.items]


def only(report: CheckReport) -> CheckItem:
    """The one item of a report."""
    (found,) = report.items
    return found
