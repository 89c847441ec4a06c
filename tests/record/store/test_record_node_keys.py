"""New keys in the place of old ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skywitness.core.errors import InputError
from skywitness.record import log, roster, witness
from skywitness.record.entry import key_file
from skywitness.record.entry.keys import PartyKey, generate
from skywitness.record.node import Node, key_path, open_node
from skywitness.record.node_keys import renew_entry_key, renew_witness_key
from skywitness.record.note.pair import check_both
from skywitness.record.note.signed_note import parse_note
from skywitness.record.note.witness_request import AddCheckpoint


def root_of(node: Node) -> PartyKey:
    """Load the root key of a node."""
    return key_file.load(key_path(node.folder, "root"), node.party, "root")


def test_an_entry_key_is_renewed(node: Node, note_entries: Callable[..., None], fails: Callable[..., None]) -> None:
    """The new key signs, the old one no longer, and a second time only what is still good is revoked."""
    note_entries(node, 1)
    for number in (1, 2):
        new = renew_entry_key(node, root_of(node), "turn of the year")
        fails("key_not_good", lambda node=node: note_entries(node, 1))
        node.store.close()
        again = open_node(node.folder, node.clock)
        assert again.entry_key == new
        assert log.append(again, [log.Draft("flight/X", "open-skies/x", {})])[0].index == 1 + 3 * number
        node = again
    node.close()


def test_another_root_renews_nothing(node: Node, fails: Callable[..., None]) -> None:
    """Only the Party's own root key changes keys; the node runs on with the old ones."""
    fails("other_root", lambda: renew_entry_key(node, generate("DEU"), "theft"))
    fails("bad_introduction", lambda: renew_witness_key(node.folder, generate("DEU")))
    open_node(node.folder, node.clock).close()


def test_a_witness_that_forgot_begins_anew(
    make_node: Callable[..., Node], accept: Callable[..., None], note_entries: Callable[..., None], tmp_path: Path
) -> None:
    """After a rolled back store a new witness key, introduced by the root, cosigns; the old one is told as retired."""
    node, source = make_node("DEU"), make_node("UKR")
    accept(node, source)
    node.store.close()
    shutil.copy(node.folder / "record.db", tmp_path / "copy.db")
    row = log.checkpoint(source)
    asked = AddCheckpoint(0, (), parse_note(row.note)).encoded()
    assert int(witness.answer(node, asked).outcome) == 200
    node.store.close()
    shutil.copy(tmp_path / "copy.db", node.folder / "record.db")
    with pytest.raises(InputError):
        witness.answer(node, asked)
    old = node.introduction()
    told = renew_witness_key(node.folder, root_of(node))
    assert (told.issue, told.retired) == (old.issue + 1, old.witness.vkeys)
    again = open_node(node.folder, node.clock)
    answer = witness.answer(again, asked)
    assert int(answer.outcome) == 200
    check_both(parse_note(row.note).with_signatures(answer.cosignatures), roster.witness_keys(again.introduction()))
    again.close()


def test_a_crash_in_between_is_healed_by_doing_it_again(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the files could not be exchanged after the introduction, the node says so, and a second try opens it."""
    with monkeypatch.context() as patch:
        patch.setattr("skywitness.record.node_keys._put_in_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            renew_witness_key(node.folder, root_of(node))
    with pytest.raises(InputError) as refused:
        open_node(node.folder, node.clock)
    assert [fault.where for fault in refused.value.faults] == ["keys/witness.json"]
    renew_witness_key(node.folder, root_of(node))
    again = open_node(node.folder, node.clock)
    assert again.introduction().issue == 3
    again.close()
