"""The INF Treaty as data: dates, Parties, figures with their sources, types, the chronology of the dispute."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from skywitness.core.errors import DataError
from skywitness.core.reading import Reading
from skywitness.inf.chronology import STEPS, chronology, load_chronology
from skywitness.inf.law import INTERMEDIATE, SHORTER, instrument, law_of
from skywitness.inf.totals import totals
from skywitness.inf.types import find_type, load_types, types
from skywitness.inf.ways import interpretations
from skywitness.law.numbering import is_identifier
from skywitness.law.provisions import provisions
from skywitness.law.show import law_show
from skywitness.law.suspension import suspended
from skywitness.law.value import law_value

SUCCESSORS = {"ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "RUS", "TJK", "TKM", "UKR", "UZB"}


def day(iso: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(iso)


# ---- dates and Parties (digest 1.1) ----


@pytest.mark.parametrize(
    ("at", "in_force", "parties"),
    [
        ("1988-05-31", False, set()),
        ("1988-06-01", True, {"USA", "SUN"}),
        ("1991-12-25", True, {"USA", "SUN"}),
        ("1991-12-26", True, {"USA", *SUCCESSORS}),
        ("2019-08-01", True, {"USA", *SUCCESSORS}),
    ],
)
def test_parties_by_day(at: str, in_force: bool, parties: set[str]) -> None:
    """Two Parties until the Soviet Union ended, then thirteen; in force from 1 June 1988 to 1 August 2019."""
    status = law_show("inf", day(at))
    assert status.in_force is in_force
    assert {party.code for party in status.parties if party.status.value == "party"} == parties


def test_the_end() -> None:
    """On 2 August 2019 the Treaty is over for all, and the United States has withdrawn."""
    status = law_show("inf", day("2019-08-02"))
    assert not status.in_force
    assert {party.code: party.status.value for party in status.parties}["USA"] == "withdrawn"


@pytest.mark.parametrize("at", ["2019-02-02", "2019-03-04", "2019-08-01"])
def test_suspension_is_an_act_of_one_towards_another(at: str) -> None:
    """A suspension runs between ordered pairs and never changes whether the Treaty is in force."""
    rows = instrument().suspensions
    assert suspended(rows, "USA", "RUS", "limits", day(at))
    assert suspended(rows, "RUS", "USA", "limits", day(at))
    assert not suspended(rows, "BLR", "USA", "limits", day(at))
    assert not suspended(rows, "RUS", "BLR", "limits", day(at))
    assert instrument().in_force(day(at))
    assert not suspended(rows, "USA", "RUS", "limits", day("2019-02-01"))


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("shorter_range_elimination", "1989-12-01"),
        ("first_phase", "1990-11-01"),
        ("second_phase", "1991-06-01"),
        ("launching_period", "1988-12-01"),
        ("updated_data", "1988-07-01"),
        ("baseline_from", "1988-07-01"),
        ("baseline_to", "1988-08-30"),
        ("short_notice_years", "2001-06-01"),
    ],
)
def test_days_counted_from_the_start(key: str, wanted: str) -> None:
    """The days that the digest computes (1.5 to 1.7) follow from the periods stored."""
    assert law_of(Reading(at=day("1990-01-01"))).from_start(key)[0] == day(wanted)


# ---- figures (digest 1.4) ----


@pytest.mark.parametrize(
    ("side", "name", "wanted"),
    [
        ("USA", INTERMEDIATE, 677),
        ("SUN", INTERMEDIATE, 889),
        ("", INTERMEDIATE, 1566),
        ("USA", SHORTER, 169),
        ("SUN", SHORTER, 957),
        ("", SHORTER, 1126),
        ("USA", "", 846),
        ("SUN", "", 1846),
        ("", "", 2692),
    ],
)
def test_v_01_sums_of_the_eliminated(side: str, name: str, wanted: int) -> None:
    """846 and 1,846 missiles were eliminated, 2,692 in all; by class as published (digest, V-01)."""
    assert totals().eliminated(side, name) == wanted


def test_declared_sums_and_what_does_not_agree() -> None:
    """859 against 846 and 1,836 against 1,846 are told with their difference and nothing is put right."""
    found = totals()
    assert (found.declared("USA"), found.declared("SUN")) == (859, 1836)
    told = {str(one.what): (one.one, one.other) for one in found.disagreements}
    assert told["USA: declared in all, and eliminated in all"] == (859, 846)
    assert told["SUN: declared in all, and eliminated in all"] == (1836, 1846)
    assert not [what for what in told if "by types" in what]
    assert told["OTR-23: declared, and eliminated"] == (200, 239)


def test_statuses_are_told() -> None:
    """What rests on memory says so, and what was reported names a source that is stored."""
    for (key, subject), rows in instrument().entries.items():
        for row in rows:
            value = row.dated
            if value.status == "recollection":
                assert "recollection" in value.source, (key, subject)
            else:
                assert value.status == "reported", (key, subject)
                assert "source " in value.source, (key, subject)
    answer = law_value("inf", "transit_longest", "", day("1990-01-01"))
    assert "recollection" in str(answer.why)


def test_provisions_are_marked() -> None:
    """Every row says that a report of the text was read, or that it is recollection; none claims the text."""
    rows = provisions(instrument="inf")
    assert len(rows) == 89
    assert {row.status for row in rows} == {"reported", "recollection"}
    assert all(is_identifier(row.id) for row in rows)
    assert len({row.title for row in rows}) == len(rows)


# ---- types ----


@pytest.mark.parametrize(
    ("alias", "ident"),
    [
        ("SSC-8", "9m729"),
        ("ssc-x-8", "9m729"),
        ("SS-20", "rsd-10"),
        ("PIONER", "rsd-10"),
        ("oka", "otr-23"),
        ("SS-23", "otr-23"),
    ],
)
def test_aliases(alias: str, ident: str) -> None:
    """Every name of a type leads to it, in any case."""
    found = find_type(alias)
    assert found is not None
    assert found.id == ident


def test_the_lists_of_article_iii() -> None:
    """Article III lists five types of intermediate and three of shorter range (digest 1.4)."""
    listed = {row.id: row.missile_class for row in types().values() if row.listed}
    assert {name for name, wanted in listed.items() if wanted == INTERMEDIATE} == {
        *("pershing-ii", "bgm-109g", "rsd-10", "r-12", "r-14")
    }
    assert {name for name, wanted in listed.items() if wanted == SHORTER} == {"pershing-ia", "otr-22", "otr-23"}


def test_a_name_of_two_types_is_refused(tmp_path: Path) -> None:
    """An alias that two types share would make answers depend on chance."""
    row = (
        '[[type]]\nid = "{}"\nname = "{}"\nnames = ["Same"]\nkind = "cruise"\nholder = "USA"\n'
        'source = "x"\nstatus = "reported"\n'
    )
    path = tmp_path / "types.toml"
    path.write_text(row.format("a", "A-1") + row.format("b", "B-1"), encoding="utf-8")
    with pytest.raises(DataError, match="same"):
        load_types(path)


def test_every_place_has_ways() -> None:
    """Each disputed place has two ways at least, and the default is one of them."""
    for one in interpretations().values():
        assert len(one.ways) >= 2
        assert one.default in one.ways


# ---- the chronology (digest 1.9) ----


def test_v_07_and_v_08_periods_lead_to_the_days_stated() -> None:
    """Sixty days from 4 December 2018 are 2 February 2019; six months from then 2 August 2019 (digest, V-07, V-08)."""
    periods = {one.on.first: one.period for one in chronology() if one.period is not None}
    assert {start: period.computed(start) for start, period in periods.items() if period} == {
        day("2018-12-04"): day("2019-02-02"),
        day("2019-02-02"): day("2019-08-02"),
    }
    assert all(period.computed(start) == period.leads_to for start, period in periods.items() if period)


def test_v_26_a_conflict_is_kept() -> None:
    """The vote of 21 December 2018 is the same everywhere, the number of the document is not (digest, V-26)."""
    (vote,) = (one for one in chronology() if one.on.first == day("2018-12-21"))
    assert vote.vote == (43, 46, 78)
    assert [(one.field, set(one.values)) for one in vote.conflicts] == [("document", {"A/73/L.17", "A/73/L.70"})]


def test_every_act_has_somebody_and_a_source() -> None:
    """No act without a source, no finding without who made it; a word of an ally is no act of a Party."""
    assert len(chronology()) == 40
    for one in chronology():
        assert one.source
        assert one.by
        assert one.step in STEPS
        assert "violat" not in str(one.what)
        if one.by == ("NATO",):
            assert one.step in ("third_party", "consultation")
    assert {one.by for one in chronology() if one.step == "finding"} == {("USA",)}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('step = "claim"', "step"),
        ("on = 2013-05-01", "comes before"),
        ('source = "source Z9"', "Z9"),
        ('by = ["XYZ"]', "XYZ"),
    ],
)
def test_wrong_acts_are_refused(tmp_path: Path, change: str, fault: str) -> None:
    """A step of an unknown kind, an act out of order, a source or speaker that nobody knows: all are told."""
    field = change.split(" = ")[0]
    first = (
        'id = "a"\non = 2014-01-01\nstep = "claim"\nby = ["USA"]\nwhat = "x"\nwhat_vi = "x"\n'
        'source = "source D2"\nstatus = "reported"\n'
    )
    lines = [line for line in first.replace('"a"', '"b"').splitlines() if not line.startswith(f"{field} =")]
    changed = change.replace("claim", "gossip") if field == "step" else change
    path = tmp_path / "chronology.toml"
    path.write_text(f"[[event]]\n{first}\n[[event]]\n" + "\n".join([*lines, changed]), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_chronology(path)
    assert fault in str(caught.value)
