"""What an agreement does: to which provision, between whom, from when to when."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.finding import Verdict
from skywitness.law.agreement import Agreement, agreement_consequences, agreement_end
from skywitness.law.legal_day import ALL, LegalDay
from skywitness.law.parties import parties_on
from skywitness.law.told import Told

OK, NOTHING, OPEN = Verdict.OK, Verdict.NOT_APPLICABLE, Verdict.CANNOT_TELL


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def agreement(
    parties: str, provision: str, start: str = "2010-01-01", end: str | None = None, involved: str = ""
) -> Agreement:
    """Make an agreement of Parties written with blanks between them."""
    told = Told("a", "exchange of notes", "reported", day(start))
    return Agreement(
        told, tuple(parties.split()), provision, "as the notes say", day(start), (end and day(end)) or None,
        tuple(involved.split()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("parties", "provision", "involved", "at", "verdict", "words"),
    [
        # two Parties, where the text asks for the two of the flight
        ("SWE UKR", "OS:VI.I.9", "", "2010-06-01", OK, "does not say who"),
        (
            "SWE UKR",
            "OS:IV.9",
            "",
            "2010-06-01",
            OK,
            "holds unless agreed otherwise (the observing and the observed Party); SWE, UKR",
        ),
        ("SWE", "OS:VI.I.9", "", "2010-06-01", OPEN, "do not say who they are"),
        # everybody concerned: who that is must be said
        ("SWE UKR", "OS:VII.2", "", "2010-06-01", OPEN, "every State Party concerned"),
        ("SWE UKR POL", "OS:VII.2", "SWE UKR POL", "2010-06-01", OK, "SWE, UKR, POL agreed"),
        ("SWE UKR", "OS:VII.2", "SWE UKR POL", "2010-06-01", NOTHING, "POL did not agree"),
        # the Commission: all Parties, no objection
        ("ALL", "OS:L.I.4", "", "2010-06-01", OK, "consensus"),
        ("SWE UKR", "OS:L.I.8", "", "2010-06-01", NOTHING, "did not agree"),
        # consent of the one whom the provision protects
        ("UKR", "OS:VI.I.3", "UKR", "2010-06-01", OK, "obliges nobody"),
        ("SWE", "OS:VI.I.3", "UKR", "2010-06-01", NOTHING, "UKR did not agree"),
        # a provision that yields to nobody
        ("SWE UKR", "OS:VI.II.2", "", "2010-06-01", NOTHING, "no room for an agreement"),
        ("SWE UKR", "OS:III.I.10", "", "2010-06-01", NOTHING, "XVI.2"),
        # groups and Benelux agree as one
        ("BENELUX BLR-RUS", "OS:VI.I.9", "", "2010-06-01", OK, "BENELUX, BLR-RUS agreed"),
        # no Party, no agreement under the Treaty
        ("CHE UKR", "OS:VI.I.9", "", "2010-06-01", NOTHING, "CHE: no State Party"),
        ("SWE UKR", "OS:VI.I.9", "", "2009-12-31", NOTHING, "begins on 2010-01-01"),
    ],
)
def test_what_an_agreement_does(
    parties: str, provision: str, involved: str, at: str, verdict: Verdict, words: str
) -> None:
    """Who agreed on what, and what the law makes of it on a day."""
    made = agreement(parties, provision, involved=involved)
    (answer,) = agreement_consequences(made, LegalDay(day(at)))
    assert answer.verdict is verdict
    assert words in str(answer.finding.why)
    assert (answer.finding.by_agreement == "exchange of notes") is (verdict is OK)
    assert bool(answer.finding.needs) is (verdict is OPEN)


@pytest.mark.parametrize(
    ("parties", "end", "ends"),
    [
        ("USA UKR", None, "2020-11-22"),
        ("USA UKR", "2015-01-01", "2015-01-01"),
        ("USA UKR", "2025-01-01", "2020-11-22"),
        ("RUS USA", None, "2020-11-22"),
        ("BLR-RUS UKR", None, "2021-12-18"),
        ("SWE UKR", None, None),
        ("ALL", "2030-01-01", "2030-01-01"),
    ],
)
def test_an_agreement_ends_with_its_term_or_when_a_party_to_it_leaves(
    parties: str, end: str | None, ends: str | None
) -> None:
    """No agreement under the Treaty outlives a Party's being one."""
    made = agreement(parties, "OS:VI.I.9", end=end)
    found = agreement_end(made, LegalDay(day("2026-01-01")))
    assert found == (day(ends) if ends else None)
    if ends:
        before, after = (
            agreement_consequences(made, LegalDay(on))[0].verdict
            for on in (day(ends) - dt.timedelta(days=1), day(ends))
        )
        assert (before, after) == (OK, NOTHING) or parties == ALL


def test_who_has_left_is_named() -> None:
    """After a withdrawal the answer says why the agreement is over."""
    made = agreement("USA UKR", "OS:VI.I.9")
    (answer,) = agreement_consequences(made, LegalDay(day("2021-01-01")))
    assert "when USA left the Treaty" in str(answer.finding.why)


def test_two_clauses_of_one_provision_get_two_answers() -> None:
    """Voluntary flights come about by agreement, and their data go to the Commission unless agreed otherwise."""
    made = agreement("DEU ESP", "OS:L.III.3", involved="DEU ESP")
    answers = agreement_consequences(made, LegalDay(day("2024-06-15")))
    assert [answer.verdict for answer in answers] == [OK, OK]


def test_all_means_every_party_of_the_day() -> None:
    """``ALL`` is everybody who is a Party on that day, no more and no fewer."""
    for on in (day("2010-06-01"), day("2021-06-01"), day("2024-06-01")):
        assert LegalDay(on).states((ALL,)) == parties_on(on)


def test_signatories_may_decide_before_the_treaty_is_in_force() -> None:
    """Provisional application is prolonged by all signatories, years before entry into force."""
    signed = [
        code for code, party in LegalDay(day("1993-03-24")).instrument.parties.items() if party.event("signed", None)
    ]
    made = agreement(" ".join(signed), "OS:XVIII.I.2", start="1993-03-24")
    (answer,) = agreement_consequences(made, LegalDay(day("1994-01-01")))
    assert answer.verdict is OK
    some = agreement(" ".join(signed[:-1]), "OS:XVIII.I.2", start="1993-03-24")
    (refused,) = agreement_consequences(some, LegalDay(day("1994-01-01")))
    assert refused.verdict is NOTHING
    assert signed[-1] in str(refused.finding.why)
