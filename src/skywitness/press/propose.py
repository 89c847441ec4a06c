"""Events that an article tells of, written as TOML for a person to judge; nothing is ever taken over by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, Final

from skywitness.core.toml_text import write_toml
from skywitness.press.check import Check
from skywitness.press.clauses import Said, actors, denied, said
from skywitness.press.date_model import PERIOD
from skywitness.press.facts import known_instrument
from skywitness.press.reading import Read, inside

__all__ = ["proposed"]

_STEPS: Final = {"withdrawal": "notice", "statement": "third_party"}


def proposed(read: Read, checks: Sequence[Check], source: str) -> str:
    """Write the events of an article: step, day, who, the sentence it rests on, and what the law says of it.

    A sentence that says nothing of who or when proposes nothing.
    """
    found = list(_events(read, checks, source))
    if not found:
        return ""
    head = "# Proposed by a program that read an article.  Nothing here is accepted: a person judges each event.\n\n"
    return head + write_toml({"event": found})


def _events(read: Read, checks: Sequence[Check], source: str) -> Iterator[dict[str, Any]]:
    verdicts: dict[int, list[Check]] = {}
    for check in checks:
        verdicts.setdefault(check.number, []).append(check)
    for number, span in enumerate(read.tokens.sentences):
        instrument = read.instrument_of(span)
        if not known_instrument(instrument):
            continue
        for word in said(read, number, *_STEPS):
            listed = next((one.states for one in verdicts.get(number, []) if one.kind == "list"), ())
            who = listed if word.meaning == "statement" and listed else actors(read, number, word)
            day = _day(read, number)
            if who and day and _done(read, number, word):
                yield {
                    "id": f"{day}-{_STEPS[word.meaning]}-{number + 1}",
                    "on": day,
                    "step": _STEPS[word.meaning],
                    "instrument": instrument,
                    "by": list(who),
                    "what": read.sentence(number),
                    "source": PurePath(source).name or "article",
                    "status": "reported",
                    "checks": [f"{one.kind}: {one.verdict}" for one in verdicts.get(number, [])],
                }
                break


def _done(read: Read, number: int, word: Said) -> bool:
    """Tell whether a withdrawal is told as announced or done, and not wished for, feared or denied."""
    if word.meaning != "withdrawal":
        return True
    return not denied(read, word) and bool(said(read, number, "announced", "effective"))


def _day(read: Read, number: int) -> str:
    """Return the first date of a sentence, else the day of the article; empty where neither is known."""
    for one in inside(read.dates, read.tokens.sentences[number]):
        if one.kind != PERIOD and one.iso is not None:
            return one.iso
    return read.at.isoformat() if read.at else ""
