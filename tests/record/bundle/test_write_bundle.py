"""Bundles out of the stores of real nodes: three Parties, their witnesses, and a reader who trusts none of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.bundle.read import BundleFile
from skywitness.record.bundle.write import Wanted, standalone, write_bundle
from skywitness.record.entry import envelope
from skywitness.record.entry.entry import ObjectReference, Reference
from skywitness.record.log import log, replica
from skywitness.record.log.model import Draft
from skywitness.record.node import make as node_make
from skywitness.record.node.node import Node, open_node
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.note.quorum import Party, flight_policy
from skywitness.record.note.signed_note import parse_note, parse_signature_lines
from skywitness.record.note.witness_request import AddCheckpoint
from skywitness.record.store.model import CosignatureRow
from skywitness.record.trust import roster
from skywitness.record.verify.report import overall
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import Trust, read_trust
from skywitness.record.witness import witness

STREAM = "flight/DEU-2019-031"
CODES = ("DEU", "UKR", "USA")


@dataclass(slots=True)
class Clock:
    """A clock that goes a second at each look."""

    time_utc: dt.datetime = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.time_utc += dt.timedelta(seconds=1)
        return self.time_utc


@dataclass(frozen=True, slots=True)
class Flight:
    """Three nodes after a flight, and what a reader needs."""

    nodes: dict[str, Node]
    policy: bytes
    trust: Trust
    clock: Clock

    def wanted(self, **given: object) -> Wanted:
        """Ask for a bundle by DEU."""
        made = dt.datetime(2019, 4, 4, tzinfo=dt.UTC)
        return replace(Wanted(self.nodes["DEU"].entry_key, self.policy, made), **given)  # type: ignore[arg-type]


def fly(nodes: dict[str, Node]) -> None:
    """Record a short flight: opening, two entries and their receipts, closing, all countersigned."""
    deu, ukr = nodes["DEU"], nodes["UKR"]
    frame = deu.objects.put([b"frame 1"])
    opening = log.draft(deu, Draft(STREAM, "open-skies/opening", {}, kind="opening", parties=("DEU", "UKR")))
    log.append_signed(deu, envelope.add_signature(opening, ukr.entry_key))
    named = ObjectReference("frame-1.tif", frame.sha256, frame.size_bytes, "image/tiff")
    first = log.append(deu, [Draft(STREAM, "open-skies/frame", {"height_m": 1500.5}, objects=(named,))])[0]
    second = log.append(
        ukr, [Draft(STREAM, "open-skies/receipt", {}, refers_to=(Reference("receives", first.entry.address),))]
    )
    heads = {"UKR": second[0].entry.address}
    closing = log.draft(deu, Draft(STREAM, "open-skies/closing", {}, kind="closing", counts={"UKR": 1}, heads=heads))
    log.append_signed(deu, envelope.add_signature(closing, ukr.entry_key))


def share(nodes: dict[str, Node]) -> None:
    """Let every node copy and cosign the logs of all others, and carry the cosignatures to everybody."""
    for own, other in itertools.permutations(nodes.values(), 2):
        row = log.checkpoint(other)
        checkpoint, note = parse_checkpoint(row.note)
        keys = roster.log_keys(other.introduction())
        with other.store.snapshot() as seen:
            leaves = tuple(replica.Leaf(one.leaf_hash, one.envelope) for one in seen.entries(other.origin))
        replica.extend(own.store, other.party, keys, replica.Batch(row.note, 0, leaves))
        answer = witness.cosign(own, AddCheckpoint(0, (), parse_note(row.note)), checkpoint)
        assert answer.outcome == 200
        with other.store.snapshot() as seen:
            own_lines = parse_signature_lines(
                "".join(
                    f"{one.line}\n"
                    for one in seen.cosignatures(other.origin, row.size, row.root)
                    if one.witness == other.witness_key.name
                ).encode()
            )
        for node, line in itertools.product(nodes.values(), (*answer.cosignatures, *own_lines)):
            with node.store.transaction() as change:
                made = CosignatureRow(
                    checkpoint.origin, checkpoint.size, checkpoint.root, line.name, line.key_id.hex(), line.line()
                )
                change.add_cosignature(made)
        assert note.text == checkpoint.text()


@pytest.fixture(scope="module")
def flight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flight]:
    """Make three nodes that have accepted one another, fly and share."""
    clock, nodes = Clock(), {}
    for code in CODES:
        folder = tmp_path_factory.mktemp("nodes") / code
        node_make.init(folder, node_make.Wanted(code), clock)
        nodes[code] = open_node(folder, clock)
    for own, other in itertools.permutations(nodes.values(), 2):
        with other.store.snapshot() as seen:
            row = seen.introductions(other.party)[-1]
        with own.store.transaction() as change:
            change.put_introduction(row)
    fly(nodes)
    share(nodes)
    told = [node.introduction() for node in nodes.values()]
    parties = [Party(one.party, roster.log_keys(one), roster.witness_keys(one)) for one in told]
    policy = flight_policy(parties[0], parties[1], parties[2:], f=0).text().encode()
    roots = {one.party: one.root.id for one in told}
    yield Flight(nodes, policy, Trust(roots, policy), clock)
    for node in nodes.values():
        node.close()


def exported(flight: Flight, path: Path, by: str = "DEU", **given: Any) -> Path:
    """Export a bundle out of a node's store."""
    node = flight.nodes[by]
    write_bundle(path, node.store, node.objects, flight.wanted(**given))
    return path


def frames(flight: Flight) -> tuple[str, ...]:
    """Name the objects of DEU."""
    return tuple(flight.nodes["DEU"].objects.names())


def test_a_real_bundle_passes_every_step(flight: Flight, tmp_path: Path) -> None:
    """What three nodes recorded and witnessed passes all steps."""
    path = exported(flight, tmp_path / "a.tar", objects=frames(flight))
    steps = verify(path, flight.trust, flight.clock() + dt.timedelta(days=9))
    assert {str(step.verdict) for step in steps} == {"passed"}
    assert overall(steps) == "passed"


def test_the_program_in_the_bundle_verifies_it_alone(flight: Flight, tmp_path: Path) -> None:
    """The file unpacked from the bundle, run by Python without this package, passes it: exit code 0."""
    path = exported(flight, tmp_path / "a.tar", objects=frames(flight))
    with path.open("rb") as stream:
        program = BundleFile(stream).read("verify.py")
    assert program == standalone()
    (tmp_path / "verify.py").write_bytes(program)
    trust = {"version": 1, "roots": dict(flight.trust.roots), "policy": flight.policy.decode()}
    (tmp_path / "trust.json").write_text(json.dumps(trust), encoding="utf-8")
    command = [sys.executable, "verify.py", "a.tar", "--trust", "trust.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {step["verdict"] for step in json.loads(done.stdout)["steps"]} == {"passed"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["a.tar"], 3),
        (["missing.tar"], 2),
        (["a.tar", "--trust", "missing"], 2),
        (["a.tar", "--x", "y"], 2),
        (["cut.tar"], 1),
    ],
)
def test_exit_codes_of_the_program(flight: Flight, tmp_path: Path, arguments: list[str], code: int) -> None:
    """Without trust it cannot tell (3), an altered bundle fails (1), a wrong call is told as that (2)."""
    path = exported(flight, tmp_path / "a.tar")
    (tmp_path / "cut.tar").write_bytes(path.read_bytes()[:-1])
    (tmp_path / "verify.py").write_bytes(standalone())
    command = [sys.executable, "verify.py", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr


def test_without_its_library_the_program_says_so_and_judges_nothing(tmp_path: Path) -> None:
    """A Python without cryptography is told what to install, with the exit code of a wrong call, not of a lie found."""
    (tmp_path / "verify.py").write_bytes(standalone())
    command = [sys.executable, "-I", "-S", "verify.py", "a.tar"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install cryptography" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_store_gives_the_same_files(flight: Flight, tmp_path: Path) -> None:
    """Two exports differ in the signature of the seal only, and nothing else is left in the folder."""
    seals = [
        write_bundle(tmp_path / name, flight.nodes["DEU"].store, flight.nodes["DEU"].objects, flight.wanted())
        for name in "ab"
    ]
    assert seals[0] == seals[1]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "b"]


def test_another_party_exports_what_it_copied(flight: Flight, tmp_path: Path) -> None:
    """A bundle of replicas alone passes; the objects it has not are told as absent."""
    path = exported(flight, tmp_path / "a.tar", by="UKR", exporter=flight.nodes["UKR"].entry_key)
    steps = verify(path, flight.trust, flight.clock() + dt.timedelta(days=9))
    assert {step.id: str(step.verdict) for step in steps if step.verdict != "passed"} == {"objects": "cannot_tell"}


def test_one_log_alone_cannot_tell_of_the_others(flight: Flight, tmp_path: Path) -> None:
    """Without the log of UKR its entries cannot be counted and its countersignatures not be known."""
    path = exported(flight, tmp_path / "a.tar", origins=["deu/record"])
    found = {step.id: step for step in verify(path, flight.trust, flight.clock() + dt.timedelta(days=9))}
    assert found["seal"].verdict == found["tree"].verdict == found["witnesses"].verdict == "passed"
    assert found["opening_closing"].verdict == "cannot_tell"
    assert {why.code for why in found["opening_closing"].reasons} >= {"author_absent"}


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"origins": ["nobody/record"]}, "no_checkpoint"),
        ({"objects": ["0" * 64]}, "no_object"),
        ({"policy": b"quorum x\n"}, "bad_policy"),
    ],
)
def test_what_cannot_be_exported_is_refused(flight: Flight, tmp_path: Path, given: dict[str, Any], kind: str) -> None:
    """A refusal names its kind and leaves nothing behind."""
    with pytest.raises(InputError) as refused:
        exported(flight, tmp_path / "a.tar", **given)
    assert refused.value.kind == kind
    assert list(tmp_path.iterdir()) == []


def test_withheld_entries_are_exported_by_their_hash(flight: Flight, tmp_path: Path) -> None:
    """A Party that was not shown an entry exports its hash and the reason; the tree still stands."""
    usa = flight.nodes["USA"]
    folder = tmp_path / "POL"
    node_make.init(folder, node_make.Wanted("POL"), flight.clock)
    pol = open_node(folder, flight.clock)
    try:
        for other in flight.nodes.values():
            with other.store.snapshot() as seen, pol.store.transaction() as change:
                change.put_introduction(seen.introductions(other.party)[-1])
        deu = flight.nodes["DEU"]
        with deu.store.snapshot() as seen:
            rows = list(seen.entries(deu.origin))
            row = seen.checkpoint(deu.origin)
        assert row is not None
        leaves = tuple(
            replica.Leaf(one.leaf_hash, None if one.index == 2 else one.envelope, "not for POL") for one in rows
        )
        replica.extend(pol.store, "DEU", roster.log_keys(deu.introduction()), replica.Batch(row.note, 0, leaves))
        wanted = flight.wanted(exporter=pol.entry_key, origins=[deu.origin])
        write_bundle(tmp_path / "a.tar", pol.store, pol.objects, wanted)
        found = {step.id: step for step in verify(tmp_path / "a.tar", flight.trust, flight.clock())}
    finally:
        pol.close()
    assert usa.party not in {why.where for why in found["tree"].reasons}
    assert found["tree"].verdict == "passed"
    assert [(why.code, why.certain) for why in found["envelopes"].reasons if why.code == "withheld"] == [
        ("withheld", False)
    ]
    assert "sequence_gap" in {why.code for why in found["sequence"].reasons if not why.certain}


def test_trust_is_read_with_all_its_faults(tmp_path: Path) -> None:
    """Fingerprints may be written as people do; whatever is wrong is told at once."""
    path = tmp_path / "trust.json"
    digits = hashlib.sha256(b"").hexdigest()[:32]
    spaced = " ".join(digits[at : at + 4] for at in range(0, 32, 4)).upper()
    path.write_text(json.dumps({"version": 1, "roots": {"DEU": spaced}}), encoding="utf-8")
    assert read_trust(path) == Trust({"DEU": digits})
    path.write_text(
        json.dumps({"version": 1, "roots": {"deu": "x", "UKR": 7}, "policy": 3, "time_authorities": 1}),
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read_trust(path)
    assert refused.value.kind == "bad_trust"
    assert len(refused.value.faults) == 4
