"""How a mission was conducted, for people: each finding with its reason, and who may now do what."""

from __future__ import annotations

from collections.abc import Sequence

from skywitness.cli.findings_page import MARKS, STYLES, effect_words, summary
from skywitness.cli.page import Page
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say


def write_conduct(page: Page, findings: Sequence[Finding]) -> None:
    """Write what is judged of inspection, equipment, demonstration and people on board; nothing where none is told."""
    if not findings:
        return
    page.heading(say("Inspection, demonstration flight, people on board: {summary}", summary=summary(findings)))
    for finding in findings:
        style = STYLES[finding.verdict] if finding.verdict is Verdict.NOT_APPLICABLE else ""
        words = say("{provision}  {why}", provision=finding.provision, why=finding.why)
        page.marked(MARKS[finding.verdict], words, style, indent=2)
        if finding.by_agreement:
            page.paragraph(say("By agreement: {source}", source=finding.by_agreement), indent=6)
        if finding.effect is not None:
            page.marked("→", effect_words(finding.effect), indent=6)
