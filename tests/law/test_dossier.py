"""What is stored of each provision comes together: rules, cases, values of a day, sites, slips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import pytest

from skywitness.core.dated import Missing
from skywitness.law.coverage import coverage
from skywitness.law.dossier import STANDINGS, Dossier, Stored, dossiers
from skywitness.law.instrument import load
from skywitness.law.part_titles import part_title
from skywitness.law.provisions import parts, provisions
from skywitness.law.slips import slips


@cache
def by_id(at: dt.date | None = None) -> Mapping[str, Dossier]:
    """Give the dossiers by identifier."""
    return {row.provision.id: row for row in dossiers(load(), {}, at)}


def of(rows: Mapping[str, Dossier], ident: str, subject: str) -> list[Stored]:
    """Give the values of one subject at a provision."""
    return [stored for stored in rows[ident].values if stored.entry.subject == subject]


def test_every_provision_has_one_dossier() -> None:
    """None is left out, and the order is that of the Treaty."""
    assert [row.provision for row in dossiers(load(), {})] == list(provisions())


def test_standings_are_those_of_the_scoreboard() -> None:
    """Implemented and for people are what coverage says; a rule without both cases is a beginning."""
    rows = {row.provision.id: row for row in dossiers(load(), {"OS:X.7": ("some.rule",)})}
    found = coverage()
    assert {row.standing for row in rows.values()} == set(STANDINGS)
    assert {ident for ident, row in rows.items() if row.standing == "implemented"} == {
        row.id for row in found.implemented
    }
    assert {ident for ident, row in rows.items() if row.standing == "people"} == {row.id for row in found.people}
    assert (rows["OS:X.7"].standing, rows["OS:X.7"].rules) == ("begun", ("some.rule",))
    assert by_id()["OS:X.7"].standing == "missing"


def test_every_value_that_names_a_provision_stands_there() -> None:
    """Without a day all rows are there, under each provision that they name."""
    rows = by_id()
    entries = [entry for family in load().entries.values() for entry in family]
    for entry in entries:
        for ident in entry.provisions:
            assert any(stored.entry is entry for stored in rows[ident].values), (entry.key, ident)
    assert len(of(rows, "OS:A.III", "UUMB")) == 2


@pytest.mark.parametrize(
    ("day", "values", "doubtful"),
    [
        ("2001-12-31", [], False),
        ("2002-01-01", [5000], False),
        ("2005-06-01", [5000, 5500], True),
        ("2019-09-12", [5500], False),
        ("2021-12-18", [], False),
    ],
)
def test_values_of_a_day(day: str, values: list[int], doubtful: bool) -> None:
    """On a day only what holds is there; where nobody can tell, all candidates, each marked."""
    found = of(by_id(dt.date.fromisoformat(day)), "OS:A.III", "UUMB")
    assert [stored.dated.value for stored in found] == values
    assert {stored.doubtful for stored in found} <= {doubtful}


def test_a_value_that_no_source_gives_is_not_left_out() -> None:
    """A value that exists and was not found stays visible on its days, as what cannot be told."""
    found = of(by_id(dt.date(2010, 1, 1)), "OS:A.III", "LHTL")
    assert any(isinstance(stored.dated.value, Missing) and stored.doubtful for stored in found)


def test_sites_of_a_day() -> None:
    """Sites stand where the text lists them, with the roles of the day."""
    assert {"UUMB", "ETNW"} <= {place.site.id for place in by_id()["OS:E.APP1.II"].places}
    assert not by_id(dt.date(1999, 1, 1))["OS:E.APP1.II"].places


def test_every_slip_touches_a_provision() -> None:
    """No slip is lost, whatever way its place is written; one on several places stands at each."""
    rows = by_id()
    touched = {slip.id: {ident for ident, row in rows.items() if slip in row.slips} for slip in slips()}
    assert not [ident for ident, places in touched.items() if not places]
    assert touched["distances-section"] == {"OS:VI.II.4(A)"}
    assert touched["gando-no-airfield"] == {"OS:A.III", "OS:E.APP1.II"}
    assert touched["precision"] == {"OS:E.APP1.I(B)"}


def test_clauses_and_what_stands_elsewhere() -> None:
    """What can be agreed is there, and where a value without a key is shown."""
    rows = by_id()
    assert [clause.kind for clause in rows["OS:VI.I.2"].clauses] == ["only_by"]
    assert rows["OS:E.3"].elsewhere is not None
    assert rows["OS:VI.I.5"].elsewhere is None


@pytest.mark.parametrize("part", parts())
def test_every_part_has_a_title(part: str) -> None:
    """Each article and annex says in a few words of our own what it is about."""
    assert 1 <= len(str(part_title(part)).split()) <= 10
