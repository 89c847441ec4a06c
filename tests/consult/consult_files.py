"""Small cases for tests: as dictionaries, the way the TOML reader gives them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skywitness.consult.model import Case
from skywitness.consult.read import read_case
from skywitness.core.errors import Fault, InputError

D = dt.date
NOTIFIED = D(2020, 5, 22)


def event(ident: str = "one", **fields: Any) -> dict[str, Any]:
    """Make a claim of Germany against Poland, with ``fields`` over it."""
    return {
        "id": ident,
        "on": D(2010, 1, 1),
        "step": "claim",
        "actors": ["DEU"],
        "capacity": "party",
        "provisions": ["OS:VI.II.2"],
        "what": "Germany says that it is so",
        "asserts": ["p"],
        "sources": ["s"],
        **fields,
    }


def plain(ident: str, on: Any, step: str = "consultation", **fields: Any) -> dict[str, Any]:
    """Make an event that asserts nothing."""
    return event(ident, **{"on": on, "step": step, "asserts": [], **fields})


def notice(ident: str = "notice", on: Any = NOTIFIED, who: str = "USA", **fields: Any) -> dict[str, Any]:
    """Make a notice of withdrawal."""
    return plain(ident, on, "notice", **{"actors": [who], "provisions": ["OS:XV.2"], **fields})


def effect(on: Any, who: str = "USA", follows: str = "notice", **fields: Any) -> dict[str, Any]:
    """Make the effect of a withdrawal."""
    return plain(
        "effect", on, "effect", **{"actors": [who], "capacity": "former_party", "follows": [follows], **fields}
    )


def document(*events: dict[str, Any], treaties: tuple[str, ...] = ("open-skies",), **tables: Any) -> dict[str, Any]:
    """Make a file with one source ``s`` and the propositions ``p`` and ``q``."""
    if treaties != ("open-skies",):
        events = tuple({**one, "provisions": [], "no_provision": "none is named"} for one in events)
    return {
        "case": {"key": "open-skies/test", "title": "A test", "treaties": list(treaties)},
        "sources": [{"id": "s", "title": "A source", "publisher": "A paper", "side": "press", "kind": "article"}],
        "propositions": [{"id": "p", "words": "It is so"}, {"id": "q", "words": "It is otherwise"}],
        "events": list(events),
        **tables,
    }


def case(*events: dict[str, Any], treaties: tuple[str, ...] = ("open-skies",), **tables: Any) -> Case:
    """Read such a file."""
    return read_case(document(*events, treaties=treaties, **tables))


def faults(data: dict[str, Any]) -> dict[str, str]:
    """Return every fault of a file by its place; of several at one place the words together."""
    try:
        read_case(data)
    except InputError as error:
        refused = error
    else:
        return {}
    found: dict[str, str] = {"kind": refused.kind} if refused.kind != "bad_case" else {}
    told: tuple[Fault, ...] = refused.faults
    for one in told:
        found[one.where] = f"{found.get(one.where, '')} {one.message}".strip()
    return found
