"""What the rows of reach come to for a Party: its separated portions together, and its whole territory.

A portion with several rows, because a distance is open, is judged only where all of them agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say, say_n
from skywitness.law.provisions import provision, title
from skywitness.route.reach.model import Row
from skywitness.route.reach.rules import SEPARATED, sentences

WHOLE = "OS:E.5"


def whole(rows: Sequence[Row]) -> Iterator[Finding]:
    """Judge one Party by all its rows: what is separated, if anything is, and the whole."""
    if any(not row.case.portion.is_mainland for row in rows):
        yield separated_parts(rows)
    yield whole_territory(rows)


@provision(SEPARATED)
def separated_parts(rows: Sequence[Row]) -> Finding:
    """Judge whether every separated portion takes one of the three ways."""
    apart = [row for row in rows if not row.case.portion.is_mainland]
    count = len(by_portion(apart))
    words = say_n(
        "{count} portion is separated from the mainland.", "{count} portions are separated from the mainland.", count
    )
    return _sum(SEPARATED, apart, words)


@provision(WHOLE)
def whole_territory(rows: Sequence[Row]) -> Finding:
    """Judge whether all of the territory can be observed effectively, by the means of the paragraph."""
    count = len(by_portion(rows))
    words = say_n("The territory is one portion.", "The territory has {count} portions.", count)
    return _sum(WHOLE, rows, words)


def _sum(code: str, rows: Sequence[Row], what: Text) -> Finding:
    """Sum the rows up by portion."""
    case, verdicts = rows[0].case, by_portion(rows)
    verdict = next(found for found in (*_GRAVEST, Verdict.OK) if found in (*verdicts.values(), Verdict.OK))
    words = {row.case.portion.name: row.case.portion.words for row in rows}
    broken, unknown = ([words[name] for name, found in verdicts.items() if found is each] for each in _GRAVEST)
    more = (
        say("Not as the paragraph wants it: {names}.", names=_listed(broken)) if broken else None,
        say("Cannot be told: {names}.", names=_listed(unknown)) if unknown else None,
    )
    why = say("{party}: {what}{more}", party=case.party, what=what, more=sentences(more))
    needs = tuple(dict.fromkeys(need for row in rows for need in row.finding.needs))
    return Finding(
        code,
        title(code),
        verdict,
        why,
        case.reading,
        bearer=case.party,
        values=case.terms.share_used,
        needs=needs if verdict is Verdict.CANNOT_TELL else (),
    )


_GRAVEST = (Verdict.BREACH, Verdict.CANNOT_TELL)


def by_portion(rows: Sequence[Row]) -> dict[str, Verdict]:
    """Give one verdict for each portion: that of its rows where they agree, else that nobody can tell."""
    found: dict[str, Verdict] = {}
    for row in rows:
        name, verdict = row.case.portion.name, row.finding.verdict
        found[name] = verdict if found.get(name, verdict) is verdict else Verdict.CANNOT_TELL
    return found


def _listed(names: Sequence[Text]) -> Text:
    """Put names in a row."""
    found = names[0]
    for name in names[1:]:
        found = say("{before}, {name}", before=found, name=name)
    return found
