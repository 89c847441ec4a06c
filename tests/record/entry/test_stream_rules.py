"""Streams: a table of what may go wrong, in every order in which the logs of the authors may be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.record.entry import stream
from skywitness.record.entry.entry import Entry, Reference
from skywitness.record.entry.stream import StreamRules

MakeEntry = Callable[..., Entry]
Found = set[tuple[str, bool]]
BOTH = ("DEU", "UKR")


class Writers:
    """Germany and Ukraine, who write into one stream; ``logs`` holds what each wrote, in order."""

    def __init__(self, make_entry: MakeEntry) -> None:
        self.make_entry = make_entry
        self.logs: dict[str, list[Entry]] = {}
        self.unsigned: set[str] = set()

    def write(self, author: str, kind: str = "entry", **given: Any) -> Entry:
        """Write the author's next entry."""
        mine = self.logs.setdefault(author, [])
        place = {"sequence": len(mine), "previous": mine[-1].address if mine else None}
        mine.append(self.make_entry(author, **{**place, "kind": kind, "salt": f"{len(mine):032x}", **given}))
        return mine[-1]

    def open(self, author: str = "DEU", parties: Iterable[str] = BOTH, **given: Any) -> Entry:
        """Write the opening."""
        return self.write(author, "opening", parties=parties, **given)

    def close(self, author: str = "DEU", parties: Iterable[str] = BOTH, **given: Any) -> Entry:
        """Write the closing, with the true numbers."""
        counts = {who: len(self.logs.get(who, ())) + (who == author) for who in parties}
        heads = {who: self.logs[who][-1].address for who in parties if self.logs.get(who)}
        return self.write(author, "closing", **{"counts": counts, "heads": heads, **given})


@pytest.fixture
def writers(make_entry: MakeEntry) -> Writers:
    """Two Parties with nothing written."""
    return Writers(make_entry)


def orders(logs: list[list[Entry]]) -> Iterable[list[Entry]]:
    """Mix the logs in every way that keeps the order of each."""
    names = [number for number, log in enumerate(logs) for _ in log]
    for mixed in sorted(set(itertools.permutations(names))):
        read = [iter(log) for log in logs]
        yield [next(read[number]) for number in mixed]


def judge(
    writers: Writers,
    signed: Iterable[str] = BOTH,
    doubtful: Iterable[str] = (),
    absent: Iterable[str] = (),
    withheld: Iterable[str] = (),
) -> Found:
    """Judge the stream in every order; all must find the same."""
    results: list[Found] = []
    for order in orders(list(writers.logs.values())):
        rules = StreamRules()
        for author in withheld:
            rules.withheld(author)
        remarks = [one for each in order for one in rules.feed(each, signed, doubtful)]
        remarks += rules.finish(absent)
        assert {one.code for one in remarks} <= stream.CODES.keys()
        results.append({(one.code, one.certain) for one in remarks})
    assert all(found == results[0] for found in results), results
    return results[0]


def flight(writers: Writers) -> None:
    """Write a short stream as it should be: three entries of Germany, two of Ukraine."""
    writers.open()
    writers.write("UKR")
    writers.write("DEU")
    writers.write("UKR")
    writers.close()


def test_a_whole_stream_has_nothing_to_remark(writers: Writers) -> None:
    """A stream opened and closed by all, with every entry in its place, is in order in every order of reading."""
    flight(writers)
    assert judge(writers) == set()


def test_an_open_stream_cannot_be_told_to_be_whole(writers: Writers) -> None:
    """Without a closing whether more belongs to it cannot be told."""
    writers.open()
    writers.write("UKR")
    assert judge(writers) == {("no_closing", False)}


@pytest.mark.parametrize("author", BOTH)
def test_a_missing_entry(writers: Writers, author: str) -> None:
    """An entry left out in the middle is a gap, whoever's it is."""
    flight(writers)
    del writers.logs[author][1 if author == "DEU" else 0]
    assert judge(writers) == {("sequence_gap", True)}


def test_a_missing_end(writers: Writers) -> None:
    """Entries left out at the end of an author's sequence are missed by the count of the closing."""
    flight(writers)
    del writers.logs["UKR"][1]
    assert judge(writers) == {("closing_count_differs", True)}
    del writers.logs["UKR"][0]
    assert judge(writers) == {("closing_count_differs", True)}


def test_a_missing_opening(writers: Writers) -> None:
    """Without its opening the stream has no beginning."""
    flight(writers)
    del writers.logs["DEU"][0]
    assert judge(writers) == {("sequence_gap", True), ("no_opening", True)}


def test_a_stream_that_is_no_flight_needs_no_opening(writers: Writers) -> None:
    """A year's quotas are never opened or closed, and nothing is missing; a gap in them is one all the same."""
    for _ in range(3):
        writers.write("DEU", stream="quotas/2019")
    assert judge(writers) == set()
    del writers.logs["DEU"][1]
    assert judge(writers) == {("sequence_gap", True)}


def test_withheld_entries_may_fill_gaps(writers: Writers) -> None:
    """A gap that a withheld entry of its author may fill cannot be told; one of another, or a second, is certain."""
    flight(writers)
    del writers.logs["UKR"][0]
    assert judge(writers, withheld=["UKR"]) == {("sequence_gap", False)}
    assert judge(writers, withheld=["DEU"]) == {("sequence_gap", True)}
    del writers.logs["DEU"][1]
    assert judge(writers, withheld=["UKR"]) == {("sequence_gap", False), ("sequence_gap", True)}
    assert judge(writers, withheld=["DEU", "UKR"]) == {("sequence_gap", False)}


def test_a_withheld_end(writers: Writers) -> None:
    """A withheld entry may be the last one the closing counts."""
    flight(writers)
    del writers.logs["UKR"][1]
    assert judge(writers, withheld=["UKR"]) == {("closing_count_differs", False)}


def test_a_log_that_is_not_here(writers: Writers) -> None:
    """The entries of a Party whose log is not at hand cannot be counted."""
    flight(writers)
    del writers.logs["UKR"]
    assert judge(writers, absent=["UKR"]) == {("author_absent", False)}
    assert judge(writers) == {("closing_count_differs", True)}


def test_an_entry_twice(writers: Writers) -> None:
    """Two entries at one place of a sequence, the same one or another, are remarked."""
    flight(writers)
    last = writers.logs["UKR"][-1]
    writers.logs["UKR"].append(last)
    assert judge(writers) == {("sequence_twice", True)}
    other = writers.make_entry("UKR", 1, previous=last.previous, body={"other": True})
    writers.logs["UKR"][-1] = other
    assert judge(writers) == {("sequence_twice", True)}


def test_another_order(writers: Writers) -> None:
    """Two entries of one author exchanged are a gap and one too late."""
    flight(writers)
    writers.logs["UKR"].reverse()
    found = {code for code, _ in judge(writers)}
    assert found == {"sequence_gap", "sequence_twice"}


def test_a_broken_chain(writers: Writers) -> None:
    """An entry that names another than the one before it is remarked."""
    writers.open()
    writers.write("UKR")
    writers.write("UKR", previous="ab" * 32)
    writers.close()
    assert judge(writers) == {("previous_differs", True)}


def test_another_last_entry(writers: Writers) -> None:
    """An entry replaced at the end of a sequence differs from the head the closing names."""
    flight(writers)
    first = writers.logs["UKR"][0]
    writers.logs["UKR"][1] = writers.make_entry("UKR", 1, previous=first.address, body={"other": True})
    assert judge(writers) == {("closing_head_differs", True)}


def test_openings(writers: Writers) -> None:
    """An opening that is not first, and a second one, are remarked."""
    writers.write("DEU")
    writers.open()
    writers.open()
    writers.close()
    assert judge(writers) == {("opening_not_first", True), ("opening_twice", True)}


def test_who_signs(writers: Writers) -> None:
    """Opening and closing are signed by all their Parties; of whom it cannot be told, it is not."""
    flight(writers)
    unsigned = {("opening_unsigned", True), ("closing_unsigned", True), ("no_closing", False)}
    assert judge(writers, signed=["DEU"]) == unsigned
    found = {("opening_unsigned", False), ("closing_unsigned", False)}
    assert judge(writers, signed=["DEU"], doubtful=["UKR"]) == found


def test_a_closing_of_other_parties(writers: Writers) -> None:
    """A closing that leaves a Party of the opening out is remarked, and closes nothing."""
    writers.open()
    writers.close(parties=["DEU"])
    writers.write("UKR")
    assert judge(writers) == {("closing_parties_differ", True), ("no_closing", False)}


def test_two_closings(writers: Writers) -> None:
    """A second closing is remarked."""
    flight(writers)
    writers.close()
    assert judge(writers) == {("closing_twice", True)}


@pytest.mark.parametrize("author", BOTH)
def test_what_follows_a_closing(writers: Writers, author: str) -> None:
    """After a closing Parties may still receive, correct and answer, and nothing else."""
    flight(writers)
    own = writers.logs[author][0].address
    for relation in ("receives", "corrects", "answers"):
        writers.write(author, refers_to=[Reference(relation, own)])
    assert judge(writers) == set()
    writers.write(author)
    assert judge(writers) == {("after_closing", True)}


def test_references_before_a_closing(writers: Writers) -> None:
    """Receipts that stand last before the closing are counted and named by it like all else."""
    first = writers.open()
    for _ in range(2):
        writers.write("UKR", refers_to=[Reference("receives", first.address)])
    closing = writers.close()
    writers.write("UKR", refers_to=[Reference("receives", closing.address)])
    assert judge(writers) == set()
    wrong = {"DEU": first.address, "UKR": writers.logs["UKR"][0].address}
    writers.logs["DEU"][-1] = writers.make_entry(
        "DEU", 1, previous=first.address, kind="closing", counts=closing.counts, heads=wrong
    )
    writers.logs["UKR"].pop()
    assert judge(writers) == {("closing_head_differs", True)}


def test_strangers(writers: Writers) -> None:
    """A Party that the opening does not name may refer to entries of the stream, and write nothing else into it."""
    first = writers.open("DEU", ["DEU"])
    writers.close("DEU", ["DEU"])
    writers.write("GBR", refers_to=[Reference("receives", first.address)])
    assert judge(writers) == set()
    writers.write("GBR")
    assert judge(writers) == {("author_not_named", True)}


def test_references(writers: Writers) -> None:
    """What is referred to must be here; what is withheld or in an absent log may be there; one corrects oneself."""
    writers.open()
    first = writers.write("UKR")
    writers.write("DEU", refers_to=[Reference("answers", "ab" * 32)])
    writers.close()
    assert judge(writers) == {("unknown_reference", True)}
    assert judge(writers, absent=["UKR"]) == judge(writers, withheld=["GBR"]) == {("unknown_reference", False)}
    writers.write("DEU", refers_to=[Reference("corrects", first.address)])
    assert judge(writers) == {("unknown_reference", True), ("corrects_other", True)}


def test_a_store_may_be_asked(writers: Writers) -> None:
    """With a look-up no addresses are kept, and the findings are the same."""
    writers.open()
    first = writers.write("UKR")
    writers.write("DEU", refers_to=[Reference("corrects", first.address), Reference("answers", "ab" * 32)])
    writers.close()
    store = {one.address: one.author for log in writers.logs.values() for one in log}
    rules = StreamRules(store.get)
    remarks = [one for log in writers.logs.values() for each in log for one in rules.feed(each, BOTH)]
    remarks += rules.finish()
    assert [one.code for one in remarks] == ["corrects_other", "unknown_reference"]


def test_every_party_has_its_stream_of_keys(make_entry: MakeEntry) -> None:
    """The streams of keys of two Parties are two, need no opening, and are checked for gaps."""
    rules = StreamRules()
    given: dict[str, Any] = {"stream": "keys", "kind": "key", "type": "record/key"}
    for author in BOTH:
        assert rules.feed(make_entry(author, 0, **given), [author]) == ()
    gap = rules.feed(make_entry("UKR", 2, **given), ["UKR"])
    assert [one.code for one in gap] == ["sequence_gap"]
    assert rules.finish() == ()


@given(st.integers(0, 5), st.integers(0, 5), st.data())
def test_no_entry_is_left_out_unnoticed(make_entry: MakeEntry, ours: int, theirs: int, data: st.DataObject) -> None:
    """Of a closed stream of any lengths no one entry can be taken away, in whatever order it is read."""
    writers = Writers(make_entry)
    writers.open()
    for author, count in (("DEU", ours), ("UKR", theirs)):
        for _ in range(count):
            refers = data.draw(st.booleans())
            refers_to = [Reference("answers", writers.logs["DEU"][0].address)] if refers else []
            writers.write(author, refers_to=refers_to)
    writers.close()
    everything = [one for log in writers.logs.values() for one in log]
    names = data.draw(st.permutations([one.author for one in everything]))
    read = {author: iter(log) for author, log in writers.logs.items()}
    mixed = [next(read[author]) for author in names]
    gone = data.draw(st.none() | st.sampled_from(mixed))
    rules = StreamRules()
    remarks = [one for each in mixed if each is not gone for one in rules.feed(each, BOTH)]
    remarks += rules.finish()
    assert (not remarks) == (gone is None)
