"""Parties: who may fly over whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.route.rules.plans import (
    check_whole,
    flight,
    make,
    make_plan,
    only,
    verdicts,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.route.check import check
from skywitness.route.rules.parties import (
    benelux_acts_as_one,
    group_acts_as_one,
    later_party,
    observed_is_party,
    observing_is_party,
    treaty_in_force,
    withdrawal,
)

D = dt.date


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(D(1992, 3, 24), "breach"), (D(2001, 12, 31), "breach"), (D(2002, 1, 1), "ok"), (D(2030, 1, 1), "ok")],
)
def test_treaty_in_force(day: dt.date, verdict: str) -> None:
    """XVII.2: the Treaty is in force from 1 January 2002 on."""
    finding = only(treaty_in_force(flight("SWE", "DEU", day)))
    assert finding.verdict == verdict
    assert ("another day" in str(finding.why)) is True


def test_a_reading_of_the_day_itself_says_nothing_of_another() -> None:
    """XVII.2: only a reading of another day than that of the flight is remarked on."""
    assert "another day" not in str(only(treaty_in_force(make())).why)


@pytest.mark.parametrize(
    ("who", "day", "verdict", "says"),
    [
        ("DEU", D(2015, 1, 1), "ok", "is a Party"),
        ("USA", D(2020, 11, 21), "ok", "is a Party"),
        ("USA", D(2020, 11, 22), "breach", "left on 2020-11-22"),
        ("RUS", D(2021, 12, 18), "breach", "left on 2021-12-18"),
        ("EST", D(2005, 1, 1), "breach", "became one later"),
        ("KGZ", D(2015, 1, 1), "breach", "has not ratified"),
        ("CYP", D(2015, 1, 1), "breach", "has not acceded"),
        ("CHE", D(2015, 1, 1), "breach", "never"),
        ("BLR-RUS", D(2021, 12, 17), "ok", "counted as one"),
        ("BLR-RUS", D(2021, 12, 18), "breach", "ended on 2021-12-18"),
        ("BENELUX", D(2015, 1, 1), "ok", "counted as one"),
        ("XXX", D(2015, 1, 1), "breach", "never"),
    ],
)
def test_who_is_a_party(who: str, day: dt.date, verdict: str, says: str) -> None:
    """III.I.1 and III.I.2: only a State that is a Party on the day observes, or has to accept a flight."""
    observing = only(observing_is_party(flight(who, "DEU" if who != "DEU" else "FRA", day)))
    observed = only(observed_is_party(flight("FRA", who, day, who)))
    assert (observing.verdict, observed.verdict) == (verdict, verdict)
    assert says in str(observing.why)
    assert bool(observing.values) is (who not in ("CHE", "XXX"))
    assert all(value.source for value in observing.values)
    if verdict == "breach":
        assert observing.effect is not None


def test_every_state_overflown_is_judged() -> None:
    """III.I.2: a State overflown beside the observed Party has to be a Party too."""
    found = [check_whole(one) for one in observed_is_party(flight("FRA", "POL", D(2015, 1, 1), "POL", "UKR", "ARM"))]
    assert verdicts(found) == ["ok", "ok", "breach"]


def test_nobody_observes_himself() -> None:
    """III.I.1, III.II.3(C): neither a State nor a group observes itself."""
    assert verdicts(observing_is_party(flight("DEU", "DEU", D(2015, 1, 1)))) == ["ok", "breach"]
    own = verdicts(group_acts_as_one(flight("BLR-RUS", "BLR-RUS", D(2015, 1, 1), "RUS")))
    assert own == ["ok", "ok", "breach"]
    member = verdicts(group_acts_as_one(flight("RUS", "BLR", D(2015, 1, 1))))
    assert member == ["breach", "ok", "breach"]
    deemed = only(list(observing_is_party(flight("BEL", "NLD", D(2015, 1, 1))))[1:])
    assert (deemed.verdict, deemed.bearer) == (Verdict.BREACH, "BENELUX")


@pytest.mark.parametrize(
    ("observing", "observed", "day", "verdict"),
    [
        ("DEU", "POL", D(2015, 1, 1), ["not_applicable"]),
        ("USA", "DEU", D(2020, 5, 21), ["not_applicable"]),
        ("USA", "DEU", D(2020, 5, 22), ["ok"]),
        ("USA", "DEU", D(2020, 11, 22), ["breach"]),
        ("DEU", "BLR-RUS", D(2021, 7, 1), ["ok"]),
        ("DEU", "RUS", D(2021, 12, 18), ["breach"]),
    ],
)
def test_withdrawal(observing: str, observed: str, day: dt.date, verdict: list[str]) -> None:
    """XV.2: a notice changes nothing until it takes effect six months later."""
    found = [check_whole(one) for one in withdrawal(flight(observing, observed, day))]
    assert verdicts(found) == verdict


@pytest.mark.parametrize(
    ("day", "hour", "reading", "verdict"),
    [
        (D(2021, 12, 17), 8, None, "ok"),  # ends the same day
        (D(2021, 12, 17), 23, None, "breach"),  # ends on the day of the withdrawal
        (D(2021, 12, 17), 23, D(2021, 11, 1), "ok"),  # a reading of another day says nothing of that night
    ],
)
def test_a_withdrawal_on_the_way(day: dt.date, hour: int, reading: dt.date | None, verdict: str) -> None:
    """XV.2: a flight that is still in the air when a withdrawal takes effect is over, or by, no Party at its end."""
    plan = make_plan(at=dt.datetime.combine(day, dt.time(hour), dt.UTC), observing="DEU", observed="BLR-RUS")
    plan = replace(plan, overflown=("RUS",))
    assert only(withdrawal(make(plan, reading=Reading(at=reading or day)))).verdict == verdict


@pytest.mark.parametrize(
    ("commences", "legs", "verdict"),
    [
        (dt.datetime(1900, 1, 1, tzinfo=dt.UTC), None, "breach"),
        (dt.datetime(2001, 12, 31, 20, tzinfo=dt.UTC), None, "breach"),
        (dt.datetime(2002, 1, 1, 8, tzinfo=dt.UTC), None, "ok"),
        (dt.datetime(2019, 6, 1, 8, tzinfo=dt.UTC), dt.datetime(1999, 6, 1, 8, tzinfo=dt.UTC), "breach"),
    ],
)
def test_nobody_flew_before_the_treaty(commences: dt.datetime, legs: dt.datetime | None, verdict: str) -> None:
    """XVII.2: a flight, or a leg of it, before the entry into force is a breach under a reading of any day."""
    plan = replace(make_plan(at=legs or commences), commencement_utc=commences)
    finding = only(treaty_in_force(make(plan, reading=Reading(at=D(2019, 6, 1)))))
    assert finding.verdict == verdict
    assert (finding.where is not None) is (verdict == "breach")


def test_a_plan_with_a_century_in_it_passes_nowhere() -> None:
    """XVII.2, VI.II.4(F): a commencement in 1900 with legs in 2019 is a breach, not an open question."""
    plan = replace(make_plan(), commencement_utc=dt.datetime(1900, 1, 1, tzinfo=dt.UTC))
    found = {one.provision for one in check(plan, None, Reading(at=D(2019, 6, 1))) if one.verdict is Verdict.BREACH}
    assert {"OS:XVII.2", "OS:VI.II.4(F)"} <= found


def test_what_was_known_then() -> None:
    """XV.2: on what was known in January 2020 nobody had given notice."""
    plan = replace(make_plan(), observing="USA")
    context = make(plan, reading=Reading(at=D(2020, 11, 23), known=D(2020, 1, 31)))
    assert verdicts(withdrawal(context)) == ["not_applicable"]
    assert only(observing_is_party(context)).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("day", "verdict"), [(D(2002, 8, 26), "breach"), (D(2002, 8, 27), "ok"), (D(2015, 1, 1), "ok")]
)
def test_a_later_party(day: dt.date, verdict: str) -> None:
    """XVII.6: for Sweden the Treaty is in force 60 days after its deposit."""
    assert only(later_party(flight("SWE", "DEU", day))).verdict == verdict
    assert only(later_party(flight("FRA", "DEU", day))).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("observing", "observed", "benelux", "group"),
    [
        ("BENELUX", "UKR", ["ok"], ["not_applicable"]),
        ("NLD", "UKR", ["ok"], ["not_applicable"]),  # deemed one Party, under whatever name
        ("DEU", "BEL", ["ok"], ["not_applicable"]),
        ("DEU", "BLR-RUS", ["not_applicable"], ["ok"]),
        ("DEU", "RUS", ["not_applicable"], ["ok"]),  # III.II.3(D): over a member
        ("RUS", "DEU", ["not_applicable"], ["breach"]),  # III.II.3(C): on behalf of the group
        ("BLR-RUS", "BENELUX", ["ok"], ["ok"]),
    ],
)
def test_groups_are_named_rightly(observing: str, observed: str, benelux: list[str], group: list[str]) -> None:
    """XIV.1, III.II.3(C): Benelux counts as one Party by any name; a common quota is flown on behalf of the group."""
    context = flight(observing, observed, D(2015, 6, 1))
    found = list(benelux_acts_as_one(context))
    assert verdicts(found) == benelux
    assert [one.effect.who for one in found if one.effect] == ["BENELUX"] * benelux.count("ok")
    assert verdicts(group_acts_as_one(context)) == group


def test_after_the_group_its_members_act_alone() -> None:
    """III.II.3(C): from 18 December 2021 on Belarus acts in its own name."""
    assert verdicts(group_acts_as_one(flight("BLR", "DEU", D(2021, 12, 18)))) == ["not_applicable"]
