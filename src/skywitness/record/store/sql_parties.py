"""Statements about Parties: who introduced itself, who has what, what proves a fault, what awaits a signature."""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.store.model import DraftRow, EvidenceRow, IntroductionRow
from skywitness.record.store.sql_base import Statements

_INTRODUCTION = "SELECT party, issue, envelope, accepted FROM introduction"
_DRAFT = "SELECT address, stream, author, envelope, time_utc FROM draft"


class Parties(Statements):
    """Everything about other Parties and what is under way with them."""

    def introductions(self, party: str | None = None) -> tuple[IntroductionRow, ...]:
        """List introductions by Party and number."""
        chosen = ("", ()) if party is None else (" WHERE party = ?", (party,))
        rows = self._run(f"{_INTRODUCTION}{chosen[0]} ORDER BY party, issue", chosen[1])
        return tuple(IntroductionRow(name, issue, bytes(words), bool(yes)) for name, issue, words, yes in rows)

    def put_introduction(self, row: IntroductionRow) -> None:
        """Keep an introduction, or accept one that is kept; what was accepted never changes.

        One that nobody accepted gives way to another that is accepted: anybody could have made it up.
        """
        wanted = (row.party, row.issue)
        known = self._run("SELECT envelope, accepted FROM introduction WHERE party = ? AND issue = ?", wanted)
        if known and bytes(known[0][0]) != row.envelope and (known[0][1] or not row.accepted):
            raise InputError(
                "introduction_differs",
                say("Another introduction {issue} of {party} is kept.", issue=row.issue, party=row.party),
                row.party,
            )
        self._run(
            "INSERT INTO introduction (party, issue, envelope, accepted) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (party, issue) DO UPDATE SET envelope = excluded.envelope, accepted = excluded.accepted",
            (row.party, row.issue, row.envelope, int(row.accepted)),
        )

    def peer_size(self, party: str, origin: str) -> int:
        """Tell how many entries of a log a Party is known to have."""
        rows = self._run("SELECT size FROM peer WHERE party = ? AND origin = ?", (party, origin))
        return int(rows[0][0]) if rows else 0

    def set_peer_size(self, party: str, origin: str, size: int) -> None:
        """Remember how many entries of a log a Party has."""
        self._run(
            "INSERT INTO peer (party, origin, size) VALUES (?, ?, ?)"
            " ON CONFLICT (party, origin) DO UPDATE SET size = excluded.size",
            (party, origin, size),
        )

    def evidence(self) -> tuple[EvidenceRow, ...]:
        """List evidence by id."""
        return tuple(EvidenceRow(*row) for row in self._run("SELECT id, kind, body FROM evidence ORDER BY id"))

    def add_evidence(self, row: EvidenceRow) -> None:
        """Keep evidence once."""
        self._run(
            "INSERT INTO evidence (id, kind, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (row.id, row.kind, row.body),
        )

    def drafts(self) -> tuple[DraftRow, ...]:
        """List drafts by time and address."""
        return tuple(DraftRow(*row) for row in self._run(f"{_DRAFT} ORDER BY time_utc, address"))

    def draft(self, address: str) -> DraftRow | None:
        """Give one draft."""
        rows = self._run(f"{_DRAFT} WHERE address = ?", (address,))
        return DraftRow(*rows[0]) if rows else None

    def put_draft(self, row: DraftRow) -> None:
        """Keep a draft, in place of the one with the same address."""
        self._run(
            "INSERT INTO draft (address, stream, author, envelope, time_utc) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (address) DO UPDATE SET envelope = excluded.envelope",
            (row.address, row.stream, row.author, row.envelope, row.time_utc),
        )

    def drop_draft(self, address: str) -> None:
        """Forget a draft."""
        self._run("DELETE FROM draft WHERE address = ?", (address,))
