"""A State Party leaves the Treaty (Article XV): the notice, the conference, and what becomes of everything else.

The Treaty says how to leave and little of what follows.  Each thing that follows is answered from the provision that
would govern it, with its day; where the text has no rule the answer says so (``silent``) and settles nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Effect, Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import Consequence, draft, silent
from skywitness.law.legal_day import LegalDay
from skywitness.law.months import add_months
from skywitness.law.provisions import provision
from skywitness.law.told import Told
from skywitness.law.words import source_words

__all__ = ["Withdrawal", "bound", "conference_days", "conference_in_time", "notice_long_enough", "others_told"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The notice of one State Party.

    ``notified``: the day on which a Depositary received it.  ``effective``: the day from which the State intends to be
    no Party.  ``told_all``: the day on which all other States Parties had notice (``None``: not known).
    ``conference``: the day of the conference; ``conference_source`` who says so, where it is another.
    """

    told: Told
    state: str
    notified: dt.date
    effective: dt.date
    told_all: dt.date | None = None
    conference: dt.date | None = None
    conference_source: str = ""

    def earliest(self, day: LegalDay) -> dt.date:
        """Return the first day on which the withdrawal can take effect."""
        return add_months(self.notified, day.period("withdrawal_notice").whole or 0)

    def is_by_party(self, day: LegalDay) -> bool:
        """Tell whether who gave the notice was a State Party then: nobody else has anything to withdraw from."""
        return day.on(self.notified).is_party(self.state)

    def takes_effect(self, day: LegalDay) -> dt.date:
        """Return the day on which it takes effect: as intended, but never before the notice has run out."""
        return max(self.effective, self.earliest(day))


@provision("OS:XV.2")
def notice_long_enough(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    """Judge that notice was given six months before the day of withdrawal."""
    earliest, used = withdrawal.earliest(day), day.period("withdrawal_notice").used
    early = withdrawal.effective < earliest
    words = {
        "state": withdrawal.state,
        "notified": withdrawal.notified,
        "effective": withdrawal.effective,
        "earliest": earliest,
    }
    why = (
        say(
            "{state} gave notice on {notified} for {effective}; six months end on {earliest}, and until then it is "
            "bound.",
            **words,
        )
        if early
        else say("{state} gave notice on {notified} for {effective}; six months end on {earliest}.", **words)
    )
    return draft(
        day,
        withdrawal.told,
        "OS:XV.2",
        Verdict.BREACH if early else Verdict.OK,
        why,
        withdrawal.takes_effect(day),
        bearer=withdrawal.state,
        measured=withdrawal.effective.isoformat(),
        limit=earliest.isoformat(),
        margin=float((withdrawal.effective - earliest).days),
        unit="day",
        values=used,
    )


def others_told(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    """Judge that all other States Parties had notice in advance as well.

    Whether the six months of the paragraph run for them too its words leave open.
    """
    earliest, bearer = withdrawal.earliest(day), withdrawal.state
    if withdrawal.told_all is None:
        why = say("Notice goes to a Depositary and to all other States Parties; when the latter had it is not known.")
        need = say("the day on which all other States Parties had notice (withdrawal.told_all)")
        return draft(day, withdrawal.told, "OS:XV.2", Verdict.CANNOT_TELL, why, bearer=bearer, needs=(need,))
    begins = max(earliest, withdrawal.effective)
    if withdrawal.told_all >= begins:
        why = say("All other States Parties had notice on {day} only, not in advance.", day=withdrawal.told_all)
        return draft(day, withdrawal.told, "OS:XV.2", Verdict.BREACH, why, begins, bearer=bearer)
    if add_months(withdrawal.told_all, day.period("withdrawal_notice").whole or 0) > begins:
        why = say(
            "All other States Parties had notice on {day}, less than six months before; the six months can be read to "
            "count from the notice to a Depositary alone, or from this one too.",
            day=withdrawal.told_all,
        )
        return silent(day, withdrawal.told, "OS:XV.2", why, begins, bearer=bearer)
    why = say("All other States Parties had notice on {day}.", day=withdrawal.told_all)
    return draft(day, withdrawal.told, "OS:XV.2", Verdict.OK, why, begins, bearer=bearer)


def conference_days(withdrawal: Withdrawal, day: LegalDay) -> tuple[dt.date, dt.date]:
    """Return the first and the last day on which the conference of Article XV, paragraph 3 may be held."""
    first, last = (day.period(f"conference_{edge}").whole or 0 for edge in ("earliest", "latest"))
    return withdrawal.notified + dt.timedelta(days=first), withdrawal.notified + dt.timedelta(days=last)


@provision("OS:XV.3")
def conference_in_time(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    """Judge that the conference was held 30 to 60 days after the Depositaries received the notice."""
    first, last = conference_days(withdrawal, day)
    used = (*day.period("conference_earliest").used, *day.period("conference_latest").used)
    fields: dict[str, Any] = {"bearer": "depositary", "unit": "d", "values": used}
    span = (first, last + dt.timedelta(days=1))
    if withdrawal.conference is None:
        need = say("the day of the conference (withdrawal.conference)")
        why = say(
            "The conference is due from {first} to {last}; whether it was held is not known.", first=first, last=last
        )
        verdict = Verdict.CANNOT_TELL if day.at > last else Verdict.NOT_APPLICABLE
        needs = (need,) if verdict is Verdict.CANNOT_TELL else ()
        return draft(day, withdrawal.told, "OS:XV.3", verdict, why, *span, needs=needs, **fields)
    after = (withdrawal.conference - withdrawal.notified).days
    kept = first <= withdrawal.conference <= last
    why = say(
        "The conference was held on {day}, {after} days after the notice; it was due from {first} to {last}{source}.",
        day=withdrawal.conference,
        after=after,
        first=first,
        last=last,
        source=_by(withdrawal.conference_source),
    )
    effect = Effect("depositary", "must", say("convene the conference in those days (XV.3)"))
    return draft(
        day,
        withdrawal.told,
        "OS:XV.3",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        *span,
        effect=None if kept else effect,
        measured=after,
        limit=f"{(first - withdrawal.notified).days}-{(last - withdrawal.notified).days}",
        **fields,
    )


def _by(source: str) -> Text | str:
    return say(" ({source})", source=source_words(source)) if source else ""


@provision("OS:XV.1")
def bound(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    """Tell whether the State is bound on the day: until its withdrawal takes effect it owes everything."""
    ends = withdrawal.takes_effect(day)
    words = {"state": withdrawal.state, "ends": ends}
    if day.at < ends:
        why = say("{state} is bound by the whole Treaty until {ends}, notice or not.", **words)
        effect = Effect(withdrawal.state, "must", say("accept observation flights (III.I.2)"))
        return draft(
            day, withdrawal.told, "OS:XV.1", Verdict.OK, why, None, ends, bearer=withdrawal.state, effect=effect
        )
    why = say("From {ends} on {state} is no State Party; for the others the Treaty goes on.", **words)
    return draft(day, withdrawal.told, "OS:XV.1", Verdict.NOT_APPLICABLE, why, ends, bearer=withdrawal.state)


def unsaid(withdrawal: Withdrawal, day: LegalDay, code: str, why: Text) -> Consequence:
    """Give an answer that the text leaves open from the day of withdrawal on."""
    return silent(day, withdrawal.told, code, why, withdrawal.takes_effect(day), bearer=withdrawal.state)
