"""Rules for flown tracks, one thing changed at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest
from tests.route.rules.plans import agreement, check_whole, drawn, full_facts, make_plan, only, verdicts, with_aircraft
from tests.track.flights import PLAN, A, B, C, D, at, findings, fly

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.terrain import Height
from skywitness.route.facts import Facts
from skywitness.track.flight_log import Curtailment, FlightLog, NotedDeviation, SensorOn
from skywitness.track.model import HeightKind

ASIDE = (A, (9.0, 51.6), (9.0, 50.9), C, D)
"""Round the first fix, 100 km to the west of it."""

LITTLE = (A, B, (10.25, 51.0), C, D)
"""Some 17 km to the west between the fixes."""

OUT = (NotedDeviation(at(0), at(120), "weather"),)


def noted(reason: str, permitted: bool | None = None) -> FlightLog:
    """A log with one deviation."""
    return FlightLog(deviations=(NotedDeviation(at(0), at(120), reason, permitted),))


def ran(*minutes: tuple[float, float], **more: object) -> FlightLog:
    """A log of the times in which the camera ran."""
    return FlightLog(sensors_on=tuple(SensorOn("CAM", at(a), at(b)) for a, b in minutes), **more)  # type: ignore[arg-type]


def test_a_flight_as_planned_keeps_its_path() -> None:
    """All fixes in order, no deviation, no crossing, no circle, the distance within the limit."""
    for code in ("OS:VI.II.4(F)", "OS:VI.II.4(A)", "OS:VIII.II.3"):
        assert only(findings((A, B, C, D), code)).verdict is Verdict.OK
    assert verdicts(findings((A, B, C, D), "OS:VI.II.4(G)")) == ["ok", "ok"]
    assert verdicts(findings((A, B, C, D), "OS:VIII.II.1")) == ["not_applicable"]


@pytest.mark.parametrize(
    ("reason", "code", "verdict"),
    [
        ("weather", "OS:VIII.II.1(A)", "ok"),
        ("technical", "OS:VIII.II.1(B)", "ok"),
        ("medical", "OS:VIII.II.1(C)", "ok"),
        ("force_majeure", "OS:VIII.II.1(D)", "ok"),
        ("none", "OS:VIII.II.1", "breach"),
    ],
)
def test_a_deviation_is_judged_by_its_reason(reason: str, code: str, verdict: str) -> None:
    """Each reason has its provision; the same reason decides on the fix left out and on the way added."""
    finding = check_whole(only(findings(ASIDE, code, noted(reason))))
    assert finding.verdict.value == verdict
    who = "SWE" if verdict == "ok" else "DEU"
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == (who, "may")
    assert only(findings(ASIDE, "OS:VI.II.4(F)", noted(reason))).verdict.value == verdict
    added = only(findings(ASIDE, "OS:VIII.II.7", noted(reason)))
    assert added.verdict is (Verdict.OK if verdict == "ok" else Verdict.NOT_APPLICABLE)
    assert (added.effect is not None) == (verdict == "ok")
    assert isinstance(added.measured, float)
    assert 25.0 < added.measured < 40.0


def test_what_permits_every_deviation_keeps_the_paragraph() -> None:
    """Where each deviation has its ground in VIII.II.1, that paragraph is kept as a whole; where one has none, not."""
    twice = (A, B, (10.25, 51.0), C, (10.614, 49.6), (10.2, 49.2), D)
    good = NotedDeviation(at(10), at(35), "weather"), NotedDeviation(at(35), at(120), "medical")
    found = findings(twice, "OS:VIII.II.1", FlightLog(deviations=good))
    assert [(one.provision, one.verdict) for one in found] == [
        ("OS:VIII.II.1(A)", Verdict.OK),
        ("OS:VIII.II.1(C)", Verdict.OK),
        ("OS:VIII.II.1", Verdict.OK),
    ]
    bad = findings(twice, "OS:VIII.II.1", FlightLog(deviations=(good[0], replace(good[1], reason="none"))))
    assert [(one.provision, one.verdict) for one in bad][1:] == [("OS:VIII.II.1", Verdict.BREACH)]


def test_an_unexplained_deviation_cannot_be_told() -> None:
    """Without a log nobody knows why; with an empty list of deviations none was told on board."""
    assert only(findings(ASIDE, "OS:VIII.II.1")).verdict is Verdict.CANNOT_TELL
    assert only(findings(ASIDE, "OS:VIII.II.1", FlightLog(deviations=()))).verdict is Verdict.BREACH


@pytest.mark.parametrize(
    ("log", "verdict"),
    [
        (FlightLog(), "ok"),
        (ran((0, 4)), "ok"),
        (ran((0, 60)), "cannot_tell"),
        (ran((0, 60), prohibited=()), "ok"),
        (ran((0, 60), prohibited=(SensorOn("", at(0), at(60)),)), "breach"),
        (ran((0, 4), prohibited=(SensorOn("", at(0), at(60)),)), "ok"),
        (FlightLog(prohibited=(SensorOn("", at(0), at(60)),)), "cannot_tell"),
    ],
)
def test_beyond_fifty_km_a_right_arises(log: FlightLog, verdict: str) -> None:
    """Passing the line breaks nothing: it gives the observed Party a right; running a sensor against it is a breach."""
    finding = only(findings(ASIDE, "OS:VIII.II.3", log))
    assert finding.verdict.value == verdict
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
    assert finding.where is not None
    assert finding.where.end_time_utc is not None
    assert finding.margin is not None
    assert finding.margin < -20.0


def test_within_fifty_km_no_right_arises() -> None:
    """A deviation of less than 50 km gives no right; with positions as uncertain as that nobody can tell."""
    assert only(findings(LITTLE, "OS:VIII.II.3")).effect is None
    unsure = FlightLog(position_error_m=20_000.0)
    near = (A, B, (9.95, 51.0), C, D)
    assert only(findings(near, "OS:VIII.II.3", unsure)).verdict is Verdict.CANNOT_TELL


def test_a_gap_may_hide_a_deviation() -> None:
    """In a gap of half an hour the aircraft may have been anywhere within the bound that its speed sets."""
    hidden = fly((A, B, C, D), hide=(18.0, 48.0))
    found = findings(hidden, "OS:VIII.II.3")
    assert verdicts(found) == ["cannot_tell"]
    assert verdicts(findings(fly((A, B, C, D), hide=(18.0, 21.0)), "OS:VIII.II.3")) == ["ok"]


def test_the_way_flown_is_measured_against_the_maximum() -> None:
    """Beyond 1,200 km from Wunstorf is a breach; what a permitted deviation added does not count."""
    far = (A, B, (14.0, 51.6), (6.0, 51.5), (10.2, 50.9), C, D)
    assert only(findings(far, "OS:VI.II.4(A)", FlightLog(deviations=()))).verdict is Verdict.BREACH
    assert only(findings(far, "OS:VI.II.4(A)")).verdict is Verdict.CANNOT_TELL
    assert only(findings(far, "OS:VI.II.4(A)", noted("weather"))).verdict is Verdict.OK


def test_crossing_and_circling() -> None:
    """A loop off the path crosses it and circles; a permitted deviation makes it lawful, an agreement too."""
    loop = (A, B, (10.5, 50.9), (10.6, 50.85), (10.62, 50.95), (10.4, 50.95), (10.5, 50.85), C, D)
    found = findings(loop, "OS:VI.II.4(G)", FlightLog(deviations=()))
    assert {"breach"} == set(verdicts(found))
    agreed = full_facts(agreements=(agreement("OS:VI.II.4(G)"),))
    assert {"ok"} == set(verdicts(findings(loop, "OS:VI.II.4(G)", facts=agreed)))


def test_a_second_pass_is_another_reading() -> None:
    """Under the milder reading a crossing away from every fix is none."""
    wide = (A, B, (10.5, 51.0), (11.6, 50.8), (11.4, 51.15), (9.9, 50.95), C, D)
    strict = findings(wide, "OS:VI.II.4(G)", FlightLog(deviations=()))
    assert "breach" in verdicts(strict)
    second = Reading(PLAN.reading.at, interpretations=MappingProxyType({"VI.II.4(G)": "second_pass"}))
    mild = replace(PLAN, reading=second)
    passes = [one for one in findings(wide, "OS:VI.II.4(G)", plan=mild) if one.unit == "passes"]
    assert not [one for one in passes if one.verdict is not Verdict.OK]


@pytest.mark.parametrize(
    ("kind", "height_m", "log", "verdict"),
    [
        (HeightKind.AMSL, 3200.0, ran((20, 40)), "ok"),
        (HeightKind.AMSL, 2500.0, ran((20, 40)), "breach"),
        (HeightKind.AMSL, 2660.0, ran((20, 40)), "cannot_tell"),
        (HeightKind.AMSL, 2500.0, ran((70, 71)), "cannot_tell"),
        (HeightKind.PRESSURE, 3200.0, ran((20, 40)), "cannot_tell"),
        (HeightKind.PRESSURE, 3200.0, ran((20, 40), qnh_hpa=1013.0, isa_deviation_c=0.0), "ok"),
        (HeightKind.PRESSURE, 2700.0, ran((20, 40), qnh_hpa=980.0, isa_deviation_c=-20.0), "breach"),
        (HeightKind.ELLIPSOIDAL, 2800.0, ran((20, 40), geoid_m=45.0), "ok"),
        (HeightKind.ELLIPSOIDAL, 2680.0, ran((20, 40)), "cannot_tell"),
        (HeightKind.UNKNOWN, 2700.0, ran((20, 40)), "cannot_tell"),
    ],
)
def test_heights_while_the_sensor_ran(kind: HeightKind, height_m: float, log: FlightLog, verdict: str) -> None:
    """Above ground (200 m as planned) the camera needs 2,450 m; the kind of height says how well that is known."""
    legs = tuple(replace(leg, height_m_agl=3000.0, height_m_amsl=3200.0) for leg in PLAN.legs)
    plan = replace(PLAN, legs=legs)
    finding = only(findings(fly((A, B, C, D), height_m=height_m, kind=kind), "OS:VI.II.4(D)", log, plan=plan))
    assert finding.verdict.value == verdict, str(finding.why)
    assert (finding.effect is not None) == (verdict == "breach")


def test_without_a_log_heights_are_measured_but_not_judged() -> None:
    """When sensors ran is only known from the plan, so nothing is kept or broken."""
    legs = tuple(replace(leg, height_m_agl=3000.0, height_m_amsl=3200.0) for leg in PLAN.legs)
    finding = only(findings((A, B, C, D), "OS:VI.II.4(D)", plan=replace(PLAN, legs=legs)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.measured == pytest.approx(3000.0, abs=1.0)
    assert only(findings((A, B, C, D), "OS:VI.II.4(D)", ran())).verdict is Verdict.NOT_APPLICABLE
    low = only(findings(fly((A, B, C, D), height_m=2000.0), "OS:VI.II.4(D)", plan=replace(PLAN, legs=legs)))
    assert (low.verdict, low.effect) == (Verdict.CANNOT_TELL, None)


def test_without_any_ground_only_the_extremes_can_be_told() -> None:
    """Where nobody knows the ground, a height is judged only if every ground on Earth gives the same answer."""
    bare = replace(PLAN, legs=tuple(replace(leg, height_m_agl=None, height_m_amsl=None) for leg in PLAN.legs))
    log = ran((20, 40))
    assert only(findings(fly((A, B, C, D), height_m=1500.0), "OS:VI.II.4(D)", log, plan=bare)).verdict is Verdict.BREACH
    high = fly((A, B, C, D), height_m=12_000.0)
    assert only(findings(high, "OS:VI.II.4(D)", log, plan=bare)).verdict is Verdict.OK
    assert only(findings((A, B, C, D), "OS:VI.II.4(D)", log, plan=bare)).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("log", "verdict"),
    [
        (ran((20, 34)), "breach"),
        (ran((2, 10)), "ok"),
        (ran((2, 15.5)), "cannot_tell"),
        (FlightLog(), "cannot_tell"),
        (ran((2, 10), (90, 120)), "cannot_tell"),
        (ran((2, 10), (90, 120), departure_utc=at(95)), "breach"),
        (ran((2, 10), (90, 120), departure_utc=at(119.5)), "cannot_tell"),
    ],
)
def test_sensors_in_transit(log: FlightLog, verdict: str) -> None:
    """On the second leg, a transit leg, no sensor may run, nor after the departure; a minute cannot be told.

    Between landing and departure it may run on the ground, where it is inspected.
    """
    plan = make_plan((A, B, C, D), transit=(2,))
    for code in ("OS:VII.3", "OS:IV.4"):
        found = findings((A, B, C, D), code, log, plan=plan)
        assert {one.verdict.value for one in found} == {verdict}, [str(one.why) for one in found]


def test_sensors_on_the_way_to_the_point_of_entry() -> None:
    """Before the arrival they may not run; after it, before the take-off, a demonstration may be what they ran for."""
    times = replace(full_facts().times, arrival_utc=at(-600))
    facts, theirs = replace(with_aircraft(provided_by="observing"), times=times), with_aircraft(provided_by="observed")
    for minutes, verdict in (((-700, -650), Verdict.BREACH), ((-500, -450), Verdict.CANNOT_TELL)):
        found = only(findings((A, B, C, D), "OS:VII.3", ran(minutes), facts))
        assert (found.verdict, found.effect is not None) == (verdict, verdict is Verdict.BREACH)
    own = only(findings((A, B, C, D), "OS:VII.3", ran((-700, -650)), replace(theirs, times=times)))
    assert own.verdict is Verdict.CANNOT_TELL


def test_near_a_state_that_is_no_party() -> None:
    """The flown path is judged like a planned one, with the error of positions added to that of the border."""
    view = drawn(0.5, DEU=(5.0, 46.0, 12.0, 56.0), AUT=(12.0, 46.0, 20.0, 56.0))
    near = (A, B, (11.95, 50.9), C, D)
    finding = only(findings(near, "OS:VI.II.2", view=view))
    assert finding.verdict is Verdict.BREACH
    assert finding.where is not None
    assert finding.where.time_utc is not None
    assert at(20) < finding.where.time_utc < at(60)
    edge = (A, B, (11.853, 50.9), C, D)
    assert only(findings(edge, "OS:VI.II.2", view=view)).verdict is Verdict.CANNOT_TELL
    assert only(findings((A, B, C, D), "OS:VI.II.2", view=view)).verdict is Verdict.OK
    hidden = fly((A, B, C, D), hide=(18.0, 60.0))
    assert "cannot_tell" in verdicts(findings(hidden, "OS:VI.II.2", view=view))
    assert only(findings((A, B, C, D), "OS:VI.II.2")).verdict is Verdict.CANNOT_TELL


SHORT = (A, B, C)


@pytest.mark.parametrize(
    ("noted", "provider", "code", "who"),
    [
        (Curtailment("sensor_malfunction"), "observing", "OS:VIII.II.5", "must"),
        (Curtailment("sensor_malfunction"), "observed", "OS:VIII.II.5(A)", "may"),
        (Curtailment("technical"), "observing", "OS:VIII.II.5", "must"),
        (Curtailment("technical"), "observed", "OS:VIII.II.5(B)", "may"),
        (Curtailment("medical", "flight_monitor"), "observing", "OS:VIII.II.5(C)", "may"),
        (Curtailment("medical", "other"), "observing", "OS:VIII.II.5", "must"),
        (Curtailment("force_majeure"), "observing", "OS:VIII.II.5(D)", "may"),
        (Curtailment("weather"), "observing", "OS:VIII.II.5", "must"),
    ],
)
def test_whether_a_flight_cut_short_counts(noted: Curtailment, provider: str, code: str, who: str) -> None:
    """It counts, but for four causes on the observed Party's side or on nobody's: then the observing Party decides."""
    log = FlightLog(curtailment=noted)
    finding = only(findings(SHORT, "OS:VIII.II.5", log, with_aircraft(provided_by=provider)))
    assert (finding.provision, finding.verdict) == (code, Verdict.OK)
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == ("SWE", who)
    kept = only(findings(SHORT, "OS:VIII.II.6", log, with_aircraft(provided_by=provider)))
    assert kept.verdict is (Verdict.OK if who == "must" else Verdict.CANNOT_TELL)


@pytest.mark.parametrize(
    ("noted", "facts"),
    [
        (Curtailment("sensor_malfunction"), with_aircraft(provided_by=None)),
        (Curtailment("technical"), with_aircraft(provided_by=None)),
        (Curtailment("medical"), with_aircraft(provided_by="observing")),
        (Curtailment("other"), with_aircraft(provided_by="observing")),
        (None, with_aircraft(provided_by="observing")),
    ],
)
def test_what_leaves_open_whether_a_flight_counts_leaves_open_who_keeps_the_data(
    noted: Curtailment | None, facts: Facts
) -> None:
    """Without cause, provider or patient neither can be told: the two provisions never part."""
    log = FlightLog(curtailment=noted, data_retained=True)
    for code in ("OS:VIII.II.5", "OS:VIII.II.6"):
        finding = only(findings(SHORT, code, log, facts))
        assert (finding.verdict, bool(finding.needs)) == (Verdict.CANNOT_TELL, True)


def test_who_does_not_count_what_must_count_breaks_the_rule() -> None:
    """The observing Party may decide only in the four cases; in no other may it leave the flight uncounted."""
    facts = with_aircraft(provided_by="observing")
    log = FlightLog(curtailment=Curtailment("weather"), counted=False, data_retained=True)
    assert only(findings(SHORT, "OS:VIII.II.5", log, facts)).verdict is Verdict.BREACH
    assert only(findings(SHORT, "OS:VIII.II.6", log, facts)).verdict is Verdict.BREACH
    may = FlightLog(curtailment=Curtailment("force_majeure"), counted=False)
    assert only(findings(SHORT, "OS:VIII.II.5", may, facts)).verdict is Verdict.OK


def test_a_whole_flight_that_was_not_counted_leaves_no_data() -> None:
    """That data are kept only from flights that count holds for flights flown to their end too."""
    for retained, verdict in ((True, Verdict.BREACH), (False, Verdict.OK), (None, Verdict.CANNOT_TELL)):
        log = FlightLog(counted=False, data_retained=retained)
        assert only(findings((A, B, C, D), "OS:VIII.II.6", log)).verdict is verdict
    assert only(findings((A, B, C, D), "OS:VIII.II.6", FlightLog(counted=True))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("noted", "verdict"),
    [
        (None, "cannot_tell"),
        (Curtailment("sensor_malfunction"), "ok"),
        (Curtailment("technical"), "ok"),
        (Curtailment("weather"), "not_applicable"),
        (Curtailment("other"), "cannot_tell"),
    ],
)
def test_by_what_right_a_flight_is_cut_short(noted: Curtailment | None, verdict: str) -> None:
    """A failed sensor gives the observing Party the right, technical trouble the pilot; other causes give none."""
    facts = with_aircraft(provided_by="observed")
    finding = only(findings(SHORT, "OS:VIII.II.4", FlightLog(curtailment=noted), facts))
    assert finding.verdict.value == verdict
    whose = {"sensor_malfunction": "SWE", "technical": "DEU"}.get("" if noted is None else noted.reason)
    assert (finding.effect and finding.effect.who) == whose


@pytest.mark.parametrize(
    ("counted", "retained", "verdict"),
    [(True, True, "ok"), (False, False, "ok"), (False, True, "breach"), (None, True, "cannot_tell")],
)
def test_data_are_kept_only_if_the_flight_counts(counted: bool | None, retained: bool, verdict: str) -> None:
    """Who lets a flight not count may not keep what it brought."""
    log = FlightLog(curtailment=Curtailment("force_majeure"), counted=counted, data_retained=retained)
    assert only(findings(SHORT, "OS:VIII.II.6", log)).verdict.value == verdict


def test_a_track_that_ends_in_the_air_tells_nothing_of_the_end() -> None:
    """Whether the rest was flown, whether it counts, and how long it took cannot be told."""
    cut = fly(SHORT, landed=False)
    for code in ("OS:VIII.II.5", "OS:VIII.II.6", "OS:VI.II.4(F)", "OS:VI.I.9", "OS:VI.II.4(A)"):
        assert only(findings(cut, code)).verdict is Verdict.CANNOT_TELL


def test_times_of_the_mission() -> None:
    """96 hours to the landing, 24 to the departure; weather and airworthiness excuse a late one."""
    way = (A, B, C, D)
    assert only(findings(way, "OS:VI.I.9")).verdict is Verdict.OK
    late = full_facts(times=replace(full_facts().times, estimated_arrival_utc=at(0) - dt.timedelta(hours=96)))
    assert only(findings(way, "OS:VI.I.9", facts=late)).verdict is Verdict.BREACH
    longer = replace(late, demonstration_requested_by="observed")
    assert only(findings(way, "OS:VI.I.9", facts=longer)).verdict is Verdict.OK
    asked = replace(late, demonstration_requested_by=None)
    assert only(findings(way, "OS:VI.I.9", facts=asked)).verdict is Verdict.CANNOT_TELL
    for hours, verdict in ((20, Verdict.OK), (30, Verdict.CANNOT_TELL)):
        log = FlightLog(departure_utc=at(60.0 * hours))
        assert only(findings(way, "OS:VI.I.20", log)).verdict is verdict
    assert only(findings(way, "OS:VI.I.20")).verdict is Verdict.CANNOT_TELL


def test_a_track_that_ends_on_the_approach_shows_the_landing_to_a_quarter_of_an_hour() -> None:
    """Five minutes within 96 hours (or 24) cannot be told then; twenty can, and so can five after a landing seen."""
    approach, seen = fly((A, B, C, D), landed=False), fly((A, B, C, D))
    for minutes, verdict in ((5, Verdict.CANNOT_TELL), (20, Verdict.OK)):
        arrival = approach.track.time_utc(-1) + dt.timedelta(minutes=minutes) - dt.timedelta(hours=96)
        facts = full_facts(times=replace(full_facts().times, estimated_arrival_utc=arrival))
        assert only(findings(approach, "OS:VI.I.9", facts=facts)).verdict is verdict
        assert only(findings(seen, "OS:VI.I.9", facts=facts)).verdict is Verdict.OK
    landed = seen.track.time_utc(-1)
    leaves = FlightLog(departure_utc=landed + dt.timedelta(hours=24, minutes=5))
    late = only(findings(approach, "OS:VI.I.20", leaves))
    assert late.uncertainty is not None
    assert late.uncertainty > 0.1


def test_a_note_explains_a_deviation_only_if_it_covers_most_of_it() -> None:
    """One minute of weather does not excuse an hour; what is left without a reason cannot be told."""
    whole = only(findings(ASIDE, "OS:VIII.II.1(A)", FlightLog(deviations=OUT)))
    assert (whole.provision, whole.verdict) == ("OS:VIII.II.1(A)", Verdict.OK)
    brief = FlightLog(deviations=(NotedDeviation(at(10), at(11), "weather"),))
    short = only(findings(ASIDE, "OS:VIII.II.1", brief))
    assert (short.provision, short.verdict) == ("OS:VIII.II.1", Verdict.CANNOT_TELL)
    assert only(findings(ASIDE, "OS:VI.II.4(F)", brief)).verdict is Verdict.CANNOT_TELL


class Hill:
    """Ground at sea level with one hill of 2,000 m between two latitudes."""

    def highest_along(self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float) -> Height:
        """The hill where the line with its swath touches it."""
        half = half_width_km / 111.0
        on = min(lat1, lat2) - half <= 51.0 and max(lat1, lat2) + half >= 50.9
        return Height(2000.0 if on else 0.0, 0.0, lon1, lat1, "made up")

    def height_m(self, lon: float, lat: float) -> Height:
        """The hill between the latitudes."""
        return self.highest_along(lon, lat, lon, lat, 0.0)


@pytest.mark.parametrize(("over", "verdict"), [(51.3, Verdict.OK), (50.95, Verdict.BREACH)])
def test_the_lowest_point_is_not_set_against_a_hill_elsewhere(over: float, verdict: Verdict) -> None:
    """A dip to 3,300 m keeps the minimum of 2,450 m over the plain and breaks it only over the hill.

    Both lie within one piece of the track, which is what was measured at once.
    """
    minutes = 120.0 / 8.1 + (51.6 - over) * 111.2 / 8.1
    cleaned = fly((A, B, C, D), height_m=5000.0, step_km=0.4, dip=(minutes - 0.6, minutes + 0.6, 1700.0))
    finding = only(findings(cleaned, "OS:VI.II.4(D)", ran((15, 35)), terrain=Hill()))
    assert finding.verdict is verdict, str(finding.why)


def test_fixes_out_of_order() -> None:
    """Flying the second fix before the first is told as the wrong order, not as a fix left out."""
    swapped = (A, C, B, D)
    found = findings(swapped, "OS:VI.II.4(F)", FlightLog(deviations=()))
    assert "breach" in verdicts(found)
    assert any("not in its place" in str(one.why) for one in found)


def test_no_treaty_no_judgement() -> None:
    """On a day before the entry into force that is the only finding."""
    before = replace(PLAN, reading=Reading(dt.date(1999, 1, 1)))
    assert [one.provision for one in findings((A, B, C, D), "OS:XVII.2", plan=before)] == ["OS:XVII.2"]
    assert not findings((A, B, C, D), "OS:VI.II.4(F)", plan=before)
