"""Keys and entries for the tests of entries: made of fixed seeds, so that every run is the same."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from skywitness.record.entry import entry
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.keys import PartyKey

MakeKey = Callable[..., PartyKey]
MakeEntry = Callable[..., Entry]


@pytest.fixture(scope="session")
def make_key() -> MakeKey:
    """Make the pair of a Party that ``name`` stands for: ``make_key("DEU", "root")``."""

    def make(party: str, name: str = "entry") -> PartyKey:
        seeds = [hashlib.sha256(f"{party} {name} {n}".encode()).digest() for n in range(2)]
        return PartyKey(party, *seeds)

    return make


@pytest.fixture(scope="session")
def make_entry() -> MakeEntry:
    """Make an entry with fields given and the rest filled in."""

    def make(author: str = "DEU", sequence: int = 0, **given: Any) -> Entry:
        fields: dict[str, Any] = {
            "stream": "flight/DEU-2019-031",
            "author": author,
            "sequence": sequence,
            "previous": None if sequence == 0 else "0" * 64,
            "kind": "entry",
            "type": "test/anything",
            "time_utc": dt.datetime(2019, 4, 3, 10, 0, tzinfo=dt.UTC),
            "salt": "00" * 16,
        }
        return entry.build(**{**fields, **given})

    return make
