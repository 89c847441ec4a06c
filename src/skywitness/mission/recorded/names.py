"""Names of the payload types of Open Skies in the record."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

PREFIX: Final = "open-skies/"
EVENT: Final = f"{PREFIX}event"
PLAN: Final = f"{PREFIX}plan"
SENSOR_DATA: Final = f"{PREFIX}sensor-data"
COPY: Final = f"{PREFIX}sensor-data-copy"
STATEMENT: Final = f"{PREFIX}statement"
FINDINGS: Final = f"{PREFIX}findings"


def of_document(kind: str) -> str:
    """Name the type of a kind of document.

    >>> of_document("mission_plan")
    'open-skies/mission-plan'
    """
    return PREFIX + kind.replace("_", "-")


def kind_of(name: str) -> str:
    """Name the kind of document that a type is of; the reverse of ``of_document``."""
    return name.removeprefix(PREFIX).replace("-", "_")


def whole(name: str) -> str:
    """Name a type that may be written as lists show it, without what all types of the Treaty begin with.

    >>> whole("sensor-data"), whole("record/correction")
    ('open-skies/sensor-data', 'record/correction')
    """
    return name if "/" in name else PREFIX + name


def near(word: str, known: Iterable[str]) -> str:
    """Name those of known words that a word may have been meant to be; nothing where none is near.

    >>> near("arival", ["arrival", "departure"])
    'arrival'
    """
    return ", ".join(get_close_matches(word, list(known), 3))
