"""Nodes of several Parties for tests of ``skywitness record``, made and introduced by the commands themselves."""

from __future__ import annotations

import ssl  # noqa: F401 - imported first by a test without a network, its sockets would be blocked for good
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import Ran, Skywitness

STREAM = "flight/DEU-2019-031"

STATEMENT = '{"text": "We regret.", "language": "en"}'


@dataclass(slots=True)
class Parties:
    """Folders of nodes, by Party."""

    run: Skywitness
    folder: Path
    fingerprints: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, party: str) -> Path:
        return self.folder / party.lower()

    def make(self, *codes: str) -> None:
        """Make nodes, and let each accept all others by fingerprint."""
        for code in codes:
            made = self.json("init", self[code], "--party", code)
            self.fingerprints[code] = made["fingerprint"]
        for one in codes:
            for other in codes:
                if one != other:
                    self.introduce(one, other)

    def introduce(self, one: str, other: str) -> None:
        """Let a Party accept another one's introduction."""
        file = self[other] / f"{other}.introduction.json"
        self.json("introduce", self[one], file, "--fingerprint", self.fingerprints[other])

    def record(self, *arguments: object, **more: Any) -> Ran:
        """Run a command of the record."""
        return self.run("record", *arguments, **more)

    def json(self, *arguments: object) -> Any:
        """Run a command that must be done, and give its document."""
        ran = self.record(*arguments, "--json")
        assert ran.code == 0, ran.out + ran.err
        return ran.json

    def refused(self, kind: str, *arguments: object) -> dict[str, Any]:
        """Run a command that must be refused with one sentence, and give the refusal."""
        ran = self.record(*arguments, "--json")
        assert ran.code == 2, ran.out
        error: dict[str, Any] = ran.json["error"]
        assert error["kind"] == kind, error
        return error

    def say(self, party: str, *more: object, body: str = STATEMENT, stream: str = "statement/DEU-1") -> dict[str, Any]:
        """Let a Party append a statement."""
        file = self.folder / "body.json"
        file.write_text(body, encoding="utf-8")
        made: dict[str, Any] = self.json(
            "append", self[party], "--stream", stream, "--type", "open-skies/statement", "--body", file, *more
        )
        return made
