"""What askers about a portion of a territory share: the claim on it, the day's law, the borders, the land."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from skywitness.consult.asking.answers import earlier
from skywitness.consult.fields import Fields
from skywitness.consult.model import Question, Way
from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.geo.borders import load_view
from skywitness.law.claims import Claim, claims
from skywitness.law.instrument import load
from skywitness.law.names import did_you_mean
from skywitness.route.claims.plot import plot_of
from skywitness.route.claims.portion_rules import Asked
from skywitness.route.rules.claims import full_name, unknown_claims
from skywitness.route.rules.law_desk import LawDesk

__all__ = ["asked_under", "check_claim", "check_ways"]

_DISTANCE: Final = "distance"


def check_claim(row: Fields) -> None:
    """Read the name of a claim that puts a distance on a named portion of a territory; note faults."""
    name = row.text("claim")
    if "claim" not in row:
        return
    found = claims().get(full_name(name))
    there = [one.id for one in claims().values() if _suits(one)]
    if found is None:
        near = did_you_mean(name, there) if name else say("")
        row.fault("claim", say("no claim is called {name}.{near}", name=quoted(name), near=near))
    elif not _suits(found):
        known = ", ".join(there)
        row.fault(
            "claim", say("{name} puts no distance on a named portion; {known} do", name=quoted(name), known=known)
        )


def _suits(claim: Claim) -> bool:
    return claim.kind == _DISTANCE and claim.km is not None and bool(claim.areas) and bool(claim.areas[0].portion)


def check_ways(row: Fields, question: Question, provision: str, among: tuple[str, ...]) -> None:
    """Look at the readings: there is one, their claims exist, and they read a provision in a way there is."""
    if not question.ways:
        row.fault("readings", say("missing: on which days, in tables [[questions.readings]]"))
    for way in question.ways:
        for name in unknown_claims(way.reading.accepted_claims):
            near = did_you_mean(name, claims())
            row.fault("readings", say("no claim is called {name}.{near}", name=quoted(name), near=near))
        taken = way.reading.interpretations.get(provision)
        if taken is not None and taken not in among:
            known = ", ".join(among)
            words = {"name": quoted(taken), "provision": provision, "known": known}
            row.fault("readings", say("{name} is no way to read {provision}; there are {known}", **words))
        try:
            load_view(way.reading.view, way.reading.at)
        except InputError as error:
            row.fault("readings", error.message)


def asked_under(question: Question, way: Way, known: dt.date | None) -> Asked:
    """Gather what a question on a claimed portion rests on under one reading."""
    reading = replace(way.reading, known=earlier(known, way.reading.known))
    claim = claims()[full_name(str(question.data["claim"]))]
    view = load_view(reading.view, reading.at)
    law = LawDesk(load("open-skies"), reading.at, reading.known)
    place = claim.areas[0]
    return Asked(claim, law, view, reading, plot_of(view, law.members(place.state), place.portion))
