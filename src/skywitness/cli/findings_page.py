"""Findings for people: what is broken first, what nobody can tell next, what is kept last; each with its reason.

Everything a finding holds is in the JSON.  A page leaves out what a reader would skip: the law values behind what is
kept, and the reasons why a provision does not concern the flight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from skywitness.cli.answer import Exit
from skywitness.cli.page import Page
from skywitness.core.amounts import amount
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where, overall
from skywitness.core.position import format_dms
from skywitness.core.text import Text, say, say_n, verbatim
from skywitness.law.words import basis_words, key_words, source_words, value_words
from skywitness.route.exports.words import VERDICT_MARKS

_ORDER = (Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.OK)

MARKS = VERDICT_MARKS
"""A mark for each verdict, on the screen as on paper; the word always stands beside it."""

STYLES = {Verdict.BREACH: "bold red", Verdict.CANNOT_TELL: "yellow", Verdict.OK: "green", Verdict.NOT_APPLICABLE: "dim"}

_INDENT = 4

_SAME = 1e-4
"""What computing leaves over of a whole number is not shown."""


def exit_code(findings: Iterable[Finding]) -> Exit:
    """Give the exit code of a command that judges."""
    codes = {Verdict.BREACH: Exit.BREACH, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
    return codes.get(overall(findings), Exit.DONE)


def write_findings(page: Page, findings: Sequence[Finding]) -> None:
    """Write all findings, by verdict."""
    page.heading(say("Findings: {summary}", summary=summary(findings)))
    for verdict in _ORDER:
        those = [finding for finding in findings if finding.verdict is verdict]
        if those:
            _write_verdict(page, verdict)
            for _, alike in groupby(those, key=lambda finding: finding.provision):
                _write_provision(page, list(alike))
    silent = [finding.provision for finding in findings if finding.verdict is Verdict.NOT_APPLICABLE]
    if silent:
        _write_verdict(page, Verdict.NOT_APPLICABLE)
        page.paragraph(", ".join(dict.fromkeys(silent)), indent=2, style="dim")


def write_needs(page: Page, findings: Sequence[Finding]) -> None:
    """Write which facts would settle what cannot be told, each once."""
    needs = Counter(page.words(need) for finding in findings for need in finding.needs)
    if not needs:
        return
    page.heading(say("What would settle what cannot be told"))
    for need, count in needs.most_common():
        page.marked("·", _need(need, count) if count > 1 else need, indent=2)


def summary(findings: Iterable[Finding]) -> Text:
    """Count the findings by verdict in one sentence."""
    counts = Counter(finding.verdict for finding in findings)
    return say(
        "{breaches}, {unknown}, {kept}, {silent}.",
        breaches=say_n("{count} breach", "{count} breaches", counts[Verdict.BREACH]),
        unknown=say_n("{count} cannot be told", "{count} cannot be told", counts[Verdict.CANNOT_TELL]),
        kept=say_n("{count} kept", "{count} kept", counts[Verdict.OK]),
        silent=say_n("{count} does not apply", "{count} do not apply", counts[Verdict.NOT_APPLICABLE]),
    )


def figure(value: float) -> Text:
    """Write a measured value or a limit: whole numbers whole, large ones with one decimal, small ones with three."""
    if abs(value - round(value)) < _SAME:
        return Text("{value:.0f}", (("value", round(value)),))
    spec = ".1f" if abs(value) >= 100.0 else ".2f" if abs(value) >= 1.0 else ".3g"
    return Text(f"{{value:{spec}}}", (("value", value),))


def _write_verdict(page: Page, verdict: Verdict) -> None:
    page.raw()
    page.marked(MARKS[verdict], _verdict_heading(verdict), STYLES[verdict])


def _verdict_heading(verdict: Verdict) -> Text:
    return {
        Verdict.BREACH: say("BREACH"),
        Verdict.CANNOT_TELL: say("CANNOT TELL"),
        Verdict.OK: say("KEPT"),
        Verdict.NOT_APPLICABLE: say("DOES NOT APPLY"),
    }[verdict]


def _need(need: str, count: int) -> Text:
    return say_n("{need} ({count} finding)", "{need} ({count} findings)", count, need=need)


def _write_provision(page: Page, findings: Sequence[Finding]) -> None:
    """Write the findings of one provision that have one verdict; the same words are said once."""
    first = findings[0]
    page.paragraph(
        say("{provision}  {title}", provision=first.provision, title=first.title), indent=2, hang=2, style="bold"
    )
    said: set[str] = set()
    for finding in findings:
        words = "\n".join([page.words(finding.why), page.words(_numbers(finding))])
        if words not in said:
            said.add(words)
            _write_finding(page, finding)


def _write_finding(page: Page, finding: Finding) -> None:
    """Write reason, numbers and place, and what a reader needs beside them to act."""
    page.paragraph(finding.why, indent=_INDENT)
    if numbers := _numbers(finding):
        page.paragraph(numbers, indent=_INDENT)
    if finding.by_agreement:
        page.paragraph(say("By agreement: {source}", source=finding.by_agreement), indent=_INDENT)
    if finding.verdict is not Verdict.OK and finding.measured is not None:
        for value in finding.values:
            page.paragraph(_used(value), indent=_INDENT, hang=2)
    if finding.effect is not None and finding.verdict is not Verdict.OK:
        page.marked("→", effect_words(finding.effect), indent=_INDENT)


def effect_words(effect: Effect) -> Text:
    """Say who may or must now do what."""
    if effect.modality == "may":
        return say("{who} may now: {what}", who=effect.who, what=effect.what)
    return say("{who} must now: {what}", who=effect.who, what=effect.what)


def _numbers(finding: Finding) -> str | Text:
    """Put measured value, limit, margin and place side by side; an empty string when there is none.

    What is kept shows its numbers only where they say how well it is kept.
    """
    if finding.verdict is Verdict.OK and finding.margin is None:
        return ""
    parts = [*_figures(finding), *(_place(finding.where) if finding.where else ())]
    return _joined(parts)


def _figures(finding: Finding) -> list[Text]:
    """Label the numbers of a finding; what was found in words stands in its reason."""
    unit = finding.unit or ""
    parts: list[Text] = []
    if isinstance(finding.measured, int | float):
        parts.append(say("measured {amount}", amount=_amount(finding.measured, unit)))
    if finding.uncertainty:
        parts.append(say("known to ±{amount}", amount=_amount(finding.uncertainty, unit)))
    if isinstance(finding.limit, int | float):
        parts.append(say("limit {amount}", amount=_amount(finding.limit, unit)))
    if finding.margin is not None:
        parts.append(say("margin {amount}", amount=_amount(finding.margin, unit)))
    return parts


def _amount(value: float, unit: str) -> Text:
    return amount(value, unit, figure(value))


def _place(where: Where) -> list[Text]:
    parts: list[Text] = []
    if where.leg is not None:
        parts.append(say("leg {leg}", leg=where.leg))
    if where.name:
        parts.append(verbatim(where.name))
    if where.lon is not None and where.lat is not None:
        parts.append(say("at {position}", position=format_dms(where.lon, where.lat, 0)))
    if where.time_utc is not None:
        parts.append(say("{time:%Y-%m-%d %H:%MZ}", time=where.time_utc))
    return parts


def _joined(parts: Sequence[Text]) -> str | Text:
    """Chain labelled figures; they are no sentence, so their order needs no translation."""
    if not parts:
        return ""
    chain = parts[0]
    for part in parts[1:]:
        chain = Text("{left} · {right}", (("left", chain), ("right", part)))
    return chain


def _used(value: UsedValue) -> Text:
    """Say which value of the law a finding rests on, and how well that is founded."""
    since = say(", since {day}", day=value.start.isoformat()) if value.start else Text("")
    known = {
        "key": key_words(value.key),
        "amount": _amount_of(value),
        "since": since,
        "status": basis_words(value.status),
        "source": source_words(value.source),
    }
    if not value.subject:
        return say("Law: {key} is {amount}{since} ({status}: {source})", **known)
    return say(
        "Law: {key} of {subject} is {amount}{since} ({status}: {source})", subject=value_words(value.subject), **known
    )


def _amount_of(value: UsedValue) -> Text:
    if isinstance(value.value, bool) or not isinstance(value.value, int | float):
        return value_words(str(value.value))
    return _amount(value.value, value.unit)
