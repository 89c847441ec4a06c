"""Files on the Vienna Document that cannot be used: every fault at once, with its place and near words."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vdoc.vdoc_files import AT, account, activity, answered, sized, utc

from skywitness.core.errors import InputError
from skywitness.vdoc.answer import answer
from skywitness.vdoc.read import read_dossier


def faults_of(**tables: Any) -> dict[str, str]:
    """Read a file that is wrong and return its faults by place."""
    with pytest.raises(InputError) as caught:
        read_dossier({"at": AT, **tables})
    assert caught.value.kind == "bad_vdoc"
    return {fault.where: str(fault.message) for fault in caught.value.faults}


def test_all_faults_at_once() -> None:
    """Unknown States and kinds, negative numbers, ranges turned round, names twice: one refusal tells all."""
    found = faults_of(
        activity=[
            {**sized("a"), "states": ["DUE"], "kind": "lnad"},
            activity("a", account(troops=-5, tanks={"at_least": 9, "at_most": 3}), account("NATTO", troops=1)),
            activity("c", account("POL"), end=dt.date(2024, 5, 1)),
            activity("d", notified=dt.date(2025, 5, 1), start="soon"),
        ],
        inspections=[],
    )
    assert "Did you mean DEU" in found["activity[a].states"]
    assert "Did you mean land" in found["activity[a].kind"]
    assert "another activity" in found["activity[a]"]
    assert "whole number" in found["activity[a].account[1].troops"]
    assert "more than" in found["activity[a].account[1].tanks"]
    assert "Did you mean NATO" in found["activity[a].account[2].by"]
    assert "one number" in found["activity[c].account[1].troops"]
    assert "comes before" in found["activity[c].end"]
    assert "after 2024-12-31" in found["activity[d].notified"]
    assert "activity[d].start" in found
    assert "Did you mean inspection" in found["inspections"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"troops": 1.5}, "account[1].troops"),
        ({"troops": True}, "account[1].troops"),
        ({"troops": "9000"}, "account[1].troops"),
        ({"troops": {}}, "account[1].troops"),
        ({"troops": {"at_leest": 4}}, "account[1].troops.at_leest"),
        ({"troops": 10**9}, "account[1].troops"),
        ({"troops": 5, "basis": "guessed"}, "account[1].basis"),
        ({"troops": 5, "said": dt.date(2030, 1, 1)}, "account[1].said"),
        ({"troops": 5, "source": "a\u202eb"}, "account[1].source"),
        ({"troops": 5, "tropps": 5}, "account[1].tropps"),
    ],
)
def test_an_account_that_cannot_be_used(change: dict[str, Any], place: str) -> None:
    """What is missing, impossible or misspelt in an account is told at its field."""
    assert f"activity[x].{place}" in faults_of(activity=[activity("x", {**account(), **change})])


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"states": []}, "states"),
        ({"states": ["DEU", "DEU"]}, "states"),
        ({"states": "DEU"}, "states"),
        ({"alert": "no"}, "alert"),
        ({"start": dt.date(1800, 1, 1)}, "start"),
        ({"start": dt.datetime(2024, 6, 1)}, "start"),  # noqa: DTZ001
        ({"end": dt.date(2050, 1, 1)}, "end"),
        ({"notified": "yes"}, "notified"),
        ({"observers": {"DUE": 2}}, "observers.'DUE'"),
        ({"observers": {"DEU": -1}}, "observers.DEU"),
        ({"observers": 3}, "observers"),
        ({"account": 3}, "account"),
        ({"states": ["MNG"], "start": dt.date(2012, 6, 1), "end": dt.date(2012, 6, 5)}, "states"),
    ],
)
def test_an_activity_that_cannot_be_used(change: dict[str, Any], place: str) -> None:
    """Each field of an activity is told with what is wrong with it; so is a State before it took part."""
    assert f"activity[x].{place}" in faults_of(activity=[{**sized(), **change}])


VISIT = {"id": "v", "by": "POL", "of": "DEU", "requested_utc": utc(2)}
ASKED = {"id": "q", "by": "POL", "to": "DEU", "asked_utc": utc(2)}


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        ({"inspection": [{**VISIT, "of": "POL"}]}, "inspection[v].of"),
        ({"inspection": [VISIT, VISIT]}, "inspection[v]"),
        ({"inspection": [{**VISIT, "entry_utc": utc(1)}]}, "inspection[v].entry_utc"),
        ({"inspection": [{**VISIT, "answered_utc": utc(1)}]}, "inspection[v].answered_utc"),
        ({"inspection": [{**VISIT, "accepted": False, "began_utc": utc(3)}]}, "inspection[v].accepted"),
        ({"inspection": [{**VISIT, "began_utc": utc(4), "ended_utc": utc(3)}]}, "inspection[v].ended_utc"),
        ({"inspection": [{**VISIT, "team": 0}]}, "inspection[v].team"),
        ({"inspection": [{"id": "v", "by": "POL", "of": "DEU"}]}, "inspection[v].requested_utc"),
        ({"evaluation": [{**VISIT, "answered_utc": utc(3)}]}, "evaluation[v].answered_utc"),
        ({"reported": [{"state": "DEU", "year": 2024}]}, "reported[1].units"),
        ({"reported": [{"state": "DEU", "year": 2024, "units": 1}] * 2}, "reported[2]"),
        ({"unusual": [{**ASKED, "to": "POL"}]}, "unusual[q].to"),
        ({"unusual": [{**ASKED, "meeting_held_utc": utc(3)}]}, "unusual[q].meeting_asked_utc"),
        ({"unusual": [{**ASKED, "meeting_asked_utc": utc(1)}]}, "unusual[q].meeting_asked_utc"),
        ({"information": [{"state": "DEU", "year": 1999}]}, "information[1].year"),
        ({"together": [{"id": "t", "activities": ["a", "b"], "by": ["POL"]}]}, "together[t].activities"),
        (
            {"activity": [sized("a")], "together": [{"id": "t", "activities": ["a"], "by": ["POL"]}]},
            "together[t].activities",
        ),
        ({"activity": [sized("a")], "together": [{"id": "a", "activities": ["a", "b"], "by": ["POL"]}]}, "together[a]"),
        ({"activity": [activity("a", account(troops=1), account(troops=2))]}, "account[a/DEU]"),
        ({}, "file"),
        ({"at": dt.date(2011, 11, 30), "information": [{"state": "DEU", "year": 2012}]}, "file.at"),
        ({"at": 5}, "file.at"),
        ({"activity": [sized(str(number)) for number in range(301)]}, "activity"),
    ],
)
def test_other_tables_that_cannot_be_used(tables: dict[str, Any], place: str) -> None:
    """Visits out of order, to oneself, twice; groups of unknown activities; too many rows: each at its place."""
    assert place in faults_of(**tables)


def test_an_unknown_reading() -> None:
    """A reading that nobody's word gives is refused with those there are."""
    with pytest.raises(InputError, match="own"):
        answered(sized(), only="POL")


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
FIELDS = ["id", "states", "kind", "start", "end", "alert", "notified", "observers", "account", "in_zone"]
VISIT_FIELDS = ["id", "by", "of", "requested_utc", "entry_utc", "answered_utc", "accepted", "team", "began_utc"]


@given(
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3),
    st.dictionaries(st.sampled_from(VISIT_FIELDS), VALUES, max_size=3),
    st.dictionaries(st.sampled_from(["troops", "by", "basis", "said"]), VALUES, max_size=2),
)
def test_whatever_a_file_holds_is_answered_or_refused(
    row: dict[str, Any], visit: dict[str, Any], told: dict[str, Any]
) -> None:
    """No content of the tables leads to anything but an answer or a refusal."""
    whole = {**activity("x", {**account(troops=1), **told}), **row}
    data = {"at": AT, "activity": [whole], "inspection": [{**VISIT, **visit}]}
    with contextlib.suppress(InputError):
        assert answer(read_dossier(data)).to_json()
