"""Words for what the pages show and the data name by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skywitness.core.text import Text, say, verbatim
from skywitness.law.dossier import BEGUN, IMPLEMENTED, MISSING, PEOPLE
from skywitness.law.words import item_words, name_words

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
    "text": say("The text itself"),
    "copy": say("The copy of the text at hand"),
    "airportsdata": say("The airfield table airportsdata"),
}


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
    return item_words(subject, instrument.name)


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
