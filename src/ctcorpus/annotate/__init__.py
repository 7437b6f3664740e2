"""Document -> facts: concept mentions, figures, dates, quotations and who speaks.

Runs once, when a document is indexed; runs again when a rule's version or the thesaurus changes, and only then.
The rules are imported when a document is first annotated: a search needs none of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ctcorpus.model.document import Document
from ctcorpus.model.facts import Facts

if TYPE_CHECKING:
    from ctcorpus.annotate.labels import Matcher
    from ctcorpus.annotate.scan import Lexicon
    from ctcorpus.annotate.thesaurus import Thesaurus

#: raised by one whenever a rule of this room changes what it finds: stored facts are then read anew
VERSION = 1


def rules(thesaurus: Thesaurus) -> str:
    """The name of what facts were read by: the version of the rules and the digest of the thesaurus."""
    return f"facts/{VERSION} thesaurus/{thesaurus.digest[:16]}"


def annotate(document: Document, thesaurus: Thesaurus) -> Facts:
    """The facts of a document, each a span of its text; none from boilerplate."""
    from ctcorpus.annotate.attribution import Attributions
    from ctcorpus.annotate.dates import find_dates
    from ctcorpus.annotate.figures import find_figures
    from ctcorpus.annotate.mentions import find_mentions
    from ctcorpus.annotate.scan import Scan
    from ctcorpus.annotate.speech import find_quotations

    places = Scan(document.text).places(_lexicon(thesaurus.matcher))
    quotations = find_quotations(document, places["cue"])
    dates = find_dates(document, places["date"])
    return Facts(
        rules=rules(thesaurus),
        mentions=find_mentions(document, thesaurus, places["name"]),
        figures=find_figures(
            document, dates=dates, attribution=Attributions(document, quotations).of, near=places["number"]
        ),
        dates=dates,
        quotations=quotations,
    )


@lru_cache(maxsize=4)
def _lexicon(matcher: Matcher) -> Lexicon:
    """What all rules and the labels of a thesaurus look for first, as one."""
    from ctcorpus.annotate import dates, figures, speech
    from ctcorpus.annotate.scan import Lexicon

    parts = (matcher.lexicon, speech.LEXICON, dates.LEXICON, figures.LEXICON)
    return Lexicon({name: find for part in parts for name, find in part.finders.items()})
