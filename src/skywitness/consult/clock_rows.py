"""The times that are counted from an event of a case, one row each: from what, by which period, settled by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say

__all__ = ["ALL_PARTIES", "ROWS", "Row"]

ALL_PARTIES: Final = "all"
"""In ``count``: settled once every Party has done it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One time of a treaty; ``due``, ``opens``, ``within``, ``count`` and ``from_count`` are keys of its law data.

    ``count``: how many Parties settle it (``ALL_PARTIES``, or a key; none: one event does).  ``from_count``: it is
    counted from the request of as many Parties, those made in the time ``within`` alone.  ``ends``: on its day it is
    over, where another time can still be used on its last day.  ``inclusive``: a length, whose first day counts.
    ``after``, ``not_after``: steps that the event it runs from has to follow, or must not follow.
    """

    id: str
    treaty: str
    anchor: str
    due: str
    what: Text
    opens: str = ""
    done_by: tuple[str, ...] = ()
    count: str = ""
    from_count: str = ""
    within: str = ""
    ends: bool = False
    inclusive: bool = False
    after: str = ""
    not_after: str = ""


_OS, _CFE, _INF = "open-skies", "cfe", "inf"
_NOTICE = say("notice of withdrawal runs; until it is over the State is bound")
_CONFERENCE = say("conference on the withdrawal")
_AMENDING = say("conference on the amendment")
_SESSION = say("extraordinary session of the Commission opens")
_LENGTH = say("session of the Commission lasts no longer")
_REQUESTS = say("three States Parties can ask for a conference on the amendment")
_APPROVAL = say("all States Parties can approve the amendment in writing")
_REVIEW = say("agreement on the active quotas with respect to a Party; without it those of the year before stay")

ROWS: Final = (
    Row("withdrawal", _OS, "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    Row("withdrawal", _CFE, "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    Row("withdrawal", _INF, "notice", "withdrawal_notice", _NOTICE, done_by=("effect",), ends=True),
    Row(
        "withdrawal_conference",
        _OS,
        "notice",
        "conference_latest",
        _CONFERENCE,
        "conference_earliest",
        done_by=("conference",),
    ),
    Row("withdrawal_conference", _CFE, "notice", "withdrawal_conference", _CONFERENCE, done_by=("conference",)),
    Row(
        "amendment_requests",
        _OS,
        "amendment",
        "amendment_requests_period",
        _REQUESTS,
        done_by=("conference_request",),
        count="amendment_requests",
        within="amendment_requests_period",
    ),
    Row(
        "amendment_approval",
        _OS,
        "amendment",
        "amendment_approval",
        _APPROVAL,
        done_by=("approval",),
        count=ALL_PARTIES,
    ),
    Row(
        "amendment_conference",
        _OS,
        "amendment",
        "amendment_conference_latest",
        _AMENDING,
        "amendment_conference_earliest",
        done_by=("conference",),
        from_count="amendment_requests",
        within="amendment_requests_period",
    ),
    Row(
        "amendment_conference",
        _CFE,
        "amendment",
        "amendment_conference",
        _AMENDING,
        done_by=("conference",),
        from_count="amendment_states",
    ),
    Row("extraordinary_session", _OS, "session_request", "extraordinary_session", _SESSION, done_by=("session",)),
    Row("extraordinary_session", _CFE, "session_request", "additional_session", _SESSION, done_by=("session",)),
    Row(
        "extraordinary_conference",
        _CFE,
        "conference_request",
        "extraordinary_conference",
        say("extraordinary conference opens"),
        done_by=("conference",),
        not_after="amendment",
    ),
    Row(
        "extraordinary_length",
        _CFE,
        "conference",
        "extraordinary_length",
        say("extraordinary conference lasts no longer"),
        inclusive=True,
        after="conference_request",
    ),
    Row("session", _OS, "session", "session_length", _LENGTH, inclusive=True),
    Row("session", _CFE, "session", "session_length", _LENGTH, inclusive=True),
    Row("quota_review", _OS, "quota_review", "quota_review", _REVIEW, done_by=("decision",)),
)
