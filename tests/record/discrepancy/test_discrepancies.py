"""What one Party recorded and another did not, did otherwise or too late, is in the report, and nothing else is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from skywitness.record.discrepancy.model import Kind, Matter, Report, Rules
from skywitness.record.discrepancy.report import discrepancies
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PartyKey, PublicKey
from skywitness.record.log.tree import row_of
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tree import Frontier
from skywitness.record.note.body import Checkpoint
from skywitness.record.note.checkpoint import sign_checkpoint
from skywitness.record.note.pair import PairKeys, Role, signer_from_seeds
from skywitness.record.store.model import CheckpointRow, EntryRow, LogRow, Store
from skywitness.record.store.open import create_store
from skywitness.record.trust.rings import ring_of_party

START = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
NOW = START + dt.timedelta(hours=100)
STREAM = "flight/DEU-2019-031"


class Party:
    """A Party with keys and a log, whose entries are written by hand, honest or not."""

    def __init__(self, code: str, seed: int) -> None:
        self.code = code
        self.origin = f"{code.lower()}/record"
        self.root = PartyKey(code, bytes([seed]) * 32, bytes([seed + 1]) * 32)
        self.key = PartyKey(code, bytes([seed + 2]) * 32, bytes([seed + 3]) * 32)
        self.log = signer_from_seeds(self.origin, Role.LOG, bytes([seed + 4]) * 32, bytes([seed + 5]) * 32)
        self.leaves: list[tuple[Entry, bytes]] = []
        self._write("keys", [self.root], kind="key", type="record/key", body=self._introduction())

    def _introduction(self) -> dict[str, Any]:
        return {"action": "introduce", "key": self.key.public.to_json()}

    def says(self, at_h: float, **fields: Any) -> Entry:
        """Append an entry ``at_h`` hours after the start."""
        signers = fields.pop("signers", [self.key])
        return self._write(fields.pop("stream", STREAM), signers, at_h, **fields)

    def receives(self, at_h: float, sent: Entry, objects: Sequence[ObjectReference] = ()) -> Entry:
        """Record something as received."""
        refers = [Reference("receives", sent.address)]
        return self.says(at_h, type="record/receipt", refers_to=refers, objects=objects)

    def _write(self, stream: str, signers: Sequence[PartyKey], at_h: float = 0, **fields: Any) -> Entry:
        before = [entry for entry, _ in self.leaves if entry.stream == stream]
        made = entries.build(
            **{
                "stream": stream,
                "author": self.code,
                "sequence": len(before),
                "previous": before[-1].address if before else None,
                "kind": "entry",
                "type": "test/note",
                "time_utc": START + dt.timedelta(hours=at_h),
                "salt": "0" * 32,
                **fields,
            }
        )
        self.leaves.append((made, entries.sign(made, signers).to_bytes()))
        return made


class World:
    """Three Parties, and the store of the first with all their logs."""

    def __init__(self, folder: Path) -> None:
        self.parties = {code: Party(code, 10 * number) for number, code in enumerate(("DEU", "POL", "UKR"), start=1)}
        self.store: Store = create_store(str(folder / "record.db"))

    def root(self, party: str) -> PublicKey | None:
        """Give a root key."""
        return self.parties[party].root.public

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys of a log."""
        return (self.parties[party].log.keys,)

    def ring(self, party: str) -> Keyring:
        """Give what the log tells of the keys of its Party."""
        with self.store.snapshot() as seen:
            return ring_of_party(seen, party, self.root(party))

    def open_flight(self) -> None:
        """Open the stream, signed by both sides."""
        deu, ukr = self.parties["DEU"], self.parties["UKR"]
        deu.says(0, kind="opening", type="record/opening", parties=["DEU", "UKR"], signers=[deu.key, ukr.key])

    def keep(self, known_h: float = 90, hidden: Sequence[Entry] = ()) -> None:
        """Write all logs into the store, as replicated until ``known_h`` hours after the start."""
        with self.store.transaction() as change:
            for party in self.parties.values():
                change.add_log(LogRow(party.origin, party.code, party.code == "DEU"))
                frontier = Frontier()
                for index, (entry, data) in enumerate(party.leaves):
                    change.add_entries([_row(party.origin, index, entry, data, entry in hidden)])
                    change.add_nodes(party.origin, frontier.add(leaf_hash(data)))
                change.set_size(party.origin, len(party.leaves))
                checkpoint = Checkpoint(party.origin, len(party.leaves), frontier.root())
                note = sign_checkpoint(checkpoint, party.log, START + dt.timedelta(hours=known_h))
                row = CheckpointRow(party.origin, checkpoint.size, checkpoint.root, note.encoded())
                change.add_checkpoint(row)

    def report(self, rules: Rules | None = None) -> Report:
        """Compare all."""
        with self.store.snapshot() as reader:
            return discrepancies(reader, self, rules or Rules(lambda _: dt.timedelta(hours=24)), NOW)


def _row(origin: str, index: int, entry: Entry, data: bytes, hidden: bool) -> EntryRow:
    if hidden:
        return EntryRow(origin, index, leaf_hash(data), None, withheld="OS:IX.IV.1")
    return row_of(origin, index, entry, data)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Three Parties with a flight opened between two of them."""
    made = World(tmp_path)
    made.open_flight()
    yield made
    made.store.close()


def image(name: str, mark: str) -> ObjectReference:
    """Name a file by a hash."""
    return ObjectReference(name, mark * 64, 100, "image/tiff")


def test_what_was_sent_and_received_in_time_is_no_discrepancy(world: World) -> None:
    """Two notices, two receipts with the same files: an empty report that says how much it compared."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    first = deu.says(1, to=["UKR"], objects=[image("a.tif", "a")])
    ukr.receives(2, first, [image("a.tif", "a")])
    second = ukr.says(3, to=["DEU"])
    deu.receives(4, second)
    world.keep()
    report = world.report()
    assert report.rows == ()
    assert report.compared == 2
    assert [(one.party, one.entries) for one in report.logs] == [("DEU", 4), ("POL", 1), ("UKR", 3)]


@pytest.mark.parametrize(
    ("known_h", "certain"),
    [(90, True), (25, True), (24.99, False), (2, False)],
    ids=["long after", "due", "not yet", "early"],
)
def test_a_receipt_that_is_not_there_is_missing_once_the_log_reaches_past_its_time(
    world: World, known_h: float, certain: bool
) -> None:
    """Sent at hour 1, 24 h allowed: only a log held until hour 25 shows that no receipt was recorded."""
    sent = world.parties["DEU"].says(1, to=["UKR"])
    world.keep(known_h)
    (row,) = world.report().rows
    assert (row.kind, row.recorded_by, row.received_by) == (Kind.MISSING, "DEU", "UKR")
    assert row.certain is certain
    assert row.entries == (sent.address,)


def test_a_receipt_may_stand_among_what_is_withheld(world: World) -> None:
    """Nobody is accused of a missing receipt while entries of its log are withheld from who asks."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    receipt = ukr.receives(2, deu.says(1, to=["UKR"]))
    world.keep(hidden=[receipt])
    missing = [row for row in world.report().rows if row.kind is Kind.MISSING]
    assert [row.certain for row in missing] == [False]
    assert "withheld" in str(missing[0].why)


def test_late_is_told_in_hours(world: World) -> None:
    """Received 30 h after it was sent, 24 h allowed: 6 h late."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    ukr.receives(31, deu.says(1, to=["UKR"]))
    world.keep()
    (row,) = world.report().rows
    assert (row.kind, row.late_by_h, row.certain) == (Kind.LATE, 6.0, True)


@pytest.mark.parametrize(
    ("received", "certain", "pairs"),
    [
        ([image("a.tif", "c")], True, [("a.tif", "a" * 64, "c" * 64), ("b.tif", "b" * 64, None)]),
        ([image("a.tif", "a")], True, [("b.tif", "b" * 64, None)]),
        ([image("a.tif", "a"), image("b.tif", "b"), image("x", "0")], True, [("x", None, "0" * 64)]),
        ([], False, []),
    ],
    ids=["another file and one short", "one short", "one too many", "files not named"],
)
def test_other_files_than_were_sent_are_named_one_by_one(
    world: World, received: list[ObjectReference], certain: bool, pairs: list[tuple[str, str | None, str | None]]
) -> None:
    """The row holds each file that differs with both hashes; a receipt that names none leaves it open."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    ukr.receives(2, deu.says(1, to=["UKR"], objects=[image("a.tif", "a"), image("b.tif", "b")]), received)
    world.keep()
    (row,) = world.report().rows
    assert (row.kind, row.certain) == (Kind.DIFFERENT, certain)
    assert [(one.name, one.recorded, one.received) for one in row.differences] == pairs


def arrivals(entry: Entry) -> Matter | None:
    """Let the tests' notes give an account of what they are about."""
    fields = {name: str(value) for name, value in entry.body.items() if name != "about"}
    return Matter(entry.body["about"], fields) if "about" in entry.body else None


ACCOUNTS = Rules(lambda _: None, arrivals)


def test_two_accounts_of_one_matter_are_compared_field_by_field(world: World) -> None:
    """Arrival at 10:00 says one, at 10:40 the other; what only one of them tells is no difference."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    deu.says(1, body={"about": "arrival", "at": "10:00", "airfield": "UKBB"})
    ukr.says(2, body={"about": "arrival", "at": "10:40", "stand": "4"})
    world.keep()
    (row,) = world.report(ACCOUNTS).rows
    assert (row.kind, row.recorded_by, row.received_by) == (Kind.ACCOUNT, "DEU", "UKR")
    assert [(one.name, one.recorded, one.received) for one in row.differences] == [("at", "10:00", "10:40")]


def test_a_correction_stands_for_what_it_corrects(world: World) -> None:
    """The Party that was wrong corrects itself: both entries stay, the accounts agree."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    deu.says(1, body={"about": "arrival", "at": "10:00"})
    wrong = ukr.says(2, body={"about": "arrival", "at": "10:40"})
    ukr.says(3, body={"about": "arrival", "at": "10:00"}, refers_to=[Reference("corrects", wrong.address)])
    world.keep()
    assert world.report(ACCOUNTS).rows == ()


def test_nobody_corrects_the_entry_of_another(world: World) -> None:
    """Germany 'corrects' what Ukraine wrote: the accounts still differ, and the attempt is told."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    other = ukr.says(2, body={"about": "arrival", "at": "10:40"})
    deu.says(1, body={"about": "arrival", "at": "10:00"}, refers_to=[Reference("corrects", other.address)])
    world.keep()
    assert sorted(row.kind for row in world.report(ACCOUNTS).rows) == [Kind.ACCOUNT, Kind.REFERENCE]


@pytest.mark.parametrize(("known_h", "certain"), [(90, True), (1, False)])
def test_a_receipt_of_what_nobody_recorded_is_told(world: World, known_h: float, certain: bool) -> None:
    """Ukraine acknowledges an entry that no log holds: certain once the logs reach past it."""
    refers = [Reference("receives", "f" * 64)]
    world.parties["UKR"].says(2, type="record/receipt", refers_to=refers)
    world.keep(known_h)
    (row,) = world.report().rows
    assert (row.kind, row.certain, row.recorded_by) == (Kind.REFERENCE, certain, "UKR")


def test_an_opening_that_one_side_did_not_sign_is_told(tmp_path: Path) -> None:
    """The opening of a flight names two Parties and bears one's signature."""
    world = World(tmp_path)
    deu = world.parties["DEU"]
    deu.says(0, kind="opening", type="record/opening", parties=["DEU", "UKR"])
    world.keep()
    (row,) = world.report().rows
    assert (row.kind, row.type, row.certain) == (Kind.STREAM, "opening_unsigned", True)
    world.store.close()


def test_two_histories_of_one_log_stand_in_the_report_with_their_evidence(world: World) -> None:
    """Poland's log signed a second checkpoint of the same size over other entries: the row names it and the proof."""
    world.keep()
    pol = world.parties["POL"]
    lie = Checkpoint(pol.origin, len(pol.leaves), b"\x11" * 32)
    with world.store.transaction() as change:
        change.add_checkpoint(
            CheckpointRow(lie.origin, lie.size, lie.root, sign_checkpoint(lie, pol.log, NOW).encoded())
        )
    (row,) = world.report().rows
    assert (row.kind, row.recorded_by, row.certain) == (Kind.SPLIT, "POL", True)
    assert row.evidence is not None


def test_the_report_as_json_says_verdicts_in_words(world: World) -> None:
    """Scripts read verdict, hours and both times without knowing our classes."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    ukr.receives(31, deu.says(1, to=["UKR"]))
    world.keep()
    (row,) = world.report().to_json()["discrepancies"]
    assert row["verdict"] == "discrepancy"
    assert (row["recorded_utc"], row["received_utc"]) == ("2019-04-03T11:00:00Z", "2019-04-04T17:00:00Z")


def _signs(world: World, code: str, at_h: float, size: int | None = None) -> None:
    """Have a Party sign the head of its log, or of a smaller one, at another time, as it came to the store."""
    party, root = world.parties[code], world.store
    size = len(party.leaves) if size is None else size
    at_utc = START + dt.timedelta(hours=at_h)
    frontier = Frontier()
    for _, data in party.leaves[:size]:
        frontier.add(leaf_hash(data))
    note = sign_checkpoint(Checkpoint(party.origin, size, frontier.root()), party.log, at_utc)
    with root.transaction() as change:
        time_s = int(at_utc.timestamp())
        change.add_checkpoint(CheckpointRow(party.origin, size, frontier.root(), note.encoded(), time_s))


@pytest.mark.parametrize(
    ("signed_h", "certain"),
    [((10,), False), ((24.9,), False), ((25,), True), ((10, 26), True), ((26, 10), True), ((10, 101), False)],
)
def test_a_party_that_writes_nothing_more(world: World, signed_h: Sequence[float], certain: bool) -> None:
    """Its unchanged log signed after the time for a receipt says that there is none; a time to come says nothing."""
    world.parties["DEU"].says(1, to=["UKR"])
    world.keep(known_h=2)
    for at_h in signed_h:
        _signs(world, "UKR", at_h)
    (row,) = (row for row in world.report().rows if row.kind is Kind.MISSING)
    assert row.certain is certain


def test_a_log_signed_for_a_time_to_come_only(world: World) -> None:
    """Nothing is told of a Party whose only signature is one that it cannot have made yet."""
    world.parties["DEU"].says(1, to=["UKR"])
    world.keep(known_h=200)
    report = world.report()
    (row,) = (row for row in report.rows if row.kind is Kind.MISSING)
    assert not row.certain
    assert "no signature over its log" in str(row.why)
    assert {one.party: one.until_utc for one in report.logs}["UKR"] is None


@pytest.mark.parametrize(("signed_h", "late"), [(20.0, False), (25.05, False), (26.0, True)])
def test_a_receipt_dated_back(world: World, signed_h: float, late: bool) -> None:
    """A receipt that says it is of the second hour, in a log signed without it after the time allowed, came late."""
    deu, ukr = world.parties["DEU"], world.parties["UKR"]
    sent = deu.says(1, to=["UKR"])
    before = len(ukr.leaves)
    ukr.receives(2, sent)
    world.keep()
    _signs(world, "UKR", signed_h, before)
    rows = [row for row in world.report().rows if row.kind is Kind.LATE]
    assert [(row.certain, row.late_by_h) for row in rows] == ([(True, 1.0)] if late else [])
    assert all("signed its log without it" in str(row.why) for row in rows)
