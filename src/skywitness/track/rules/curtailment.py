"""A flight cut short: by what right, whether it counts, and who keeps the data (VIII.II.4 to 6)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED
from skywitness.route.rules.drafting import NEED_PROVIDER
from skywitness.track.comparison import FixState
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, draft, may_raise, not_applicable

_NEED_REASON = say("why the flight was cut short ([curtailment] of the flight log)")


@provision("OS:VIII.II.4")
@provision("OS:VIII.II.5")
@provision("OS:VIII.II.5(A)")
@provision("OS:VIII.II.5(B)")
@provision("OS:VIII.II.5(C)")
@provision("OS:VIII.II.5(D)")
def counts_against_quotas(flight: Flight) -> Iterator[Finding]:
    """Tell whether the flight was cut short, by what right, and whether it counts against the quotas of both sides."""
    curtailed = flight.seen.curtailed
    share = 100.0 * flight.seen.flown_share
    if curtailed is None:
        why = say("The track does not show whether the flight was flown to its end; it shows {share:.0f} % of the "
                  "planned path.", share=share)  # fmt: skip
        if not any(fix.state is FixState.PASSED for fix in flight.seen.fixes):
            why = say("No fix of the plan was seen passed, so whether the flight was cut short cannot be told.")
        yield cannot_tell(flight, "OS:VIII.II.5", why, (NEED_TRACK,), measured=share, unit="%")
        return
    if not curtailed:
        why = say("The flight was not cut short; {share:.0f} % of the planned path were flown.", share=share)
        yield not_applicable(flight, "OS:VIII.II.5", why, measured=share, unit="%")
        return
    short = say("The flight ended after {fix}; {share:.0f} % of the planned path were flown.", fix=_last(flight),
                share=share)  # fmt: skip
    yield _by_right(flight, short)
    yield _counts(flight, short, share)


def _last(flight: Flight) -> str:
    return max((fix for fix in flight.seen.fixes if fix.state is FixState.PASSED), key=lambda fix: fix.number).fix.ident


def _end(flight: Flight) -> Where:
    track = flight.seen.track
    lon, lat = track.at(len(track) - 1)
    return Where(None, lon, lat, track.time_utc(len(track) - 1))


def _by_right(flight: Flight, short: Text) -> Finding:
    noted = flight.log.curtailment
    code = "OS:VIII.II.4"
    if noted is None:
        why = say("{short} Why, nobody has said.", short=short)
        return cannot_tell(flight, code, why, (_NEED_REASON,), where=_end(flight))
    if noted.reason == "sensor_malfunction":
        why = say("{short} The observing Party may do so because a sensor failed.", short=short)
        right = Effect(flight.observing, "may", say("cut the flight short because a sensor failed"))
        return draft(flight, code, Verdict.OK, why, bearer=flight.observing, effect=right, where=_end(flight))
    if noted.reason == "technical":
        why = say("{short} The pilot may do so for technical trouble.", short=short)
        what = say("cut the flight short, by the pilot in command, for technical trouble that affects safety")
        return draft(flight, code, Verdict.OK, why, effect=Effect(flight.flying, "may", what), where=_end(flight))
    if noted.reason in ("medical", "force_majeure", "weather"):
        why = say("{short} It follows from a deviation that VIII.II.1 permits.", short=short)
        return not_applicable(flight, code, why)
    why = say("{short} The reason noted is none for which the text gives a right to it.", short=short)
    return cannot_tell(flight, code, why, (_NEED_REASON,), where=_end(flight))


def _open(flight: Flight) -> tuple[Text, Text] | None:
    """Say why it is open whether a flight cut short has to count, and what would settle it; ``None``: it is not."""
    noted = flight.log.curtailment
    if noted is None or noted.reason == "other":
        return say("Whether it counts depends on the cause."), _NEED_REASON
    if noted.reason in ("sensor_malfunction", "technical") and flight.context.provider is None:
        return say("Whether it counts depends on who provided the aircraft."), NEED_PROVIDER
    if noted.reason == "medical" and noted.person is None:
        need = say("who had the medical emergency (curtailment.person of the flight log)")
        return say("Whether it counts depends on who fell ill."), need
    return None


def _counts(flight: Flight, short: Text, share: float) -> Finding:
    """Judge whether a flight cut short counts: it does, but for four causes on the observed Party's side."""
    code, where, open_ = "OS:VIII.II.5", _end(flight), _open(flight)
    if open_ is not None:
        why = say("{short} {open}", short=short, open=open_[0])
        return cannot_tell(flight, code, why, (open_[1],), measured=share, unit="%", where=where)
    letter = _exception(flight)
    if letter is not None:
        why = say("{short} The cause lies with the observed Party or with nobody, so the observing Party decides.",
                  short=short)  # fmt: skip
        what = say("decide whether the flight counts against the quotas of both Parties")
        effect = Effect(flight.observing, "may", what)
        return draft(flight, f"{code}({letter})", Verdict.OK, why, bearer=flight.observing, effect=effect,
                     measured=share, unit="%", where=where)  # fmt: skip
    what = say("count the flight against the quotas of both Parties (VIII.II.5)")
    effect = Effect(flight.observing, "must", what)
    if flight.log.counted is False:
        why = say("{short} It has to count against the quotas of both Parties, but it was not counted.", short=short)
        return draft(flight, code, Verdict.BREACH, why, bearer=flight.observing, effect=effect, measured=share,
                     unit="%", where=where)  # fmt: skip
    why = say("{short} It counts against the quotas of both Parties.", short=short)
    return draft(flight, code, Verdict.OK, why, effect=effect, measured=share, unit="%", where=where)


def _exception(flight: Flight) -> str | None:
    """Name the exception of VIII.II.5 that applies."""
    noted, theirs = flight.log.curtailment, flight.context.provider == OBSERVED
    if noted is None:
        return None
    if noted.reason == "medical" and noted.person in ("observed_crew", "flight_monitor"):
        return "C"
    ours = {"sensor_malfunction": "A", "technical": "B"}
    if noted.reason in ours:
        return ours[noted.reason] if theirs else None
    return "D" if noted.reason == "force_majeure" else None


@provision("OS:VIII.II.6")
def data_kept_if_counted(flight: Flight) -> Iterator[Finding]:
    """Judge whether the observing Party keeps the data: it may only if the flight counts."""
    code, log = "OS:VIII.II.6", flight.log
    if flight.seen.curtailed is False and log.counted is not False:
        why = say("Nothing shows that the flight was cut short, so nothing puts in doubt that it counts.")
        yield not_applicable(flight, code, why)
        return
    settled = flight.seen.curtailed is True and _open(flight) is None and _exception(flight) is None
    counted = True if settled and log.counted is None else log.counted
    if counted:
        why = say("The flight counts, so the observing Party keeps the data.")
        yield draft(flight, code, Verdict.OK, why, bearer=flight.observing)
    elif counted is None or log.data_retained is None:
        why = say("Whether the observing Party may keep the data depends on whether it lets the flight count.")
        if flight.seen.curtailed is None:
            why = say("Whether the observing Party may keep the data depends on whether the flight was cut short and "
                      "counts.")  # fmt: skip
        needs = (say("whether the flight is counted, and whether the data were kept (counted, data_retained of the "
                     "flight log)"),)  # fmt: skip
        yield cannot_tell(flight, code, why, needs, bearer=flight.observing)
    elif log.data_retained:
        why = say("The flight does not count, but the observing Party keeps the data.")
        yield draft(flight, code, Verdict.BREACH, why, bearer=flight.observing, effect=may_raise(flight))
    else:
        why = say("The flight does not count, and the observing Party has not kept the data.")
        yield draft(flight, code, Verdict.OK, why, bearer=flight.observing)
