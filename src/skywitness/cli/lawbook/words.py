"""Words for what the pages show and the data name by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skywitness.core.text import Text, say, verbatim
from skywitness.law.dossier import BEGUN, IMPLEMENTED, MISSING, PEOPLE
from skywitness.law.words import name_words, value_words

if TYPE_CHECKING:
    from skywitness.law.instrument import Instrument
    from skywitness.law.key import Key

STANDINGS: Final = {
    IMPLEMENTED: say("implemented"),
    BEGUN: say("in part"),
    MISSING: say("not yet"),
    PEOPLE: say("for people"),
}

EXPLAINED: Final = {
    IMPLEMENTED: say(
        "A rule judges it, and tests hold a case in which it is kept and one in which it is broken or takes effect."
    ),
    BEGUN: say("Something judges it, but tests do not hold both sides of it yet."),
    MISSING: say("Software could judge it, and this program does not yet."),
    PEOPLE: say("No software can judge it; the reason is given."),
}

OUTCOMES: Final = {"ok": say("kept"), "breach": say("broken"), "effect": say("takes effect")}

SLIPS_OF: Final = {
    "text": say("The text of 1992"),
    "copy": say("The copy of the text at hand"),
    "airportsdata": say("The airfield table airportsdata"),
}

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


def subject_words(instrument: Instrument, key: Key, subject: str) -> Text:
    """Name what a value belongs to, with its code: "Germany over Ukraine (DEU>UKR)"."""
    if key.subject == "party":
        return say("{name} ({code})", name=state_words(instrument, subject), code=subject)
    if key.subject == "pair":
        observing, _, observed = subject.partition(">")
        return say(
            "{observing} over {observed} ({code})",
            observing=state_words(instrument, observing),
            observed=state_words(instrument, observed),
            code=subject,
        )
    if key.subject == "airfield":
        return say("{name} ({code})", name=_airfield(subject), code=subject)
    return _ITEMS.get(subject) or value_words(subject, instrument.name)


def state_words(instrument: Instrument, code: str) -> Text:
    """Name a State or group."""
    if code in instrument.parties:
        return name_words(instrument.parties[code].name)
    return name_words(instrument.groups[code].name) if code in instrument.groups else verbatim(code)


def _airfield(ident: str) -> Text:
    from skywitness.law.sites import site

    return verbatim(site(ident).name)


def listed(texts: list[Text]) -> Text:
    """Put words one after the other with commas."""
    template = ", ".join(f"{{t{number}}}" for number in range(len(texts)))
    return Text(template, tuple((f"t{number}", text) for number, text in enumerate(texts)))
