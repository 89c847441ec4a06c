"""Data that nobody asked for are refused, and what cannot be as told is named with its entry, by the commands."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.cli.test_record_story import carry, opened
from tests.conftest import Skywitness


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Make the nodes of Germany, Ukraine and Canada."""
    made = Parties(skywitness, tmp_path)
    made.make("DEU", "UKR", "CAN")
    return made


def append(parties: Parties, party: str, *words: object) -> tuple[object, ...]:
    """Give the words of a command that appends."""
    return ("append", parties[party], *words)


def test_data_go_to_the_parties_of_the_flight_and_copies_to_who_asked(parties: Parties, tmp_path: Path) -> None:
    """Frames addressed to a third Party are refused (IX.IV.1); so is a copy for who did not ask; the asker gets it."""
    opened(parties)
    frames, empty, asked = tmp_path / "frames.json", tmp_path / "empty.json", tmp_path / "asked.json"
    frames.write_text(json.dumps({"sensor": "OP-F", "first": 1, "last": 9}))
    empty.write_text("{}")
    items = {"observing": "DEU", "observed": "UKR"}
    header = {"from": "CAN", "to": ["DEU", "UKR"]}
    asked.write_text(json.dumps({"kind": "data_request", "header": header, "items": items}))
    data = ("--stream", STREAM, "--type", "sensor-data", "--body", frames, "--object", frames)
    told = parties.refused("data_not_asked", *append(parties, "DEU", *data, "--to", "UKR", "--to", "CAN"))
    assert "names DEU, UKR, not CAN" in told["message"]
    parties.json(*append(parties, "DEU", *data, "--to", "UKR"))
    request = parties.json(*append(parties, "CAN", "--stream", "request/1", "--document", asked))["address"]
    carry(parties, "CAN", "DEU")
    copy = ("--type", "sensor-data-copy", "--body", empty, "--object", frames, "--answers", request)
    told = parties.refused("data_not_asked", *append(parties, "DEU", *copy, "--to", "UKR"))
    assert "UKR has asked for no copy" in told["message"]
    made = parties.json(*append(parties, "DEU", *copy, "--to", "CAN"))
    assert made["payload"]["to"] == ["CAN"]


def test_an_event_goes_to_the_parties_of_its_flight(parties: Parties) -> None:
    """Other Parties are given the mission report (VI.I.21): an event is for those who opened, unless for ALL."""
    opened(parties)
    words = ("--stream", STREAM, "--event", "arrival", "--at", "2019-04-15T08:00:00Z")
    made = parties.json(*append(parties, "DEU", *words))
    assert made["payload"]["to"] == ["UKR"]
    again = parties.json(*append(parties, "DEU", *words, "--corrects", made["address"]))
    assert again["payload"]["to"] == ["UKR"]
    assert parties.json(*append(parties, "DEU", *words, "--to", "ALL"))["payload"]["to"] == []
    found = parties.record("discrepancies", parties["DEU"], "--json").json["discrepancies"]
    assert [one for one in found if one["kind"] == "missing"] == []
    plan = ("--stream", STREAM, "--type", "plan", "--body", parties.folder / "none.json", "--to", "ALL")
    (parties.folder / "none.json").write_text("{}")
    parties.refused("bad_payload", *append(parties, "DEU", *plan))


def event(parties: Parties, party: str, kind: str, at: str) -> str:
    """Record an event, alone."""
    made = parties.json(*append(parties, party, "--stream", STREAM, "--event", kind, "--at", at, "--alone"))
    return str(made["address"])


def test_an_event_of_the_future_is_reported_and_not_refused(
    parties: Parties, skywitness: Skywitness, tmp_path: Path
) -> None:
    """The report and the clock both name it with its reason; the record keeps it."""
    address = event(parties, "DEU", "arrival", "2099-04-15T08:00:00Z")
    found = parties.record("discrepancies", parties["DEU"], "--json").json["discrepancies"]
    (row,) = [one for one in found if one["kind"] == "doubtful"]
    assert (row["type"], row["verdict"], row["entries"]) == ("event_in_future", "discrepancy", [address])
    plan = tmp_path / "plan.json"
    plan.write_bytes(resources.files("skywitness.mission.recorded.demo").joinpath("plan.json").read_bytes())
    told = skywitness("timeline", plan, "--record", parties["DEU"], "--json")
    assert told.code == 0, told.out
    assert any(f"entry[{address[:16]} DEU {STREAM}]" in one for one in told.json["warnings"])


def test_a_clash_with_the_facts_names_the_entry(parties: Parties, skywitness: Skywitness, tmp_path: Path) -> None:
    """Facts and record tell one arrival at two times: the fault names address, author and stream of the entry."""
    address = event(parties, "DEU", "arrival", "2019-04-15T08:00:00Z")
    plan, facts = tmp_path / "plan.json", tmp_path / "facts.toml"
    plan.write_bytes(resources.files("skywitness.mission.recorded.demo").joinpath("plan.json").read_bytes())
    facts.write_text('[[event]]\nkind = "arrival"\nat_utc = 2019-04-15T09:00:00Z\n')
    ran = skywitness("timeline", plan, "--record", parties["DEU"], "--facts", facts, "--json")
    assert ran.code == 2
    (fault,) = ran.json["error"]["faults"]
    assert fault["where"] == f"entry[{address[:16]} DEU {STREAM}].at_utc"
    assert "event[0]" in fault["message"]


def test_a_second_receipt_is_reported(parties: Parties) -> None:
    """The same thing received twice is a remark that cannot be told, not a discrepancy of its own."""
    sent = event(parties, "DEU", "arrival", "2019-04-15T08:00:00Z")
    carry(parties, "DEU", "UKR")
    for _ in range(2):
        parties.json(*append(parties, "UKR", "--receives", sent))
    found = parties.record("discrepancies", parties["UKR"], "--json").json["discrepancies"]
    (row,) = [one for one in found if one["kind"] == "doubtful"]
    assert (row["type"], row["verdict"], row["recorded_by"]) == ("receipt_twice", "cannot_tell", "UKR")


def test_reasons_for_withholding_are_shown_in_the_language_of_the_reader(parties: Parties, tmp_path: Path) -> None:
    """The words came in English with the leaf hash; the list shows them in Vietnamese, with the provision."""
    opened(parties)
    body = tmp_path / "plan.json"
    body.write_text("{}")
    sent = ("--stream", STREAM, "--type", "plan", "--body", body, "--object", body, "--to", "UKR")
    parties.json(*append(parties, "DEU", *sent))
    carry(parties, "DEU", "CAN")
    english, other = (parties.record("list", parties["CAN"], "--lang", code).out for code in ("en", "vi"))
    assert "OS:VI.II.1: it goes to UKR, and not to CAN" in english
    assert "OS:VI.II.1" in other
    assert "it goes to" not in other
