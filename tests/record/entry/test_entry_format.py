"""Entries: built, written, read back, and every fault of one named at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.entry import canonical, entry, envelope
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.entry.keys import PartyKey

MakeKey = Callable[..., PartyKey]
MakeEntry = Callable[..., Entry]

WHOLE: dict[str, Any] = {
    "version": 1,
    "stream": "flight/DEU-2019-031",
    "author": "DEU",
    "sequence": 3,
    "previous": "ab" * 32,
    "kind": "entry",
    "type": "open-skies/mission-plan",
    "time_utc": "2019-04-03T10:00:00Z",
    "salt": "0f" * 16,
    "to": ["GBR", "UKR"],
    "body": {"legs": 3},
    "objects": [{"name": "a.tif", "sha256": "cd" * 32, "size": 5, "media_type": "image/tiff"}],
    "refers_to": [{"relation": "answers", "entry": "ef" * 32}],
}
OPENING = {**WHOLE, "kind": "opening", "sequence": 0, "previous": None, "parties": ["DEU", "UKR"]}
CLOSING = {
    **WHOLE,
    "kind": "closing",
    "counts": {"DEU": 4, "GBR": 0, "UKR": 2},
    "heads": {"DEU": "ab" * 32, "UKR": "12" * 32},
}
KEY = {**WHOLE, "kind": "key", "stream": "keys", "type": "record/key"}


@pytest.mark.parametrize("value", [WHOLE, OPENING, CLOSING, KEY], ids=["entry", "opening", "closing", "key"])
def test_an_entry_says_what_its_bytes_say(value: dict[str, Any]) -> None:
    """All fields are read, the address is the hash of the bytes, and building from the fields makes the same bytes."""
    payload = canonical.dumps(value)
    read = entry.parse(payload)
    assert read.address == hashlib.sha256(payload).hexdigest()
    assert read.time_utc == dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
    assert read.objects == (ObjectReference("a.tif", "cd" * 32, 5, "image/tiff"),)
    assert read.refers_to == (Reference("answers", "ef" * 32),)
    assert (read.to, read.parties) == (("GBR", "UKR"), tuple(value.get("parties", ())))
    assert rebuilt(read).payload == payload


def rebuilt(read: Entry) -> Entry:
    """Build an entry again from what was read of it."""
    fields = {f.name: getattr(read, f.name) for f in dataclasses.fields(read) if f.name not in ("payload", "address")}
    if read.kind != "closing":
        fields |= {"counts": None, "heads": None}
    return entry.build(**fields)


PARTIES = st.sampled_from(["DEU", "UKR", "GBR", "BLR-RUS", "BENELUX"])
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=12)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
BODIES = st.dictionaries(
    WORDS, st.none() | st.booleans() | st.integers(-999, 999) | WORDS | st.floats(-9, 9), max_size=4
)
ENTRIES = st.fixed_dictionaries(
    {
        "stream": st.from_regex(r"[a-z]{1,8}/[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
        "author": PARTIES,
        "kind": st.just("entry"),
        "type": st.from_regex(r"[a-z]{1,8}/[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True),
        "time_utc": st.integers(0, 2**32).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC)),
        "salt": st.binary(min_size=16, max_size=16).map(bytes.hex),
        "to": st.sets(PARTIES),
        "body": BODIES,
        "objects": st.lists(
            st.builds(ObjectReference, WORDS, HASHES, st.integers(0, 2**53 - 1), st.just("image/tiff")),
            max_size=3,
            unique_by=lambda one: one.name,
        ),
        "refers_to": st.lists(st.builds(Reference, st.sampled_from(entry.RELATIONS), HASHES), max_size=3, unique=True),
        "extra": st.dictionaries(st.from_regex(r"x_[a-z]{1,5}", fullmatch=True), st.integers(0, 9), max_size=2),
    }
)
PLACES = st.just((0, None)) | st.tuples(st.integers(1, 2**53 - 1), HASHES)


@given(ENTRIES, PLACES)
def test_build_parse_build_is_identical(fields: dict[str, Any], place: tuple[int, str | None]) -> None:
    """Whatever is built is read as it was given, and building it again makes the same bytes."""
    built = entry.build(sequence=place[0], previous=place[1], **fields)
    read = entry.parse(built.payload)
    assert read == built
    assert rebuilt(read).payload == built.payload
    for name, given_value in fields.items():
        kept = getattr(read, name)
        expected = (
            tuple(sorted(given_value) if name == "to" else given_value) if isinstance(kept, tuple) else given_value
        )
        assert kept == expected


def test_unknown_fields_are_kept() -> None:
    """Fields of a newer program stay, in the entry and in its objects and references, and are signed with it."""
    value = {**WHOLE, "colour": "blue"}
    value["objects"] = [{**WHOLE["objects"][0], "blake3": "00"}]
    value["refers_to"] = [{**WHOLE["refers_to"][0], "page": 4}]
    read = entry.parse(canonical.dumps(value))
    assert dict(read.extra) == {"colour": "blue"}
    assert dict(read.objects[0].extra) == {"blake3": "00"}
    assert dict(read.refers_to[0].extra) == {"page": 4}
    assert json.loads(rebuilt(read).payload) == value
    with pytest.raises(InputError, match="sequence"):
        entry.build(**{**entry_fields(), "extra": {"sequence": 4}})


def entry_fields() -> dict[str, Any]:
    """Give the fields of an entry as ``build`` takes them."""
    read = entry.parse(canonical.dumps(WHOLE))
    return {
        name: getattr(read, name)
        for name in ("stream", "author", "sequence", "previous", "kind", "type", "time_utc", "salt")
    }


FAULTS: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    (WHOLE, {"version": 2}, ["version"]),
    (WHOLE, {"version": True}, ["version"]),
    (WHOLE, {"stream": "flight"}, ["stream"]),
    (WHOLE, {"stream": "flight/.."}, ["stream"]),
    (WHOLE, {"stream": "flight/a/b"}, ["stream"]),
    (WHOLE, {"stream": "Flight/a"}, ["stream"]),
    (WHOLE, {"stream": "flight/a\n"}, ["stream"]),
    (WHOLE, {"stream": "keys"}, ["stream"]),
    (WHOLE, {"author": "Germany"}, ["author"]),
    (WHOLE, {"sequence": -1}, ["sequence"]),
    (WHOLE, {"sequence": 1.5}, ["sequence"]),
    (WHOLE, {"sequence": True}, ["sequence"]),
    (WHOLE, {"sequence": 0}, ["previous"]),
    (WHOLE, {"previous": None}, ["previous"]),
    (WHOLE, {"previous": "AB" * 32}, ["previous"]),
    (WHOLE, {"kind": "note"}, ["kind"]),
    (WHOLE, {"kind": ["entry"]}, ["kind"]),
    (WHOLE, {"type": "plan"}, ["type"]),
    (WHOLE, {"time_utc": "2019-04-03T10:00:00.5Z"}, ["time_utc"]),
    (WHOLE, {"time_utc": "2019-04-03T10:00:00+00:00"}, ["time_utc"]),
    (WHOLE, {"time_utc": "2019-02-29T10:00:00Z"}, ["time_utc"]),
    (WHOLE, {"time_utc": "2019-04-03T24:00:00Z"}, ["time_utc"]),
    (WHOLE, {"time_utc": "2016-12-31T23:59:60Z"}, ["time_utc"]),
    (WHOLE, {"time_utc": "0000-04-03T10:00:00Z"}, ["time_utc"]),
    (WHOLE, {"time_utc": "\u0662019-04-03T10:00:00Z"}, ["time_utc"]),
    (WHOLE, {"salt": "0f"}, ["salt"]),
    (WHOLE, {"to": ["UKR", "GBR"]}, ["to"]),
    (WHOLE, {"to": ["UKR", "UKR"]}, ["to"]),
    (WHOLE, {"to": "UKR"}, ["to"]),
    (WHOLE, {"to": [{}]}, ["to"]),
    (WHOLE, {"body": []}, ["body"]),
    (WHOLE, {"objects": {}}, ["objects"]),
    (WHOLE, {"objects": [5]}, ["objects[0]"]),
    (WHOLE, {"objects": [WHOLE["objects"][0]] * 2}, ["objects[1].name"]),
    (
        WHOLE,
        {"objects": [{"name": "\u202egpj.exe"}]},
        [f"objects[0].{n}" for n in ("name", "sha256", "size", "media_type")],
    ),
    (WHOLE, {"refers_to": [{"relation": "likes", "entry": "ef" * 32}]}, ["refers_to[0].relation"]),
    (WHOLE, {"refers_to": [{"relation": "answers", "entry": 4}]}, ["refers_to[0].entry"]),
    (WHOLE, {"refers_to": [WHOLE["refers_to"][0]] * 2}, ["refers_to[1]"]),
    (WHOLE, {"parties": ["DEU"]}, ["parties"]),
    (WHOLE, {"counts": {}}, ["counts"]),
    (WHOLE, {"author": "?", "salt": "?", "objects": [5]}, ["author", "salt", "objects[0]"]),
    (OPENING, {"parties": []}, ["parties"]),
    (OPENING, {"parties": ["UKR"]}, ["parties"]),
    (OPENING, {"parties": ["UKR", "DEU"]}, ["parties"]),
    (OPENING, {"heads": {}}, ["heads"]),
    (CLOSING, {"counts": {"DEU": 5, "GBR": 0, "UKR": 2}}, ["counts"]),
    (CLOSING, {"counts": {"DEU": 4, "UKR": -2}}, ["counts"]),
    (CLOSING, {"counts": {"DEU": 4, "UKR": 0}}, ["heads"]),
    (CLOSING, {"heads": {"DEU": "00" * 32, "UKR": "12" * 32}}, ["heads"]),
    (CLOSING, {"heads": {"DEU": "ab" * 32, "UKR": 4}}, ["heads"]),
    (KEY, {"stream": "flight/x"}, ["stream"]),
    (KEY, {"type": "record/receipt"}, ["type"]),
]


@pytest.mark.parametrize(("whole", "change", "places"), FAULTS, ids=lambda value: str(value)[:50])
def test_faults_are_named(whole: dict[str, Any], change: dict[str, Any], places: list[str]) -> None:
    """A fault is refused with its place, and all of several at once."""
    with pytest.raises(InputError) as caught:
        entry.parse(canonical.dumps({**whole, **change}), "leaf 5")
    assert (caught.value.kind, caught.value.where) == ("bad_entry", "leaf 5")
    assert [fault.where for fault in caught.value.faults] == places


@pytest.mark.parametrize("name", [*WHOLE, "parties", "counts", "heads"])
def test_what_is_missing_is_named(name: str) -> None:
    """No field may be left out."""
    whole = OPENING if name == "parties" else CLOSING if name in ("counts", "heads") else WHOLE
    with pytest.raises(InputError) as caught:
        entry.parse(canonical.dumps({key: value for key, value in whole.items() if key != name}))
    assert name in [fault.where for fault in caught.value.faults]


@pytest.mark.parametrize("payload", [b"[]", b"1", b'"x"', b"null"])
def test_what_is_no_object_is_refused(payload: bytes) -> None:
    """Canonical JSON that is no object is no entry."""
    with pytest.raises(InputError, match="an entry is an object"):
        entry.parse(payload)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.sampled_from([WHOLE, OPENING, CLOSING, KEY]),
    st.dictionaries(st.sampled_from(sorted({*CLOSING, *OPENING})), JSON),
)
def test_hostile_fields_are_read_or_refused(whole: dict[str, Any], change: dict[str, Any]) -> None:
    """Whatever stands in the fields, the entry is read, or refused with an error of ours and places."""
    payload = canonical.dumps({**whole, **change})
    try:
        read = entry.parse(payload)
    except InputError as error:
        found = error
    else:
        assert read.payload == payload
        return
    assert found.kind == "bad_entry"
    assert found.faults


@pytest.mark.parametrize(
    "time_utc",
    [
        dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC).replace(tzinfo=None),
        dt.datetime(2019, 4, 3, 10, 0, 0, 1, tzinfo=dt.UTC),
    ],
    ids=["naive", "fraction"],
)
def test_loose_times_are_not_built(make_entry: MakeEntry, time_utc: dt.datetime) -> None:
    """A naive time and one with parts of a second are refused when an entry is built, not rounded."""
    with pytest.raises(InputError, match="whole seconds"):
        make_entry(time_utc=time_utc)


def test_other_zones_are_written_in_utc(make_entry: MakeEntry) -> None:
    """A time of another zone is the same moment in UTC."""
    moment = dt.datetime(2019, 4, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert make_entry(time_utc=moment).time_utc == moment
    assert b"2019-04-03T10:00:00Z" in make_entry(time_utc=moment).payload


def test_sizes(make_entry: MakeEntry, make_key: MakeKey) -> None:
    """40,000 bytes of payload are the most, and they fit into an envelope with the signatures of two Parties."""
    size = len(make_entry(body={"x": ""}).payload)
    largest = make_entry(body={"x": "y" * (entry.LARGEST_PAYLOAD - size)})
    assert len(largest.payload) == entry.LARGEST_PAYLOAD
    opened = entry.sign(largest, [make_key("DEU"), make_key("UKR")])
    assert len(opened.to_bytes()) <= envelope.LARGEST_ENVELOPE
    with pytest.raises(InputError, match="at most 40000"):
        make_entry(body={"x": "y" * (entry.LARGEST_PAYLOAD - size + 1)})


def test_a_leaf_is_read_whole(make_entry: MakeEntry, make_key: MakeKey) -> None:
    """A signed entry is read back from its leaf; an envelope of another type holds no entry."""
    made = make_entry(body={"a": 1})
    data = entry.sign(made, [make_key("DEU")]).to_bytes()
    opened, read = entry.read(data)
    assert (opened.payload, read) == (made.payload, made)
    other = envelope.sign("application/vnd.other+json", made.payload, [make_key("DEU")])
    with pytest.raises(InputError, match="no entry"):
        entry.read(other.to_bytes())


def test_salts_are_fresh(make_entry: MakeEntry) -> None:
    """A salt is 16 bytes of the random source, and two entries that say the same differ in address by it."""
    assert entry.new_salt(lambda count: bytes(range(count))) == bytes(range(16)).hex()
    one, other = (make_entry(salt=entry.new_salt()) for _ in range(2))
    assert one.address != other.address
    assert one != other
    assert len({one, other, entry.parse(one.payload)}) == 2
