"""Values of the law on a day, as scripts and people get them."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.dated import NotInForce, Outcome, Settled, Unsettled
from skywitness.core.errors import InputError, NotInForceError
from skywitness.law.distance import distance_qualifiers, maximum_flight_distance
from skywitness.law.instrument import instruments, load
from skywitness.law.planning import planning_value, sensor_value
from skywitness.law.quota import active_quota, passive_quota
from skywitness.law.show import law_show
from skywitness.law.value import law_value, require, used


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def brief(outcome: Outcome) -> str:
    """Write an outcome so that a table can hold it."""
    if isinstance(outcome, NotInForce):
        return "none"
    if isinstance(outcome, Settled):
        return f"{outcome.value} {outcome.status}"
    return "|".join([*(str(candidate.value) for candidate in outcome.candidates), *([] if outcome.exhaustive else "?")])


@pytest.mark.parametrize(
    ("airfield", "qualifier", "at", "expected"),
    [
        # The text alone, until its State left.
        ("KIAD", "", "2001-12-31", "none"),
        ("KIAD", "", "2002-01-01", "4900 text"),
        ("KIAD", "", "2020-11-21", "4900 text"),
        ("KIAD", "", "2020-11-22", "none"),
        ("UIUU", "", "2021-12-17", "5000 text"),
        ("UIUU", "", "2021-12-18", "none"),
        # A text value and another seen later.
        ("UUMB", "", "2002-01-01", "5000 text"),
        ("UUMB", "", "2005-06-01", "5000|5500"),
        ("UUMB", "", "2012-08-13", "5500 attested"),
        ("UUMB", "", "2019-09-12", "5500 attested"),
        ("UUMB", "", "2021-12-18", "none"),
        ("EGVN", "", "2010-01-01", "1150|2400"),
        ("EGVN", "", "2017-07-10", "2400 attested"),
        ("EGVN", "with Shetland Islands", "2017-07-10", "1500 text"),
        ("LEGT", "", "2015-03-01", "1800 attested"),
        ("LFOJ", "", "2016-01-01", "2078 attested"),
        # A text value seen again.
        ("EPWA", "", "2010-01-01", "1400 text"),
        ("LTBI", "", "2020-01-01", "1500 text"),
        # Never in the text.
        ("LQSA", "", "2019-05-11", "none"),
        ("LQSA", "", "2019-05-12", "720 attested"),
        ("LQSA", "", "2021-01-01", "720|750"),
        ("LQSA", "", "2024-06-01", "750 attested"),
        ("KGTF", "", "2019-09-20", "5130 attested"),
        ("KFFO", "", "2013-08-31", "none"),
        ("KFFO", "", "2013-09-30", "4900 attested"),
        # Used, but no source gives the distance.
        ("UHHH", "", "2019-03-01", "?"),
        ("UNNT", "", "2016-01-01", "?"),
        ("UKOO", "", "2018-01-01", "?"),
        # Portions of one State with a distance of their own.
        ("EKVL", "", "2003-01-01", "800 text"),
        ("EKVL", "Greenland", "2003-01-01", "5600 text"),
        ("EKYT", "Greenland", "2016-09-12", "5600 attested"),
        # Unchecked recollection stays one.
        ("EDDK", "", "2022-01-01", "1300 recollection"),
        ("KSTJ", "", "2019-06-01", "4800 recollection"),
        # Two codes of one airfield, and an airfield that is none.
        ("EBMB", "", "2010-01-01", "945 text"),
        ("EDDM", "", "2010-01-01", "none"),
    ],
)
def test_how_far_a_flight_may_go(airfield: str, qualifier: str, at: str, expected: str) -> None:
    """The table is Annex A and what was seen after it."""
    assert brief(maximum_flight_distance(airfield, day(at), qualifier=qualifier)) == expected


def test_what_was_known_of_a_distance() -> None:
    """In 2010 nobody outside had seen 5,500 km from Kubinka, so the text stood alone."""
    assert brief(maximum_flight_distance("UUMB", day("2010-01-01"), day("2010-01-01"))) == "5000 text"


def test_separate_distances_of_an_airfield_are_listed() -> None:
    """A planner can ask which others there are."""
    assert distance_qualifiers("EGQL") == ("with Scilly Islands", "with Shetland Islands")
    assert distance_qualifiers("EKVL") == ("Faroe Islands", "Greenland")
    assert distance_qualifiers("UUMB") == ()


def test_no_claim_of_one_party_is_stored_as_law() -> None:
    """The 500 km over Kaliningrad and the 900 km over Hawaii stand in no annex; others may have such figures."""
    with_value = {
        value: {row.subject for rows in load().entries.values() for row in rows if row.dated.claim == (value, "km")}
        for value in (500, 900)
    }
    assert with_value[500] == {"LJLJ"}
    assert with_value[900] == {"LGTS", "LGEL", "LROP", "LRTR", "LRBC"}


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [
        ("USA", "2019-01-01", "42 text"),
        ("USA", "2020-11-22", "none"),
        ("BLR-RUS", "2019-09-12", "42 text"),
        ("RUS", "2019-09-12", "42 text"),
        ("BLR", "2019-09-12", "42 text"),
        ("BLR-RUS", "2021-12-18", "none"),
        ("RUS", "2021-12-18", "none"),
        ("BLR", "2021-12-18", "?"),
        ("LUX", "2010-01-01", "6 text"),
        ("BENELUX", "2010-01-01", "6 text"),
        ("CZE", "2010-01-01", "4 recollection"),
        ("GEO", "2010-01-01", "4 recollection"),
        ("EST", "2017-06-27", "4 recollection"),
        ("EST", "2017-06-28", "4 attested"),
        ("EST", "2005-07-22", "none"),
        ("KGZ", "2010-01-01", "none"),
        ("CYP", "2010-01-01", "none"),
    ],
)
def test_how_many_flights_a_party_accepts(code: str, at: str, expected: str) -> None:
    """A member's quota is that of its group; what is not found is not zero."""
    assert brief(passive_quota(code, day(at))) == expected


@pytest.mark.parametrize(
    ("pair", "at", "expected"),
    [
        ("DEU>BLR-RUS", "2003-12-31", "3 text"),
        ("DEU>RUS", "2003-12-31", "3 text"),
        ("RUS>NLD", "2003-12-31", "2 text"),
        ("DEU>BLR-RUS", "2004-01-01", "none"),
        ("DEU>FRA", "2003-01-01", "none"),
        ("SWE>FIN", "2003-07-20", "none"),
        ("SWE>FIN", "2003-07-21", "1 decision"),
        ("CAN>CSK", "2002-01-01", "1 text"),
        ("CAN>CZE", "2002-01-01", "?"),
    ],
)
def test_how_many_flights_one_party_may_make_over_another(pair: str, at: str, expected: str) -> None:
    """The first distribution and the one public decision after it."""
    assert brief(active_quota(pair, day(at))) == expected


def test_every_party_has_a_passive_quota_or_a_named_gap() -> None:
    """On any day a Party's quota is settled or known to be unknown; never simply absent."""
    from skywitness.law.parties import parties_on

    for at in ("2002-01-01", "2006-01-01", "2015-01-01", "2020-11-22", "2021-12-18", "2026-01-01"):
        for code in parties_on(day(at)):
            assert not isinstance(passive_quota(code, day(at)), NotInForce), (code, at)


def test_a_value_is_told_with_its_source_and_days() -> None:
    """What scripts get of a settled value."""
    told = law_value("open-skies", "maximum_flight_distance", "uumb", day("2002-01-01")).to_json()
    assert told["value"] == 5000
    assert (told["subject"], told["unit"], told["from"], told["to"]) == ("UUMB", "km", "2002-01-01", None)
    assert (told["attested"], told["candidates"], told["verdict"]) == ([], [], None)
    assert told["status"] == "text"
    assert told["source"] == "OS Annex A, Section III"


def test_an_unsettled_value_is_null_with_a_verdict_and_candidates() -> None:
    """What scripts get when nobody can say."""
    told = law_value("open-skies", "maximum_flight_distance", "UUMB", day("2005-06-01")).to_json()
    assert told["value"] is None
    assert told["verdict"] == "cannot_tell"
    assert [candidate["value"] for candidate in told["candidates"]] == [5000, 5500]
    assert told["candidates"][1]["attested"] == ["2012-08-13", "2016-08-01"]
    assert "5000, 5500 km" in told["why"]


def test_a_value_not_found_is_null_without_candidates() -> None:
    """Unknown is told as unknown, with the note that says why."""
    told = law_value("open-skies", "passive_quota", "Belarus", day("2022-01-01")).to_json()
    assert (told["value"], told["verdict"], told["candidates"]) == (None, "cannot_tell", [])
    assert told["exhaustive"] is False
    assert "no source gives it" in told["why"]


@pytest.mark.parametrize("pair", ["DEU>RUS", "DEU>BLR-RUS", "USA>UKR", "DEU>POL", "HRV>SVN"])
def test_a_secret_distribution_is_not_told_as_nothing(pair: str) -> None:
    """Quotas of 2004 and later exist and are confidential: nobody can tell, whether a row of 2002 is stored or not."""
    told = law_value("open-skies", "active_quota", pair, day("2012-06-01")).to_json()
    assert (told["value"], told["verdict"], told["candidates"]) == (None, "cannot_tell", [])
    assert told["exhaustive"] is False
    assert "confidential" in told["why"]


@pytest.mark.parametrize("name", ["Kubinka", "kubinka", "UUMB"])
def test_an_airfield_is_found_by_its_name(name: str) -> None:
    """Readers know the place, not its code."""
    assert law_value("open-skies", "maximum_flight_distance", name, day("2019-09-12")).holder == "UUMB"


def test_a_member_is_told_that_the_quota_is_common() -> None:
    """Russia had no quota of its own while the group stood."""
    told = law_value("open-skies", "passive_quota", "RUS", day("2019-09-12")).to_json()
    assert (told["subject"], told["holder"], told["value"]) == ("RUS", "BLR-RUS", 42)
    assert "RUS has none of its own" in told["why"]


def test_a_shared_flight_says_with_whom() -> None:
    """One flight in two rows must not be counted twice by a script."""
    told = law_value("open-skies", "active_quota", "Turkey > Ukraine", day("2003-01-01")).to_json()
    assert (told["subject"], told["value"], told["shared"], told["shared_with"]) == ("TUR>UKR", 2, 1, ["ITA"])


@pytest.mark.parametrize(
    ("key", "subject", "qualifier", "kind", "told"),
    [
        ("maximum_flight_distanse", "UUMB", "", "unknown_key", "Did you mean maximum_flight_distance"),
        ("speed_limit_of_swallows", "", "", "unknown_key", "law values open-skies"),
        ("maximum_flight_distance", "UUMX", "", "unknown_subject", "Did you mean UUMB"),
        ("maximum_flight_distance", "EGVN", "with Orkney", "unknown_qualifier", "with Shetland Islands"),
        ("passive_quota", "GER", "", "unknown_party", "DEU (Germany)"),
        ("passive_quota", "CSK", "", "unknown_party", "CZE, SVK"),
        ("active_quota", "DEU", "", "unknown_subject", "DEU>UKR"),
        ("active_quota", "Poland", "", "unknown_subject", "BENELUX>POL, CAN>POL, DNK>POL, NOR>POL, POL>DEU"),
        ("maximum_flight_distance", "Kubinca", "", "unknown_subject", "Did you mean Kubinka"),
        ("ground_resolution_limit", "sonar", "", "unknown_subject", "sar"),
        ("border_distance", "DEU", "", "unknown_subject", "no subject"),
    ],
)
def test_a_wrong_question_is_refused_with_a_better_one(
    key: str, subject: str, qualifier: str, kind: str, told: str
) -> None:
    """Slips in key, subject or qualifier lead to what there is."""
    with pytest.raises(InputError) as refused:
        law_value("open-skies", key, subject, day("2013-07-01"), qualifier=qualifier)
    assert refused.value.kind == kind
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("key", "subject", "at", "told"),
    [
        ("maximum_flight_distance", "UUMB", "1999-01-01", "begins on 2002-01-01"),
        ("maximum_flight_distance", "UUMB", "2022-01-01", "ended on 2021-12-18"),
        ("passive_quota", "USA", "2020-11-22", "ended on 2020-11-22"),
        ("passive_quota", "KGZ", "2013-01-01", "nothing is stored for any day"),
        ("active_quota", "DEU>UKR", "2001-12-31", "begins on 2002-01-01"),
        ("in_force_for", "SVN", "2004-01-01", "not fixed yet on 2004-01-01; it is from 2004-07-27 on"),
        ("active_quota", "DEU>FRA", "2003-06-01", "the distribution in force on 2003-06-01 names none (OS Annex A"),
        ("active_quota", "DEU>FRA", "2001-06-01", "nothing is stored for any day"),
        ("active_quota", "DEU>USA", "2021-01-01", "nothing is in force"),
        ("active_quota", "DEU>RUS", "2022-01-01", "nothing is in force"),
        ("active_quota", "BLR>RUS", "2012-01-01", "nothing is in force"),
        ("active_quota", "USA>DEU", "2002-01-01", "the distribution in force on 2002-01-01 names none"),
        ("provided_range_share", "", "2005-12-31", "begins on 2006-01-01"),
        ("first_distribution_share", "", "2006-01-01", "ended on 2006-01-01"),
    ],
)
def test_nothing_in_force_is_an_answer_of_its_own(key: str, subject: str, at: str, told: str) -> None:
    """Not null, not zero: an error kind that scripts know, with the nearest day."""
    with pytest.raises(NotInForceError) as refused:
        law_value("open-skies", key, subject, day(at))
    assert refused.value.kind == "not_in_force"
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value", "unit", "article"),
    [
        ("notification_before_arrival", 72, "h", "VI.I.5"),
        ("acknowledgement", 24, "h", "VI.I.6"),
        ("late_arrival", 24, "h", "VIII.I.2"),
        ("mission_period", 96, "h", "VI.I.9"),
        ("demonstration_extension", 24, "h", "F.III.4"),
        ("departure_after_flight", 24, "h", "VI.I.20"),
        ("preflight_inspection", 8, "h", "F.I.4"),
        ("inspection_end_before_flight", 4, "h", "VI.I.11"),
        ("plan_before_commencement", 24, "h", "VI.II.4(E)"),
        ("plan_answer", 4, "h", "VI.II.6"),
        ("plan_agreement", 8, "h", "VI.II.6"),
        ("border_distance", 10, "km", "VI.II.2"),
        ("deviation", 50, "km", "VIII.II.3"),
        ("share_over_one_party", 50, "%", "III.I.10"),
        ("planned_flights_per_quarter", 16, "flights", "Annex H.2"),
        ("reach_share", 35, "%", "E.5(A)"),
        ("separated_portion", 600, "km", "E.5(B)"),
        ("entry_to_airfield", 5, "h", "E.1"),
        ("light_aircraft_mass", 35000, "kg", "VI.III.2"),
        ("light_aircraft_distance", 1500, "km", "VI.III.2"),
        ("light_aircraft_monitors", 2, "persons", "VI.III.2"),
        ("provided_range_share", 50, "%", "VI.I.1"),
        ("mission_report", 7, "d", "VI.I.21"),
        ("withdrawal_notice", 6, "months", "XV.2"),
    ],
)
def test_planning_values_stand_with_their_article(key: str, value: int, unit: str, article: str) -> None:
    """What rules and clocks rest on, from one place."""
    found = planning_value(key, day("2013-07-01"))
    assert (found.value, found.unit, found.status) == (value, unit, "text")
    assert article in found.source


def test_a_planning_value_is_not_in_force_before_the_treaty() -> None:
    """No rule can be applied to a flight of 2001."""
    with pytest.raises(NotInForceError, match="begins on 2002-01-01"):
        planning_value("border_distance", day("2001-12-31"))
    with pytest.raises(InputError, match="Did you mean border_distance"):
        planning_value("border_distanc", day("2013-07-01"))


@pytest.mark.parametrize(
    ("category", "limit_m"), [("optical", 0.30), ("video", 0.30), ("infrared", 0.50), ("sar", 3.0)]
)
def test_ground_resolution_limits(category: str, limit_m: float) -> None:
    """Article IV.2, as a bar width in metres."""
    found = sensor_value("ground_resolution_limit", category, day("2013-07-01"))
    assert isinstance(found, Settled)
    assert found.number == limit_m


@pytest.mark.parametrize(
    ("key", "category", "at", "expected"),
    [
        ("use", "infrared", "2005-12-31", "barred unless otherwise agreed text"),
        ("use", "infrared", "2006-01-01", "permitted text"),
        ("use", "optical", "2002-01-01", "permitted text"),
        ("recording_medium", "optical", "2010-01-01", "black and white film text"),
        ("digital_recording", "optical", "2013-12-31", "none"),
        ("digital_recording", "optical", "2014-12-31", "permitted attested"),
        ("panoramic_cameras", "optical", "2010-01-01", "1 text"),
        ("oblique_framing_cameras", "optical", "2010-01-01", "2 text"),
        ("coverage_each_side", "optical", "2010-01-01", "50 text"),
        ("swath", "sar", "2010-01-01", "25 text"),
        ("swath", "video", "2010-01-01", "none"),
    ],
)
def test_what_a_sensor_may_be(key: str, category: str, at: str, expected: str) -> None:
    """Numbers, phases and media of Articles IV, IX and XVIII."""
    assert brief(sensor_value(key, category, day(at))) == expected


def test_a_finding_can_cite_a_value() -> None:
    """A used value carries first day, source and status; an attested one has no first day."""
    assert used(planning_value("border_distance", day("2013-07-01")), "border_distance").to_json() == {
        "key": "border_distance",
        "subject": "",
        "value": 10,
        "unit": "km",
        "from": "2002-01-01",
        "source": "OS Art. VI.II.2",
        "status": "text",
    }
    seen = maximum_flight_distance("UUMB", day("2019-09-12"))
    assert isinstance(seen, Settled)
    cited = used(seen, "maximum_flight_distance", "UUMB").to_json()
    assert (cited["from"], cited["status"]) == (None, "attested")


def test_what_must_be_settled_is_refused_when_it_is_not() -> None:
    """A caller that can only use one value gets a sentence, not a guess."""
    open_question = maximum_flight_distance("UUMB", day("2005-06-01"))
    assert isinstance(open_question, Unsettled)
    with pytest.raises(InputError) as refused:
        require(open_question, "maximum_flight_distance", "UUMB")
    assert refused.value.kind == "unsettled"


def test_an_instrument_is_shown_on_a_day() -> None:
    """What ``law show`` prints: the treaty, its Parties with their standing, its groups."""
    shown = law_show("open-skies", day("2013-07-01")).to_json()
    assert (shown["instrument"], shown["in_force"]) == ("open-skies", True)
    assert (shown["signed"], shown["entered_into_force"]) == ("1992-03-24", "2002-01-01")
    assert shown["counts"]["party"] == 34
    rows = {row["code"]: row for row in shown["parties"]}
    assert rows["KGZ"]["status"] == "signatory"
    assert rows["CYP"]["status"] == "applicant"
    assert rows["USA"]["until"] == "2020-11-22"
    assert "CSK" not in rows
    assert list(rows) == sorted(rows)
    assert [group["code"] for group in shown["groups"]] == ["BLR-RUS", "BENELUX"]


def test_an_instrument_is_shown_as_it_was_known() -> None:
    """In 2001, before the last deposits, nobody knew when the Treaty would enter into force."""
    shown = law_show("open-skies", day("2002-06-01"), day("2001-11-01")).to_json()
    assert (shown["in_force"], shown["entered_into_force"], shown["counts"]["party"]) == (False, None, 0)
    before = law_show("open-skies", day("1992-06-01")).to_json()
    assert "CSK" in {row["code"] for row in before["parties"]}
    assert "CZE" not in {row["code"] for row in before["parties"]}


@pytest.mark.parametrize("word", ["open-skies", "Open Skies", "open_skies", "OS", "Bầu trời mở"])
def test_an_instrument_has_several_names(word: str) -> None:
    """Names are read without regard to case, accents and hyphens, and give the same object."""
    assert load(word) is load("open-skies")


def test_an_unknown_instrument_is_refused_with_those_known() -> None:
    """The refusal lists what there is."""
    with pytest.raises(InputError) as refused:
        load("open-skys")
    assert refused.value.kind == "unknown_instrument"
    assert "Did you mean open-skies" in str(refused.value)
    assert "open-skies" in instruments()
