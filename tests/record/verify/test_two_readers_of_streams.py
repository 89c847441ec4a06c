"""Streams that anybody opens, writes into and closes at random: both verifiers say the same of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, Reference
from skywitness.record.entry.stream import CODES, StreamRules
from skywitness.record.verify import standalone

PARTIES = ("DEU", "UKR", "USA")
TIME = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
SOME = st.frozensets(st.sampled_from(PARTIES))
DEED = st.tuples(
    st.sampled_from(PARTIES),
    st.sampled_from(["opening", "closing", "entry", "receipt", "withheld"]),
    st.sampled_from(["flight/X", "case/X"]),
    SOME,
    SOME,
    SOME,
    st.integers(-1, 2),
)
SEEN = st.fixed_dictionaries({party: st.none() | st.tuples(st.integers(0, 3), st.integers(0, 3)) for party in PARTIES})


def told_by_the_package(steps: list[Any], absent: frozenset[str], seen: dict[str, Any]) -> set[Any]:
    """Judge with the package."""
    rules = StreamRules()
    found: list[Any] = []
    for step in steps:
        if isinstance(step, str):
            rules.withheld(step)
        else:
            found += rules.feed(*step)
    times = {who: one and tuple(TIME + dt.timedelta(hours=hour) for hour in sorted(one)) for who, one in seen.items()}
    found += rules.finish(absent, times)
    return {(CODES[one.code], one.code, one.where, one.certain) for one in found if CODES[one.code] < 12}


def told_alone(steps: list[Any], absent: frozenset[str], seen: dict[str, Any]) -> set[Any]:
    """Judge with the standalone verifier."""
    report, index = standalone.Report(), standalone.Index()
    streams = standalone.Streams(report, index)
    for step in steps:
        if isinstance(step, str):
            streams.withheld[step] = streams.withheld.get(step, 0) + 1
        else:
            made, good, doubtful = step
            streams.feed(standalone.check_entry(made.payload), (set(good), set(doubtful)))
    times = {who: one and tuple(str(hour) for hour in sorted(one)) for who, one in seen.items()}
    streams.finish(set(absent), times)
    index.db.close()
    return {
        (step, code, one["where"], kind == "failed")
        for step, kinds in report.found.items()
        for (kind, code), told in kinds.items()
        for one in told[1:]
    }


def made_by(deeds: list[Any]) -> list[Any]:
    """Make entries of deeds, as each author's log holds them."""
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    steps: list[Any] = []
    for author, kind, stream, parties, good, doubtful, wrong in deeds:
        sequence, previous = heads.get((author, stream), (-1, None))
        fields: dict[str, Any] = {"kind": "entry" if kind in ("receipt", "withheld") else kind}
        if kind == "opening":
            fields["parties"] = sorted(parties | {author})
        if kind == "closing":
            counts = {who: max(0, heads.get((who, stream), (-1, ""))[0] + 1 + wrong) for who in parties - {author}}
            known = {who: heads.get((who, stream), (0, "ab" * 32))[1] for who, count in counts.items() if count}
            fields["counts"] = {**counts, author: sequence + 2}
            fields["heads"] = {**known, **({} if previous is None else {author: previous})}
        if kind == "receipt":
            fields["refers_to"] = [Reference("receives", "cd" * 32)]
        made: Entry = entries.build(
            stream=stream,
            author=author,
            sequence=sequence + 1,
            previous=previous,
            type="test/anything",
            time_utc=TIME,
            salt=hashlib.sha256(json.dumps([author, len(steps)]).encode()).hexdigest()[:32],
            **fields,
        )
        heads[author, stream] = made.sequence, made.address
        steps.append(author if kind == "withheld" else (made, good, doubtful - good))
    return steps


@given(st.lists(DEED, max_size=14), SOME, SEEN)
def test_both_readers_of_streams(deeds: list[Any], absent: frozenset[str], seen: dict[str, Any]) -> None:
    """Whatever three Parties do in two streams, both tell the same reasons at the same places, as certain or not."""
    steps = made_by(deeds)
    assert told_by_the_package(steps, absent, seen) == told_alone(steps, absent, seen)


@given(st.lists(DEED, max_size=12))
def test_nobody_makes_another_guilty(deeds: list[Any]) -> None:
    """Two honest Parties open, write and close; whatever the third does, nothing certain names either of them."""
    honest: list[Any] = [
        ("DEU", "opening", "flight/X", frozenset({"UKR"}), frozenset({"DEU", "UKR"}), frozenset(), 0),
        ("UKR", "entry", "flight/X", frozenset(), frozenset(), frozenset(), 0),
        ("DEU", "closing", "flight/X", frozenset({"UKR"}), frozenset({"DEU", "UKR"}), frozenset(), 0),
    ]
    mischief = [("USA", *rest[1:4], rest[4] & {"USA"}, rest[5], rest[6]) for rest in deeds]
    for order in (honest + mischief, mischief + honest, [*honest[:2], *mischief, honest[2]]):
        steps = made_by(order)
        found = told_by_the_package(steps, frozenset(), dict.fromkeys(PARTIES, (1, 1)))
        assert {where.split(" ")[1] for _, _, where, certain in found if certain} <= {"USA"}
