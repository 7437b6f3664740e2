"""The words that the rules of this room know, and how a line of text is cased."""

from __future__ import annotations

import re


def word_set(listed: str, between: str = " ") -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(listed.split(between))


WORD = re.compile(r"[^\W_](?:[\w'’.&-]*[^\W_])?")
#: characters that may end a sentence
STOPS = ".!?…।۔؟。！？"
#: characters that may follow the stop and still belong to the sentence
CLOSERS = "\"”’'»)]*_"

#: words that titles leave in lower case
FUNCTION_WORDS = word_set(
    "a an the and or but nor of on in at to for from by with as into over under vs via per is be its it e i o ul "
    "ur al el bin ibn de la le du der von van"
)

#: words that begin a sentence far more often than a name, a title or the second half of a phrase
STARTERS = word_set(
    "The This That These Those It Its He His She Her They Their We Our I You A An In On At As If By For From With "
    "To Since After Before During While When Where Although Though Despite However Moreover Furthermore Meanwhile "
    "Nevertheless Nonetheless Instead Yet But And Or So Thus Hence Therefore Indeed Also Still Then There Here "
    "Now What Who Why How Which Both Each Every Some Many Most Several Such Under Over According Once Until "
    "Unless Last Another Other No Not Only Even Among Between Following Officials Critics Analysts"
)

#: offices that stand before a name: "Prime Minister Khan said" is no heading and a sentence
OFFICES = word_set(
    "minister president secretary general commander chief director ambassador chairman chairperson spokesman "
    "spokesperson spokeswoman senator governor judge justice professor doctor king queen prince princess premier "
    "mullah maulana mufti sheikh imam brigadier colonel major captain lieutenant admiral marshal inspector "
    "superintendent commissioner advocate mr mrs ms dr sir lord lady adviser advisor envoy representative"
)

#: words by which a line is known as the name of a publication
MEDIA_WORDS = re.compile(
    r"(?i)times?$|^times|\b(?:post|news|newspaper|observer|daily|weekly|herald|tribune|journal|review|gazette|monitor|"
    r"press|media|network|tv|radio|online|magazine|chronicle|telegraph|guardian|diplomat|dispatch|bulletin|express|"
    r"institute|foundation|centre|center|think tank|wire|today)\b|\.(?:com|org|net|pk|in|info)\b"
)
COMPANY = re.compile(
    r"(?i)\b(?:llc|l\.l\.c|ltd|limited|inc|incorporated|plc|gmbh|corp|corporation|publishing|publishers?|publications|"
    r"company|holdings?|(?:media|news|press) group|pvt|fze|s\.a|co)\b\.?"
)
#: headings that every article may have, and no article is called
GENERIC_HEADINGS = word_set(
    "introduction|background|overview|summary|executive summary|abstract|conclusion|conclusions|contents|"
    "preface|table of contents|foreword|key points|key takeaways|highlights|recommendations|references|notes",
    "|",
)
#: labels of a section of a site, above the title
KICKERS = word_set(
    "opinion|opinions|op-ed|oped|editorial|editorials|analysis|commentary|column|columns|columnists|world|asia|"
    "south asia|national|nation|politics|security|defence|defense|news|top news|top stories|latest news|"
    "headlines|breaking news|feature|features|blog|blogs|letters|home|region|international|explainer|interview",
    "|",
)
SALUTATION = re.compile(
    r"(?i)^\W*(?:mr|mrs|ms|madam|sir|dear|excellenc|your |honou?rable|ladies|distinguished|fellow)\b"
)


def words_of(text: str) -> list[str]:
    """The words of a short text, without the punctuation around them."""
    return WORD.findall(text)


def title_cased(words: list[str]) -> bool:
    """Whether the words are cased as in a title: four of five that count, and the first, begin with a capital.

    Function words and numbers do not count; neither do scripts without case. False when nothing counts.
    """
    if not words or words[0][0].islower():
        return False
    counted = [w for w in words if w.lower() not in FUNCTION_WORDS and w[0].lower() != w[0].upper()]
    return bool(counted) and sum(w[0].isupper() for w in counted) >= 0.8 * len(counted)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does: with a stop, closing quotes and brackets after it or not."""
    bare = text.rstrip(CLOSERS)
    return bare.endswith(tuple(STOPS)) or (bare != text and text.rstrip("*_").endswith(tuple(STOPS)))
