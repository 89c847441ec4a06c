"""The pre-flight inspection: whether it was let take place, and what followed from it (Annex F, Sections I and II)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.mission.conduct.case import OBSERVED, OBSERVING, Case, missing, other, sourced
from skywitness.mission.conduct.model import Followed, Inspection
from skywitness.route.rules.drafting import agreed, draft, not_applicable

NEED_PERMITTED = say("whether the inspection was let take place (inspection.permitted)")
NEED_REMOVAL = say("whether it was shown that all inspection equipment is off the aircraft (inspection.removal_shown)")
NEED_MISMATCH = say("whether the inspectors found something that does not match (inspection.mismatch)")
NEED_CONFORMITY = say("whether it was then shown that everything matches (inspection.conformity_shown)")
NEED_FOLLOWED = say("what followed from the inspection (inspection.followed)")
NEED_COUNTED = say("whether a flight was recorded against a quota (inspection.counted)")

INSPECT_AIRCRAFT = say("inspect the aircraft and its sensors before the flight")
INSPECT_SENSORS = say("inspect the sensors and their equipment before the flight")


@provision("OS:F.I.1")
def aircraft_brought_is_inspected(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party could inspect the aircraft that the observing Party brings."""
    yield from _right_to_inspect(case, "OS:F.I.1", OBSERVING, INSPECT_AIRCRAFT)


@provision("OS:F.II.1")
def sensors_provided_are_inspected(case: Case) -> Iterator[Finding]:
    """Judge that the observing Party could inspect the sensors of the aircraft that the observed Party provides."""
    yield from _right_to_inspect(case, "OS:F.II.1", OBSERVED, INSPECT_SENSORS)


def _right_to_inspect(case: Case, code: str, host: str, what: Text) -> Iterator[Finding]:
    told = case.told.inspection
    if told is None:
        return
    inspector = case.code(other(host))
    if case.host is None:
        yield case.provider_unknown(code)
    elif case.host != host:
        yield not_applicable(case, code, say("The aircraft is provided by {host}.", host=case.code(case.host)))
    elif told.permitted is None and not _took_place(case, told):
        yield missing(case, code, (NEED_PERMITTED,), inspector)
    elif told.permitted is False:
        why = say("{host} did not let {inspector} inspect.", host=case.code(host), inspector=inspector)
        right = Effect(inspector, "may", what)
        yield draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=inspector, effect=right)
    else:
        why = say("The inspection by {inspector} took place.", inspector=inspector)
        yield draft(case, code, Verdict.OK, sourced(why, told.source), bearer=inspector)


@provision("OS:F.I.8")
def removal_on_aircraft_brought(case: Case) -> Iterator[Finding]:
    """Tell what the observing Party may do where inspection equipment may still be on board its aircraft."""
    code, told, bearer = "OS:F.I.8", case.told.inspection, case.context.plan.observing
    if told is None or case.host != OBSERVING or _refused(told):
        return
    if told.removal_shown is None:
        yield missing(case, code, (NEED_REMOVAL,), bearer)
    elif told.removal_shown:
        yield draft(case, code, Verdict.OK, sourced(_all_off(), told.source), bearer=bearer)
    else:
        what = say("fly, or cancel the flight and leave when it is safe, with no flight counted")
        yield _with_count(case, code, told, _doubt(), Effect(bearer, "may", what), (Followed.CANCELLED,))


@provision("OS:F.II.7")
def removal_on_aircraft_provided(case: Case) -> Iterator[Finding]:
    """Judge what the observed Party does where inspection equipment may still be on board its aircraft.

    From its inspection nothing else lets it prohibit the flight: doubts about sensors are those of the other side.
    """
    code, told, bearer = "OS:F.II.7", case.told.inspection, case.context.plan.observed
    if told is None or case.host != OBSERVED or _refused(told):
        return
    if told.removal_shown is None:
        yield missing(case, code, (NEED_REMOVAL,), bearer)
    elif told.removal_shown is False:
        effect = Effect(bearer, "may", say("prohibit the flight (Article VIII), with no flight counted"))
        yield _with_count(case, code, told, _doubt(), effect, (Followed.PROHIBITED,))
    elif told.followed is Followed.PROHIBITED:
        why = say("All inspection equipment was shown to be off the aircraft, and yet the flight was prohibited.")
        yield draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=bearer)
    else:
        yield draft(case, code, Verdict.OK, sourced(_all_off(), told.source), bearer=bearer)


@provision("OS:F.I.9")
def mismatch_on_aircraft_brought(case: Case) -> Iterator[Finding]:
    """Judge a prohibition by the observed Party that found something on the aircraft brought which does not match."""
    code, told, bearer = "OS:F.I.9", case.told.inspection, case.context.plan.observed
    if told is None or case.host != OBSERVING or _refused(told):
        return
    stands = _stands(told)
    if stands is None:
        yield missing(case, code, _needs_of_mismatch(told), bearer)
    elif stands and (agreement := agreed(case.context, code)) is not None:
        yield _agreed_to_fly(case, code, told, agreement.source)
    elif stands:
        what = say("prohibit the flight (Article VIII), with no flight counted")
        yield _with_count(case, code, told, _unsettled(), Effect(bearer, "may", what), (Followed.PROHIBITED,))
    elif told.followed is Followed.PROHIBITED:
        why = say("Nothing that the inspection found stands against the flight, and yet it was prohibited.")
        yield draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=bearer)
    else:
        yield draft(case, code, Verdict.OK, sourced(_in_order(), told.source), bearer=bearer)


def _agreed_to_fly(case: Case, code: str, told: Inspection, source: str) -> Finding:
    """Judge what followed where the Parties agreed to fly in spite of what was found: nothing is left to prohibit."""
    bearer, words = case.context.plan.observed, {"found": _unsettled(), "source": source}
    if told.followed is Followed.PROHIBITED:
        why = say("{found} The Parties agreed otherwise ({source}), and yet the flight was prohibited.", **words)
        return draft(case, code, Verdict.BREACH, sourced(why, told.source), bearer=bearer)
    why = say(
        "{found} The Parties agreed otherwise ({source}), so that the flight cannot be prohibited for it.", **words
    )
    return draft(case, code, Verdict.OK, sourced(why, told.source), bearer=bearer, by_agreement=source)


@provision("OS:F.II.8")
def mismatch_on_aircraft_provided(case: Case) -> Iterator[Finding]:
    """Tell the four choices of the observing Party that found a sensor which does not match."""
    code, told, bearer = "OS:F.II.8", case.told.inspection, case.context.plan.observing
    if told is None or case.host != OBSERVED or _refused(told):
        return
    stands = _stands(told)
    if stands is None:
        yield missing(case, code, _needs_of_mismatch(told), bearer)
    elif stands:
        what = say("take other sensors, fly as planned, wait for repair, or cancel and leave")
        words = sourced(_unsettled(), told.source)
        yield draft(case, code, Verdict.OK, words, bearer=bearer, effect=Effect(bearer, "may", what))
    else:
        yield draft(case, code, Verdict.OK, sourced(_in_order(), told.source), bearer=bearer)


@provision("OS:F.II.9")
def leaving_costs_no_quota(case: Case) -> Iterator[Finding]:
    """Judge that no flight is counted where the observing Party leaves after a failed repair or a cancellation."""
    code, told = "OS:F.II.9", case.told.inspection
    if told is None or case.host != OBSERVED or _refused(told):
        return
    stands = _stands(told)
    if stands is False:
        yield not_applicable(case, code, _in_order())
    elif told.followed not in (None, Followed.CANCELLED, Followed.LEFT_UNREPAIRED):
        yield not_applicable(case, code, say("The observing Party did not leave for a sensor that does not match."))
    elif stands is None or told.followed is None:
        needs = (*(() if stands else _needs_of_mismatch(told)), *(() if told.followed else (NEED_FOLLOWED,)))
        yield missing(case, code, needs)
    else:
        why = say("The observing Party left without a flight for a sensor that does not match.")
        yield _with_count(case, code, told, why, None, (told.followed,))


def _with_count(
    case: Case, code: str, told: Inspection, why: Text, effect: Effect | None, ends: tuple[Followed, ...]
) -> Finding:
    """Judge that no flight was counted where the inspection ended in one of the ways that cost nobody quota."""
    bearer = effect.who if effect else None
    if told.followed not in ends:
        return draft(case, code, Verdict.OK, sourced(why, told.source), bearer=bearer, effect=effect)
    if told.counted is None:
        return missing(case, code, (NEED_COUNTED,), bearer)
    if told.counted:
        words = say("{why} A flight was counted against a quota all the same.", why=why)
        return draft(case, code, Verdict.BREACH, sourced(words, told.source), bearer=bearer)
    words = say("{why} No flight was counted against a quota.", why=why)
    return draft(case, code, Verdict.OK, sourced(words, told.source), bearer=bearer, effect=effect)


def _took_place(case: Case, told: Inspection) -> bool:
    """Tell whether what was found, what was left or what the events list shows that there was an inspection."""
    found = told.mismatch is not None or told.removal_shown is not None
    return found or case.happened("inspection_begun", "inspection_ended", "inspectors_left")


def _refused(told: Inspection) -> bool:
    """Tell whether no inspection took place, so that nothing can follow from it."""
    return told.permitted is False


def _stands(told: Inspection) -> bool | None:
    """Tell whether something was found that does not match and could not be shown to match; ``None``: not known."""
    if told.mismatch is False or told.conformity_shown:
        return False
    return None if told.mismatch is None or told.conformity_shown is None else True


def _needs_of_mismatch(told: Inspection) -> tuple[Text, ...]:
    return (NEED_MISMATCH,) if told.mismatch is None else (NEED_CONFORMITY,)


def _all_off() -> Text:
    return say("It was shown that all inspection equipment is off the aircraft.")


def _doubt() -> Text:
    return say("It was not shown that all inspection equipment is off the aircraft.")


def _unsettled() -> Text:
    return say("The inspectors found something that does not match, and the contrary was not shown.")


def _in_order() -> Text:
    return say("Nothing that the inspection found stands against the aircraft and its sensors.")
