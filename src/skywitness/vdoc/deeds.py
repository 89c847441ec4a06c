"""Whether something that had to be done by a day was done by it, where whether it had to be may itself be open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.vdoc.count import Answer
from skywitness.vdoc.law import Law
from skywitness.vdoc.model import Act

__all__ = ["Deed", "judge_act"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something held against its day.  ``owed``: it can still be done in time; ``untold``: nobody says when it was."""

    verdict: Verdict
    why: Text
    owed: bool = False
    untold: bool = False


def judge_act(
    name: str,
    what: Text,
    act: Act,
    latest: dt.date,
    law: Law,
    states: Collection[str],
    needed: Answer = Answer.MUST,
) -> Deed:
    """Hold an act of States against its latest day; on the day of the reading it may still be running.

    What may not have been needed cannot be told to be late, and nothing was due while the document bound none of them.
    """
    told = {"name": name, "what": what, "latest": latest}
    if act.day is not None and act.day <= latest:
        return Deed(Verdict.OK, say("{name}: {what} came on {day}, due by {latest}.", day=act.day, **told))
    if not law.binds(states, latest):
        why = say("{name}: {what} would have been due by {latest}, when the Vienna Document 2011 did not apply yet.", **told)  # noqa: E501  # fmt: skip
        return Deed(Verdict.NOT_APPLICABLE, why)
    if act.day is None and law.reading.at <= latest:
        why = say("{name}: {what} is due by {latest}, which is not over.", **told)
        return Deed(Verdict.NOT_APPLICABLE, why, owed=True)
    if act.done is None:
        why = say("{name}: when {what} came is not told; due by {latest}.", **told)
        return Deed(Verdict.CANNOT_TELL, why, untold=True)
    if act.day is not None:
        why = say("{name}: {what} came on {day}, but was due by {latest}.", day=act.day, **told)
    else:
        why = say("{name}: {what} never came, but was due by {latest}.", **told)
    if needed is Answer.MUST:
        return Deed(Verdict.BREACH, why)
    return Deed(Verdict.CANNOT_TELL, say("{why} Whether it had to come cannot be told.", why=why))
