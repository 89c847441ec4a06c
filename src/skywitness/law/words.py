"""Words for what the law data, and findings that cite them, name by a key.

Titles of values and names of States stand in the data files, each beside its translations, and are templates of their
own; what stands in no file has its words here.
"""

from __future__ import annotations

import re
from typing import Final

from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.law.instrument import loaded
from skywitness.law.source import source_numbers

__all__ = [
    "basis_with_numbers",
    "basis_words",
    "item_words",
    "key_words",
    "name_words",
    "numbered_sources",
    "source_words",
    "value_words",
]

_KEYS: Final = {
    "entry_into_force": say("Entry into force of the Treaty"),
    "party": say("What the State is to the Treaty"),
    "group": say("What the group is"),
    "site": say("Role of the site"),
    "total_active_quota": say("Total active quota"),
    "claim": say("Claim of a Party"),
}
"""Keys of values that no file of values declares."""

_WORDS: Final = {
    "party": say("Party"),
    "ratified_not_in_force": say("ratified, not in force"),
    "signatory": say("signatory"),
    "applicant": say("applicant"),
    "not_yet": say("not yet a Party"),
    "withdrawn": say("withdrawn"),
    "never": say("never a Party"),
    "ended": say("Party until the end of the treaty"),
    "no_group": say("no group"),
    "common_quota": say("group with common quotas"),
    "redistribution": say("group whose members keep their quotas"),
    "deemed_party": say("counts as one Party"),
    "open_skies_airfield": say("Open Skies airfield"),
    "refuelling_airfield": say("refuelling airfield"),
    "point_of_entry": say("point of entry"),
    "point_of_exit": say("point of exit"),
    "calibration_target": say("calibration target"),
    "entry_fix": say("entry fix"),
    "exit_fix": say("exit fix"),
    "optical": say("optical cameras"),
    "video": say("video cameras"),
    "infrared": say("infra-red devices"),
    "sar": say("radar"),
    "restriction": say("restriction"),
    "refusal": say("refusal"),
    "prohibition": say("prohibition"),
    "stop": say("refused stop"),
    "certificate": say("certificate not counted"),
    "no_distribution": say("no distribution"),
}
"""Values of the law that are words."""

_ITEMS: Final = {
    "first": say("first"),
    "second": say("second"),
    "third": say("third"),
    "fourth": say("fourth"),
    "fifth": say("fifth"),
    "q1": say("first quarter"),
    "q2": say("second quarter"),
    "q3": say("third quarter"),
    "q4": say("fourth quarter"),
    "optical_panoramic": say("optical panoramic camera"),
    "optical_framing": say("optical framing camera"),
    "video": say("video camera"),
    "infrared": say("infra-red line scanner"),
    "sar": say("sideways-looking radar"),
    "film-isopanchromatic": say("film, black and white, iso-panchromatic"),
    "film-monochromatic": say("film, black and white, monochromatic"),
    "film-panchromatic": say("film, black and white, panchromatic"),
    "film-reversal": say("film, black and white, reversal"),
    "tape-analogue": say("tape, analogue"),
    "tape-digital": say("tape, digital"),
    "internal": say("inside the aircraft"),
    "podded": say("in a pod"),
    "left-wing": say("left wing"),
    "right-wing": say("right wing"),
    "centre-line": say("centre line"),
    "vertical": say("vertical"),
    "oblique-left": say("oblique, to the left"),
    "oblique-right": say("oblique, to the right"),
    "fan": say("fan"),
    "feet": say("feet"),
    "metres": say("metres"),
    "kilometres": say("kilometres"),
    "nautical-miles": say("nautical miles"),
    "roll-left": say("roll to the left"),
    "roll-right": say("roll to the right"),
    "pitch-up": say("pitch up"),
    "pitch-down": say("pitch down"),
    "drift-left": say("drift to the left"),
    "drift-right": say("drift to the right"),
    "focal-length": say("focal length"),
    "swath-width": say("width of the swath"),
    "swath-near-point": say("nearest point of the swath"),
    "look-down-angle": say("look-down angle"),
}
"""Things that values belong to."""

_SOURCES: Final = {
    text.template: text
    for text in (
        say("recollection, unchecked against the depositary"),
        say("recollection, unchecked against the decisions of the Consultative Commission"),
        say("general aviation data"),
        say("encyclopaedia"),
    )
}
"""Sources that are no reference to a place where something can be looked up."""

_BASES: Final = {
    "text": say("treaty text"),
    "decision": say("decision"),
    "reported": say("reported"),
    "attested": say("seen in use"),
    "recollection": say("recollection, unchecked"),
    "assumed": say("assumed"),
    "claim": say("claim"),
    "claim of this facts file": say("claim of this facts file"),
}

_SHOWN_BY_PRACTICE: Final = {
    text.template: text
    for text in (
        say("the airfield"),
        say("the end"),
        say("the year"),
        say("not ratified"),
        say("ratified on 3 Nov 1993"),
        say("in force in February 2003"),
        say("the law of 31 Oct 2002"),
        say("the law of 2004"),
    )
}
"""What a source of practice adds to another source."""

_PLACES: Final = {
    "Art.": say("Art."),
    "Annex": say("Annex"),
    "Appendix": say("Appendix"),
    "Section": say("Section"),
    "Protocol": say("Protocol"),
}
"""Words in a reference that lead to a place of the text, so that it can be read in every language."""

_PLACE: Final = re.compile(r"\b(?:Art\.|Annex|Appendix|Section|Protocol)(?= )", re.ASCII)
_REFERENCE: Final = re.compile(
    r"(?:OS|CFE|INF|VD) (?:(?:, )?(?:Art\.|Annex|Appendix|Section|Protocol) [\w.()]+)+", re.ASCII
)

_PRESS: Final = "press: "
_PRACTICE: Final = re.compile(r"(?:(?P<what>.+) by )?practice (?P<numbers>S\d+(?:, S\d+)*)", re.ASCII)
_LISTED: Final = re.compile(r"source (?P<numbers>[A-Z]\d+[a-z]?(?:, [A-Z]\d+[a-z]?)*)", re.ASCII)


def key_words(key: str, instrument: str = "open-skies") -> Text:
    """Name a kind of value in words: ``maximum_flight_distance`` is "Maximum flight distance".

    >>> str(key_words("plan_answer")), str(key_words("something_new"))
    ('Time to accept a mission plan or propose changes', 'something new')
    """
    for law in loaded(instrument):
        if key in law.keys:
            return of_data(law.keys[key].title)
    return _KEYS.get(key) or verbatim(key.replace("_", " "))


def value_words(value: str, instrument: str = "open-skies") -> Text:
    """Write a value of the law that is a word; one that has no words here stays as it is."""
    if any(value in law.words for law in loaded(instrument)):
        return of_data(value)
    return _WORDS.get(value) or verbatim(value)


def item_words(subject: str, instrument: str = "open-skies") -> Text:
    """Name a thing that values belong to, such as a quarter or a medium.

    >>> str(item_words("q4")), str(item_words("sar"))
    ('fourth quarter', 'sideways-looking radar')
    """
    return _ITEMS.get(subject) or value_words(subject, instrument)


def name_words(name: str) -> Text:
    """Name a State or group by its English name in the data, so that a language can have its own."""
    return of_data(name)


def basis_words(status: str) -> Text:
    """Say in a word how well a value is founded; a status that has no word here is shown as it is."""
    return _BASES.get(status) or verbatim(status)


def basis_with_numbers(status: str, source: str) -> Text:
    """Write what a fact rests on, with the numbers of its sources where there are some.

    >>> [str(basis_with_numbers("reported", source)) for source in ("practice S7, S8", "OS Annex A")]
    ['reported, S7, S8', 'reported']
    """
    numbers = ", ".join(dict.fromkeys(source_numbers(source)))
    words = basis_words(status)
    return say("{basis}, {numbers}", basis=words, numbers=numbers) if numbers else words


def source_words(source: str) -> Text:
    """Write a source, part by part; of a reference to the text the identifiers stay as they are.

    >>> str(source_words("OS Annex B, Appendix 1.1(A); practice S9"))
    'OS Annex B, Appendix 1.1(A); practice S9'
    """
    first, *others = (_part_words(part) for part in source.split("; "))
    for other in others:
        first = say("{one}; {other}", one=first, other=other)
    return first


def _part_words(part: str) -> Text:
    practice = _PRACTICE.fullmatch(part)
    if part.startswith(_PRESS):
        return say("press: {where}", where=part.removeprefix(_PRESS))
    if listed := _LISTED.fullmatch(part):
        return verbatim(listed["numbers"])
    if _REFERENCE.fullmatch(part):
        return _reference(part)
    if practice is None:
        return _SOURCES.get(part) or of_data(part)
    numbers, what = practice["numbers"], _SHOWN_BY_PRACTICE.get(practice["what"] or "")
    if what is not None:
        return say("{what} by practice {numbers}", what=what, numbers=numbers)
    return of_data(part) if practice["what"] else say("practice {numbers}", numbers=numbers)


def _reference(part: str) -> Text:
    """Write a reference such as ``OS Annex A, Section III`` with its words apart from its identifiers."""
    found = [match[0] for match in _PLACE.finditer(part)]
    numbers = iter(range(len(found)))
    template = _PLACE.sub(lambda _: f"{{place{next(numbers)}}}", part)
    return Text(template, tuple((f"place{number}", _PLACES[word]) for number, word in enumerate(found)))


def numbered_sources(source: str, instrument: str = "open-skies") -> tuple[tuple[str, Text], ...]:
    """Look up the numbered sources that a source names: each number with where it can be read, and about what.

    >>> [(number, str(words)) for number, words in numbered_sources("practice S10")]
    [('S10', 'tass.com/politics/1377561 (Russian exit 18 Dec 2021)')]
    """
    listed = {number: found for law in reversed(loaded(instrument)) for number, found in law.sources.items()}
    return tuple(
        (number, say("{address} ({about})", address=listed[number].address, about=of_data(listed[number].about)))
        for number in dict.fromkeys(source_numbers(source))
        if number in listed
    )
