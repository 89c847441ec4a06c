"""Dockets and benches for tests of judgements, and what every finding must be."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.agreement import Agreement
from skywitness.law.group import Group
from skywitness.law.instrument import Instrument, load
from skywitness.law.judge.bench import Bench
from skywitness.law.judge.docket import Docket, Held
from skywitness.law.judge.judgement import make_bench
from skywitness.law.told import Told

D = dt.date


def bench(day: dt.date, docket: Docket | None = None, **interpretations: str) -> Bench:
    """The bench of a day; an interpretation is given as ``III_I_3="equal_numbers"``."""
    taken = {name.replace("_", "."): value for name, value in interpretations.items()}
    return make_bench(Reading(at=day, interpretations=MappingProxyType(taken)), docket)


def with_groups(day: dt.date, *groups: Group, docket: Docket | None = None) -> Bench:
    """The bench of a day on which there are further groups."""
    law: Instrument = load()
    more = replace(law, groups=MappingProxyType({**law.groups, **{group.code: group for group in groups}}))
    return make_bench(Reading(at=day), docket, instrument=more)


def held(party: str, year: int, over: Mapping[str, int] | None = None, **more: Any) -> Held:
    """What a Party is told to hold."""
    return Held(party, year, "note verbale", MappingProxyType(dict(over or {})), **more)


def agreement(provision: str, *parties: str) -> Agreement:
    """An agreement of the Parties named on a provision, on any day."""
    return Agreement(Told("a", "exchange of notes", "reported", None), parties, provision, "as the notes say")


def told(year: int, *rows: Held, complete: bool = True, **more: Any) -> Docket:
    """A docket with quotas of a year, by default of everybody."""
    return Docket(held=rows, complete_years=frozenset({year} if complete else ()), **more)


def about(findings: Iterable[Finding], who: str) -> list[Finding]:
    """The findings whose bearer is somebody, or whose reason names them first."""
    return [whole(one) for one in findings if one.bearer == who]


def naming(findings: Iterable[Finding], *words: str) -> list[Finding]:
    """The findings whose reason holds all words."""
    return [whole(one) for one in findings if all(word in str(one.why) for word in words)]


def only(findings: Iterable[Finding]) -> Finding:
    """The one finding that there has to be."""
    found = list(findings)
    assert len(found) == 1, [str(one.why) for one in found]
    return whole(found[0])


def verdicts(findings: Iterable[Finding]) -> list[str]:
    """The verdicts in order."""
    return [whole(one).verdict.value for one in findings]


def whole(finding: Finding) -> Finding:
    """A finding must be whole: sentence, title, JSON; what cannot be told says what would settle it."""
    words = str(finding.why)
    assert words.endswith("."), words
    assert "None" not in words, words
    assert str(finding.title)
    assert bool(finding.needs) is (finding.verdict is Verdict.CANNOT_TELL), words
    assert all(value.source for value in finding.values), words
    written = finding.to_json()
    assert json.loads(json.dumps(written, allow_nan=False)) == written
    return finding
