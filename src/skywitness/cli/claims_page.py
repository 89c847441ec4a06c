"""Claims on a page: which verdict changes where a reading accepts one, and which change none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.cli.findings_page import MARKS, STYLES
from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.cli.page import Page
    from skywitness.law.claims import Claim
    from skywitness.route.claims.effects import Change, ClaimEffect

_INDENT = 4


def write_claims(page: Page, effects: Sequence[ClaimEffect]) -> None:
    """Write the claims that are about a flight: first those that change a verdict, then the rest in one line each."""
    if not effects:
        return
    page.heading(say("Claims of single Parties: no law, but verdicts change where a reading accepts them"))
    for effect in effects:
        if effect.changes:
            _write_effect(page, effect)
    idle = [effect.claim.id for effect in effects if effect.held and not effect.changes]
    if idle:
        page.marked("–", say("Nothing changes under {claims}.", claims=", ".join(idle)), indent=2)
    late = ", ".join(effect.claim.id for effect in effects if not effect.held)
    if late:
        words = say("Accepted, but not held by anybody on that day, or not about this flight: {claims}.", claims=late)
        page.marked("–", words, indent=2)


def _write_effect(page: Page, effect: ClaimEffect) -> None:
    claim = effect.claim
    page.paragraph(say("{id}  {title}", id=claim.id, title=claim.title), indent=2, hang=2, style="bold")
    page.paragraph(_told(claim), indent=_INDENT)
    for change in effect.changes:
        page.marked(MARKS[change.within], _change(change, effect.accepted), STYLES[change.within], indent=_INDENT)


def _told(claim: Claim) -> Text:
    """Say whose claim it is, of which days, on what ground, and what others answer."""
    from skywitness.law.words import source_words

    return say(
        "Held by {holders}, {days} ({source}). Ground: {basis}. Answer: {answer}.",
        holders=", ".join(claim.holders),
        days=_days(claim),
        source=source_words(claim.source),
        basis=claim.basis,
        answer=claim.answer,
    )


def _days(claim: Claim) -> Text:
    if not claim.spans:
        return say("of days that no source gives")
    parts = [f"{span.start or '...'} – {span.end or '...'}" for span in claim.spans]
    return verbatim(", ".join(parts))


def _change(change: Change, accepted: bool) -> Text:
    words = {"provision": change.provision, "without": _verdict(change.without), "within": _verdict(change.within)}
    if change.without is change.within:
        head = say("{provision}: {within} with and without it; it is one more reason.", **words)
    elif accepted:
        head = say("{provision}: {within} by this reading, which accepts it; {without} without it.", **words)
    else:
        head = say("{provision}: {without} by this reading; {within} by one that accepts it.", **words)
    return say("{head} {why}", head=head, why=change.finding.why)


def _verdict(verdict: Verdict) -> Text:
    return {
        Verdict.BREACH: say("breach"),
        Verdict.CANNOT_TELL: say("cannot tell"),
        Verdict.OK: say("kept"),
        Verdict.NOT_APPLICABLE: say("does not apply"),
    }[verdict]
