"""The page on entries says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from skywitness.record.entry import entry, envelope, stream
from skywitness.record.entry.fields import ENTRY_FIELDS
from skywitness.record.entry.payload_types import OWN

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "record" / "entry.md").read_text(encoding="utf-8")


def test_the_worked_example_is_an_entry() -> None:
    """The entry shown is read, and has the length, address and signed bytes the page tells."""
    shown = re.search(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert shown is not None
    read = entry.parse(shown[1].encode())
    assert f"These {len(read.payload)} bytes" in PAGE
    assert f"`{read.address}`" in PAGE
    signed = envelope.pae(entry.PAYLOAD_TYPE, read.payload)
    assert f"`{signed[: signed.index(b'{')].decode()}`" in PAGE


def test_fields_codes_and_types_are_on_the_page() -> None:
    """Every field of an entry, every reason on streams and every own type stands on the page."""
    for name in (*ENTRY_FIELDS, *stream.CODES, *OWN.types, *entry.KINDS, *entry.RELATIONS):
        assert f"`{name}`" in PAGE, name
