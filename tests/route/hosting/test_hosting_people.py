"""The people who come: VI.I.7 and XIII.I.3 with its letter (C)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.route.hosting.told import told
from tests.route.rules.plans import START, agreement, hours, make_plan, only

from skywitness.route.facts import Agreement
from skywitness.route.host_facts import Person
from skywitness.route.hosting.personnel import entry_documents, people_of_other_parties, visas_at_agreed_time

ANNA = Person("Anna", "NOR", accepted=True, visa="on_arrival", documents=True)
DUE = START - hours(60)
CODE = "OS:XIII.I.3(C)"


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "designated by NOR, a Party, and accepted"),
        ({"designated_by": "DEU"}, "ok", "designated by DEU"),  # the observed Party is another Party too
        ({"accepted": False}, "breach", "not accepted"),
        ({"designated_by": "CHE"}, "breach", "no Party"),
        ({"designated_by": "AUT", "accepted": None}, "breach", "no Party"),
        ({"accepted": None}, "cannot_tell", "whether accepted"),
        ({"designated_by": None}, "cannot_tell", "Who designated"),
    ],
)
def test_personnel_of_other_parties(change: dict[str, Any], verdict: str, says: str) -> None:
    """VI.I.7: who was designated by another Party and accepted may come along; nobody else of another State may."""
    finding = only(people_of_other_parties(told(people=(replace(ANNA, **change),))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:VI.I.7", verdict, "SWE")
    assert says in str(finding.why)
    assert (finding.effect is not None) == (verdict == "ok")


def test_its_own_people_need_no_right() -> None:
    """Of those whom the observing Party itself designated VI.I.7 says nothing; a member of Benelux is Benelux."""
    assert not list(people_of_other_parties(told(people=(replace(ANNA, designated_by="SWE"),))))
    plan = make_plan(observing="BENELUX")
    assert not list(people_of_other_parties(told(plan, people=(replace(ANNA, designated_by="NLD"),))))


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "has a visa"),
        ({"visa": "not_required"}, "ok", "where one is required"),
        ({"visa": "refused"}, "breach", "refused a visa"),
        ({"documents": False}, "breach", "lacks documents"),
        ({"accepted": False, "visa": "refused"}, "not_applicable", "not accepted"),
        ({"accepted": None, "visa": "refused"}, "cannot_tell", "if accepted"),
        ({"visa": None}, "cannot_tell", "not known"),
        ({"visa": "agreed"}, "cannot_tell", "not known"),  # a visa agreed upon is not yet one that was given
        ({"visa": "agreed", "visa_given_utc": DUE}, "ok", "has a visa"),
        ({"documents": None}, "cannot_tell", "not known"),
    ],
)
def test_visas_and_documents(change: dict[str, Any], verdict: str, says: str) -> None:
    """XIII.I.3: everybody accepted is given what it takes to enter and remain; nobody else is."""
    finding = only(entry_documents(told(people=(replace(ANNA, **change),))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:XIII.I.3", verdict, "DEU")
    assert says in str(finding.why)
    assert (finding.effect is not None) == (verdict in ("breach", "cannot_tell"))


@pytest.mark.parametrize(
    ("given", "due", "agreements", "verdict", "says"),
    [
        (DUE, DUE, (agreement(CODE, "SWE", "DEU", "NOR"),), "ok", "was given at"),
        (DUE - hours(9), DUE, (agreement(CODE, "SWE", "DEU", "NOR"),), "ok", "was given at"),
        (DUE + hours(1), DUE, (agreement(CODE, "SWE", "DEU", "NOR"),), "breach", "agreed upon was"),
        (None, DUE, (agreement(CODE, "SWE", "DEU", "NOR"),), "cannot_tell", "whether it was given"),
        (DUE, None, (agreement(CODE, "SWE", "DEU", "NOR"),), "cannot_tell", "time agreed upon"),
        (DUE, DUE, (), "cannot_tell", "no agreement"),
        (DUE, DUE, (agreement(CODE),), "cannot_tell", "NOR did not agree"),  # every Party involved has to agree
        (DUE, DUE, (agreement("OS:XIII.I.3", "SWE", "DEU", "NOR"),), "cannot_tell", "no agreement"),
    ],
)
def test_visas_at_another_time(
    given: dt.datetime | None, due: dt.datetime | None, agreements: tuple[Agreement, ...], verdict: str, says: str
) -> None:
    """XIII.I.3(C): another time holds by agreement of all involved, and then a later visa breaks the duty."""
    person = replace(ANNA, visa="agreed", visa_agreed_utc=due, visa_given_utc=given)
    finding = only(visas_at_agreed_time(told(people=(person,), agreements=agreements)))
    assert (finding.provision, finding.verdict, finding.bearer) == (CODE, verdict, "DEU")
    assert says in str(finding.why)
    if verdict == "breach":
        assert (finding.measured, finding.margin) == (1.0, -1.0)


def test_only_visas_at_an_agreed_time_need_an_agreement() -> None:
    """Visas after acceptance and on arrival have their own times, which the clock judges."""
    people = tuple(replace(ANNA, ident=visa, visa=visa) for visa in ("after_acceptance", "on_arrival", "refused"))
    assert not list(visas_at_agreed_time(told(people=people)))
