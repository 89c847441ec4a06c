"""A made-up record of three Parties, honest as it stands, of which each piece can be put otherwise.

For the tests of the verifiers, for ``scripts/mutate_bundle.py`` and ``benchmarks/record_verify.py``.  All keys follow
from the names of their owners, so whoever runs this holds the keys of all Parties: it can play any dishonest one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skywitness.record.bundle.container import FIRST, Writer
from skywitness.record.bundle.readme import README
from skywitness.record.bundle.seal import Seal, SealedFile, sign_seal
from skywitness.record.bundle.write import standalone
from skywitness.record.entry import canonical, introduction
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference
from skywitness.record.entry.introduction import Introduction, Named
from skywitness.record.entry.keyring import KeyChange
from skywitness.record.entry.keys import PartyKey
from skywitness.record.merkle.frontier import root_of_leaves
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.merkle.tiles import bundle_bytes, leaf_tiles_of
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.note.pair import PairSigner, Role, signer_from_seeds
from skywitness.record.note.quorum import Party, flight_policy

START = dt.datetime(2019, 4, 3, 6, tzinfo=dt.UTC)
STREAM = "flight/DEU-2019-031"
Files = dict[str, bytes]


def seed(words: str) -> bytes:
    """Make a seed of a name."""
    return hashlib.sha256(words.encode()).digest()


def key_of(party: str, use: str) -> PartyKey:
    """Make the pair of keys of a Party for a use."""
    return PartyKey(party, seed(f"{party} {use} a"), seed(f"{party} {use} b"))


def signer_of(party: str, role: Role, number: int = 0) -> PairSigner:
    """Make what signs as a Party's log or witness, with the keys that it renewed ``number`` times."""
    name = f"{party.lower()}/{'record' if role is Role.LOG else 'witness'}"
    kept = f"{name} {number}" if number else name
    return signer_from_seeds(name, role, seed(f"{kept} a"), seed(f"{kept} b"))


@dataclass(slots=True)
class Side:
    """A Party: its keys, and the leaves of its log; ``retired_at``: the entries that renewed the keys of its log."""

    code: str
    leaves: list[bytes] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    retired_at: list[int] = field(default_factory=list)

    @property
    def root(self) -> PartyKey:
        """The root key."""
        return key_of(self.code, "root")

    @property
    def key(self) -> PartyKey:
        """The first key of entries."""
        return key_of(self.code, "entry")

    @property
    def log(self) -> PairSigner:
        """The keys of the log."""
        return self.logs[-1]

    @property
    def logs(self) -> list[PairSigner]:
        """The keys that the log has had, the oldest first."""
        return [signer_of(self.code, Role.LOG, number) for number in range(len(self.retired_at) + 1)]

    @property
    def witness(self) -> PairSigner:
        """The keys of the witness."""
        return signer_of(self.code, Role.WITNESS)

    def introduction(self) -> bytes:
        """Write the introduction, signed by the root key."""
        log, witness = self.log.keys, self.witness.keys
        named = Named(log.name, log.vkeys()), Named(witness.name, witness.vkeys())
        told = Introduction(self.code, len(self.logs), self.root.public, *named)
        for old, at in zip(self.logs, self.retired_at, strict=False):
            told = introduction.retire(told, old.keys.vkeys(), at)
        return introduction.build(told, self.root).to_bytes()

    def party(self) -> Party:
        """Give the Party as a policy knows it."""
        return Party(self.code, self.log.keys, self.witness.keys)


@dataclass(slots=True)
class World:
    """Three Parties and a clock."""

    sides: dict[str, Side] = field(default_factory=lambda: {code: Side(code) for code in ("DEU", "UKR", "USA")})
    time_utc: dt.datetime = START
    objects: dict[str, bytes] = field(default_factory=dict)

    def append(self, author: str, stream: str = STREAM, *, keys: Sequence[PartyKey] = (), **given: Any) -> Entry:
        """Sign an entry and put it at the end of its author's log; ``given`` puts fields otherwise."""
        side = self.sides[author]
        sequence, previous = side.heads.get(stream, (-1, None))
        self.time_utc += dt.timedelta(seconds=1)
        fields: dict[str, Any] = {
            "stream": stream,
            "author": author,
            "sequence": sequence + 1,
            "previous": previous,
            "kind": "entry",
            "type": "open-skies/remark",
            "time_utc": self.time_utc,
            "salt": hashlib.sha256(f"{author} {len(side.leaves)}".encode()).hexdigest()[:32],
        }
        made = entries.build(**{**fields, **given})
        side.heads[stream] = made.sequence, made.address
        side.leaves.append(entries.sign(made, keys or [side.key]).to_bytes())
        return made

    def change_key(self, author: str, action: str, key: PartyKey, signer: PartyKey | None = None) -> Entry:
        """Append a key entry."""
        body = KeyChange(action, key.public).to_json()  # type: ignore[arg-type]
        by = [signer or self.sides[author].root]
        return self.append(author, "keys", kind="key", type="record/key", body=body, keys=by)

    def renew_log(self, author: str) -> Entry:
        """Append the entry that retires the keys of a log."""
        side = self.sides[author]
        side.retired_at.append(len(side.leaves))
        given: dict[str, Any] = {"kind": "introduction", "type": "record/introduction"}
        return self.append(author, "keys", body={"issue": len(side.logs)}, keys=[side.root], **given)

    def begin(self) -> None:
        """Introduce the keys of all Parties, and open the stream of a flight."""
        for side in self.sides.values():
            self.change_key(side.code, "introduce", side.key)
        self.append("DEU", kind="opening", parties=["DEU", "UKR"], keys=[self.sides["DEU"].key, self.sides["UKR"].key])

    def exchange(self, count: int) -> None:
        """Append ``count`` entries, in turns one of DEU that names a file and one of UKR that receives it."""
        for number in range(count // 2):
            data = f"frame {number}".encode()
            name = hashlib.sha256(data).hexdigest()
            if number < 3:
                self.objects[name] = data
            objects = [ObjectReference(f"frame-{number}.tif", name, len(data), "image/tiff")] if number < 3 else []
            made = self.append("DEU", body={"number": number, "height_m": 1500.5}, objects=objects)
            self.append("UKR", body={}, refers_to=[Reference("receives", made.address)])

    def close(self, **given: Any) -> Entry:
        """Close the stream."""
        deu, ukr = (self.sides[code].heads.get(STREAM) for code in ("DEU", "UKR"))
        assert deu is not None
        counts, heads = {"DEU": deu[0] + 2, "UKR": 0}, {"DEU": deu[1]}
        if ukr:
            counts["UKR"], heads["UKR"] = ukr[0] + 1, ukr[1]
        keys = [self.sides["DEU"].key, self.sides["UKR"].key]
        return self.append("DEU", **{"kind": "closing", "counts": counts, "heads": heads, "keys": keys, **given})

    def policy(self) -> bytes:
        """Write the agreed policy: both Parties to the flight and the third."""
        deu, ukr, usa = (side.party() for side in self.sides.values())
        return flight_policy(deu, ukr, [usa], f=0).text(["made up"]).encode()

    def checkpoint(
        self,
        code: str,
        leaves: Sequence[bytes] | None = None,
        by: Iterable[str] | None = None,
        signer: PairSigner | None = None,
    ) -> bytes:
        """Sign a checkpoint over leaves as their log (or ``signer``), cosigned by the witnesses of ``by`` (of all)."""
        side = self.sides[code]
        chosen = side.leaves if leaves is None else leaves
        head = Checkpoint(side.log.name, len(chosen), root_of_leaves(map(leaf_hash, chosen)))
        at = self.time_utc + dt.timedelta(minutes=1)
        note = sign_checkpoint(head, signer or side.log, at)
        cosigners = self.sides if by is None else by
        lines = [line for who in cosigners for line in self.sides[who].witness.sign(note.text, at)]
        return note.with_signatures(lines).encoded()

    def log_files(self, number: int, code: str, withheld: Mapping[int, str] | None = None, **head: Any) -> Files:
        """Write the files of a log."""
        leaves, folder, gone = self.sides[code].leaves, f"logs/{number}", withheld or {}
        made = {
            f"{folder}/origin": f"{code.lower()}/record\n".encode(),
            f"{folder}/checkpoint": self.checkpoint(code, **head),
            f"{folder}/withheld.json": canonical.dumps({str(index): why for index, why in gone.items()}),
        }
        for tile in leaf_tiles_of(len(leaves)):
            part = range(tile.index * 256, tile.index * 256 + tile.width)
            made[f"{folder}/{tile.path()}"] = b"".join(leaf_hash(leaves[index]) for index in part)
            shown = (b"" if index in gone else leaves[index] for index in part)
            made[f"{folder}/{tile.entries_path()}"] = bundle_bytes(shown)
        return made

    def files(self) -> Files:
        """Write all files of an honest bundle but its seal."""
        made = {"README.txt": README.encode(), "verify.py": standalone(), "policy.txt": self.policy()}
        for number, side in enumerate(self.sides.values()):
            made[f"parties/{side.code}.json"] = side.introduction()
            made |= self.log_files(number, side.code)
        return made | {f"objects/{name}": data for name, data in self.objects.items()}

    def bundle(self, files: Files, key: PartyKey | None = None) -> bytes:
        """Seal files as DEU, or with ``key``, and put them into a bundle."""
        chosen = key or self.sides["DEU"].key
        listed = [SealedFile(path, hashlib.sha256(files[path]).hexdigest(), len(files[path])) for path in sorted(files)]
        sealed = sign_seal(Seal(chosen.party, self.time_utc + dt.timedelta(hours=1), tuple(listed)), chosen)
        return pack({FIRST: sealed, **{path: files[path] for path in sorted(files)}})

    def trust(self) -> dict[str, Any]:
        """Give what a reader needs to trust: root keys and policy."""
        roots = {side.code: side.root.id for side in self.sides.values()}
        return {"version": 1, "roots": roots, "policy": self.policy().decode()}


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write files into a container in the order given."""
    stream = io.BytesIO()
    writer = Writer(stream)
    for path, data in files.items():
        writer.add(path, len(data), [data])
    writer.end()
    return stream.getvalue()


def honest(count: int = 12) -> World:
    """Make the record of a flight with ``count`` entries between its opening and its closing."""
    world = World()
    world.begin()
    world.exchange(count)
    world.close()
    return world


Change = Callable[[World], bytes]
