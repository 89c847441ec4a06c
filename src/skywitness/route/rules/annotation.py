"""Who must annotate the data of a flight, and with what (Article IV, paragraph 5; Annex B, Section II)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.category import limit_subject
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import category_of, sensors_used
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import NEED_PROVIDER, cannot_tell, draft, not_applicable

_BEGINNING: Final = say("at its beginning the data of the flight and of the sensor (B.II.1)")
_BY_CATEGORY: Final = {
    "optical": say(
        "of cameras height, place, heading and scan angle, and number, time and roll of each frame (B.II.2(A))"
    ),
    "video": say("of video date, time, height, place, heading and scan angle (B.II.2(B))"),
    "infrared": say("of infra-red date, time, height, place, heading and scan angle (B.II.2(B))"),
    "sar": say("of radar date, time, height, place, heading, beam, swath and motion (B.II.2(C))"),
}
_OPTICAL_AT_FIRST: Final = say("of cameras what existing practice annotates, as the first phase allows (XVIII.II.4)")
"""What Annex B asks for, by the name under which the law keeps a category."""


@provision("OS:IV.5")
def provider_annotates(context: Context) -> Iterator[Finding]:
    """Tell who must annotate the data of this flight, and what of each category of sensor that it uses."""
    used = sensors_used(context)
    kinds = {limit_subject(category_of(context, ident) or "") for ident in used}
    if not used:
        yield not_applicable(context, "OS:IV.5", say("The plan uses no sensor."))
    elif context.provider_code is None:
        why = say("Who provides the aircraft, and so must annotate the data, is not known.")
        yield cannot_tell(context, "OS:IV.5", why, (NEED_PROVIDER,))
    else:
        yield _duty(context, context.provider_code, [kind for kind in _BY_CATEGORY if kind in kinds])


def _duty(context: Context, provider: str, kinds: list[str]) -> Finding:
    what = _BEGINNING
    for kind in kinds:
        what = say("{before}; {item}", before=what, item=_item(context, kind))
    why = say("{provider} provides the aircraft and annotates the data: {what}.", provider=provider, what=what)
    must = Effect(provider, "must", say("annotate the data of the sensors (Annex B, Section II)"))
    return draft(context, "OS:IV.5", Verdict.OK, why, bearer=provider, effect=must)


def _item(context: Context, kind: str) -> Text:
    in_first_phase = context.reading.at < context.law.full_implementation
    return _OPTICAL_AT_FIRST if kind == "optical" and in_first_phase else _BY_CATEGORY[kind]
