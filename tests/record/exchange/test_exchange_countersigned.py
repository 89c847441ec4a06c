"""Openings that two Parties sign: drafted by one, signed by the other when a person says so, appended by the first."""

from __future__ import annotations

from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.exchange import countersign
from skywitness.record.exchange.receive import receive
from skywitness.record.exchange.send import make_packet
from skywitness.record.log import drafts, log

OPENING = log.Draft("flight/DEU-2019-031", "record/opening", {}, "opening", parties=("DEU", "UKR"))


def _address(node: Any) -> str:
    """Give the address of the only draft."""
    (found,) = countersign.waiting(node)
    return found.entry.address


def test_drafted_signed_and_appended(nodes: Any) -> None:
    """The draft travels without its author's signature, nobody signs by receiving it, and the author signs last."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    log.draft(deu, OPENING)
    packet = make_packet(deu, "UKR", nodes.types)
    assert [drafts.read(one)[0].signatures for one in packet.drafts] == [()]
    got = nodes.hand(deu, ukr)
    assert got.drafts == 1
    nodes.talk(deu, ukr)
    (seen,) = countersign.waiting(ukr)
    assert (seen.signed, seen.lacking) == ((), ("UKR",))
    with pytest.raises(InputError) as early:
        countersign.finish(deu, seen.entry.address)
    assert early.value.kind == "needs_others"
    assert countersign.sign(ukr, seen.entry.address).lacking == ()
    nodes.talk(ukr, deu)
    assert countersign.waiting(deu)[0].lacking == ()
    made = countersign.finish(deu, seen.entry.address)
    assert {one.party for one in envelopes.from_bytes(made.envelope).signers()} == {"DEU", "UKR"}
    got = nodes.hand(deu, ukr)
    assert got.entries == {"deu/record": 1}
    assert [one for one in got.remarks if one.certain] == []
    assert countersign.waiting(ukr) == ()
    nodes.talk(deu, ukr)
    assert countersign.waiting(deu) == countersign.waiting(ukr) == ()


def test_drafting_anew_accuses_nobody(nodes: Any) -> None:
    """Two drafts for one place, both countersigned, are no fault of their author, who appends one of them."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    log.draft(deu, OPENING)
    log.draft(deu, OPENING)
    nodes.talk(deu, ukr)
    for one in countersign.waiting(ukr):
        countersign.sign(ukr, one.entry.address)
    nodes.talk(deu, ukr)
    first, second = (one.entry.address for one in countersign.waiting(deu))
    countersign.finish(deu, second)
    with pytest.raises(InputError):
        countersign.finish(deu, first)
    nodes.talk(deu, ukr)
    assert nodes.accused(deu) == nodes.accused(ukr) == set()
    assert countersign.waiting(ukr) == ()


def test_drafts_go_to_who_must_sign(nodes: Any) -> None:
    """A third Party gets no draft, cannot sign one, and cannot hand one in for another."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    nodes.talk(deu, ukr)
    nodes.talk(deu, bel)
    log.draft(deu, OPENING)
    nodes.talk(deu, bel)
    assert countersign.waiting(bel) == ()
    nodes.hand(deu, ukr)
    address = _address(ukr)
    with ukr.store.snapshot() as seen:
        row = seen.draft(address)
    with bel.store.transaction() as change:
        change.put_draft(row)
    with pytest.raises(InputError) as refused:
        countersign.sign(bel, address)
    assert refused.value.kind == "not_concerned"
    with ukr.store.transaction() as change:
        change.drop_draft(address)
    nodes.talk(bel, ukr)
    assert countersign.waiting(ukr) == ()


def test_signatures_of_others_are_judged(nodes: Any) -> None:
    """A signature under a draft that does not hold, or by a key nobody introduced, is not taken."""
    import dataclasses

    from skywitness.record.entry.keys import generate

    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    bare = log.draft(deu, OPENING)
    good = envelopes.add_signature(bare, ukr.entry_key)
    turned = tuple(dataclasses.replace(one, sig=bytes(len(one.sig))) for one in good.signatures)
    packet = make_packet(ukr, "DEU", nodes.types)
    for wrong in (
        envelopes.add_signature(bare, generate("UKR")),
        dataclasses.replace(good, signatures=turned),
        dataclasses.replace(good, signatures=good.signatures[:1]),
    ):
        got = receive(deu, dataclasses.replace(packet, drafts=(wrong.to_bytes(),)), "UKR")
        assert got.drafts == 0
        assert [one.code for one in got.remarks] == ["signature_unknown"]
        assert countersign.waiting(deu)[0].lacking == ("UKR",)
    got = receive(deu, dataclasses.replace(packet, drafts=(good.to_bytes(),)), "UKR")
    assert countersign.waiting(deu)[0].lacking == ()


def test_what_is_no_draft_here(nodes: Any) -> None:
    """An address that is no draft is refused in one sentence; signing twice is signing once."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    log.draft(deu, OPENING)
    nodes.hand(deu, ukr)
    address = _address(ukr)
    assert countersign.sign(ukr, address) == countersign.sign(ukr, address)
    for call in (countersign.sign, countersign.finish):
        with pytest.raises(InputError) as refused:
            call(ukr, "0" * 64)
        assert refused.value.kind == "no_draft"


def test_a_draft_that_is_late(nodes: Any, clock: Any) -> None:
    """Its author said something since: the draft is told as stale, nobody signs it, one drafted anew replaces it."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    log.draft(deu, OPENING)
    early = make_packet(deu, "UKR", nodes.types)
    nodes.talk(deu, ukr)
    clock.move(60)
    nodes.note(deu, 1, stream="statement/X")
    (late,) = countersign.waiting(deu)
    assert str(late.stale) == "The log of DEU went on since it was drafted."
    assert countersign.waiting(ukr)[0].stale is None  # it cannot know yet
    signed = countersign.sign(ukr, late.entry.address)
    assert signed.signed == ("UKR",)
    nodes.talk(deu, ukr)
    with pytest.raises(InputError) as refused:
        countersign.finish(deu, late.entry.address)
    assert refused.value.kind == "draft_stale"
    assert countersign.waiting(ukr) == ()  # its author alone can do something
    log.draft(deu, OPENING)
    nodes.talk(deu, ukr)
    assert receive(ukr, early, "DEU").drafts == 0
    assert len(countersign.waiting(ukr)) == 1
    kept = drafts.row_of(drafts.read(early.drafts[0])[0], late.entry)
    with ukr.store.transaction() as change:
        change.put_draft(kept)
    with pytest.raises(InputError) as refused:
        countersign.sign(ukr, kept.address)
    assert refused.value.kind == "draft_stale"


def test_a_newer_draft_takes_the_place_of_an_older_one(nodes: Any, clock: Any) -> None:
    """Of two drafts of one opening the later one counts, in whatever order their packets come."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    log.draft(deu, OPENING)
    old = make_packet(deu, "UKR", nodes.types)
    with deu.store.transaction() as change:
        change.drop_draft(_address(deu))
    clock.move(60)
    log.draft(deu, OPENING)
    new = make_packet(deu, "UKR", nodes.types)
    receive(ukr, old, "DEU")
    assert _address(ukr) != _address(deu)
    receive(ukr, new, "DEU")
    assert _address(ukr) == _address(deu)
    receive(ukr, old, "DEU")
    assert _address(ukr) == _address(deu)


def test_one_opening_of_a_stream_is_signed(nodes: Any) -> None:
    """Who has signed or appended one signs no other Party's of that name, and appends none beside one it signed."""
    deu, ukr, bel = nodes.make("DEU", "UKR", "BEL")
    for one, other in ((deu, ukr), (deu, bel), (ukr, bel)):
        nodes.talk(one, other)
    log.draft(deu, OPENING)
    log.draft(bel, log.Draft(OPENING.stream, "record/opening", {}, "opening", parties=("BEL", "UKR")))
    log.draft(ukr, OPENING)
    for one in (deu, bel):
        nodes.talk(one, ukr)
    of_deu, of_bel, own = (
        next(one.entry.address for one in countersign.waiting(ukr) if one.entry.author == author)
        for author in ("DEU", "BEL", "UKR")
    )
    countersign.sign(ukr, of_deu)
    assert countersign.sign(ukr, of_deu).lacking == ()  # again, the same
    with pytest.raises(InputError) as second:
        countersign.sign(ukr, of_bel)
    assert second.value.kind == "opening_twice"
    assert of_deu[:16] in str(second.value)
    nodes.talk(ukr, deu)
    countersign.sign(deu, own)
    nodes.talk(ukr, deu)
    with pytest.raises(InputError) as beside:
        countersign.finish(ukr, own)
    assert beside.value.kind == "opening_twice"
    with ukr.store.transaction() as change:
        change.drop_draft(of_deu)
    with deu.store.transaction() as change:
        change.drop_draft(own)
    countersign.finish(deu, of_deu)
    nodes.talk(deu, ukr)
    with pytest.raises(InputError) as appended:
        countersign.sign(ukr, of_bel)
    assert appended.value.kind == "opening_twice"


def test_an_opening_that_is_not_the_first_entry_is_not_signed(nodes: Any) -> None:
    """Its author wrote into the stream before, so verification would not take it for one: nobody signs it."""
    deu, ukr = nodes.make("DEU", "UKR")
    nodes.talk(deu, ukr)
    made = entries.build(
        stream=OPENING.stream,
        author="DEU",
        sequence=1,
        previous="a" * 64,
        kind="opening",
        type="record/opening",
        time_utc=deu.clock().replace(microsecond=0),
        salt=entries.new_salt(),
        parties=("DEU", "UKR"),
    )
    with ukr.store.transaction() as change:
        change.put_draft(drafts.row_of(drafts.without(entries.sign(made, [deu.entry_key]), "DEU"), made))
    with pytest.raises(InputError) as refused:
        countersign.sign(ukr, made.address)
    assert refused.value.kind == "opening_not_first"
    assert countersign.waiting(ukr)[0].lacking == ("UKR",)
