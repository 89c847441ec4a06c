"""What a store keeps, on SQLite and on a real PostgreSQL: the same statements, the same answers."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.merkle.hashing import TreeNode
from skywitness.record.store.model import (
    CheckpointRow,
    CosignatureRow,
    DraftRow,
    EntryRow,
    EvidenceRow,
    Head,
    IntroductionRow,
    LogRow,
    Store,
    TokenRow,
)
from skywitness.record.store.open import create_store, open_store

ROOT, OTHER = b"\1" * 32, b"\2" * 32
LOG = LogRow("deu/record", "DEU", own=True)


def entry(index: int, **changes: Any) -> EntryRow:
    """Make a row of an entry; what it holds means nothing to a store."""
    row = EntryRow(
        origin="deu/record",
        index=index,
        leaf_hash=hashlib.sha256(b"leaf%d" % index).digest(),
        envelope=b"envelope %d \x00\xff" % index,
        address=hashlib.sha256(b"payload%d" % index).hexdigest(),
        stream="flight/DEU-2019-031",
        author="DEU",
        sequence=index,
        kind="entry",
        type="open-skies/mission-plan",
        time_utc="2019-04-03T10:00:00Z",
    )
    return dataclasses.replace(row, **changes)


def withheld(index: int) -> EntryRow:
    """Make a row of which only the leaf hash is known."""
    return EntryRow("deu/record", index, entry(index).leaf_hash, None, "not for UKR")


def fill(store: Store, *rows: EntryRow) -> None:
    """Begin the log with some entries."""
    with store.transaction() as change:
        change.add_log(LOG)
        change.add_entries(rows)
        change.add_nodes("deu/record", [TreeNode(0, row.index, row.leaf_hash) for row in rows])
        change.set_size("deu/record", len(rows))


def test_entries_come_back_as_they_went(store: Store) -> None:
    """Every field of an entry, a withheld one too, is kept to the byte."""
    rows = [entry(0), withheld(1), entry(2, kind="key", type="record/key", stream="keys")]
    fill(store, *rows)
    with store.snapshot() as seen:
        assert list(seen.entries("deu/record")) == rows
        assert [seen.entry("deu/record", n) for n in range(4)] == [*rows, None]
        assert list(seen.entries("deu/record", 1, 2)) == [rows[1]]
        assert seen.log("deu/record") == dataclasses.replace(LOG, size=3)
        assert list(seen.leaf_hashes("deu/record", 0, 3)) == [row.leaf_hash for row in rows]
        assert list(seen.of_kind("deu/record", "key")) == [rows[2]]
        assert list(seen.of_kind("deu/record", "entry")) == [rows[0]]
        assert seen.by_address(str(rows[0].address)) == (rows[0],)
        assert seen.streams() == (("flight/DEU-2019-031", 1), ("keys", 1))


def test_long_logs_are_walked_page_by_page(store: Store) -> None:
    """More rows than a page, or than one statement may ask for, are all given, in order and once."""
    rows = [entry(index, kind="key" if index % 2 else "entry") for index in range(300)]
    fill(store, *rows)
    with store.snapshot() as seen:
        assert list(seen.entries("deu/record")) == rows
        assert list(seen.of_stream("flight/DEU-2019-031")) == rows
        assert list(seen.of_kind("deu/record", "key")) == rows[1::2]
        places = [(0, index) for index in range(-1, 301)]
        assert seen.nodes("deu/record", places) == {(0, row.index): row.leaf_hash for row in rows}


def test_the_last_of_a_sequence(store: Store) -> None:
    """The entry with the highest number of an author in a stream is found among those of others."""
    fill(store, entry(0), entry(1), entry(2, author="UKR", sequence=7), entry(3, stream="keys", sequence=9))
    with store.snapshot() as seen:
        assert seen.last_of("deu/record", "flight/DEU-2019-031", "DEU") == entry(1)
        assert seen.last_of("deu/record", "flight/DEU-2019-031", "POL") is None
        assert seen.last_of("ukr/record", "flight/DEU-2019-031", "DEU") is None


def test_two_entries_with_one_sequence_are_both_kept(store: Store) -> None:
    """What a Party says twice differently is evidence: a store does not refuse it."""
    rows = (entry(0), entry(1, sequence=0), entry(2, address=entry(0).address))
    fill(store, *rows)
    with store.snapshot() as seen:
        assert list(seen.entries("deu/record")) == list(rows)
        assert seen.last_of("deu/record", "flight/DEU-2019-031", "DEU") == rows[2]
        assert seen.by_address(str(entry(0).address)) == (rows[0], rows[2])


@pytest.mark.parametrize(
    "row",
    [
        entry(0, leaf_hash=b"short"),
        entry(0, envelope=None),
        entry(0, withheld="and there"),
        entry(1),
        dataclasses.replace(withheld(0), address="ab"),
        entry(5, origin="nobody"),
        entry(-1),
    ],
    ids=[
        "short hash",
        "neither there nor withheld",
        "both",
        "place taken",
        "withheld, yet its address known",
        "no log",
        "negative",
    ],
)
def test_rows_that_cannot_be_are_refused(store: Store, row: EntryRow, fails: Callable[..., None]) -> None:
    """The tables themselves refuse what no log can hold, and keep nothing of its transaction."""
    fill(store, *(entry(index) for index in (7, 1)))

    def change() -> None:
        with store.transaction() as write:
            write.add_entries([entry(8), row])

    fails("store_conflict", change)
    with store.snapshot() as seen:
        assert len(list(seen.entries("deu/record"))) == 2


def test_what_was_withheld_is_revealed_only_under_its_leaf(store: Store, fails: Callable[..., None]) -> None:
    """An envelope takes the place of a withheld one when the leaf hash is the same, and never another time."""
    fill(store, withheld(0))

    def reveal(row: EntryRow) -> None:
        with store.transaction() as change:
            change.reveal(row)

    fails("not_withheld", lambda: reveal(entry(0, leaf_hash=OTHER)))
    fails("not_withheld", lambda: reveal(entry(4)))
    reveal(entry(0))
    fails("not_withheld", lambda: reveal(entry(0)))
    with store.snapshot() as seen:
        assert seen.entry("deu/record", 0) == entry(0)


def test_notes_states_and_tokens(store: Store) -> None:
    """Checkpoints, cosignatures and tokens are kept once, the first as it was; states are of the last head."""
    first, second = CheckpointRow("deu/record", 3, ROOT, b"note"), CheckpointRow("deu/record", 3, OTHER, b"split")
    line = CosignatureRow("deu/record", 3, ROOT, "ukr/witness", "0a0b0c0d", "— ukr/witness AAAA")
    token = TokenRow("ab", "deu/record", 3, ROOT, "tsa", b"\0\1")
    with store.transaction() as change:
        for row in (first, dataclasses.replace(first, note=b"again"), second, CheckpointRow(LOG.origin, 1, ROOT, b"1")):
            change.add_checkpoint(row)
        change.add_cosignature(line)
        change.add_cosignature(dataclasses.replace(line, line="later"))
        change.set_witness_state("pol/record", Head(3, ROOT))
        change.set_witness_state("pol/record", Head(4, OTHER))
        change.add_token(token)
        change.add_token(token)
    with store.snapshot() as seen:
        assert [row.note for row in seen.checkpoints("deu/record")] == [b"1", b"note", b"split"]
        assert seen.checkpoint("deu/record") == first
        assert seen.checkpoint("deu/record", 1) == CheckpointRow("deu/record", 1, ROOT, b"1")
        assert seen.checkpoint("deu/record", 2) is None
        assert seen.cosignatures("deu/record", 3, ROOT) == (line,)
        assert seen.cosignatures("deu/record", 3, OTHER) == ()
        assert seen.witness_state("pol/record") == Head(4, OTHER)
        assert seen.witness_state("deu/record") is None
        assert seen.tokens("deu/record") == seen.tokens("deu/record", 3) == (token,)
        assert seen.tokens("deu/record", 4) == ()


def test_parties_drafts_and_evidence(store: Store, fails: Callable[..., None]) -> None:
    """Introductions are accepted but never altered; drafts are replaced and dropped; evidence is kept once."""
    row = IntroductionRow("UKR", 1, b"{}", accepted=False)
    draft = DraftRow("ab", "flight/1", "DEU", b"half", "2019-04-03T10:00:00Z")
    with store.transaction() as change:
        change.put_introduction(row)
        change.put_introduction(dataclasses.replace(row, accepted=True))
        change.put_draft(draft)
        change.put_draft(dataclasses.replace(draft, envelope=b"whole"))
        change.put_draft(dataclasses.replace(draft, address="cd"))
        change.drop_draft("cd")
        change.set_peer_size("UKR", "deu/record", 4)
        change.set_peer_size("UKR", "deu/record", 5)
        change.add_evidence(EvidenceRow("id", "split", b"body"))
        change.add_evidence(EvidenceRow("id", "split", b"body"))

    def alter() -> None:
        with store.transaction() as change:
            change.put_introduction(dataclasses.replace(row, envelope=b"[]"))

    fails("introduction_differs", alter)
    with store.snapshot() as seen:
        assert seen.introductions() == seen.introductions("UKR") == (dataclasses.replace(row, accepted=True),)
        assert seen.introductions("POL") == ()
        assert seen.drafts() == (dataclasses.replace(draft, envelope=b"whole"),)
        assert seen.draft("ab") == seen.drafts()[0]
        assert seen.draft("cd") is None
        assert (seen.peer_size("UKR", "deu/record"), seen.peer_size("POL", "deu/record")) == (5, 0)
        assert seen.evidence() == (EvidenceRow("id", "split", b"body"),)


def test_what_nobody_accepted_blocks_nothing(store: Store, fails: Callable[..., None]) -> None:
    """An accepted introduction takes the place of an unaccepted one of its issue, and never of an accepted one."""
    false, true = (IntroductionRow("UKR", 2, words, accepted=False) for words in (b"false", b"true"))
    taken = dataclasses.replace(true, accepted=True)

    def put(row: IntroductionRow) -> None:
        with store.transaction() as change:
            change.put_introduction(row)

    put(false)
    fails("introduction_differs", lambda: put(true))
    put(taken)
    for row in (false, dataclasses.replace(false, accepted=True)):
        fails("introduction_differs", lambda row=row: put(row))
    with store.snapshot() as seen:
        assert seen.introductions() == (taken,)


def test_texts_sort_by_their_bytes(store: Store) -> None:
    """Both databases list in one order, whatever the language of the server: capitals before small letters."""
    with store.transaction() as change:
        for name in ("b", "a/Z", "B", "a"):
            change.add_log(LogRow(name, "DEU", own=False))
    with store.snapshot() as seen:
        assert [log.origin for log in seen.logs()] == ["B", "a", "a/Z", "b"]


def test_nothing_of_a_refused_transaction_is_kept(store: Store) -> None:
    """What raises within a transaction takes everything before it along."""

    def change() -> None:
        with store.transaction() as write:
            write.add_log(LOG)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    with store.snapshot() as seen:
        assert seen.logs() == ()
    fill(store, entry(0))


def test_a_swallowed_failure_cannot_be_committed(store: Store, fails: Callable[..., None]) -> None:
    """Whoever catches the refusal of a statement and goes on keeps nothing, and is told so, on both databases alike."""
    fill(store, entry(0))

    def change() -> None:
        with store.transaction() as write:
            with pytest.raises(InputError):
                write.add_entries([entry(0)])
            raise_free(write)

    def raise_free(write: Any) -> None:
        if store.where.endswith(".db"):
            write.add_log(LogRow("ukr/record", "UKR", own=False))

    fails("store_conflict", change)
    with store.snapshot() as seen:
        assert [log.origin for log in seen.logs()] == ["deu/record"]


def test_readers_see_one_moment(store: Store) -> None:
    """A reader that began before a commit does not see it; one that begins after does."""
    fill(store, entry(0))
    with store.snapshot() as before:
        with store.transaction() as change:
            change.add_entries([entry(1)])
            change.set_size("deu/record", 2)
            with store.snapshot() as meanwhile:
                assert meanwhile.entry("deu/record", 1) is None
        assert before.log("deu/record") == dataclasses.replace(LOG, size=1)
        assert before.entry("deu/record", 1) is None
        with store.snapshot() as after:
            assert after.entry("deu/record", 1) == entry(1)


def test_writers_wait_for_one_another(address: tuple[str, str]) -> None:
    """Of stores opened separately, as by several processes, no writer overwrites what another has read."""
    create_store(*address).close()
    stores = [open_store(*address) for _ in range(3)]

    def count(store: Store) -> None:
        for _ in range(10):
            with store.transaction() as change:
                change.set_meta("count", str(int(change.meta("count") or 0) + 1))

    threads = [threading.Thread(target=count, args=(store,)) for store in stores for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].snapshot() as seen:
        assert seen.meta("count") == "60"
    for store in stores:
        store.close()


def test_a_snapshot_cannot_write(store: Store) -> None:
    """What is written while only reading is never kept."""
    with store.snapshot() as seen, contextlib.suppress(InputError):
        seen.set_meta("x", "y")  # type: ignore[attr-defined]
    with store.snapshot() as seen:
        assert seen.meta("x") is None


def test_a_whole_store_has_no_complaints(store: Store) -> None:
    """The database finds nothing wrong with files nobody touched."""
    fill(store, entry(0))
    assert store.integrity() == ()
