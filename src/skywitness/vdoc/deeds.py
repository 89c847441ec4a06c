"""Whether something that had to be done by a day was done by it, where whether it had to be may itself be open."""

from __future__ import annotations

import datetime as dt

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.vdoc.count import Answer
from skywitness.vdoc.model import Act

__all__ = ["judge_act", "running"]


def judge_act(
    name: str, what: Text, act: Act, latest: dt.date, at: dt.date, needed: Answer = Answer.MUST
) -> tuple[Verdict, Text]:
    """Hold an act against its latest day; at the day ``at`` it may still be running.

    What may not have been needed cannot be told to be late.
    """
    told = {"name": name, "what": what, "latest": latest}
    if act.day is not None and act.day <= latest:
        return Verdict.OK, say("{name}: {what} came on {day}, due by {latest}.", day=act.day, **told)
    if running(act, latest, at):
        return Verdict.NOT_APPLICABLE, say("{name}: {what} is due by {latest}, which is not over.", **told)
    if act.done is None:
        return Verdict.CANNOT_TELL, say("{name}: when {what} came is not told; due by {latest}.", **told)
    if act.day is not None:
        why = say("{name}: {what} came on {day}, but was due by {latest}.", day=act.day, **told)
    else:
        why = say("{name}: {what} never came, but was due by {latest}.", **told)
    if needed is Answer.MUST:
        return Verdict.BREACH, why
    return Verdict.CANNOT_TELL, say("{why} Whether it had to come cannot be told.", why=why)


def running(act: Act, latest: dt.date, at: dt.date) -> bool:
    """Tell whether an act that has not been told of can still be done in time."""
    return act.day is None and at <= latest
