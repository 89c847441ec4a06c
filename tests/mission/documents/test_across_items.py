"""Spans, channels, receivers and quarters of documents: what no single item shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.mission.documents.samples import complete, judge

from skywitness.core.finding import Finding, Verdict


def of(found: tuple[Finding, ...], provision: str, where: str | None = None) -> list[Verdict]:
    """Give the verdicts on a provision, or on one place of a document."""
    return [
        one.verdict
        for one in found
        if one.provision == provision and (where is None or (one.where is not None and one.where.name == where))
    ]


@pytest.mark.parametrize(
    ("name", "rows", "begin", "end"),
    [
        ("mission_report", "", "from_utc", "to_utc"),
        ("mission_report", "periods", "from_utc", "to_utc"),
        ("mission_report", "deviations", "from_utc", "to_utc"),
        ("mission_plan", "stops", "arrive_utc", "depart_utc"),
        ("certification_notice", "", "begins", "ends"),
    ],
)
def test_nothing_ends_before_it_begins(name: str, rows: str, begin: str, end: str) -> None:
    """An end before its begin is a fault, with its place; an end that is the begin is none."""
    for back, broken in ((dt.timedelta(0), False), (dt.timedelta(days=1), True)):
        data = complete(name)
        held = data["items"][rows][1] if rows else data["items"]
        held[end] = held[begin] - back
        read, found = judge(data)
        place = f"items.{rows}[1].{end}" if rows else f"items.{end}"
        assert [one.where for one in read.faults] == [place] * broken
        assert (Verdict.BREACH in [one.verdict for one in found if one.where and one.where.name == place]) is broken


@pytest.mark.parametrize("quarter", [0, 5, 2.0, True])
def test_a_year_has_four_quarters(quarter: Any) -> None:
    """Another number is none of the quarters of H.3."""
    data = complete("sequence_of_flights")
    data["items"]["quarter"] = quarter
    _, found = judge(data)
    assert of(found, "OS:H.3", "items.quarter") == [Verdict.BREACH]


@pytest.mark.parametrize(("to", "verdict"), [(["FIN", "SWE"], Verdict.OK), (["FIN"], Verdict.BREACH)])
def test_whom_a_request_names_is_told(to: list[str], verdict: Verdict) -> None:
    """Without a plan the request itself names the observing and the observed Party who must be told (IX.IV.1)."""
    data = complete("data_request")
    data["items"] |= {"observing": "SWE", "observed": "FIN"}
    data["header"]["to"] = to
    _, found = judge(data)
    assert set(of(found, "OS:IX.IV.1", "header.to")) == {verdict, Verdict.OK}


@pytest.mark.parametrize("name", ["prohibition_report", "decline_report"])
def test_explanations_go_through_diplomatic_channels(name: str) -> None:
    """VIII.I names diplomatic channels alone; whether XI still leaves the choice of others cannot be told."""
    data = complete(name)
    for channel, verdict in (("diplomatic", Verdict.OK), ("official", Verdict.CANNOT_TELL), ("other", Verdict.BREACH)):
        data["header"]["channel"] = channel
        _, found = judge(data)
        assert of(found, "OS:XI") == [verdict]
