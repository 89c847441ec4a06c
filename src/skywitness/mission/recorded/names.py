"""Names of the payload types of Open Skies in the record."""

from __future__ import annotations

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
