"""The noun phrase beside a number, found by word forms alone: "41 [active terrorist organizations] and ...".

No tagger is at hand, so a phrase ends at the first plural noun (or noun that has no plural form), and there is
none where a function word, a verb or a mark comes first. Rather no phrase than a wrong one.
"""

from __future__ import annotations

import re

from ctcorpus.annotate.numbers.numerals import SMALL


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(words.split())


TOKEN = re.compile(r"[\s\u00a0]{1,3}([^\W\d_][\w’'&./]*(?:-[\w’']+)*)")
#: nouns that count without an s
PLURALS = word_set(
    """people persons personnel children men women police policemen policewomen servicemen troops staff crew cattle
    aircraft spacecraft dead wounded injured missing cavalry infantry infantrymen militia youth clergy gunmen
    countrymen fishermen businessmen businesswomen tribesmen clergymen journalists media criteria data feet
    teeth lives wives households livestock sheep fish jawans ulema mujahideen mujahidin taliban fedayeen
    casualties horsepower khawarij fidayeen fedayeen percent levies ranchers craft watercraft offspring folk
    congressmen congresswomen seamen airmen guardsmen militiamen lawmakers series species headquarters means
    crossroads kalashnikovs shuhada shuhda madaris talaba huffaz alumni bacteria phenomena geese mice oxen brethren"""
)
#: endings of compounds that are plurals without an s ("schoolchildren"), and the words that only look so
_PLURAL_ENDS = ("men", "women", "people", "children", "folk", "wives", "feet")
_NO_PLURALS = word_set("specimen regimen abdomen acumen omen semen stamen ramen hymen cyclamen dolmen amen yemen")
#: "lives" behind one of these is the noun
_OF_LIVES = word_set("human innocent precious civilian young valuable")
#: words that end a phrase: function words, auxiliaries, adverbs of degree, verbs that follow a count
STOPS = word_set(
    """a an the and or but nor yet so if as at by for from in into of on onto off out over to up upon with within
    without under above below between among amid through throughout during after before since until till about
    around near across along against beside besides beyond inside outside toward towards per via than then
    that which who whom whose where when while whereas because though although unless is are was were be been
    being am has have had having do does did done can could may might must shall should will would i you he
    she it we they me him her us them my your his its our their this these those there here not no also only
    just even still already again ever never too very more less least much many few each every either
    neither both all some any none such same other another how why what whether says said say told tells
    according including excluding like despite due lost lose died die dying came come comes went go goes got
    get took take made make makes making left leave began begin became become remain remains remained stood
    stand stands fell fall rose rise lay lie lies lied sat won win lost held hold found met sent gave give
    given grew grow led lead paid ran run saw see seen sought spent struck taken thought told understood wore
    wrote kept know known live lives' today yesterday tomorrow annually daily monthly weekly yearly ago
    earlier later apiece together alone altogether worldwide nationwide is’ isn’t aren’t wasn’t weren’t
    perhaps thus hence however therefore meanwhile across plus minus versus vs always sometimes nearly almost
    starting beginning ending commencing fled flee afterwards upwards downwards overseas"""
)
_SINGULAR_ENDS = ("ss", "us", "is", "’s", "'s", "ous")
#: an -ed or -ing word before a noun is an adjective ("armed men"); these are what was done to the counted
PARTICIPLES = word_set(
    """killed injured wounded arrested captured detained martyred slain displaced kidnapped abducted dead neutralised
    neutralized eliminated destroyed rescued recovered seized convicted sentenced executed beheaded shot
    reported affected involved deployed conducted carried launched allocated needed required released rounded
    apprehended hurt surrendered repatriated registered infected hospitalised hospitalized missing living
    working fighting facing operating fleeing serving using seeking killing attending participating belonging
    taking being representing"""
)
_HARD_STOP = re.compile(r"[.;:!?]\Z")


def is_plural(word: str) -> bool:
    """Whether the form of the word is that of a plural noun."""
    low = word.lower().rstrip(".")
    if low in PLURALS or (len(low) > 4 and low.endswith(_PLURAL_ENDS) and low not in _NO_PLURALS):
        return True
    if low.endswith("/s"):  # "24 frame/s", "1 Mbit/s"
        return False
    if len(low) > 3 and low.endswith("s") and low not in STOPS:
        return not low.endswith(_SINGULAR_ENDS) or (word[0].isupper() and low.endswith("is"))  # "Kashmiris"
    return _acronym(word)


def _acronym(word: str) -> bool:
    """ "IBOs", "NGOs"."""
    return len(word) > 2 and word[-1] == "s" and word[:-1].isupper()


def noun_phrase(
    text: str, start: int, *, singular: bool = False, limit: int = 7, joint: bool = True
) -> tuple[int, int] | None:
    """Span of the noun phrase that begins after ``start``; None where there is none.

    singular: a phrase without a plural will do ("70% of the population", "one soldier"). joint: it may go on over an
    "and" between two adjectives.
    """
    words: list[tuple[int, int, str]] = []
    position = start
    while len(words) < limit:
        token = TOKEN.match(text, position)
        if token is None:
            break
        word = token[1].rstrip(".,/’'") if not token[1].endswith(("s’", "s'")) else token[1]
        ends = token.start(1) + len(word)
        low = word.lower()
        if low == "lives" and words and _is_verb(words[-1][2], singular):
            break
        if joint and not singular and low in ("and", "or") and _is_shared(words, text, token.end()):
            position = token.end()
            continue
        if (low in STOPS and not (word.isupper() and len(word) > 1)) or (
            low in PARTICIPLES and not _before_noun(text, token.end())
        ):
            break
        words.append((token.start(1), ends, word))
        if ends < token.end() and not word.endswith(("s’", "s'")):  # a mark follows
            break
        position = token.end()
    return _cut(words, singular)


def _is_verb(before: str, singular: bool) -> bool:
    """Whether "lives" is what the word before it does: a count of something that is no plural yet counts lives."""
    if before.endswith(("’", "'", "’s", "'s")) or before.lower() in _OF_LIVES:
        return False
    return singular or is_plural(before)


def _is_shared(words: list[tuple[int, int, str]], text: str, position: int) -> bool:
    """Whether "and" joins two adjectives of one plural noun: "8,000 defence and security personnel"."""
    if not 0 < len(words) <= 2 or any(is_plural(word) or "/" in word for _, _, word in words):
        return False
    following = TOKEN.match(text, position)
    if following is None or following[1].lower() in SMALL or following[1].lower() in ("several", "many", "few"):
        return False  # "two silver and two bronze medals"
    noun = noun_phrase(text, position, limit=3, joint=False)
    return noun is not None and len(text[noun[0] : noun[1]].split()) > 1


def _cut(words: list[tuple[int, int, str]], singular: bool) -> tuple[int, int] | None:
    """The words up to the last of the first run of plurals; with ``singular`` up to the last word but adverbs."""
    last = -1
    for index, (_, _, word) in enumerate(words):
        if is_plural(word):
            last = index
        elif last >= 0:
            break
    if last < 0 and singular:
        last = len(words) - 1
        while last >= 0 and words[last][2].lower().endswith(("ly", "ed")):
            last -= 1
        if last > 2:
            last = (
                next((i for i in range(last + 1) if words[i][2].lower().endswith(("ed", "ing", "ly")) and i), last + 1)
                - 1
            )
    return (words[0][0], words[last][1]) if last >= 0 else None


def _before_noun(text: str, position: int) -> bool:
    """Whether a plural noun follows at once: "wounded soldiers", "displaced people"."""
    token = TOKEN.match(text, position)
    return token is not None and is_plural(token[1].rstrip(".,/’'")) and token[1].lower() not in PARTICIPLES


#: nouns for people, whose joint count is one count ("1,200 civilians and law enforcement personnel were killed")
PEOPLE = word_set(
    """people persons civilians soldiers personnel troops officers policemen men women children militants terrorists
    fighters insurgents police officials workers students pilgrims worshippers passengers refugees citizens
    jawans guards engineers labourers journalists tribesmen elders activists villagers residents lives"""
)
_JOINED = re.compile(r"[\s\u00a0]{1,3}and(?=\s)")
_VERB = re.compile(
    r"[\s\u00a0]{1,3}(?:(?:have|had|has|also|reportedly|tragically)\s+)*"
    r"(?:were|was|are|been|lost|died|perished|sacrificed|laid|embraced|fell|suffered|have|had|\w+ed)\b"
)


def coordinated(text: str, phrase: tuple[int, int]) -> tuple[int, int]:
    """The phrase with "and ..." where both are people and a verb follows, so that the number counts them together."""
    joint = _JOINED.match(text, phrase[1])
    if joint is None or text[: phrase[1]].split()[-1].lower() not in PEOPLE:
        return phrase
    second = noun_phrase(text, joint.end())
    if second is None or text[: second[1]].split()[-1].lower() not in PEOPLE or _VERB.match(text, second[1]) is None:
        return phrase
    return phrase[0], second[1]
