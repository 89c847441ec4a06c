"""What Parties are told to have done counts where a flight is judged: transfers, groups, withdrawals, performance."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.route.rules.plans import DAY, full_facts, make, make_plan, only, verdicts, with_quota

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.acts import Acts
from skywitness.route.facts import Facts
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.rules.context import Context
from skywitness.route.rules.parties import observed_is_party, withdrawal
from skywitness.route.rules.performance import claimed_nonperformance
from skywitness.route.rules.quotas import half_of_the_smaller, quota_held, quota_left, shared_out, transfer_agreed

Rule = Callable[[Context], Iterator[Finding]]

YEAR = """
[[year_quota]]
party = "SWE"
year = 2015
over = { DEU = 1, FRA = 2 }
active_total = 3
passive_total = 7
source = "distribution for 2015"

[[year_quota]]
party = "NOR"
year = 2015
over = { DEU = 2 }
active_total = 2
source = "distribution for 2015"
"""
TRANSFER = """
[[transfer]]
id = "t1"
giver = "NOR"
receiver = "SWE"
over = "DEU"
flights = 1
year = 2015
on = 2015-02-01
source = "note of 1 February"
"""
AGREED = "agreed = true\n"


def told(text: str, **quota: int | None) -> Facts:
    """Full facts with what a file tells beside them; ``quota`` replaces numbers of ``[quota]``."""
    read = facts_from_toml(tomllib.loads(text))
    numbers: dict[str, int | None] = {"active_individual": None, "active_total": None, "passive_total": 12, **quota}
    facts = with_quota(**numbers)
    return replace(facts, acts=read.acts, agreements=read.agreements)


def held(facts: Facts, reading: Reading | None = None) -> list[float | str | int | None]:
    """The limits of III.I.8: what is held over Germany, and in total."""
    return [finding.limit for finding in quota_left(make(facts=facts, reading=reading))]


@pytest.mark.parametrize(
    ("text", "over", "total"),
    [
        (YEAR, 1, 3),
        (YEAR + TRANSFER + AGREED, 2, 4),
        (YEAR + TRANSFER + "agreed = false\n", 1, 3),
        (YEAR + TRANSFER, None, None),  # nobody has said whether Germany agreed
        (YEAR + TRANSFER + AGREED.replace("true", "true\nclaim_of = 'NOR'"), 1, 3),
        (YEAR + TRANSFER.replace("2015-02-01", "2015-07-01") + AGREED, 1, 3),  # only later in the year
        (YEAR + TRANSFER.replace("year = 2015", "year = 2016") + AGREED, 1, 3),  # of next year's quotas
        (YEAR + TRANSFER.replace('"NOR"', '"USA"') + AGREED, 2, 4),
        (YEAR + TRANSFER.replace('"NOR"', '"SWE"').replace('receiver = "SWE"', 'receiver = "NOR"') + AGREED, 0, 2),
        (
            YEAR + TRANSFER + "[[agreement]]\nparties = ['NOR', 'DEU']\nprovision = 'OS:III.I.9'\nscope = 'it'\n"
            "source = 'note'\n",
            2,
            4,
        ),
    ],
)  # fmt: skip
def test_the_quota_held_counts_transfers(text: str, over: int | None, total: int | None) -> None:
    """III.I.9: one flight over Germany passes from Norway to Sweden where Germany agreed, and from its day on."""
    assert held(told(text)) == [over, total]


def test_what_the_flight_says_is_held_comes_first() -> None:
    """``[quota]`` says what is held now, transfers counted; what a year's tables leave does not add to it."""
    assert held(told(YEAR + TRANSFER + AGREED, active_individual=5, active_total=9)) == [5, 9]


def test_numbers_of_a_told_year_are_cited_as_a_claim() -> None:
    """A number that only the file gives carries its sources and the status of a claim."""
    first = next(iter(quota_held(make(facts=told(YEAR + TRANSFER + AGREED)))))
    assert [(one.value, one.source, one.status) for one in first.values] == [
        (2, "distribution for 2015; note of 1 February", "claim of this facts file")
    ]


def test_a_flight_by_a_transferred_quota() -> None:
    """With one flight of two flown the second may be flown by the transfer, and none without it."""
    for text, verdict in ((YEAR, Verdict.BREACH), (YEAR + TRANSFER + AGREED, Verdict.OK)):
        facts = told(text, flown_over_observed=1)
        assert next(iter(quota_left(make(facts=facts)))).verdict is verdict


@pytest.mark.parametrize(
    ("way", "limit", "verdict"),
    [(None, 2, "breach"), ("own_total_without_transfer", 2, "breach"), ("own_total_with_transfer", 3, "ok")],
)
def test_the_reading_says_which_total_counts(way: str | None, limit: int, verdict: str) -> None:
    """III.I.10: Sweden's four flights make half of them two, with the transferred one among five three."""
    text = YEAR.replace("DEU = 1", "DEU = 2").replace("active_total = 3", "active_total = 4") + TRANSFER + AGREED
    reading = Reading(at=DAY, interpretations={} if way is None else {"III.I.10": way})
    finding = only(half_of_the_smaller(make(facts=told(text, flown_over_observed=2), reading=reading)))
    assert (finding.limit, finding.verdict) == (limit, verdict)
    assert finding.reading.interpretations["III.I.10"] == (way or "own_total_without_transfer")


@pytest.mark.parametrize(
    ("more", "verdict"),
    [(AGREED, "ok"), ("agreed = false\n", "breach"), ("", "cannot_tell")],
)
def test_a_told_transfer_is_judged_by_the_law(more: str, verdict: str) -> None:
    """III.I.9 in ``check`` is what ``law effect`` answers: the State overflown must have agreed."""
    finding = only(transfer_agreed(make(facts=told(YEAR + TRANSFER + more))))
    assert finding.verdict == verdict
    assert finding.reading.view == "un"


def test_an_agreement_beside_a_transfer_is_the_consent() -> None:
    """III.I.9: an agreement of giver and State overflown settles what the transfer leaves open, on its days."""
    agreement = "[[agreement]]\nparties = ['NOR', 'DEU']\nprovision = 'OS:III.I.9'\nscope = 'it'\nsource = 'note'\n"
    for days, verdict in (("", "ok"), ("to = 2015-03-01\n", "cannot_tell")):
        facts = told(YEAR + TRANSFER + agreement + days)
        assert only(transfer_agreed(make(facts=facts))).verdict == verdict
        assert held(facts) == ([2, 4] if verdict == "ok" else [None, None])


@pytest.mark.parametrize(("at", "verdict"), [(dt.date(2015, 5, 31), "breach"), (dt.date(2015, 6, 1), "ok")])
def test_a_quota_shared_out_needs_a_group_that_stands(at: dt.date, verdict: str) -> None:
    """III.II.2(A): Norway and Sweden share out from six months after their notice on, and Germany is not asked."""
    group = (
        "[[group_change]]\nid = 'g'\ngroup = 'NOR-SWE'\nwhat = 'form'\nkind = 'redistribution'\n"
        "members = ['NOR', 'SWE']\nnotified = 2014-12-01\nsource = 'note'\n"
    )
    facts = told(YEAR + TRANSFER + "within = 'NOR-SWE'\n" + group)
    context = make(facts=facts, reading=Reading(at=at))
    assert only(shared_out(context)).verdict == verdict
    assert next(iter(quota_left(context))).limit == (2 if verdict == "ok" else 1)


WITHDRAWAL = """
[[withdrawal]]
id = "w"
state = "DEU"
notified = 2014-11-01
effective = 2015-05-01
source = "note of 1 November"
"""


@pytest.mark.parametrize(
    ("at", "known", "more", "parties"),
    [
        (DAY, None, "", ["breach"]),
        (dt.date(2015, 4, 30), None, "", ["ok"]),
        (DAY, dt.date(2014, 10, 31), "", ["ok"]),  # nobody knew of it yet
        (DAY, None, "claim_of = 'RUS'\n", ["ok"]),  # a claim is no law
    ],
)
def test_a_told_withdrawal_ends_the_standing_of_a_party(
    at: dt.date, known: dt.date | None, more: str, parties: list[str]
) -> None:
    """Article XV: from the day on which it takes effect nobody has to accept a flight over that State as a Party."""
    context = make(facts=told(WITHDRAWAL + more), reading=Reading(at=at, known=known))
    assert verdicts(observed_is_party(context)) == parties
    assert ("breach" in verdicts(withdrawal(context))) is (parties == ["breach"])


def test_a_told_withdrawal_cannot_come_early() -> None:
    """XV.2: six months from notice; a day named too early does not free before they have passed."""
    facts = told(WITHDRAWAL.replace("notified = 2014-11-01", "notified = 2015-01-10"))
    assert verdicts(observed_is_party(make(facts=facts))) == ["ok"]
    assert verdicts(observed_is_party(make(facts=facts, reading=Reading(at=dt.date(2015, 7, 10))))) == ["breach"]


def test_a_told_withdrawal_leaves_the_stored_one() -> None:
    """Russia left on 18 December 2021 by public sources; a file cannot move that day."""
    text = WITHDRAWAL.replace('"DEU"', '"RUS"').replace("2014-11-01", "2015-06-18").replace("2015-05-01", "2015-12-18")
    context = make(facts=told(text), reading=Reading(at=dt.date(2016, 6, 1)))
    assert context.law.is_party("RUS")


def test_a_told_group_with_common_quotas_follows_the_review() -> None:
    """III.II.7: notice of 1 December 2014 lets common quotas begin on 1 January 2016, not when the six months end."""
    group = (
        "[[group_change]]\nid = 'g'\ngroup = 'DEU-POL'\nwhat = 'form'\nkind = 'common_quota'\n"
        "members = ['DEU', 'POL']\nnotified = 2014-12-01\nsource = 'note'\n"
    )
    holders = {
        at: make(facts=told(group), reading=Reading(at=at)).law.holder("DEU")
        for at in (dt.date(2015, 12, 31), dt.date(2016, 1, 1))
    }
    assert list(holders.values()) == ["DEU", "DEU-POL"]


def test_a_group_told_to_end() -> None:
    """III.II.6(C): Belarus and Russia told to part are no group from the day the text gives, and hold apart."""
    text = (
        "[[group_change]]\nid = 'g'\ngroup = 'BLR-RUS'\nwhat = 'leave'\nkind = 'common_quota'\nmembers = ['BLR']\n"
        "states = ['RUS']\nnotified = 2014-10-01\nsource = 'note'\n"
    )
    for at, holder in ((dt.date(2015, 3, 31), "BLR-RUS"), (dt.date(2015, 4, 1), "RUS")):
        assert make(facts=told(text), reading=Reading(at=at)).law.holder("RUS") == holder


NOT_PERFORMED = """
[[non_performance]]
id = "deu-towards-swe"
by = ["DEU"]
towards = ["SWE"]
duties = ["OS:III.I.2"]
from = 2015-01-01
to = 2016-01-01
basis = "a dispute"
answer = "there is none"
claim_of = "DEU"
source = "statement"
"""


@pytest.mark.parametrize(
    ("change", "reading", "bearer"),
    [
        (("", ""), Reading(at=DAY), "DEU"),  # who does not perform breaks its duty
        (("", ""), Reading(at=DAY, accepted_claims=("deu-towards-swe",)), "SWE"),  # the flight may be refused
        (('by = ["DEU"]\ntowards = ["SWE"]', 'by = ["SWE"]\ntowards = ["DEU"]'), Reading(at=DAY), None),  # other way
        (('"OS:III.I.2"', '"OS:VI.I.5"'), Reading(at=DAY), None),
        (("", ""), Reading(at=dt.date(2016, 1, 1)), None),
        (("", ""), Reading(at=DAY, known=dt.date(2014, 12, 31)), None),
        (('claim_of = "DEU"', "agreed = true"), Reading(at=DAY), "SWE"),
    ],
)
def test_performance_between_two_parties(change: tuple[str, str], reading: Reading, bearer: str | None) -> None:
    """III.I.2: the pair is ordered, the days and the second clock hold, and the reading says whose claim counts."""
    found = list(claimed_nonperformance(make(facts=told(NOT_PERFORMED.replace(*change)), reading=reading)))
    assert [(one.verdict.value, one.bearer) for one in found] == ([("breach", bearer)] if bearer else [])
    assert all(one.effect is not None for one in found)


def test_without_acts_the_law_stands() -> None:
    """Facts that tell of no act leave the very law that is stored."""
    context = make(facts=full_facts(acts=Acts()))
    assert context.law.instrument is make(make_plan()).law.instrument
