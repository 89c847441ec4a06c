"""Who is a Party on which day.  The tables can be read, and corrected, by a lawyer."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError, NotInForceError
from skywitness.law.group import Group
from skywitness.law.groups import group_of, members, quota_holder
from skywitness.law.instrument import load
from skywitness.law.names import folded
from skywitness.law.parties import is_party, parse_party, parties_on, party_status
from skywitness.law.party import Party

ORIGINAL = frozenset(
    {
        "BEL",
        "BGR",
        "BLR",
        "CAN",
        "CZE",
        "DEU",
        "DNK",
        "ESP",
        "FRA",
        "GBR",
        "GEO",
        "GRC",
        "HUN",
        "ISL",
        "ITA",
        "LUX",
        "NLD",
        "NOR",
        "POL",
        "PRT",
        "ROU",
        "RUS",
        "SVK",
        "TUR",
        "UKR",
        "USA",
    }
)
"""The 26 States for which the Treaty entered into force on 1 January 2002."""

LATER = frozenset(
    {
        "BIH",
        "EST",
        "FIN",
        "HRV",
        "LTU",
        "LVA",
        "SVN",
        "SWE",
    }
)
"""The eight that acceded."""


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("code", "at", "standing"),
    [
        # An original Party, from before signature to long after.
        ("DEU", "1992-03-23", "not_yet"),
        ("DEU", "1992-03-24", "signatory"),
        ("DEU", "1994-01-26", "signatory"),
        ("DEU", "1994-01-27", "ratified_not_in_force"),
        ("DEU", "2001-12-31", "ratified_not_in_force"),
        ("DEU", "2002-01-01", "party"),
        ("DEU", "2026-11-22", "party"),
        # The last two deposits, sixty days before entry into force.
        ("BLR", "2001-11-01", "signatory"),
        ("BLR", "2001-11-02", "ratified_not_in_force"),
        ("BLR", "2002-01-01", "party"),
        ("BLR", "2021-12-18", "party"),
        # Withdrawals take effect on the day itself.
        ("USA", "2020-05-21", "party"),
        ("USA", "2020-05-22", "party"),
        ("USA", "2020-11-21", "party"),
        ("USA", "2020-11-22", "withdrawn"),
        ("USA", "2020-11-23", "withdrawn"),
        ("RUS", "2021-12-17", "party"),
        ("RUS", "2021-12-18", "withdrawn"),
        # Signed and never ratified.
        ("KGZ", "1992-12-14", "never"),
        ("KGZ", "1992-12-15", "signatory"),
        ("KGZ", "2002-01-01", "signatory"),
        ("KGZ", "2026-11-22", "signatory"),
        # Acceded: in force sixty days after deposit.
        ("FIN", "2002-12-11", "not_yet"),
        ("FIN", "2002-12-12", "ratified_not_in_force"),
        ("FIN", "2003-02-09", "ratified_not_in_force"),
        ("FIN", "2003-02-10", "party"),
        ("SWE", "2002-08-26", "ratified_not_in_force"),
        ("SWE", "2002-08-27", "party"),
        ("HRV", "2004-12-31", "ratified_not_in_force"),
        ("HRV", "2005-01-01", "party"),
        # Czechoslovakia signed and ratified; its successors became Parties.
        ("CSK", "1992-12-20", "signatory"),
        ("CSK", "1992-12-31", "ratified_not_in_force"),
        ("CSK", "2002-01-01", "never"),
        ("CZE", "1992-12-31", "not_yet"),
        ("CZE", "1993-01-01", "ratified_not_in_force"),
        ("CZE", "2002-01-01", "party"),
        ("SVK", "2002-01-01", "party"),
        # Benelux is one Party for some articles and three States for the rest.
        ("BEL", "2002-01-01", "party"),
        ("LUX", "2002-01-01", "party"),
        ("NLD", "2002-01-01", "party"),
        # Applied, never admitted; never had to do with it; not stored at all.
        ("CYP", "2002-06-01", "never"),
        ("CYP", "2012-01-01", "applicant"),
        ("CHE", "2012-01-01", "never"),
        ("ARM", "2012-01-01", "never"),
        ("CHN", "2012-01-01", "never"),
    ],
)
def test_what_a_state_is_on_a_day(code: str, at: str, standing: str) -> None:
    """The table is the law: signature, deposit, entry into force, withdrawal."""
    assert party_status("open-skies", code, day(at)).status == standing


@pytest.mark.parametrize(
    ("code", "at", "known", "standing"),
    [
        ("USA", "2021-01-01", "2020-05-21", "party"),
        ("USA", "2021-01-01", "2020-05-22", "withdrawn"),
        ("RUS", "2022-01-01", "2021-06-17", "party"),
        ("RUS", "2022-01-01", "2021-06-18", "withdrawn"),
        ("DEU", "2002-01-01", "2001-11-01", "ratified_not_in_force"),
        ("DEU", "2002-01-01", "2001-11-02", "party"),
        ("FIN", "2004-01-01", "2002-12-11", "never"),
        ("CZE", "1993-02-01", "1993-03-17", "never"),
        ("CZE", "1993-02-01", "1993-03-18", "ratified_not_in_force"),
    ],
)
def test_what_was_known_of_a_state(code: str, at: str, known: str, standing: str) -> None:
    """A plan made before a notice is judged by what could be known when it was made."""
    assert party_status("open-skies", code, day(at), day(known)).status == standing


@pytest.mark.parametrize(
    ("at", "count"),
    [
        ("2001-12-31", 0),
        ("2002-01-01", 26),
        ("2002-08-27", 27),
        ("2003-02-10", 28),
        ("2005-07-23", 34),
        ("2013-07-01", 34),
        ("2020-11-21", 34),
        ("2020-11-22", 33),
        ("2021-12-17", 33),
        ("2021-12-18", 32),
        ("2026-11-22", 32),
    ],
)
def test_how_many_parties_there_are(at: str, count: int) -> None:
    """Twenty-six at entry into force, thirty-four at most, thirty-two today."""
    assert len(parties_on(day(at))) == count


def test_who_the_parties_are() -> None:
    """The sets are those of the depositary's list, not only their sizes."""
    assert parties_on(day("2002-01-01")) == ORIGINAL
    assert parties_on(day("2013-07-01")) == ORIGINAL | LATER
    assert parties_on(day("2026-01-01")) == (ORIGINAL | LATER) - {"USA", "RUS"}


def test_standing_carries_its_dates_and_how_well_they_are_founded() -> None:
    """Whatever rests on a recollected deposit says so; what others published does not."""
    finland = party_status("open-skies", "FIN", day("2010-01-01")).to_json()
    assert finland["since"] == "2003-02-10"
    assert finland["basis"] == "recollection"
    america = party_status("open-skies", "USA", day("2020-06-01")).to_json()
    assert (america["since"], america["notice"], america["until"]) == ("2002-01-01", "2020-05-22", "2020-11-22")
    assert america["basis"] == "reported"
    assert party_status("open-skies", "USA", day("2020-05-01"), day("2020-05-01")).to_json()["until"] is None


@pytest.mark.parametrize(
    ("code", "at", "group"),
    [
        ("RUS", "2001-12-31", None),
        ("RUS", "2002-01-01", "BLR-RUS"),
        ("BLR", "2019-09-12", "BLR-RUS"),
        ("BLR-RUS", "2019-09-12", "BLR-RUS"),
        ("RUS", "2021-12-17", "BLR-RUS"),
        ("RUS", "2021-12-18", None),
        ("BLR", "2022-01-01", None),
        ("NLD", "2026-01-01", "BENELUX"),
        ("DEU", "2019-09-12", None),
    ],
)
def test_who_acts_together(code: str, at: str, group: str | None) -> None:
    """Belarus and Russia until Russia left; Benelux for as long as it says nothing else."""
    found = group_of(code, day(at))
    assert (found.code if found else None) == group
    assert quota_holder(code, day(at)) == (group or code)


def test_benelux_is_no_group_but_a_deemed_party_for_some_articles() -> None:
    """Article XIV names the articles; consensus (X) and withdrawal (XV) are not among them."""
    benelux = group_of("BEL", day("2010-01-01"))
    assert benelux is not None
    assert benelux.kind == "deemed_party"
    assert {"III", "VI"} <= set(benelux.articles)
    assert not {"X", "XIV", "XV", "Annex L"} & set(benelux.articles)


def test_a_group_is_a_party_while_it_stands() -> None:
    """A plan over a group is a plan over all its members; after the end there is nothing to plan over."""
    assert is_party("BLR-RUS", day("2019-09-12"))
    assert is_party("BENELUX", day("2019-09-12"))
    assert not is_party("BLR-RUS", day("2021-12-18"))
    assert members("BLR-RUS", day("2019-09-12")) == ("BLR", "RUS")
    assert members("FRA", day("2019-09-12")) == ("FRA",)
    with pytest.raises(NotInForceError, match="ended on 2021-12-18"):
        members("BLR-RUS", day("2021-12-18"))
    with pytest.raises(NotInForceError, match="begins on 2002-01-01"):
        members("BENELUX", day("2001-12-31"))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("DEU", "DEU"),
        (" deu ", "DEU"),
        ("Germany", "DEU"),
        ("Deutschland", "DEU"),
        ("Đức", "DEU"),
        ("duc", "DEU"),
        ("Thổ Nhĩ Kỳ", "TUR"),
        ("Türkiye", "TUR"),
        ("Vương quốc Anh", "GBR"),
        ("Russian Federation", "RUS"),
        ("Россия", "RUS"),
        ("Czechia", "CZE"),
        ("United States of America", "USA"),
        ("BLR-RUS", "BLR-RUS"),
        ("rus-blr", "BLR-RUS"),
        ("Benelux", "BENELUX"),
        ("Switzerland", "CHE"),
    ],
)
def test_a_state_may_be_named_in_many_ways(word: str, code: str) -> None:
    """Codes, names in seven languages, official names, in any case and without accents."""
    assert parse_party(word) == code


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("GER", "DEU (Germany)"),
        ("DE", "DEU (Germany)"),
        ("de", "DEU (Germany)"),
        ("UK", "GBR (United Kingdom)"),
        ("SUI", "CHE (Switzerland)"),
        ("Germny", "DEU (Germany)"),
        ("Ukrane", "UKR (Ukraine)"),
        ("BLR-RU", "BLR-RUS (Belarus and Russia)"),
    ],
)
def test_codes_of_other_standards_are_refused_with_the_right_one(word: str, advice: str) -> None:
    """A guess could send a flight over the wrong State."""
    with pytest.raises(InputError) as refused:
        parse_party(word)
    assert refused.value.kind == "unknown_party"
    assert f"Did you mean {advice}" in str(refused.value)


@pytest.mark.parametrize("word", ["", "   ", "123", "☃", "XQZWV", "a" * 5000])
def test_words_that_mean_nothing_are_refused(word: str) -> None:
    """Hostile input gets the same sentence as a slip."""
    with pytest.raises(InputError, match="three letters"):
        parse_party(word)


@given(st.text(max_size=40) | st.sampled_from(["DEU>UKR", "deu\0", "ＤＥＵ", "'; --", "../DEU"]))
def test_any_word_gives_a_stored_code_or_a_refusal(word: str) -> None:
    """Nothing that can be typed leads anywhere else."""
    known = {*load().parties, *load().groups}
    try:
        code = parse_party(word)
    except InputError as refused:
        code = refused.kind
    assert code in {*known, "unknown_party"}


@given(st.sampled_from(sorted(load().parties)), st.dates(dt.date(1991, 1, 1), dt.date(2030, 1, 1)))
def test_membership_is_one_run_of_days(code: str, at: dt.date) -> None:
    """A State is a Party from its deposit on, or 60 days after one once the Treaty is in force, until it leaves."""
    instrument = load()
    party = instrument.parties[code]
    days = {event.what: event.on for event in party.events}
    begins = days.get("deposited")
    if begins is not None:
        in_force = instrument.heading.entry_into_force.on
        begins = in_force if begins < in_force else begins + dt.timedelta(days=60)
    expected = begins is not None and begins <= at < days.get("withdrawn", dt.date.max) and at in party.exists
    assert is_party(code, at) == (expected and party.kind != "predecessor")


def test_a_state_that_has_ended_is_refused_with_its_successors() -> None:
    """The text still speaks of Czechoslovakia; a plan of 2013 may not."""
    assert parse_party("Czechoslovakia") == "CSK"
    assert parse_party("CSFR", day("1992-06-01")) == "CSK"
    with pytest.raises(InputError, match="successors are CZE, SVK"):
        parse_party("Czechoslovakia", day("2013-01-01"))
    with pytest.raises(InputError, match="exists from 1993-01-01"):
        parse_party("CZE", day("1992-06-01"))


def test_no_name_means_two_states() -> None:
    """A name, a code or a slip leads to one State only."""
    instrument = load()
    taken: dict[str, str] = {}
    holders: list[Party | Group] = [*instrument.parties.values(), *instrument.groups.values()]
    for holder in holders:
        for word in {folded(word) for word in (holder.code, holder.name, *holder.names.values(), *holder.aliases)}:
            assert taken.setdefault(word, holder.code) == holder.code, word
    for party in instrument.parties.values():
        for slip in party.slips:
            assert folded(slip) not in taken, slip


def test_names_agree_with_the_common_locale_data() -> None:
    """Every stored name in a language is the one that Unicode's locale data give for the same two-letter code."""
    for party in load().parties.values():
        if party.code == "CSK":
            continue
        for language, name in party.names.items():
            assert Locale.parse(language).territories[party.slips[-1]] == name
