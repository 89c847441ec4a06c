"""Facts on what Parties did that cannot be true, or are too many, are refused; only a Party can withdraw."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.law.act_effects import answer_all
from skywitness.law.act_rows import MOST_ROWS
from skywitness.law.acts import acts_from_toml
from skywitness.law.instrument import load
from skywitness.law.legal_day import LegalDay
from skywitness.law.told_law import with_acts

TRANSFER = {"giver": '"SWE"', "receiver": '"FIN"', "over": '"UKR"', "flights": "1", "year": "2027", "on": "2027-02-01"}
AGREEMENT = {"parties": '["SWE", "FIN"]', "provision": '"OS:VI.II.4(G)"', "scope": '"a crossing"'}
PAUSE = {"by": '["GEO"]', "towards": '["RUS"]', "duties": '["OS:III.I.2"]', "from": "2012-04-06"}
FLIGHT = {"observing": '"TUR"', "observed": '"UKR"', "arrival": "2027-07-08"}
WITHDRAWAL = {"state": '"TUR"', "notified": "2027-01-10", "effective": "2027-07-10"}


def facts(table: str, fields: dict[str, str], **changes: str) -> str:
    """Write one table."""
    whole = {"id": '"one"', "source": '"note"', **fields, **changes}
    return f"[[{table}]]\n" + "".join(f"{key} = {value}\n" for key, value in whole.items())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (facts("transfer", TRANSFER, receiver='"SWE"'), "transfer[one].receiver: is the giver itself, SWE"),
        (facts("transfer", TRANSFER, over='"SWE"'), "transfer[one].over: is the giver itself, SWE"),
        (facts("transfer", TRANSFER, over='"FIN"'), "transfer[one].over: nobody holds flights over itself"),
        (facts("transfer", TRANSFER, within='"a\\u001b"'), "transfer[one].within: 'a\\x1b' is no code of a group"),
        (
            facts("agreement", AGREEMENT, parties='["SWE", "SWE"]'),
            "agreement[one].parties: 'SWE' stands more than once",
        ),
        (facts("agreement", AGREEMENT, states='["SWE", "SWE"]'), "agreement[one].states: 'SWE' stands more than once"),
        (facts("non_performance", PAUSE, towards='["GEO"]'), "non_performance[one].towards: GEO stands under by"),
        (facts("flight", FLIGHT, observed='"TUR"'), "flight[one].observed: is the observing Party itself"),
        (facts("flight", FLIGHT, note='"\\u202e"'), "flight[one].note: words of at most"),
        (facts("flight", FLIGHT, id='"\\u001b[2J"'), "flight[1].id: a name of at most"),
        (facts("flight", FLIGHT, id='""'), "flight[1].id: a name of at most"),
        (facts("flight", FLIGHT) * (MOST_ROWS + 1), "flight: 1,001 tables, more than the 1,000"),
    ],
)
def test_facts_that_cannot_be_are_refused(text: str, told: str) -> None:
    """Each is told with its table and field."""
    with pytest.raises(InputError) as refused:
        acts_from_toml(tomllib.loads(text))
    assert told in str(refused.value)


def test_long_values_are_not_told_in_full() -> None:
    """Twenty thousand letters where a Party stands are a slip, not a message."""
    with pytest.raises(InputError) as refused:
        acts_from_toml(
            tomllib.loads(facts("flight", FLIGHT, observing=f'"{"A" * 20_000}"', arrival=f'"{"B" * 20_000}"'))
        )
    assert len(refused.value.faults) >= 2
    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize(
    ("state", "notified", "party"),
    [
        ("TUR", "2027-01-10", True),
        ("CYP", "2027-01-10", False),
        ("USA", "2027-01-10", False),
        ("SWE", "1999-01-01", False),
    ],
)
def test_only_a_party_can_withdraw(state: str, notified: str, party: bool) -> None:
    """Who never joined, left before, or had not joined yet is not told to be bound by its own notice."""
    text = facts("withdrawal", WITHDRAWAL, state=f'"{state}"', notified=notified)
    acts, day = acts_from_toml(tomllib.loads(text)), LegalDay(dt.date(2027, 3, 1))
    (answered,) = answer_all(acts, day)
    if party:
        assert len(answered.consequences) > 10
    else:
        (only,) = answered.consequences
        assert only.verdict is Verdict.NOT_APPLICABLE
        assert f"{state} was no State Party on {notified}" in str(only.finding.why)
    changed = with_acts(load(), acts, dt.date(2028, 1, 1)) is not load()
    assert changed is party
