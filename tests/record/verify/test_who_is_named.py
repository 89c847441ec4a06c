"""Who is named at fault for openings and closings: a table to read, of what may happen and whom both verifiers name.

Germany (DEU) and Ukraine (UKR) fly; the United States (USA) has nothing to do with the flight and does mischief in its
own log.  X is the stream of the flight.  A place such as "X USA 0" is the entry 0 of the United States in X, and names
it.  Each row is read with the mischief first and with the mischief last.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from tests.programs import load_program
from tests.record.verify.conftest import Told

from skywitness.record.entry import canonical
from skywitness.record.entry.entry import Reference

made: ModuleType = load_program("benchmarks/record_world.py")
X = made.STREAM
ALL = ("DEU", "UKR", "USA")
Deed = Callable[[Any], object]
FAILED, OPEN = "failed", "cannot_tell"


def keys(world: Any, *parties: str) -> list[Any]:
    """Give the keys that Parties sign with."""
    return [world.sides[party].key for party in parties]


def flight(world: Any) -> None:
    """Germany and Ukraine open, write and close."""
    world.begin()
    world.append("UKR")
    world.exchange(4)
    world.close()


def opened(world: Any) -> None:
    """Germany and Ukraine open and write."""
    world.begin()
    world.append("UKR")
    world.exchange(4)


def opens(*parties: str, by: str = "USA", signed: tuple[str, ...] = ()) -> Deed:
    """Let one open X for Parties, with the signatures of some."""
    return lambda world: world.append(by, kind="opening", parties=parties, keys=keys(world, *(signed or parties)))


def closes(counts: dict[str, int], *, by: str = "USA", signed: tuple[str, ...] = (), false: str = "") -> Deed:
    """Let one close X with counts (its own is right), and a last entry of ``false`` that does not exist."""

    def do(world: Any) -> None:
        sequence, own = world.sides[by].heads.get(X, (-1, None))
        told = {**counts, by: sequence + 2}
        heads = {who: "ab" * 32 for who, count in told.items() if count and who != by}
        heads |= {who: world.sides[who].heads[X][1] for who in heads if who != false and X in world.sides[who].heads}
        heads |= {} if own is None else {by: own}
        world.append(by, kind="closing", counts=told, heads=heads, keys=keys(world, *(signed or tuple(told))))

    return do


def writes(by: str, *, receives: str = "", stream: str = X) -> Deed:
    """Let one write an entry, or receive the last of another."""

    def do(world: Any) -> None:
        refers = [Reference("receives", world.sides[receives].heads[X][1])] if receives else []
        world.append(by, stream, refers_to=refers)

    return do


def with_unknown_keys(world: Any) -> None:
    """The United States open for all, with signatures by keys that they call German and Ukrainian."""
    forged = [made.key_of(party, "made up") for party in ("DEU", "UKR")]
    world.append("USA", kind="opening", parties=ALL, keys=[*keys(world, "USA"), *forged])


def with_signatures_of_another_entry(world: Any) -> None:
    """The United States open for all with signatures that Germany and Ukraine gave for their own opening."""
    opens(*ALL)(world)
    leaves = world.sides["USA"].leaves
    mine, other = canonical.loads(leaves[-1]), canonical.loads(world.sides["DEU"].leaves[1])
    taken = [one for one in mine["signatures"] if one["keyid"].startswith("USA/")]
    leaves[-1] = canonical.dumps({**mine, "signatures": [*other["signatures"], *taken]})


def loses_its_key(party: str) -> Deed:
    """Let a Party tell that its key was lost, and take another."""

    def do(world: Any) -> None:
        world.change_key(party, "lose", world.sides[party].key)
        world.change_key(party, "introduce", made.key_of(party, "second"))

    return do


def germany_opens_with_a_new_key(world: Any) -> None:
    """Germany opens X again, with the United States, and signs with the key it has after the loss."""
    two = [made.key_of("DEU", "second"), *keys(world, "USA")]
    world.append("USA", kind="opening", parties=["DEU", "USA"], keys=two)


NO_CLOSING = (OPEN, "no_closing", X)

TABLE: dict[str, tuple[list[Deed], set[tuple[str, str, str]]]] = {
    "an honest flight": ([flight], set()),
    # An opening that not all have signed is its author's fault alone, and touches nothing.
    "USA opens for all three and signs alone": (
        [flight, opens(*ALL, signed=("USA",))],
        {(FAILED, "opening_unsigned", f"{X} USA 0")},
    ),
    "the same, and writes on in it": (
        [flight, opens(*ALL, signed=("USA",)), writes("USA")],
        {(FAILED, "opening_unsigned", f"{X} USA 0")},
    ),
    "USA opens for all three with signatures taken from another entry": (
        [flight, with_signatures_of_another_entry],
        {(FAILED, "opening_unsigned", f"{X} USA 0")},
    ),
    "USA opens for all three with keys nobody knows: perhaps they are new ones": (
        [flight, with_unknown_keys],
        {(OPEN, "opening_unsigned", f"{X} USA 0"), (OPEN, "no_closing", f"{X} USA 0")},
    ),
    "the same before the flight is closed": (
        [opened, with_unknown_keys],
        {
            (OPEN, "opening_unsigned", f"{X} USA 0"),
            (OPEN, "no_closing", f"{X} USA 0"),
            (OPEN, "no_closing", f"{X} DEU 0"),
        },
    ),
    "DEU opens without the signature of UKR, and both write": (
        [
            lambda world: [world.change_key(who, "introduce", world.sides[who].key) for who in ALL],
            opens("DEU", "UKR", by="DEU", signed=("DEU",)),
            writes("DEU"),
            writes("UKR"),
        ],
        {(FAILED, "opening_unsigned", f"{X} DEU 0"), NO_CLOSING},
    ),
    # Streams of one name opened by others are other streams.
    "USA opens a stream of this name for itself": (
        [flight, opens("USA"), writes("USA")],
        {(OPEN, "no_closing", f"{X} USA 0")},
    ),
    "the same, and closes it": ([flight, opens("USA"), writes("USA"), closes({})], set()),
    "USA opens it with a Party that nobody introduced": (
        [flight, opens("USA", "XXX", signed=("USA",))],
        {(FAILED, "opening_unsigned", f"{X} USA 0")},
    ),
    # Who signs two openings of one name is named; who was there first, and who could not know, is not.
    "DEU opens it again with USA, in the log of USA": (
        [flight, opens("DEU", "USA")],
        {(FAILED, "opening_twice", f"{X} DEU"), (OPEN, "no_closing", f"{X} USA 0")},
    ),
    "DEU opens it again with USA, in its own log": (
        [flight, opens("DEU", "USA", by="DEU")],
        {
            (FAILED, "opening_twice", f"{X} DEU 4"),
            (FAILED, "opening_not_first", f"{X} DEU 4"),
            (OPEN, "no_closing", f"{X} DEU 4"),
        },
    ),
    "DEU and USA open and close it with lies about UKR": (
        [flight, opens("DEU", "USA"), closes({"DEU": 4, "UKR": 99}, signed=("DEU", "USA"))],
        {
            (FAILED, "opening_twice", f"{X} DEU"),
            (FAILED, "closing_unsigned", f"{X} USA 1"),
            (OPEN, "no_closing", f"{X} USA 0"),
        },
    ),
    "all sign two openings, of DEU and of UKR": (
        [
            lambda world: [world.change_key(who, "introduce", world.sides[who].key) for who in ALL],
            opens("DEU", "UKR", by="DEU"),
            opens("DEU", "UKR", by="UKR"),
            closes({"UKR": 1}, by="DEU"),
        ],
        {(FAILED, "opening_twice", f"{X} DEU"), (FAILED, "opening_twice", f"{X} UKR")},
    ),
    # A closing counts for those who signed it.
    "USA closes the flight of others": (
        [opened, closes({"DEU": 1, "UKR": 1}, signed=("USA",))],
        {(FAILED, "closing_unsigned", f"{X} USA 0"), (OPEN, "no_closing", f"{X} DEU 0")},
    ),
    "USA closes it for itself alone": (
        [flight, closes({})],
        {(FAILED, "no_opening", f"{X} USA 0")},
    ),
    "DEU closes it without the signature of UKR": (
        [opened, closes({"UKR": 1}, by="DEU", signed=("DEU",)), writes("UKR")],
        {(FAILED, "closing_unsigned", f"{X} DEU 3"), (OPEN, "no_closing", f"{X} DEU 0")},
    ),
    "DEU closes it for itself and leaves UKR out": (
        [opened, closes({}, by="DEU"), writes("UKR")],
        {(FAILED, "closing_parties_differ", f"{X} DEU 3"), (OPEN, "no_closing", f"{X} DEU 0")},
    ),
    "DEU closes it twice, and UKR signed both": (
        [flight, closes({"UKR": 3}, by="DEU")],
        {(FAILED, "closing_twice", f"{X} DEU 4")},
    ),
    "DEU and UKR both close it, and both signed both": (
        [opened, closes({"UKR": 3}, by="DEU"), closes({"DEU": 4}, by="UKR")],
        {(FAILED, "closing_twice", f"{X} DEU"), (FAILED, "closing_twice", f"{X} UKR")},
    ),
    # What a Party signed of its own entries is held against its own log.
    "UKR signs a closing that counts more of its entries than its log holds": (
        [opened, closes({"UKR": 7}, by="DEU")],
        {(FAILED, "closing_count_differs", f"{X} UKR")},
    ),
    "UKR signs a closing that names another last entry of it": (
        [opened, closes({"UKR": 3}, by="DEU", false="UKR")],
        {(FAILED, "closing_head_differs", f"{X} UKR 2")},
    ),
    "UKR signs a closing that leaves out an entry that it wrote": (
        [opened, writes("UKR"), closes({"UKR": 3}, by="DEU", false="UKR")],
        {(FAILED, "after_closing", f"{X} UKR 3")},
    ),
    "UKR writes on after the closing": ([flight, writes("UKR")], {(FAILED, "after_closing", f"{X} UKR 3")}),
    "DEU, who closed, writes on": ([flight, writes("DEU")], {(FAILED, "after_closing", f"{X} DEU 4")}),
    "receipts may follow": ([flight, writes("UKR", receives="DEU"), writes("DEU", receives="UKR")], set()),
    # Strangers.
    "USA writes into the flight of others": ([flight, writes("USA")], {(FAILED, "author_not_named", f"{X} USA")}),
    "USA receives something of it": ([flight, writes("USA", receives="DEU")], set()),
    "USA writes into a flight that nobody opened": (
        [flight, writes("USA", stream="flight/NONE")],
        {(FAILED, "no_opening", "flight/NONE USA"), (OPEN, "no_closing", "flight/NONE")},
    ),
    "USA opens what needs no opening, for itself, and all write": (
        [
            flight,
            lambda world: world.append("USA", "quotas/2019", kind="opening", parties=["USA"]),
            writes("DEU", stream="quotas/2019"),
            writes("UKR", stream="quotas/2019"),
        ],
        {(OPEN, "no_closing", "quotas/2019 USA 0")},
    ),
    # Keys told to be lost make doubtful what the Party itself signed, and nothing that others did.
    "DEU tells the loss of its key": (
        [flight, loses_its_key("DEU")],
        {(OPEN, "opening_unsigned", f"{X} DEU 0"), (OPEN, "closing_unsigned", f"{X} DEU 3")},
    ),
    "the same, and opens the flight with USA instead": (
        [flight, loses_its_key("DEU"), germany_opens_with_a_new_key],
        {
            (OPEN, "opening_unsigned", f"{X} DEU 0"),
            (OPEN, "closing_unsigned", f"{X} DEU 3"),
            (OPEN, "no_closing", f"{X} USA 0"),
        },
    ),
}


@pytest.mark.parametrize("order", [ALL, ("USA", "UKR", "DEU")], ids="-".join)
@pytest.mark.parametrize("name", TABLE)
def test_who_is_named(name: str, order: tuple[str, ...], told: Told) -> None:
    """Both verifiers name those of the table and nobody else, in whatever order the logs come."""
    deeds, expected = TABLE[name]
    world = made.World(sides={code: made.Side(code) for code in order})
    for deed in deeds:
        deed(world)
    assert told(world, world.files(), 11) == expected


def test_the_table_names_whom_it_should() -> None:
    """In each row in which only the United States do mischief, no other is named with certainty."""
    rows = {name: found for name, (_, found) in TABLE.items() if name.startswith("USA")}
    assert len(rows) > 8
    certain = [place for found in rows.values() for verdict, _, place in found if verdict == FAILED]
    assert all(place.split(" ")[1] == "USA" for place in certain)
