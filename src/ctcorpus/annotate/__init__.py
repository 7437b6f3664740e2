"""Document -> facts: concept mentions, figures, dates, quotations and who speaks.

Runs once, when a document is indexed; runs again when a rule's version or the thesaurus changes, and only then.
The rules are imported when a document is first annotated: a search needs none of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctcorpus.annotate.concepts.labels import Matcher
    from ctcorpus.annotate.scan import Lexicon
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.model.document import Document
    from ctcorpus.model.facts import Facts

#: raised by one whenever a rule of this room changes what it finds: stored facts are then read anew
VERSION = 4


def rules(thesaurus: Thesaurus) -> str:
    """The name of what facts were read by: the version of the rules and the digest of the thesaurus."""
    return f"facts/{VERSION} thesaurus/{thesaurus.digest[:16]}"


def annotate(document: Document, thesaurus: Thesaurus) -> Facts:
    """The facts of a document, each a span of its text; none from boilerplate.

    The rules for figures, dates and speech are of English: a document whose language is known to be another has
    mentions alone.
    """
    from ctcorpus.annotate.concepts.mentions import find_mentions
    from ctcorpus.annotate.numbers.dates import find_dates
    from ctcorpus.annotate.numbers.figures import find_figures
    from ctcorpus.annotate.scan import Scan
    from ctcorpus.annotate.speech.attribution import Attributions
    from ctcorpus.annotate.speech.quotations import find_quotations
    from ctcorpus.model.facts import Facts

    places = Scan(document.text).places(_lexicon(thesaurus.matcher))
    mentions = find_mentions(document, thesaurus, places["name"])
    if document.metadata.language not in (None, "en"):
        return Facts(rules=rules(thesaurus), mentions=mentions)
    quotations = find_quotations(document, places["cue"])
    dates = find_dates(document, places["date"])
    return Facts(
        rules=rules(thesaurus),
        mentions=mentions,
        figures=find_figures(
            document, dates=dates, attribution=Attributions(document, quotations).of, near=places["number"]
        ),
        dates=dates,
        quotations=quotations,
    )


@lru_cache(maxsize=4)
def _lexicon(matcher: Matcher) -> Lexicon:
    """What all rules and the labels of a thesaurus look for first, as one."""
    from ctcorpus.annotate.numbers import dates, figures
    from ctcorpus.annotate.scan import Lexicon
    from ctcorpus.annotate.speech import quotations

    parts = (matcher.lexicon, quotations.LEXICON, dates.LEXICON, figures.LEXICON)
    return Lexicon({name: find for part in parts for name, find in part.finders.items()})
