"""Who may read what in the record, as a table that a lawyer can hold against the text of the Treaty."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.law.parties import parties_on
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.recorded import names
from skywitness.mission.recorded.reasons import as_told
from skywitness.mission.recorded.types import registry
from skywitness.mission.recorded.whom import article_of, reaches
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import Decision, Grant

GIVEN, KEPT = True, False

# what; by whom; to whom (none: no addressee named); on which day; who asks; given or kept; by which provision
TABLE: tuple[tuple[str, str, tuple[str, ...], str, str, bool, str], ...] = (
    # A flight is notified: all of it to the observed Party, only that there is one to the others.
    ("intent", "DEU", ("UKR",), "2019-04-12", "UKR", GIVEN, "OS:VI.I.5"),
    ("intent", "DEU", ("UKR",), "2019-04-12", "CAN", KEPT, "OS:VI.I.5"),
    ("intent", "DEU", (), "2019-04-12", "CAN", KEPT, "OS:VI.I.5"),
    ("intent_to_all", "DEU", (), "2019-04-12", "CAN", GIVEN, "OS:VI.I.8"),
    ("intent_to_all", "DEU", ("POL",), "2019-04-12", "CAN", GIVEN, "OS:VI.I.8"),
    ("acknowledgement", "UKR", ("DEU",), "2019-04-12", "POL", KEPT, "OS:VI.I.6"),
    ("transit_notice", "DEU", ("POL",), "2019-04-12", "POL", GIVEN, "OS:VII.2"),
    ("transit_notice", "DEU", ("POL",), "2019-04-12", "UKR", KEPT, "OS:VII.2"),
    # The plan is between the two; a neighbour may be told of the route, Party or not.
    ("mission_plan", "DEU", ("UKR",), "2019-04-15", "UKR", GIVEN, "OS:VI.II.4"),
    ("mission_plan", "DEU", ("UKR",), "2019-04-15", "POL", KEPT, "OS:VI.II.4"),
    ("plan", "DEU", ("UKR",), "2019-04-15", "POL", KEPT, "OS:VI.II.1"),
    ("plan", "DEU", (), "2019-04-15", "POL", KEPT, "OS:VI.II.1"),
    ("border_notice", "UKR", ("MDA",), "2019-04-15", "MDA", GIVEN, "OS:VI.II.7"),
    ("border_notice", "UKR", ("MDA",), "2019-04-15", "POL", KEPT, "OS:VI.II.7"),
    # A third Party lends the aircraft: it files the flight plan, and gets neither plan nor data by that.
    ("flight_plan", "SWE", ("UKR",), "2019-04-16", "SWE", GIVEN, "record"),
    ("mission_plan", "DEU", ("UKR",), "2019-04-16", "SWE", KEPT, "OS:VI.II.4"),
    ("sensor-data", "DEU", ("UKR",), "2019-04-17", "SWE", KEPT, "OS:IX.IV.1"),
    # Prohibited or declined: stated to the other side, explained to all.
    ("prohibition", "UKR", ("DEU",), "2019-04-16", "CAN", KEPT, "OS:VIII.I.3"),
    ("prohibition_report", "UKR", (), "2019-04-18", "CAN", GIVEN, "OS:VIII.I.3"),
    ("decline", "DEU", ("UKR",), "2019-04-16", "CAN", KEPT, "OS:VIII.I.6"),
    ("decline_report", "DEU", (), "2019-04-18", "CAN", GIVEN, "OS:VIII.I.6"),
    # The course of a flight: other Parties are given the mission report, and more only if its author wants.
    ("mission_report", "DEU", (), "2019-04-18", "CAN", GIVEN, "OS:VI.I.21"),
    ("mission_report", "DEU", (), "2019-04-18", "KGZ", KEPT, "OS:VI.I.21"),
    ("event", "DEU", ("UKR",), "2019-04-17", "UKR", GIVEN, "record"),
    ("event", "DEU", ("UKR",), "2019-04-17", "CAN", KEPT, "OS:VI.I.21"),
    ("event", "DEU", (), "2019-04-17", "CAN", GIVEN, "record"),
    ("event", "DEU", (), "2019-04-17", "KGZ", KEPT, "OS:VI.I.21"),
    ("event", "DEU", ("CHE",), "2019-04-17", "CHE", KEPT, "OS:VI.I.21"),
    ("findings", "DEU", ("UKR",), "2019-04-17", "POL", KEPT, "OS:VI.I.21"),
    ("aircraft_inspection_report", "UKR", ("DEU",), "2019-04-16", "POL", KEPT, "OS:F.I.10"),
    # Sensor data: the two Parties of the flight; others by copies they asked for; never a State that is no Party.
    ("sensor-data", "DEU", ("UKR",), "2019-04-17", "UKR", GIVEN, "OS:IX.I.4"),
    ("sensor-data", "DEU", ("UKR",), "2019-04-17", "CAN", KEPT, "OS:IX.IV.1"),
    ("sensor-data", "DEU", (), "2019-04-17", "UKR", KEPT, "OS:IX.IV.1"),
    ("data_request", "CAN", ("DEU", "UKR"), "2019-04-20", "DEU", GIVEN, "OS:IX.IV.1"),
    ("data_request", "CAN", ("DEU", "UKR"), "2019-04-20", "UKR", GIVEN, "OS:IX.IV.1"),
    ("data_request", "CAN", ("DEU", "UKR"), "2019-04-20", "FRA", KEPT, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", ("CAN",), "2019-04-22", "CAN", GIVEN, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", ("CAN",), "2019-04-22", "FRA", KEPT, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", ("KGZ",), "2019-04-22", "KGZ", KEPT, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", (), "2019-04-22", "FRA", KEPT, "OS:IX.IV.1"),
    # A Party that left: what was made for it before stays its own; from that day on it gets nothing, asked or not.
    ("sensor-data", "DEU", ("RUS",), "2021-12-17", "RUS", GIVEN, "OS:IX.I.4"),
    ("sensor-data", "DEU", ("RUS",), "2021-12-18", "RUS", KEPT, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", ("RUS",), "2021-12-20", "RUS", KEPT, "OS:IX.IV.1"),
    ("mission_report", "DEU", (), "2020-11-21", "USA", GIVEN, "OS:VI.I.21"),
    ("mission_report", "DEU", (), "2020-11-22", "USA", KEPT, "OS:VI.I.21"),
    ("personnel_list", "DEU", (), "2021-12-20", "RUS", KEPT, "OS:XIII.I.1"),
    # A Party that joined later: not what was told before; copies of older data when it asks as a Party.
    ("mission_report", "DEU", (), "2003-05-01", "EST", KEPT, "OS:VI.I.21"),
    ("mission_report", "DEU", (), "2006-05-01", "EST", GIVEN, "OS:VI.I.21"),
    ("sensor-data-copy", "DEU", ("EST",), "2003-05-01", "EST", KEPT, "OS:IX.IV.1"),
    ("sensor-data-copy", "DEU", ("EST",), "2006-05-01", "EST", GIVEN, "OS:IX.IV.1"),
    # A group: what it is told each of its members is told, while it stands; one member is not the other.
    ("intent", "DEU", ("BLR-RUS",), "2019-09-09", "BLR", GIVEN, "OS:VI.I.5"),
    ("intent", "DEU", ("BLR-RUS",), "2019-09-09", "RUS", GIVEN, "OS:VI.I.5"),
    ("intent", "DEU", ("RUS",), "2019-09-09", "BLR", KEPT, "OS:VI.I.5"),
    ("intent", "DEU", ("BLR-RUS",), "2022-09-09", "BLR", KEPT, "OS:VI.I.5"),
    ("sensor-data", "DEU", ("BLR-RUS",), "2019-09-12", "BLR", GIVEN, "OS:IX.I.4"),
    # Benelux: one Party for Articles II to IX and XI, three for XIII and in the Commission.
    ("intent", "UKR", ("BENELUX",), "2019-04-12", "LUX", GIVEN, "OS:VI.I.5"),
    ("intent", "UKR", ("NLD",), "2019-04-12", "BEL", GIVEN, "OS:VI.I.5"),
    ("mission_plan", "NLD", ("UKR",), "2019-04-12", "BEL", GIVEN, "OS:VI.II.4"),
    ("sensor-data-copy", "DEU", ("BEL",), "2019-04-22", "BENELUX", GIVEN, "OS:IX.IV.1"),
    ("personnel_objection", "UKR", ("NLD",), "2019-04-12", "BEL", KEPT, "OS:XIII.I.2"),
    ("immunity_waiver", "BEL", ("UKR",), "2019-04-12", "NLD", KEPT, "OS:XIII.II.3"),
    # Personnel: the list to all Parties; an objection to who made the list; a waiver to the observed Party.
    ("personnel_list", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:XIII.I.1"),
    ("personnel_list", "DEU", (), "2019-04-12", "CHE", KEPT, "OS:XIII.I.1"),
    ("personnel_objection", "UKR", ("DEU",), "2019-04-12", "POL", KEPT, "OS:XIII.I.2"),
    ("immunity_waiver", "DEU", ("UKR",), "2019-04-12", "POL", KEPT, "OS:XIII.II.3"),
    # The Commission: all Parties sit in it (L.I.1), and nobody else learns what it does (L.I.8).
    ("matter_raised", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:X.3"),
    ("matter_raised", "DEU", (), "2019-04-12", "CHE", KEPT, "OS:L.I.8"),
    ("matter_raised", "DEU", ("CHE",), "2019-04-12", "CHE", KEPT, "OS:L.I.8"),
    ("demonstration_matter", "UKR", (), "2019-04-18", "KGZ", KEPT, "OS:L.I.8"),
    ("extraordinary_flight", "DEU", (), "2019-04-12", "UKR", GIVEN, "OS:L.III.1"),
    ("voluntary_flight", "DEU", ("UKR",), "2019-04-12", "POL", KEPT, "OS:L.III.3"),
    ("voluntary_flight", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:L.III.3"),
    ("voluntary_flight", "DEU", (), "2019-04-12", "CHE", KEPT, "OS:L.I.8"),
    # Quotas, sites, aircraft, certification.
    ("quota_transfer", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:III.I.9"),
    ("quota_wishes", "DEU", (), "2019-09-12", "POL", GIVEN, "OS:L.II.1"),
    ("quota_redistribution", "BLR-RUS", ("DEU",), "2019-04-12", "POL", KEPT, "OS:III.II.2(A)"),
    ("flights_planned", "DEU", (), "2019-10-12", "POL", GIVEN, "OS:H.1"),
    ("own_aircraft", "UKR", ("DEU",), "2019-11-20", "POL", KEPT, "OS:H.4"),
    ("site_change", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:E.4"),
    ("certification_notice", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:D.I.3"),
    ("certification_sensors", "DEU", ("UKR",), "2019-04-12", "POL", KEPT, "OS:D.I.6"),
    ("certification_report", "DEU", (), "2019-04-12", "POL", GIVEN, "OS:D.IV.3"),
    ("airspace_information", "UKR", ("DEU",), "2019-04-12", "POL", KEPT, "OS:ANNEX-I.1"),
    # The Depositaries are two Parties; what one of them is sent, the other gets from it.
    ("accession_request", "KGZ", ("HUN",), "2019-04-12", "HUN", GIVEN, "OS:XVII.4"),
    ("accession_request", "KGZ", ("HUN",), "2019-04-12", "POL", KEPT, "OS:XVII.4"),
    ("amendment", "DEU", ("CAN",), "2019-04-12", "POL", KEPT, "OS:XVI.1"),
    ("depositary_notice", "HUN", (), "2019-04-12", "POL", GIVEN, "OS:XVII.7"),
    ("withdrawal", "RUS", ("HUN",), "2021-06-18", "POL", GIVEN, "OS:XV.2"),
    # The record itself: keys for everybody; that there is a flight, for Parties; a refusal for who was refused.
    ("record/key", "DEU", (), "2022-04-12", "RUS", GIVEN, "record"),
    ("record/opening", "DEU", (), "2019-04-11", "CAN", GIVEN, "record"),
    ("record/opening", "DEU", (), "2022-04-11", "RUS", KEPT, "OS:VI.I.8"),
    ("record/receipt", "UKR", ("DEU",), "2019-04-12", "CAN", KEPT, "record"),
    ("record/correction", "DEU", (), "2022-04-12", "RUS", KEPT, "OS:XI"),
    ("record/refusal", "DEU", ("RUS", "UKR"), "2022-04-12", "RUS", GIVEN, "record"),
    ("record/refusal", "DEU", ("RUS", "UKR"), "2022-04-12", "CAN", KEPT, "record"),
    ("statement", "DEU", (), "2022-04-12", "RUS", GIVEN, "record"),
    ("statement", "DEU", ("UKR",), "2022-04-12", "RUS", KEPT, "record"),
)


def made(what: str, author: str, to: tuple[str, ...], day: str) -> Entry:
    """Make an entry of a kind of document, or of another type."""
    known = names.of_document(what) if what in kinds() else names.whole(what)
    return entries.build(
        stream="flight/DEU-2019-031",
        author=author,
        sequence=1,
        previous="c" * 64,
        kind="entry",
        type=known,
        time_utc=dt.datetime.fromisoformat(f"{day}T10:00:00+00:00"),
        salt="0" * 32,
        to=to,
        body={},
    )


def asked(what: str, author: str, to: tuple[str, ...], day: str, party: str) -> Decision:
    """Ask whether a Party may read such an entry; its author has signed it."""
    return registry().may_read(made(what, author, to, day), party, {author})


@pytest.mark.parametrize(
    ("what", "author", "to", "day", "party", "may", "provision"),
    [pytest.param(*row, id=f"{row[0]}-{row[4]}-{row[3]}-{'-'.join(row[2]) or 'nobody'}") for row in TABLE],
)
def test_who_may_read_what_by_which_provision(
    what: str, author: str, to: tuple[str, ...], day: str, party: str, may: bool, provision: str
) -> None:
    """Each row: what, its author, whom it names, the day, who asks, whether it is given, and by which provision."""
    decision = asked(what, author, to, day, party)
    assert (isinstance(decision, Grant), decision.provision) == (may, provision)
    assert str(decision.why)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_what_the_text_gives_to_all_goes_to_all_and_nothing_else_does(kind: str) -> None:
    """A document that names nobody is read by all Parties where it is for all or the Commission, else by none."""
    day = dt.date(2019, 4, 12)
    readers = {code for code in parties_on(day) if isinstance(asked(kind, "AUT", (), day.isoformat(), code), Grant)}
    to_all = bool({"all", "commission"} & set(kinds()[kind].to))
    assert readers == (parties_on(day) if to_all else set())


@pytest.mark.parametrize("name", sorted(set(registry().types) - {"record/key", "record/introduction"}))
def test_no_state_outside_gets_what_is_not_addressed_to_it(name: str) -> None:
    """Statements in public apart, a State that is no Party reads nothing that names nobody; nor what names a Party."""
    for to in ((), ("UKR",)):
        given = isinstance(asked(name, "DEU", to, "2019-04-12", "CHE"), Grant)
        assert given is (name == names.STATEMENT and not to)


def test_every_refusal_names_an_article_and_is_read_back_in_any_language() -> None:
    """What a leaf hash comes with, provision and English words, is a sentence of this program again."""
    asks = [(to, party) for to in ((), ("UKR",), ("UKR", "DEU")) for party in ("CHE", "CAN", "BEL")]
    refusals = [asked(name, "DEU", to, "2019-04-12", party) for name in registry().types for to, party in asks]
    refusals += [registry().may_read(made("open-skies/new", "DEU", ("UKR",), "2019-04-12"), "CAN")]
    for refusal in [one for one in refusals if not isinstance(one, Grant)]:
        assert refusal.provision.startswith("OS:") or refusal.provision == "record"
        words = f"{refusal.provision}: {refusal.why}"
        told = as_told(words)
        assert str(told) == words
        assert dict(told.values)["why"].template == refusal.why.template


@pytest.mark.parametrize(
    "words", ["", "-", "no mark", "OS:VI.I.5: words of another program", "a: b: {c}", "x: " + "y" * 999]
)
def test_words_of_others_are_shown_as_they_came(words: str) -> None:
    """What no rule here says is neither translated nor changed."""
    assert str(as_told(words)) == words


@pytest.mark.parametrize(
    ("provision", "article"),
    [
        ("OS:V.2", "V"),
        ("OS:IX.IV.1", "IX"),
        ("OS:C.1", "Annex C"),
        ("OS:L.I.8", "Annex L"),
        ("OS:ANNEX-I.1", "Annex I"),
    ],
)
def test_the_article_of_a_provision(provision: str, article: str) -> None:
    """Roman figures are articles, letters annexes; Annex I is written out, since Article I is another."""
    assert article_of(provision) == article


def test_a_member_is_not_reached_by_the_other_nor_the_group_by_a_member() -> None:
    """What Russia is told Belarus is not, nor the node of the group: the text names no such right (III.II)."""
    day = dt.date(2019, 4, 12)
    assert not reaches(("RUS",), "BLR", day, "OS:VI.I.5")
    assert not reaches(("RUS",), "BLR-RUS", day, "OS:VI.I.5")
    assert reaches(("BLR-RUS",), "BLR", day, "OS:VI.I.5")
