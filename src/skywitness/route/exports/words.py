"""Names and words made fit for the form that carries them.

Names come from people and files and may hold anything.  A form that cannot hold a character gets a stand-in, and the
form says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.route.model import LegKind, Plan, StopKind, TurnType

STAND_IN = "\N{REPLACEMENT CHARACTER}"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even escaped (XML 1.0, section 2.2)."""

_NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Controls, lone surrogates, non-characters, and signs that are not seen but turn the direction of what is read."""

CANNOT_CARRY = say("What this file cannot carry:")
SWATHS_ARE_APPROXIMATE = say(
    "Swaths are approximate: flat ground, level wings, no turns; they prove nothing about a site at the edge."
)

VERDICT_WORDS = {
    Verdict.OK: say("kept"),
    Verdict.BREACH: say("breach"),
    Verdict.CANNOT_TELL: say("cannot tell"),
    Verdict.NOT_APPLICABLE: say("not applicable"),
}

VERDICT_MARKS = {Verdict.OK: "✓", Verdict.BREACH: "✗", Verdict.CANNOT_TELL: "?", Verdict.NOT_APPLICABLE: "–"}
"""Beside the word of a verdict, so that neither colour nor reading is needed to tell them apart."""

TURN_WORDS = {
    TurnType.TURN_SHORT: say("turn short"),
    TurnType.OVERFLIGHT: say("overflight turn"),
}

LEG_WORDS = {LegKind.OBSERVATION: say("observation"), LegKind.TRANSIT: say("transit, sensors off")}

STOP_WORDS = {StopKind.REFUELLING: say("refuelling"), StopKind.REST: say("rest period")}

SENSOR_WORDS = {
    "optical": say("optical camera"),
    "optical_panoramic": say("optical panoramic camera"),
    "optical_framing_vertical": say("optical framing camera, vertical"),
    "optical_framing_oblique": say("optical framing camera, oblique"),
    "video": say("video camera"),
    "infrared": say("infrared line scanner"),
    "sar": say("side-looking synthetic aperture radar"),
}

# fmt: off
_CYRILLIC = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}
# fmt: on
"""Cyrillic letters in Latin ones, after ICAO Doc 9303, part 3 (machine readable travel documents)."""

_LATIN = {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
"""Latin letters that Unicode does not take apart into a plain letter and a mark."""


def clean(name: str) -> str:
    """Put a name on one line: controls become stand-ins, runs of white space one space."""
    return " ".join(_NOT_TEXT.sub(STAND_IN, name).split())


def xml_safe(words: str) -> str:
    """Replace what XML cannot hold.  Escaping of ``<`` and ``&`` is left to the writer of the XML."""
    return _NOT_XML.sub(STAND_IN, words)


def changed_names(plan: Plan) -> int:
    """Count the names in a plan that hold a character which a form for people or XML cannot carry."""
    return sum(1 for name in names(plan) if _NOT_TEXT.search(name) or _NOT_XML.search(name))


def names(plan: Plan) -> Iterable[str]:
    """Go through every name in a plan that somebody else chose."""
    yield plan.title
    yield plan.aircraft.name
    yield plan.aircraft.ident
    for waypoint in plan.waypoints:
        yield waypoint.ident
        yield waypoint.name
    for sensor in plan.sensors:
        yield sensor.ident
        yield sensor.note
    for site in plan.sites:
        yield site.name
    for aside in plan.set_aside:
        yield aside.site.name


def capitals(name: str) -> str:
    """Write a name in the letters of a flight plan: A-Z, 0-9, full stops and spaces.

    >>> capitals("Điện Biên"), capitals("Шаталово"), capitals("<b>&]]>")
    ('DIEN BIEN', 'SHATALOVO', 'B')
    """
    letters = []
    for letter in unicodedata.normalize("NFC", clean(name)).lower():
        letters.append(_CYRILLIC.get(letter, _LATIN.get(letter, unicodedata.normalize("NFKD", letter))))
    plain = "".join(letter for letter in "".join(letters) if not unicodedata.combining(letter))
    return " ".join(re.sub("[^A-Z0-9. ]", " ", plain.upper()).split())


def shortened(name: str, most: int) -> str:
    """Cut a name to at most ``most`` characters, with an ellipsis where something is missing.

    >>> shortened("Kubinka", 5)
    'Kubi…'
    """
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def changed_names_text(plan: Plan) -> tuple[Text, ...]:
    """Say how many names this form shows changed, if any."""
    count = changed_names(plan)
    if not count:
        return ()
    return (
        say(
            "Names with characters that this format cannot hold: {count}; each such character is shown as {mark}.",
            count=count,
            mark=STAND_IN,
        ),
    )
