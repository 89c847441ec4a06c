"""People on board: designated personnel, in the number of VI.III at any one time (Annex G)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.finding import Finding, Verdict

OK, BREACH, OPEN, NONE = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
Conduct = Callable[..., tuple[Finding, ...]]

HEAVY = "max_takeoff_mass_kg = 90000\nsensor_control_stations = 2\n"
LIGHT = "max_takeoff_mass_kg = 13000\nnotified_distance_km = 1200\nsensor_control_stations = 2\n"


def aboard(role: str, number: int, more: str = "designated = true") -> str:
    """One table of people."""
    return f"[[aboard]]\nrole = '{role}'\nnumber = {number}\n{more}\n"


def facts(provider: str, people: str, aircraft: str = HEAVY) -> str:
    """A file of facts with people on board."""
    return f"[aircraft]\nprovided_by = '{provider}'\n{aircraft}{people}"


def only(found: tuple[Finding, ...], provision: str) -> Finding:
    """The one finding of a provision."""
    (finding,) = [one for one in found if one.provision == provision]
    return finding


SHIFTS = (
    "[[aboard]]\nrole = 'flight_monitor'\nnumber = 4\ndesignated = true\nleft_utc = 2019-09-12T09:00:00Z\n"
    "[[aboard]]\nrole = 'flight_monitor'\nnumber = 4\ndesignated = true\nboarded_utc = 2019-09-12T{at}:00Z\n"
)

# provision | who provides | aircraft | people | verdict | who holds the right
CASES = [
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 4), OK, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 5), BREACH, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 4, "designated = false"), BREACH, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 4, ""), OPEN, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 4, "designated = true\nrefused = true"), BREACH, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 5, "designated = true\nrefused = true"), OK, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, aboard("flight_monitor", 4, "designated = false\nrefused = true"), OK, "FIN"),
    ("OS:G.I.1", "observing", LIGHT, aboard("flight_monitor", 2), OK, "FIN"),
    ("OS:G.I.1", "observing", LIGHT, aboard("flight_monitor", 3), BREACH, "FIN"),
    ("OS:G.I.1", "DEU", HEAVY, aboard("flight_monitor", 4), OK, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, SHIFTS.format(at="09:00"), OK, "FIN"),
    ("OS:G.I.1", "observing", HEAVY, SHIFTS.format(at="08:59"), BREACH, "FIN"),
    ("OS:G.I.1", "observed", HEAVY, aboard("flight_representative", 4), OK, "SWE"),
    ("OS:G.I.1", "observed", HEAVY, aboard("flight_representative", 5), BREACH, "SWE"),
    ("OS:G.II.1", "DEU", HEAVY, aboard("representative", 4), OK, "SWE"),
    ("OS:G.II.1", "DEU", HEAVY, aboard("representative", 5), BREACH, "SWE"),
    ("OS:G.II.1", "DEU", HEAVY, aboard("representative", 3, "designated = true\nrefused = true"), BREACH, "SWE"),
    ("OS:G.II.1", "DEU", HEAVY, aboard("representative", 1, "designated = false"), BREACH, "SWE"),
]


@pytest.mark.parametrize(("provision", "provider", "aircraft", "people", "verdict", "holder"), CASES)
def test_people_on_board(
    conduct: Conduct, provision: str, provider: str, aircraft: str, people: str, verdict: Verdict, holder: str
) -> None:
    """Two, one for each control station, on a light aircraft two alone; all of them designated; none refused."""
    finding = only(conduct(facts(provider, people, aircraft)), provision)
    assert (finding.verdict, finding.bearer) == (verdict, holder)
    if verdict is not Verdict.CANNOT_TELL:
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == (holder, "may")


@pytest.mark.parametrize(
    ("provision", "provider", "role"),
    [
        ("OS:G.I.1", "observed", "flight_monitor"),
        ("OS:G.I.1", "observing", "flight_representative"),
        ("OS:G.II.1", "observed", "representative"),
    ],
)
def test_a_role_that_this_aircraft_has_not(conduct: Conduct, provision: str, provider: str, role: str) -> None:
    """Whose aircraft it is decides which people there are; the others the provision does not concern."""
    assert only(conduct(facts(provider, aboard(role, 9))), provision).verdict is Verdict.NOT_APPLICABLE


def test_the_number_is_open(conduct: Conduct) -> None:
    """Without the control stations the number is not known; the finding asks for them."""
    finding = only(conduct(facts("observed", aboard("flight_representative", 2), "")), "OS:G.I.1")
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "sensor_control_stations" in str(finding.needs[0])


@pytest.mark.parametrize("aircraft", [HEAVY, "max_takeoff_mass_kg = 90000\n"])
def test_the_parties_agreed_on_more(conduct: Conduct, aircraft: str) -> None:
    """An agreement on VI.III.1 lets more on board, and is named; with or without the number of stations."""
    note = "[[agreement]]\nparties = ['SWE', 'FIN']\nprovision = 'OS:VI.III.1'\nscope = 'six'\nsource = 'a note'\n"
    finding = only(conduct(facts("observing", aboard("flight_monitor", 6) + note, aircraft)), "OS:G.I.1")
    assert (finding.verdict, finding.by_agreement) == (Verdict.OK, "a note")


def test_people_are_named(conduct: Conduct) -> None:
    """Who is not designated is named where the facts name them, else counted."""
    told = "[[aboard]]\nrole = 'flight_monitor'\nname = 'A. Virtanen'\ndesignated = false\n"
    finding = only(conduct(facts("observing", told + aboard("flight_monitor", 2, "designated = false"))), "OS:G.I.1")
    assert "A. Virtanen and 2 people not named" in str(finding.why)


SPANS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 8), st.integers(1, 3)), min_size=1, max_size=6)


@given(spans=SPANS)
def test_the_number_at_any_one_time(conduct: Conduct, spans: list[tuple[int, int, int]]) -> None:
    """The most people at one time is what counting hour by hour finds."""
    tables = "".join(
        f"[[aboard]]\nrole = 'flight_monitor'\nnumber = {number}\ndesignated = true\n"
        f"boarded_utc = 2019-09-12T{start:02}:00:00Z\nleft_utc = 2019-09-12T{start + length:02}:00:00Z\n"
        for start, length, number in spans
    )
    hourly = [sum(n for start, length, n in spans if start <= hour < start + length) for hour in range(17)]
    assert only(conduct(facts("observing", tables)), "OS:G.I.1").measured == max(hourly)
