"""Quota that passes from one Party to another: who must agree, what bounds it, what it does to totals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.finding import Verdict
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION
from skywitness.law.ledger import Ledger, Transfer, YearQuota, ledger_of
from skywitness.law.legal_day import LegalDay
from skywitness.law.told import Told
from skywitness.law.transfers import StandingGroup, transfer_consequences

OK, BREACH, OPEN, NOTHING = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
TOLD = Told("t", "note of both", "reported", dt.date(2010, 2, 1))
DAY = LegalDay(dt.date(2010, 6, 1))
DEU = YearQuota(TOLD, "DEU", 2010, MappingProxyType({"UKR": 2, "TUR": 1}), 3, 12)
SWE = YearQuota(TOLD, "SWE", 2010, MappingProxyType({"FIN": 1}), 1, 7)
UKR = YearQuota(TOLD, "UKR", 2010, MappingProxyType({}), 0, 12)
QUOTAS = (DEU, SWE, UKR)
TRANSFER = Transfer(TOLD, "DEU", "SWE", "UKR", 1, 2010, dt.date(2010, 2, 1), True, dt.date(2010, 2, 3))


def verdicts(transfer: Transfer, quotas: tuple[YearQuota, ...] = QUOTAS, at: dt.date = DAY.at) -> list[tuple[str, str]]:
    """List provision and verdict of every answer."""
    day = DAY.on(at)
    answers = transfer_consequences(transfer, day, ledger_of(day, quotas))
    return [(one.finding.provision.removeprefix("OS:"), one.verdict.value) for one in answers]


@pytest.mark.parametrize(
    ("what", "transfer", "expected"),
    [
        # held, agreed, told, above passive, half of the smaller
        ("all in order", TRANSFER, "ok ok ok ok ok"),
        ("the State overflown refused", replace(TRANSFER, agreed=False), "ok breach ok ok ok"),
        ("nobody says whether it agreed", replace(TRANSFER, agreed=None), "ok cannot_tell ok ok ok"),
        ("the others were not told", replace(TRANSFER, notified=None), "ok ok cannot_tell ok ok"),
        ("told after the day asked for", replace(TRANSFER, notified=dt.date(2010, 7, 1)), "ok ok cannot_tell ok ok"),
        ("more than the giver holds", replace(TRANSFER, flights=3), "breach ok ok ok breach"),
    ],
)
def test_a_transfer_is_judged_step_by_step(what: str, transfer: Transfer, expected: str) -> None:
    """III.I.9: what is given is held, the State overflown agrees, the others are told; III.I.10 bounds the receiver."""
    assert [verdict for _, verdict in verdicts(transfer)] == expected.split(), what


@pytest.mark.parametrize(
    ("own", "flights", "passive", "without", "with_transfer"),
    [
        # own total before, flights received, passive quota of the State overflown: by one reading, by the other
        (1, 1, 12, "ok", None),  # 1 held, cap 1 by either reading
        (1, 2, 12, "breach", "ok"),  # 2 held: half of 1 is 1, half of 3 is 2
        (4, 3, 12, "breach", "ok"),  # 3 held: half of 4 is 2, half of 7 is 4
        (4, 3, 4, "breach", None),  # 3 held: half of the passive quota of 4 is 2
        (40, 6, 12, "ok", None),  # 6 held: half of the passive quota of 12 is 6
        (40, 7, 12, "breach", None),
        (5, 3, 12, "ok", None),  # half of 5, rounded up, is 3
    ],
)
def test_half_of_the_smaller_quota(
    own: int, flights: int, passive: int, without: str, with_transfer: str | None
) -> None:
    """III.I.10; whether the receiver's own total counts what it received is open, so both readings answer."""
    others = MappingProxyType({"POL": own})
    receiver = YearQuota(TOLD, "SWE", 2010, others, own, 7)
    giver = YearQuota(TOLD, "DEU", 2010, MappingProxyType({"UKR": 10}), 10, 12)
    observed = YearQuota(TOLD, "UKR", 2010, MappingProxyType({}), 0, passive)
    found = verdicts(replace(TRANSFER, flights=flights), (receiver, giver, observed))
    half = [verdict for code, verdict in found if code == "III.I.10"]
    assert half == ([without] if with_transfer is None else [without, with_transfer])


def test_each_reading_of_one_half_is_named() -> None:
    """Where the readings differ an answer says which one it was given under."""
    receiver = YearQuota(TOLD, "SWE", 2010, MappingProxyType({"POL": 1}), 1, 7)
    day = LegalDay(dt.date(2010, 6, 1))
    answers = transfer_consequences(replace(TRANSFER, flights=2), day, ledger_of(day, (DEU, receiver, UKR)))
    readings = [dict(one.finding.reading.interpretations) for one in answers[-2:]]
    assert readings == [
        {"III.I.10": "own_total_without_transfer"},
        {"III.I.10": "own_total_with_transfer"},
    ]


def test_the_total_may_exceed_the_passive_quota() -> None:
    """III.I.9 sets the bound of III.I.5 aside, and the answer gives both numbers."""
    full = YearQuota(TOLD, "SWE", 2010, MappingProxyType({"FIN": 7}), 7, 7)
    answers = transfer_consequences(TRANSFER, DAY, ledger_of(DAY, (DEU, full, UKR)))
    (above,) = [one.finding for one in answers if one.finding.provision == "OS:III.I.5"]
    assert (above.verdict, above.measured, above.limit) == (OK, 8, 7)


@pytest.mark.parametrize(
    ("quotas", "open_ones"),
    [
        ((), {"III.I.9", "III.I.5", "III.I.10"}),
        ((replace(SWE, active_total=None), DEU, UKR), {"III.I.5", "III.I.10"}),
        # Ukraine's passive quota of 12 stands in Annex A, so that nothing is missing
        ((DEU, SWE), set()),
        ((replace(DEU, over=MappingProxyType({"UKR": 2})), SWE, UKR), set()),
    ],
)
def test_what_is_not_known_is_not_guessed(quotas: tuple[YearQuota, ...], open_ones: set[str]) -> None:
    """Yearly quotas are confidential: without them the answer is cannot tell, never zero."""
    assert {code for code, verdict in verdicts(TRANSFER, quotas) if verdict == "cannot_tell"} == open_ones


@pytest.mark.parametrize(
    ("at", "verdict"), [("2010-01-31", "not_applicable"), ("2010-02-01", "ok"), ("2011-01-01", "not_applicable")]
)
def test_a_transfer_lasts_to_the_end_of_its_year(at: str, verdict: str) -> None:
    """Quotas are distributed by calendar year."""
    found = verdicts(TRANSFER, at=dt.date.fromisoformat(at))
    assert found[0] == ("III.I.9", verdict)


@pytest.mark.parametrize(
    "transfer",
    [replace(TRANSFER, giver="CHE"), replace(TRANSFER, receiver="CHE"), replace(TRANSFER, over="CHE")],
    ids=["giver", "receiver", "overflown"],
)
def test_only_parties_transfer_quota(transfer: Transfer) -> None:
    """A State that is no Party has nothing to give, to receive or to agree to."""
    assert verdicts(transfer) == [("III.I.9", "breach")]


def test_the_public_distribution_is_used_where_it_holds() -> None:
    """In 2003 the first distribution gives Germany one flight over Ukraine and three over Belarus and Russia."""
    day = LegalDay(dt.date(2003, 6, 1))
    ledger = ledger_of(day)
    assert (ledger.held("DEU", "UKR"), ledger.held("DEU", "BLR-RUS"), ledger.active_total["DEU"]) == (1, 3, 4)
    assert ledger.held("DEU", "POL") == 0
    assert ledger.passive_total["UKR"] == 12
    made = replace(TRANSFER, receiver="GBR", year=2003, on=dt.date(2003, 2, 1), notified=dt.date(2003, 2, 2))
    answers = transfer_consequences(made, day, ledger)
    assert [one.verdict for one in answers] == [OK, OK, OK, OK, OK]


def test_a_member_of_a_common_group_gives_what_the_group_holds() -> None:
    """Russia's quota over Turkey in 2003 is that of the group with Belarus."""
    day = LegalDay(dt.date(2003, 6, 1))
    made = Transfer(TOLD, "RUS", "UKR", "TUR", 1, 2003, dt.date(2003, 2, 1), True, dt.date(2003, 2, 1))
    held = transfer_consequences(made, day, ledger_of(day))[0]
    assert (held.finding.bearer, held.finding.limit, held.verdict) == ("BLR-RUS", 2, OK)


NORDIC = StandingGroup("NORDIC", REDISTRIBUTION, ("DNK", "FIN", "NOR", "SWE"))


@pytest.mark.parametrize(
    ("what", "change", "groups", "verdict"),
    [
        ("members of a standing group", {}, (NORDIC,), OK),
        ("no such group", {}, (), BREACH),
        ("a group with common quotas has none to pass on", {}, (replace(NORDIC, kind=COMMON_QUOTA),), BREACH),
        ("the receiver is no member", {"receiver": "POL"}, (NORDIC,), BREACH),
        ("quotas of another year", {"year": 2011, "on": dt.date(2010, 2, 1)}, (NORDIC,), BREACH),
    ],
)
def test_members_of_a_group_share_out_their_quotas(
    what: str, change: dict[str, object], groups: tuple[StandingGroup, ...], verdict: Verdict
) -> None:
    """III.II.2(A): within such a group, for the current year, without asking those overflown."""
    within = replace(TRANSFER, giver="DNK", receiver="SWE", within="NORDIC", agreed=None)
    made = replace(within, **change)  # type: ignore[arg-type]
    answers = transfer_consequences(made, DAY, ledger_of(DAY), groups)
    assert answers[0].verdict is verdict, what
    assert "OS:III.I.9" not in {one.finding.provision for one in answers}


_PARTIES = st.sampled_from(["DEU", "SWE", "UKR", "POL", "TUR"])
_TRANSFERS = st.builds(
    lambda giver, receiver, over, flights, year: Transfer(
        TOLD, giver, receiver, over, flights, year, dt.date(year, 1, 2)
    ),
    _PARTIES, _PARTIES, _PARTIES, st.integers(1, 5), st.sampled_from([2010, 2011]),
)  # fmt: skip


@given(st.lists(_TRANSFERS, max_size=6), st.dictionaries(st.tuples(_PARTIES, _PARTIES), st.integers(0, 9)))
def test_no_flight_is_made_or_lost(transfers: list[Transfer], over: dict[tuple[str, str], int]) -> None:
    """Transfers leave the flights over each State, and the sum of all totals, as they were."""
    totals = {
        party: sum(n for (one, _), n in over.items() if one == party) for party in ("DEU", "SWE", "UKR", "POL", "TUR")
    }
    before = Ledger(2010, MappingProxyType(over), MappingProxyType(totals), MappingProxyType({}))
    after = before.after(transfers)
    for observed in totals:
        flown = [sum(n for (_, one), n in ledger.over.items() if one == observed) for ledger in (before, after)]
        assert flown[0] == flown[1]
    assert sum(after.active_total.values()) == sum(before.active_total.values())
    assert after.passive_total == before.passive_total
    for party in totals:
        rows = sum(n for (one, _), n in after.over.items() if one == party)
        assert rows == after.active_total[party]
