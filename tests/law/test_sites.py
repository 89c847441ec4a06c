"""Sites: what holds when, how one is found, and what a broken file is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import DataError, InputError, NotInForceError
from skywitness.law.sighting import read_sighting
from skywitness.law.sites import ROLES, airfields_of, left_by, left_open, load, site, sites

ENTRY = dt.date(2002, 1, 1)
DAYS = st.dates(dt.date(1992, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("ident", "found"),
    [
        ("UUMB", "UUMB"),
        ("uumb", "UUMB"),
        ("kubinka", "UUMB"),
        ("  Kubinka ", "UUMB"),
        ("EDNW", "ETNW"),
        ("EDSA", "ETSA"),
        ("EBMB", "EBBR"),
        ("Vaerloese", "EKVL"),
        ("VÆRLØSE", "EKVL"),
        ("tromso-langnes", "ENTC"),
        ("Diyarbakir", "LTCC"),
        ("us-malmstrom-afb", "KGFA"),
        ("gr-chouchouligovo", "gr-chouchouligovo"),
        ("Warszawa-Okecie", "EPWA"),
    ],
)
def test_a_site_is_found_by_any_name(ident: str, found: str) -> None:
    """Today's code, the code of 1992, a slug and a name all lead to the site, whatever the case or accents."""
    assert site(ident).id == found


@pytest.mark.parametrize(
    ("ident", "near"), [("Kubinko", "UUMB"), ("UUMC", "UUMB"), ("Bardu", "ENDU"), ("thesaloniki", "LGTS")]
)
def test_an_unknown_site_is_refused_with_near_names(ident: str, near: str) -> None:
    """A misspelt site is refused, and the one that was meant is told."""
    with pytest.raises(InputError) as caught:
        site(ident)
    assert caught.value.kind == "unknown_site"
    assert near in str(caught.value.message)


@pytest.mark.parametrize("ident", ["", " ", "\x00", "§§§§", "a" * 10_000, "' OR 1=1 --"])
def test_hostile_names_are_refused(ident: str) -> None:
    """Whatever is typed, the answer is one sentence and no accident."""
    with pytest.raises(InputError):
        site(ident)


@pytest.mark.parametrize(
    ("ident", "day", "known"),
    [
        ("UUMB", ENTRY, True),
        ("UUMB", dt.date(2001, 12, 31), False),
        ("KGTF", dt.date(2019, 9, 19), False),
        ("KGTF", dt.date(2019, 9, 20), True),
        ("KFFO", dt.date(2004, 12, 31), True),  # seen as a refuelling stop
        ("ENDU", dt.date(2014, 7, 30), False),  # "2014-07" proves the end of the month only
        ("ENDU", dt.date(2014, 7, 31), True),
        ("LIRA", dt.date(2012, 6, 1), False),  # "2012" proves the end of the year only
        ("LIRA", dt.date(2013, 1, 1), True),
    ],
)
def test_a_site_is_known_from_its_first_sighting_on(ident: str, day: dt.date, known: bool) -> None:
    """Before entry into force, or before the first sighting is certain, a site is not known yet."""
    if known:
        assert site(ident, day).roles
        return
    with pytest.raises(NotInForceError) as caught:
        site(ident, day)
    assert caught.value.kind == "not_known_yet"


@given(day=DAYS, later=DAYS)
def test_roles_only_grow_while_no_end_is_dated(day: dt.date, later: dt.date) -> None:
    """No site of the file has a dated end, so what holds on a day holds on every later day, until its State leaves."""
    first, last = sorted((day, later))
    gone = left_by(last)
    before = {place.id: set(place.roles) for place in sites(at=first) if place.party not in gone}
    after = {place.id: set(place.roles) for place in sites(at=last)}
    assert all(roles <= after[ident] for ident, roles in before.items())


@given(day=DAYS, known=DAYS)
def test_what_became_known_later_is_left_out(day: dt.date, known: dt.date) -> None:
    """The second clock only takes away: nothing appears by knowing less, except that nobody knew who would leave."""
    unforeseen = left_by(day).keys() - left_by(day, known=known).keys()
    everything = {(place.id, role) for place in sites(at=day) for role in place.roles}
    stored = sites(at=day, known=known)
    then = {(place.id, role) for place in stored for role in place.roles if place.party not in unforeseen}
    assert then <= everything
    assert not (known < dt.date(1992, 3, 24) and then)


USA_LEFT, RUSSIA_LEFT = dt.date(2020, 11, 22), dt.date(2021, 12, 18)


@pytest.mark.parametrize(
    ("party", "day", "known", "there"),
    [
        ("USA", dt.date(2020, 11, 21), None, True),
        ("USA", USA_LEFT, None, False),
        ("USA", USA_LEFT, dt.date(2020, 1, 1), True),  # nobody knew yet
        ("RUS", dt.date(2021, 12, 17), None, True),
        ("RUS", RUSSIA_LEFT, None, False),
        ("BLR-RUS", dt.date(2023, 1, 1), None, False),
        ("DEU", dt.date(2023, 1, 1), None, True),
    ],
)
def test_a_state_that_left_has_no_sites(party: str, day: dt.date, known: dt.date | None, there: bool) -> None:
    """Roles end with the withdrawal of the State, which is read from the data of the States, as far as it was known."""
    found = sites(day, party, known=known)
    assert bool(found) is there
    assert (party in left_by(day, known=known)) is (not there and party != "BLR-RUS")
    assert all(one.end is None or one.end > day for place in found for one in place.designations)


def test_a_site_of_a_state_that_left_says_so() -> None:
    """Asked for by itself on a later day, the answer is who left and when; without a day it is still there."""
    with pytest.raises(NotInForceError) as caught:
        site("UUMB", RUSSIA_LEFT)
    assert caught.value.kind == "not_in_force"
    assert "2021-12-18" in str(caught.value)
    assert {one.end for one in site("UUMB", dt.date(2021, 1, 1)).designations} == {RUSSIA_LEFT}
    assert site("UUMB").roles
    assert {place.party for place in sites()} >= {"RUS", "USA"}
    assert {place.party for place in sites(known=dt.date(2023, 1, 1))} >= {"RUS", "USA"}


def test_cologne_became_an_open_skies_airfield_later() -> None:
    """A place may gain a role: Cologne is a point of entry by the text, an airfield by a sighting of 2019."""
    early, late = site("EDDK", dt.date(2018, 1, 1)), site("EDDK", dt.date(2020, 1, 1))
    assert "open_skies_airfield" not in early.roles
    assert "open_skies_airfield" in late.roles
    entry = early.designation("point_of_entry")
    assert entry is not None
    assert entry.inspection is True


def test_airfields_of_a_group_and_of_its_member() -> None:
    """A group is asked for by its own code or by its members; none of its sites is in Belarus."""
    text = {"UUMB", "UIUU", "UHMM", "UUYW"}
    assert {place.id for place in airfields_of(["BLR-RUS"], ENTRY)} == text
    assert {place.id for place in airfields_of(["RUS", "BLR"], ENTRY)} == text
    assert airfields_of(["BLR"]) == ()
    assert {place.id for place in airfields_of(["RUS"], dt.date(2019, 6, 1))} == text | {"UHHH", "UNNT"}


def test_benelux_and_the_successors_of_the_federal_republic() -> None:
    """Sites carry the State they are in, and the heading of the text that they stand under."""
    assert {(place.id, place.party) for place in sites(party="BENELUX")} == {("EBBR", "BEL"), ("EHGR", "NLD")}
    assert {place.party for place in sites(party="CSK")} == {"CZE", "SVK"}


@pytest.mark.parametrize(
    ("party", "role", "expected"),
    [
        ("USA", "point_of_entry", {"KIAD", "KSUU"}),
        ("CAN", "refuelling_airfield", {"CYEG", "CYHZ", "CYWG", "CYYQ"}),
        ("GRC", "entry_fix", {"gr-chouchouligovo"}),
        ("ROU", "calibration_target", {"ro-urlati", "ro-dunavat-murighiol"}),
        ("ITA", "refuelling_airfield", {"LIMC", "LICJ"}),
        ("PRT", "open_skies_airfield", {"LPPT", "LPAZ", "LPPS"}),
        ("FRA", "calibration_target", set()),
    ],
)
def test_what_the_text_lists(party: str, role: str, expected: set[str]) -> None:
    """A lawyer's sample of Annex E, Appendix 1, on the first day in force."""
    assert {place.id for place in sites(ENTRY, party, role)} == expected


def test_an_unknown_role_is_refused() -> None:
    """A misspelt role must not look like an empty answer."""
    with pytest.raises(InputError) as caught:
        sites(role="airfield")
    assert "open_skies_airfield" in str(caught.value.message)


def test_a_site_without_a_usable_position_says_so() -> None:
    """An impossible position is no position, not a guess."""
    with pytest.raises(InputError) as caught:
        _ = site("ro-urlati").position
    assert caught.value.kind == "no_position"


def test_what_the_text_leaves_open_is_kept() -> None:
    """An entry to be determined is a fact of its own: neither absent nor a site."""
    rows = left_open()
    assert {row.place for row in rows if row.roles == ("calibration_target",) and row.listed_under == "USA"} == {
        "KIAD",
        "KSUU",
        "PAED",
    }
    assert {row.says for row in rows if row.listed_under == "BENELUX"} == {"not_applicable"}
    assert all(set(row.roles) <= set(ROLES) for row in rows)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        (dt.date(2019, 9, 20), "2019-09-20", "2019-09-20"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("2020/21", "2020-01-01", "2021-12-31"),
        ("1999/00", "1999-01-01", "2000-12-31"),
    ],
)
def test_sightings_keep_the_precision_of_their_source(written: object, first: str, last: str) -> None:
    """A month or a year is a span of days, and reads back as it was written."""
    found = read_sighting(written)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert str(found) == str(written)


@pytest.mark.parametrize(
    "written",
    [
        "2015-13",
        "15",
        "2020/22",
        "2020/20",
        "2020/2021",
        "2015-00",
        "٢٠١٥",
        "0000",
        2015,
        None,
        "",
        dt.datetime(2015, 1, 1, tzinfo=dt.UTC),
    ],
)
def test_other_sightings_are_none(written: object) -> None:
    """What is no day, month or year is not read as one."""
    assert read_sighting(written) is None


GOOD = """
[[site]]
id = "UUMB"
name = "Kubinka"
party = "RUS"
lon = 36.6528
lat = 55.6083
position_source = "text"
[[site.designation]]
roles = ["point_of_entry"]
from = 2002-01-01
source = "somewhere"
status = "text"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "UUMB"', 'id = "uumb"', ["uumb", "slug"]),
        ("lat = 55.6083", "", ["lon", "together"]),
        ("lat = 55.6083", "lat = 95.6", ["lat", "90"]),
        ("lat = 55.6083", 'lat = "55.6"', ["lat", "number"]),
        ('party = "RUS"', "", ["party", "missing"]),
        ('party = "RUS"', 'part = "RUS"', ["part", "unknown field"]),
        ('["point_of_entry"]', '["point_of_enter"]', ["point_of_enter"]),
        ("from = 2002-01-01", "", ["from", "attested"]),
        ("from = 2002-01-01", 'attested = ["2019", "2018"]', ["order of time"]),
        ("from = 2002-01-01", 'attested = ["last year"]', ["last year", "no day"]),
        ("from = 2002-01-01", "from = 2002-01-01\nto = 2001-01-01", ["end", "start"]),
        ('status = "text"', 'status = "sure"', ["sure", "recollection"]),
        ("[[site.designation]]", "[[site.designations]]", ["designations", "at least one"]),
        ("[[site]]", "[[place]]", ["place", "unknown table"]),
        ('name = "Kubinka"', 'name = "Kubinka"\nname = "Kubinka"', ["cannot be read"]),
    ],
)
def test_a_broken_file_is_told_its_faults(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    """Each kind of fault is refused with words that lead to it."""
    path = tmp_path / "sites.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert all(word in str(caught.value) for word in words)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two bad rows and a name used twice make one refusal with every place in it."""
    path = tmp_path / "sites.toml"
    path.write_text(GOOD + GOOD.replace('party = "RUS"', "") + GOOD.replace("UUMB", "UUBB"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    told = str(caught.value)
    assert "stands 2 times" in told
    assert "party: missing" in told
    assert "taken by another" in told
    assert len(caught.value.faults) >= 3


def test_a_good_file_loads(tmp_path: Path) -> None:
    """The file that the broken ones are made from is whole."""
    path = tmp_path / "sites.toml"
    path.write_text(GOOD, encoding="utf-8")
    places, index, opened = load(path)
    assert [place.id for place in places] == ["UUMB"]
    assert set(index) == {"uumb", "kubinka"}
    assert opened == ()
