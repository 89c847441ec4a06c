"""Files on what Parties did: read whole or refused with every fault; stored practice is one of them."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.law.act_effects import answer_all, standing_groups
from skywitness.law.act_words import act_days, act_title
from skywitness.law.acts import Acts, acts_from_toml, practice
from skywitness.law.instrument import load
from skywitness.law.legal_day import LegalDay
from skywitness.law.told_law import with_acts

WHOLE = """
[[agreement]]
id = "a1"
parties = ["SWE", "UKR"]
provision = "OS:VI.I.9"
scope = "120 hours for the flight of May 2027."
from = 2027-05-01
to = 2027-06-01
source = "exchange of notes"

[[year_quota]]
id = "q1"
party = "SWE"
year = 2027
over = { UKR = 2, TUR = 1 }
active_total = 3
passive_total = 7
source = "distribution for 2027"

[[transfer]]
id = "t1"
giver = "SWE"
receiver = "FIN"
over = "UKR"
flights = 1
year = 2027
on = 2027-02-01
agreed = true
notified = 2027-02-02
source = "note of 1 February"

[[group_change]]
id = "g1"
group = "NORDIC"
what = "form"
kind = "redistribution"
members = ["DNK", "FIN", "NOR", "SWE"]
notified = 2026-12-01
source = "note"

[[non_performance]]
id = "n1"
by = ["POL"]
towards = ["BLR"]
duties = ["OS:III.I.2"]
from = 2027-01-01
claim_of = "POL"
source = "statement"

[[review]]
id = "r1"
year = 2027
adopted = 2026-10-20
source = "journal"

[[withdrawal]]
id = "w1"
state = "TUR"
notified = 2027-01-10
effective = 2027-07-10
told_all = 2027-01-10
source = "note"

[[flight]]
id = "f1"
observing = "TUR"
observed = "UKR"
arrival = 2027-07-08
source = "notification"
"""
KINDS = ["agreements", "transfers", "quotas", "changes", "nonperformance", "reviews", "withdrawals", "flights"]


def read(text: str) -> Acts:
    """Read facts from TOML."""
    return acts_from_toml(tomllib.loads(text), "acts.toml")


def refused(text: str) -> str:
    """Give what is said of a file that is refused."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.kind == "bad_facts"
    return str(caught.value)


def test_every_table_is_read() -> None:
    """One of each kind, each with who says it."""
    acts = read(WHOLE)
    assert [len(getattr(acts, kind)) for kind in KINDS] == [1] * 8
    assert [act.told.id for act in acts.all()] == ["a1", "t1", "q1", "g1", "n1", "r1", "w1", "f1"]
    assert acts.agreements[0].scope == "120 hours for the flight of May 2027"
    assert dict(acts.quotas[0].over) == {"UKR": 2, "TUR": 1}


def test_every_fact_is_answered_on_its_day() -> None:
    """On 1 July 2027 each fact gets its answers, and quotas and flights serve the others."""
    answered = {one.act.told.id: one for one in answer_all(read(WHOLE), LegalDay(dt.date(2027, 7, 1)))}
    assert set(answered) == {"a1", "t1", "g1", "n1", "r1", "w1"}
    assert answered["a1"].verdict.value == "not_applicable"  # over since June
    assert answered["g1"].verdict.value == "ok"
    assert answered["n1"].verdict.value == "cannot_tell"  # the readings differ
    held = answered["t1"].consequences[0].finding
    assert (held.measured, held.limit, held.verdict.value) == (1, 2, "ok")
    across = [one for one in answered["w1"].consequences if one.told.id == "f1"]
    assert [one.silent for one in across] == [True]


def test_a_group_told_in_facts_stands_from_its_day() -> None:
    """NORDIC is formed by notice of 1 December 2026 and stands six months later, beside those of the law."""
    acts = read(WHOLE)
    codes = {
        on: {group.code for group in standing_groups(acts, LegalDay(on))}
        for on in (dt.date(2027, 5, 31), dt.date(2027, 6, 1))
    }
    assert codes == {dt.date(2027, 5, 31): {"BENELUX"}, dt.date(2027, 6, 1): {"BENELUX", "NORDIC"}}


LEAVES = """
[[withdrawal]]
id = "w"
state = "HUN"
notified = 2026-08-31
effective = 2027-02-28
source = "note"

[[transfer]]
id = "t"
giver = "DEU"
receiver = "ROU"
over = "HUN"
flights = 1
year = 2027
on = 2027-01-10
agreed = true
source = "note"

[[non_performance]]
id = "n"
by = ["UKR"]
towards = ["HUN"]
duties = ["OS:III.I.2"]
from = 2026-01-01
source = "note"

[[review]]
id = "r"
year = 2027
failed = true
concerning = ["HUN"]
source = "note"
"""


@pytest.mark.parametrize(
    ("at", "transfer", "performance", "must_accept"),
    [
        ("2027-02-27", "cannot_tell", "cannot_tell", ["HUN must accept flights within the quotas of the year before"]),
        ("2027-02-28", "breach", "not_applicable", []),
    ],
)
def test_who_has_left_neither_owes_nor_holds_anything(
    at: str, transfer: str, performance: str, must_accept: list[str]
) -> None:
    """XV, III.I.7, I.9: once a withdrawal that is told takes effect, other facts are answered without that State."""
    found = {one.act.told.id: one for one in answer_all(read(LEAVES), LegalDay(dt.date.fromisoformat(at)))}
    assert (found["t"].verdict, found["n"].verdict) == (transfer, performance)
    effects = [one.finding.effect for one in found["r"].consequences]
    assert [f"{one.who} {one.modality} {one.what}" for one in effects if one and one.modality == "must"] == must_accept
    assert next(iter(found["w"].consequences)).finding.provision == "OS:XV.2"


def test_a_stored_group_comes_before_one_that_is_told() -> None:
    """III.II: telling again that Belarus and Russia formed their group at signature does not undo its end."""
    told = practice()
    law = with_acts(load(), told, dt.date(2022, 6, 1))
    assert law.groups["BLR-RUS"].end == load().groups["BLR-RUS"].end == dt.date(2021, 12, 18)


def test_a_quota_shared_out_within_that_group() -> None:
    """Members of the group pass quota on by Section II, without asking the State overflown."""
    text = WHOLE.replace('receiver = "FIN"', 'receiver = "FIN"\nwithin = "NORDIC"').replace("agreed = true\n", "")
    for on, verdict in ((dt.date(2027, 5, 31), "breach"), (dt.date(2027, 6, 1), "ok")):
        answered = {one.act.told.id: one for one in answer_all(read(text), LegalDay(on))}
        assert answered["t1"].consequences[0].verdict.value == verdict


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"SWE", "UKR"]', '"SWE", "XXX"]', "'XXX' is no State or group"),
        ('"SWE", "UKR"]', '"SWE", "GER"]', "'GER' is no State or group"),
        ('parties = ["SWE", "UKR"]', "parties = []", "is empty"),
        ('parties = ["SWE", "UKR"]', 'parties = "SWE"', "a list of texts"),
        ('"OS:VI.I.9"', '"OS:VI.I.99"', "no provision 'OS:VI.I.99'"),
        ("from = 2027-05-01", 'from = "2027-05"', "a day of the calendar such as"),
        ("from = 2027-05-01", "from = 9999-12-31", "not from 1990 to 2199"),
        ("notified = 2027-01-10\n", "", "withdrawal[w1].notified: missing"),
        ("to = 2027-06-01", "to = 2027-04-01", "comes before 2027-05-01"),
        ("flights = 1", "flights = 0", "no whole number from 1"),
        ("flights = 1", "flights = 1.5", "no whole number"),
        ("flights = 1", "flights = true", "no whole number"),
        ("year = 2027\non", "year = 20270\non", "no whole number from 1990 to 2199"),
        ("active_total = 3", "active_total = 2", "less than the sum"),
        ("over = { UKR = 2, TUR = 1 }", "over = { UKR = -1 }", "no whole number"),
        ("over = { UKR = 2, TUR = 1 }", "over = [2]", "{ UKR = 2, TUR = 1 }"),
        ('what = "form"', 'what = "dissolve"', "'dissolve' is none of form"),
        ('what = "form"', 'what = "leave"', "the States that join or leave"),
        ('group = "NORDIC"', 'group = "nordic"', "no code of a group"),
        ("adopted = 2026-10-20", "adopted = 2026-10-20\nfailed = true", "nothing was agreed, but"),
        ("effective = 2027-07-10", "effective = 2027-01-09", "comes before 2027-01-10"),
        ('id = "f1"', 'id = "w1"', "stands 2 times"),
        ('id = "f1"\n', "", "flight[1].id: missing"),
        ('source = "journal"\n', "", "source: missing"),
        ('source = "journal"', 'source = "practice S999"', "source S999 is not in sources.toml"),
        ('source = "journal"', 'source = "journal"\nstatus = "rumour"', "none of text"),
        ("told_all = ", "toldall = ", "unknown field"),
        ("[[flight]]", "[[flights]]", "flights: unknown table"),
        ('claim_of = "POL"', 'claim_of = "POLAND"', "'POLAND' is no State"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(old: str, new: str, told: str) -> None:
    """A slip in one field is told with what was expected; nothing is guessed."""
    assert old in WHOLE
    assert told in refused(WHOLE.replace(old, new, 1))


def test_a_state_withdraws_once() -> None:
    """Two notices of one State would have two answers for one day: the file is refused."""
    row = {"state": "HUN", "notified": dt.date(2020, 1, 1), "effective": dt.date(2021, 1, 1), "source": "told"}
    other = {**row, "effective": dt.date(2022, 1, 1)}
    with pytest.raises(InputError) as refused:
        acts_from_toml({"withdrawal": [{**row, "id": "one"}, {**other, "id": "two"}]})
    assert [fault.where for fault in refused.value.faults] == ["withdrawal[HUN]"]


def test_all_faults_are_told_at_once() -> None:
    """Three slips in three tables give three faults."""
    text = WHOLE.replace('"FIN"', '"FNI"', 1).replace("2026-12-01", '"x"').replace('"OS:III.I.2"', '"OS:III.I.20"')
    message = refused(text)
    assert all(place in message for place in ("transfer[t1].receiver", "group_change[g1].notified", "n1].duties"))


@pytest.mark.parametrize(
    "text", ["agreement = 3", "[agreement]\nid = 1", "agreement = [1, 2]", "[[agreement]]\nid = 7"]
)
def test_tables_of_another_shape_are_refused(text: str) -> None:
    """What is no list of tables, or holds no texts, is refused and not half read."""
    assert "bad" not in refused(text)


_HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "from", "over", "UKR"]), inner),
    max_leaves=6,
)
_FIELDS = [
    "id",
    "source",
    "parties",
    "provision",
    "from",
    "to",
    "year",
    "flights",
    "over",
    "members",
    "what",
    "state",
    "notified",
]
_TABLE = st.dictionaries(st.sampled_from(_FIELDS), _HOSTILE, max_size=8)
_FILE = st.dictionaries(
    st.sampled_from(
        ["agreement", "transfer", "year_quota", "group_change", "non_performance", "review", "withdrawal", "x"]
    ),
    st.lists(_TABLE, max_size=2) | _HOSTILE,
    max_size=3,
)


@given(_FILE)
def test_hostile_files_are_refused_and_never_crash(data: dict[str, Any]) -> None:
    """Whatever a table holds, the answer is facts or one refusal with its faults."""
    faults: tuple[object, ...] = ()
    acts = None
    try:
        acts = acts_from_toml(data)
    except InputError as refusal:
        faults = refusal.faults
    assert (acts is None) is bool(faults)


@given(
    st.dates(dt.date(1992, 1, 1), dt.date(2100, 1, 1)), st.none() | st.dates(dt.date(1992, 1, 1), dt.date(2100, 1, 1))
)
def test_stored_practice_is_answered_on_any_day(at: dt.date, known: dt.date | None) -> None:
    """Every answer has its provision and its days in order, and leaves no verdict without a reason."""
    for one in answer_all(practice(), LegalDay(at, known)):
        assert one.consequences
        assert str(act_title(one.act))
        start, end = act_days(one.act, one.day)
        assert start is None or end is None or start <= end
        for answer in one.consequences:
            assert str(answer.finding.why)
            assert answer.silent is (answer.silent and answer.verdict.value == "cannot_tell")
            assert answer.finding.needs if answer.verdict.value == "cannot_tell" else True


@pytest.mark.parametrize(
    ("known", "there"),
    [
        ("1992-01-01", {"blr-rus-formed"}),
        ("2012-04-05", {"blr-rus-formed"}),
        ("2012-04-06", {"blr-rus-formed", "geo-towards-rus-2012"}),
        ("2020-05-22", {"blr-rus-formed", "geo-towards-rus-2012", "review-2018", "usa-2020"}),
    ],
)
def test_what_was_not_known_is_not_answered(known: str, there: set[str]) -> None:
    """The second clock leaves facts out that became known later."""
    day = LegalDay(dt.date(2022, 1, 1), dt.date.fromisoformat(known))
    found = {one.act.told.id for one in answer_all(practice(), day)}
    assert found == (there if known >= "1992-03-24" else set())
