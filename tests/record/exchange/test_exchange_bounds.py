"""What one Party can make another do: read so much, keep so much, and no walk over all logs."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.entry import introduction
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.entry.introduction import MOST_RETIRED
from skywitness.record.entry.payload_types import Grant
from skywitness.record.exchange import held, packet_reader
from skywitness.record.exchange.audience import MOST_NAMING, decide_object
from skywitness.record.exchange.packet_reader import MOST_VALUES
from skywitness.record.exchange.turns import Turns
from skywitness.record.log import log
from skywitness.record.node.node import Node
from skywitness.record.note.pair import Role, signer_from_seeds
from skywitness.record.store.sql_logs import Logs
from skywitness.record.trust import roster
from skywitness.record.verify import standalone


def refusal(call: Any) -> str:
    """Give the kind of what is refused."""
    with pytest.raises(InputError) as refused:
        call()
    return refused.value.kind


def named(node: Node, sha256: str, to: tuple[str, ...] = (), count: int = 1) -> None:
    """Append entries that name a file, which is on the disk."""
    file = ObjectReference("a", sha256, node.objects.size(sha256), "image/tiff")
    made = [log.Draft("flight/X", "test/closed", {"n": n}, to=to, objects=(file,)) for n in range(count)]
    log.append(node, made)


@contextlib.contextmanager
def nothing_walked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nobody walk a log."""

    def walk(*_: object) -> None:
        raise AssertionError("all entries were walked")

    with monkeypatch.context() as patch:
        patch.setattr(Logs, "entries", walk)
        yield


def test_files_are_asked_for_without_a_walk(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may have a file, and which files are lacking, is answered from what is listed."""
    deu, ukr = nodes.make("DEU", "UKR")
    mine, other = (deu.objects.put([words]).sha256 for words in (b"mine", b"other"))
    named(deu, mine, ("UKR",))
    named(deu, other)
    nodes.note(deu, 3)
    nodes.talk(deu, ukr)
    with nothing_walked(monkeypatch), deu.store.snapshot() as seen:
        found = [decide_object(seen, nodes.types, sha256, "UKR") for sha256 in (mine, other, "0" * 64)]
        assert [one is not None and isinstance(one[0], Grant) for one in found] == [True, False, False]
        assert found[2] is None
        assert list(held.lacking(seen, ukr.objects)) != []
        assert {one.sha256 for one in held.lacking(seen, deu.objects)} == set()


def test_who_names_a_file_in_its_own_log_gets_it_no_more_easily(nodes: Any) -> None:
    """Naming a file in one's own log, once or very often, neither opens it nor shuts it to others."""
    deu, ukr, pol = nodes.make("DEU", "UKR", "POL")
    kept = deu.objects.put([b"secret"]).sha256
    named(deu, kept, ("POL",))
    ukr.objects.put([b"secret"])
    named(ukr, kept, ("DEU",), MOST_NAMING + 20)
    nodes.talk(deu, ukr)
    nodes.talk(deu, pol)
    with deu.store.snapshot() as seen:
        row = next(seen.naming(kept, ("deu/record",)))
        for hint in (None, row.address):
            found = decide_object(seen, nodes.types, kept, "UKR", hint)
            assert found is not None
            assert not isinstance(found[0], Grant)
        granted = decide_object(seen, nodes.types, kept, "POL")
        assert granted is not None
        assert isinstance(granted[0], Grant)


def test_a_small_file_of_many_values_is_not_read() -> None:
    """Some hundred KiB of gzip that hold twenty million values would take minutes and gigabytes."""
    bomb = gzip.compress(b'{"evidence":[' + b"[]," * (MOST_VALUES + 1) + b"[]]}", 2)
    assert len(bomb) < 40_000
    assert refusal(lambda: packet_reader.from_bytes(bomb)) == "packet_too_large"


def test_packets_have_their_turn() -> None:
    """Two at once, one of each Party; who comes again or third waits, and is sent away in the end."""
    turns = Turns(2, 0.02, 0.01)
    with turns.turn("DEU"):
        assert refusal(lambda: turns.turn("DEU").__enter__()) == "busy"
        with turns.turn("UKR"):
            assert refusal(lambda: turns.turn("POL").__enter__()) == "busy"
        with turns.turn("POL"):
            pass
    with turns.turn("DEU"):
        pass


def test_who_waits_gets_the_turn() -> None:
    """A turn given back goes to who waits for it, and never more are held than may be."""
    turns, most, held_now, lock = Turns(2, 20, 20), [0], [0], threading.Lock()

    def take(number: int) -> None:
        with turns.turn(f"P{number % 5}"):
            with lock:
                held_now[0] += 1
                most[0] = max(most[0], held_now[0])
            time.sleep(0.002)
            with lock:
                held_now[0] -= 1

    threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (most[0], held_now[0]) == (2, 0)


def vkeys(name: str, count: int) -> tuple[str, ...]:
    """Make as many retired keys of a log, both kinds in turn."""
    pairs = (signer_from_seeds(name, Role.LOG, bytes([n]) * 32, bytes([n]) * 32) for n in range(1, count // 2 + 2))
    return tuple(key for pair in pairs for key in pair.keys.vkeys())[:count]


@pytest.mark.parametrize(("count", "accepted"), [(MOST_RETIRED, True), (MOST_RETIRED + 1, False)])
def test_so_many_retired_keys_and_no_more(nodes: Any, count: int, accepted: bool) -> None:
    """Retired keys are paired each with each; both readers take the same number of them."""
    from dataclasses import replace

    from skywitness.record.entry import envelope, key_file
    from skywitness.record.node.node import key_path

    deu = nodes.make("DEU")[0]
    root = key_file.load(key_path(deu.folder, "root"), "DEU", "root")
    told = replace(deu.introduction(), issue=2, retired=vkeys("deu/record", count))
    data = envelope.sign(introduction.PAYLOAD_TYPE, told.to_bytes(), [root]).to_bytes()
    if accepted:
        assert len(roster.logs(introduction.read(data)[1])) == 1 + (MOST_RETIRED // 2) ** 2
        assert len(standalone.Party(data).retired) == MOST_RETIRED
    else:
        assert refusal(lambda: introduction.read(data)) == "bad_introduction"
        with pytest.raises(standalone.Refused):
            standalone.Party(data)
