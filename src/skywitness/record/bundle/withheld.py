"""The file of a bundle that tells which entries of a log are withheld, by index, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import canonical
from skywitness.record.entry.fields import is_name

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


def write_withheld(told: Mapping[int, str]) -> bytes:
    """Write the file: canonical JSON, one reason for each index."""
    return canonical.dumps({str(index): why for index, why in told.items()})


def read_withheld(data: bytes, where: str = "") -> dict[int, str]:
    """Read the file.

    :raises InputError: ``bad_withheld``, or ``bad_json``.
    """
    value = canonical.loads(data, where)
    right = isinstance(value, dict) and all(_INDEX.fullmatch(index) and is_name(why) for index, why in value.items())
    if not right:
        text = say("The file tells, for the number of each withheld entry, why it is withheld; this one does not.")
        raise InputError("bad_withheld", text, where)
    return {int(index): why for index, why in value.items()}
