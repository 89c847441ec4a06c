"""Case files: what is read, and every fault at once with its path."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, document, effect, event, faults, notice, plain

from skywitness.consult.questions import answer
from skywitness.consult.read import read_case
from skywitness.core.errors import InputError

LATER = event("later", on=D(2011, 1, 1))


def test_a_whole_event_is_read() -> None:
    """Every field of an event comes through as the file has it."""
    found = case(
        event(
            published=D(2010, 2, 1),
            zone="Europe/Berlin",
            addressees=["POL"],
            subjects=["a site"],
            quote="a flagrant violation",
            stance="has determined",
            dispute_kind="duties",
            instrument="note",
            number="7/2010",
            evidence=[{"kind": "display", "source": "s", "access": "public"}],
            conflicts=[{"field": "on", "value": "2010-01-02", "source": "s"}],
            what_vi="Đức nói như vậy",
            recorded_by="somebody",
            recorded=D(2026, 1, 1),
        )
    )
    (one,) = found.events
    assert (one.when.first, one.when.zone, one.published) == (D(2010, 1, 1), "Europe/Berlin", D(2010, 2, 1))
    assert (one.addressees, one.subjects, one.quote) == (("POL",), ("a site",), "a flagrant violation")
    assert one.evidence[0].access == "public"
    assert one.conflicts[0].value == "2010-01-02"
    assert dict(one.what.others) == {"vi": "Đức nói như vậy"}
    assert one.known == D(2010, 2, 1)


@pytest.mark.parametrize(
    ("on", "first", "last", "precision"),
    [
        (D(2013, 5, 2), D(2013, 5, 2), D(2013, 5, 2), "day"),
        ("2013-05-02", D(2013, 5, 2), D(2013, 5, 2), "day"),
        ("2013-05", D(2013, 5, 1), D(2013, 5, 31), "month"),
        ("2017", D(2017, 1, 1), D(2017, 12, 31), "year"),
        ({"from": D(2017, 10, 1), "to": D(2017, 12, 31)}, D(2017, 10, 1), D(2017, 12, 31), "interval"),
        ({"from": D(2017, 10, 1), "to": D(2017, 10, 1)}, D(2017, 10, 1), D(2017, 10, 1), "day"),
        ({"from": "2017-10-01", "to": "2017-10-03"}, D(2017, 10, 1), D(2017, 10, 3), "interval"),
    ],
)
def test_days_are_as_exact_as_the_source(on: Any, first: dt.date, last: dt.date, precision: str) -> None:
    """A day, month, year or interval keeps both its ends and how exact it is; it is known from its last day on."""
    when = case(event(on=on)).events[0].when
    assert (when.first, when.last, when.precision) == (first, last, precision)
    assert case(event(on=on)).events[0].known == last


@pytest.mark.parametrize(
    ("events", "where", "words"),
    [
        ([event(sources=[])], "events[0].sources", "one source at least"),
        ([{key: value for key, value in event().items() if key != "sources"}], "events[0].sources", "missing"),
        ([event(sources=["t"])], "events[0].sources", "there is no 't' in this file"),
        ([event(asserts=["r"])], "events[0].asserts", "there is no 'r'"),
        ([event(responds_to=["two"])], "events[0].responds_to", "there is no event 'two'"),
        ([event(responds_to=["one"])], "events[0].responds_to", "refers to itself"),
        ([event(supports=["later"]), LATER], "events[0].supports", "later than this event"),
        ([event(step="verdict")], "events[0].step", "is none of"),
        ([event(verdict="breach")], "events[0].verdict", "unknown field"),
        ([event(actors=["XYZ"])], "events[0].actors", "no State or body"),
        ([event(actors=[])], "events[0].actors", "is empty"),
        ([event(provisions=["OS:XXV.1"])], "events[0].provisions", "there is no provision"),
        ([event(provisions=[])], "events[0].provisions", "no_provision"),
        ([event(on=D(2010, 1, 1), published=D(2009, 1, 1))], "events[0].published", "comes before"),
        ([event(on="2010-13")], "events[0].on", "no day, month or year such as 2019-05-03"),
        ([event(on="2010-02-30")], "events[0].on", "'2010-02-30' is no day, month or year"),
        ([event(on="2010-02-03T09:00:00Z")], "events[0].on", "no day, month or year"),
        ([event(published="2010-02-30")], "events[0].published", "'2010-02-30' is not a day"),
        ([event(published="3 May 2010")], "events[0].published", "is not a day"),
        ([event(on={"from": D(2010, 2, 1), "to": D(2010, 1, 1)})], "events[0].on.to", "comes before"),
        ([event(zone="nowhere")], "events[0].zone", "no zone"),
        ([event(zone="Mars/Olympus")], "events[0].zone", "no zone"),
        ([event(on=dt.datetime(2010, 1, 1, 9, tzinfo=dt.UTC))], "events[0].on", "give the day alone"),
        ([event(what="A blatant violation by Poland")], "events[0].what", "blatant, violation"),
        ([event(what_vi="Ba Lan vi phạm")], "events[0].what_vi", "vi phạm"),
        (
            [event(conflicts=[{"field": "colour", "value": "red", "source": "s"}])],
            "events[0].conflicts[0].field",
            "no field",
        ),
        ([event(conflicts=[{"field": "on", "value": "x", "source": "t"}])], "events[0].conflicts[0].source", "no 't'"),
        ([event(), event()], "events[1].id", "give this event another id"),
        ([event(assessor="DEU")], "events[0].assessor", "belongs to a finding"),
        ([event(step="finding")], "events[0].assessor", "name the assessor"),
        ([event(step="finding", assessor="POL")], "events[0].assessor", "none of the actors"),
        ([event(closes=["one"])], "events[0].closes", "only a closure closes"),
        ([plain("two", D(2010, 1, 1), "response")], "events[0].responds_to", "what it answers"),
        ([event(step="counter_claim")], "events[0].opposes", "raised against"),
        ([plain("two", D(2010, 1, 1), "claim")], "events[0].asserts", "which proposition"),
        ([plain("two", D(2010, 1, 1), "ultimatum")], "events[0].period", "the time that it sets"),
        (
            [plain("two", D(2010, 1, 1), "statement", silence_until=D(2011, 1, 1))],
            "events[0].silence_until",
            "proposal",
        ),
        (
            [plain("two", D(2010, 1, 1), "ultimatum", period={"number": 9000, "unit": "years"})],
            "events[0].period.number",
            "no whole number from 1 to 100",
        ),
        ([event(signers=["DEU"])], "events[0].signers", "belongs to a statement"),
        ([plain("two", D(2010, 1, 1), "objection")], "events[0].responds_to", "the proposal"),
    ],
)
def test_a_fault_is_told_with_its_path(events: list[dict[str, Any]], where: str, words: str) -> None:
    """Each broken event is refused at the place that is wrong."""
    found = faults(document(*events))
    assert words in found[where], found


@pytest.mark.parametrize(
    ("events", "where", "words"),
    [
        ([notice(), effect(D(2020, 11, 21))], "events[1].on", "runs out on 2020-11-22 (OS:XV.2)"),
        ([notice(effective_from=D(2020, 10, 1))], "events[0].effective_from", "too early"),
        ([effect(D(2020, 11, 22), follows="none")], "events[0].follows", "the notice of the same State"),
        ([notice(who="RUS"), effect(D(2020, 11, 22))], "events[1].follows", "the notice of the same State"),
        ([notice(actors=["NATO"])], "events[0].capacity", "NATO is no State"),
        ([notice(actors=["NATO"], capacity="organ")], "events[0].step", "act of a Party"),
        ([notice(capacity="third_state")], "events[0].step", "act of a Party"),
        ([plain("s", D(2010, 1, 1), "suspension", legal_basis="political")], "events[0].addressees", "towards whom"),
        ([plain("s", D(2010, 1, 1), "suspension", addressees=["POL"])], "events[0].legal_basis", "the ground"),
        (
            [plain("s", D(2010, 1, 1), "suspension", addressees=["DEU"], legal_basis="political")],
            "events[0].addressees",
            "an actor as well",
        ),
        ([plain("s", D(2010, 1, 1), "resumption", addressees=["POL"])], "events[0].follows", "suspension that it ends"),
        (
            [notice(period={"number": 6, "unit": "months", "leads_to": D(2020, 11, 21)})],
            "events[0].period.leads_to",
            "ends on 2020-11-22",
        ),
    ],
)
def test_acts_of_law_keep_the_invariants(events: list[dict[str, Any]], where: str, words: str) -> None:
    """No effect before its notice ran out, no suspension without a pair and a ground, no act of an ally."""
    found = faults(document(*events))
    assert words in found[where], found


@pytest.mark.parametrize(
    ("treaty", "notified", "early", "first"),
    [
        ("open-skies", D(2020, 5, 22), D(2020, 11, 21), D(2020, 11, 22)),
        ("inf", D(2019, 2, 2), D(2019, 8, 1), D(2019, 8, 2)),
        ("cfe", D(2023, 6, 9), D(2023, 11, 5), D(2023, 11, 6)),
    ],
)
def test_every_treaty_counts_in_its_own_unit(treaty: str, notified: dt.date, early: dt.date, first: dt.date) -> None:
    """Six months of the calendar for INF and Open Skies, 150 days for CFE; a day less is refused."""
    who = "USA" if treaty != "cfe" else "RUS"
    told = [notice(on=notified, who=who), effect(early, who)]
    assert "events[1].on" in faults(document(*told, treaties=(treaty,)))
    assert not faults(document(told[0], effect(first, who), treaties=(treaty,)))


def test_only_its_author_closes_a_claim() -> None:
    """A closure by somebody else is refused; an organ may, and so may who made the claim."""
    close = plain("end", D(2012, 1, 1), "closure", closes=["one"], outcome="resolved")
    assert not faults(document(event(), close))
    assert not faults(document(event(), {**close, "actors": ["OSCC"], "capacity": "organ"}))
    found = faults(document(event(), {**close, "actors": ["POL"]}))
    assert "which alone closes it" in found["events[1].closes"]
    assert "is no claim" in faults(document(plain("one", D(2010, 1, 1)), close))["events[1].closes"]


def test_events_that_refer_to_one_another_in_a_ring_are_refused() -> None:
    """Of two events of one day each of which answers the other, one must come first."""
    one = plain("one", D(2010, 1, 1), "response", responds_to=["two"])
    two = plain("two", D(2010, 1, 1), "response", responds_to=["one"])
    assert set(faults(document(one, two))) == {"events[0].responds_to", "events[1].responds_to"}


def test_all_faults_are_told_at_once() -> None:
    """A file that is wrong in many ways is refused once, with every place."""
    broken = document(
        event(sources=["x"], what="Poland cheats", step="finding"),
        notice(sources=[]),
        effect(D(2020, 6, 1), supports=["nobody"]),
        questions=[{"key": "k", "proposition": "Is it a violation", "how": "guess"}],
        sources=[{"id": "s", "title": "A source", "publisher": "A paper", "side": "nobody", "kind": "article"}],
        extra=[],
    )
    found = faults(broken)
    assert set(found) == {
        "extra",
        "sources[0].side",
        "events[0].sources",
        "events[0].what",
        "events[0].assessor",
        "events[1].sources",
        "events[2].on",
        "events[2].supports",
        "questions[0].proposition",
        "questions[0].how",
    }


def test_faults_of_what_a_question_needs_are_told_below_it() -> None:
    """What the asker cannot use stands below the question, with the path in its data."""
    question = {
        "key": "k",
        "proposition": "What class is it",
        "how": "inf",
        "data": {"at": D(2010, 1, 1), "type": [{"id": "9M729"}], "record": [{"id": "r", "by": "XXX", "of": "9M729"}]},
    }
    found = faults(document(event(), questions=[question]))
    assert "questions[0].data.record[r].by" in found
    assert "questions[0].data.record[r].what" in found


def test_corrections_are_added_never_written_over() -> None:
    """A second revision counts 2 and says when it was written; the first one is kept."""
    first = event(recorded=D(2020, 1, 1))
    second = event(revision=2, recorded=D(2021, 1, 1), what="Germany says that it is otherwise")
    found = case(first, second)
    assert [one.revision for one in found.versions("one")] == [1, 2]
    assert str(found.event("one").what) == "Germany says that it is otherwise"
    assert "events[1].recorded" in faults(document(first, {**second, "recorded": D(2019, 1, 1)}))
    assert "events[1].revision" in faults(document(first, {**second, "revision": 3}))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"case": []},
        {"case": {"key": "a", "title": "b", "treaties": ["moon"]}, "events": "none"},
        {"events": [1, 2]},
        {"case": {"key": 3, "title": ["x"], "treaties": "open-skies"}, "events": [{}]},
        {**document(event()), "sources": {"id": "s"}},
        document(event(on=dt.datetime(2010, 1, 1, tzinfo=dt.UTC), what="\x1b[2J", actors="DEU", vote=3, period=[])),
        document(event(id="a b", revision=True, published="soon", evidence=[3], conflicts={}, quote=7)),
        document(*(event(str(number)) for number in range(2001))),
    ],
)
def test_hostile_files_are_refused_in_sentences(data: dict[str, Any]) -> None:
    """Whatever stands in a file, it is refused with faults that have a place, never with a traceback."""
    with pytest.raises(InputError) as met:
        read_case(data, "file.toml")
    assert met.value.kind == "bad_case"
    assert all(fault.where and str(fault.message) for fault in met.value.faults)


def test_a_day_in_quotes_is_the_same_day() -> None:
    """A whole day in quotes is read as the TOML day wherever a case has a day, the facts of its questions included."""
    question = {
        "key": "notice",
        "proposition": "The notice ran six months",
        "provisions": ["OS:XV.2"],
        "how": "acts",
    }
    act = {"id": "usa", "state": "USA", "source": "note"}

    def told(day: Any) -> Any:
        read = notice(
            published=day(D(2020, 5, 23)),
            on=day(D(2020, 5, 22)),
            effective_from=day(D(2020, 11, 22)),
            period={"number": 6, "unit": "months", "leads_to": day(D(2020, 11, 22))},
        )
        facts = {**act, "notified": day(D(2020, 5, 22)), "effective": day(D(2020, 11, 22))}
        way = {"name": "as told", "at": day(D(2020, 11, 22)), "known": day(D(2020, 12, 1))}
        file = document(read, questions=[{**question, "data": {"withdrawal": [facts]}, "readings": [way]}])
        file["sources"][0]["date"] = day(D(2020, 5, 22))
        return read_case(file)

    plain_days, in_quotes = told(lambda day: day), told(lambda day: day.isoformat())
    assert in_quotes.events == plain_days.events
    assert in_quotes.sources == plain_days.sources
    assert [one.ways for one in in_quotes.questions] == [one.ways for one in plain_days.questions]
    assert answer(in_quotes.questions[0]).by_reading == answer(plain_days.questions[0]).by_reading


def test_a_fault_brings_no_second_one_that_nobody_made() -> None:
    """From a day or a length that cannot be read nothing is concluded: one mistake, one fault, with the row's name."""
    early = event("early", on="3 May", responds_to=["claim"], published=D(2010, 1, 2))
    asked = plain("asked", D(2010, 1, 3), "ultimatum")
    asked["period"] = {"number": "sixty", "unit": "d", "leads_to": D(2010, 3, 4)}
    twice = event("claim", on=D(2010, 1, 5))
    with pytest.raises(InputError) as caught:
        read_case(document(event("claim"), early, asked, twice))
    told = {fault.where: str(fault.message) for fault in caught.value.faults}
    assert list(told) == ["events[1].on", "events[2].period.number", "events[3].id"]
    assert told["events[2].period.number"].startswith("in asked: ")
