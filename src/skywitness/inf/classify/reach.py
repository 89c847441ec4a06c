"""Range and class: the longest test of a ballistic type, the way until the fuel is used up of a cruise type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.inf.classify.desk import Desk, names
from skywitness.inf.classify.model import CAPABILITY, STAND
from skywitness.inf.classify.span import ANYTHING, Span, Standing, longest
from skywitness.inf.classify.steps import exempt_by_stand
from skywitness.inf.law import BELOW, BEYOND, INTERMEDIATE, SHORTER
from skywitness.law.provisions import provision

__all__ = ["CLASS_WORDS", "Reach", "class_findings", "range_of"]

CLASS_WORDS: Mapping[str, Text] = {
    BELOW: say("nearer than the Treaty"),
    SHORTER: say("shorter range"),
    INTERMEDIATE: say("intermediate range"),
    BEYOND: say("farther than the Treaty"),
}
_ARTICLES: Mapping[str, str] = {SHORTER: "II.6", INTERMEDIATE: "II.5"}


@dataclass(frozen=True, slots=True)
class Reach:
    """The range of a type as a span, with the step that found it; ``None`` where the records exclude one another."""

    span: Span | None
    finding: Finding


@provision("INF:VII.4")
def range_of(desk: Desk) -> Reach:
    """Find the range of a type by the tests and capabilities accepted (Article VII.4)."""
    ranged = tuple(one for one in desk.tests if one.span)
    kept = exempt_by_stand(desk) if any(one.launched_from == STAND for one in ranged) else False
    tests = ranged if kept is False else tuple(one for one in ranged if one.launched_from != STAND)
    found = longest(one.span for one in tests if one.span)
    if kept is None and desk.subject.kind == "ballistic":
        tests, found = ranged, _with_or_without(found, longest(one.span for one in ranged if one.span))
    if desk.subject.kind == "ballistic":
        if found is None:
            return _open(desk, ANYTHING, say("No test counts, so its range is not known."), _NEED_TEST)
        if desk.told("tests_complete") is False:
            found = found.and_more()
        why = say("By the longest of the tests accepted ({names}): {span}.", names=names(tests), span=found.words())
        return _settled(desk, found, why)
    return _cruise(desk, found)


def _with_or_without(less: Span | None, more: Span | None) -> Span | None:
    """Return the range that is possible whether launches from a stand count or not: from the one to the other."""
    if less is None or more is None:
        return None
    return Span(less.low_km, more.high_km, less.low_open, more.high_open)


_NEED_TEST = say("the range of a test (a record of kind test)")
_NEED_FUEL = say("the way until the fuel is used up in its normal design (a record of kind capability)")


def _cruise(desk: Desk, tested: Span | None) -> Reach:
    """Combine what is told of the way until the fuel is used up with what tests show: a lower bound."""
    span: Span | None = tested.and_more() if tested is not None else ANYTHING
    told = desk.of(CAPABILITY)
    for one in told:
        span = span.common(one.span) if span is not None and one.span is not None else span
    if span is None:
        why = say("The ranges accepted exclude one another: {names}.", names=names((*told, *desk.tests)))
        verdict = Verdict.CANNOT_TELL
        return Reach(None, desk.finding("VII.4", verdict, why, needs=(say("which of these records is right"),)))
    if not told:
        why = say("Tests show only that it flies at least so far: {span}.", span=span.words())
        return _open(desk, span, why, _NEED_FUEL)
    why = say("By the way until the fuel is used up ({names}): {span}.", names=names(told), span=span.words())
    return _settled(desk, span, why)


def _open(desk: Desk, span: Span, why: Text, need: Text) -> Reach:
    """Give a range that is open above; where even the least puts it beyond the Treaty, that is enough."""
    classes, used = desk.law.classes()
    if span.within(classes[BEYOND]):
        return Reach(span, desk.finding("VII.4", Verdict.OK, why, values=used))
    return Reach(span, desk.finding("VII.4", Verdict.CANNOT_TELL, why, needs=(need,), values=used))


def _settled(desk: Desk, span: Span, why: Text) -> Reach:
    classes, used = desk.law.classes()
    one = any(span.within(bounds) for bounds in classes.values())
    needs = () if one else (say("a range that is known well enough to tell the classes apart"),)
    effect = desk.must(say("count this range as that of the whole type"))
    verdict = Verdict.OK if one else Verdict.CANNOT_TELL
    return Reach(span, desk.finding("VII.4", verdict, why, effect, needs=needs, values=used))


def standings(desk: Desk, span: Span | None) -> dict[str, Standing]:
    """Say of every class whether the range proves it, leaves it possible or excludes it."""
    classes, _ = desk.law.classes()
    return {name: Standing.POSSIBLE if span is None else span.standing(of) for name, of in classes.items()}


@provision("INF:II.5")
@provision("INF:II.6")
def class_findings(desk: Desk, found: Mapping[str, Standing]) -> tuple[Finding, ...]:
    """Say of the two classes of the Treaty whether the type is in one (Articles II.5 and II.6)."""
    verdicts = {
        Standing.PROVED: Verdict.OK,
        Standing.POSSIBLE: Verdict.CANNOT_TELL,
        Standing.EXCLUDED: Verdict.NOT_APPLICABLE,
    }
    _, used = desk.law.classes()
    findings = []
    for name, ident in _ARTICLES.items():
        standing = found[name]
        why = {
            Standing.PROVED: say("The range puts the type in this class: {name}.", name=CLASS_WORDS[name]),
            Standing.POSSIBLE: say("The range leaves this class open: {name}.", name=CLASS_WORDS[name]),
            Standing.EXCLUDED: say("The range excludes this class: {name}.", name=CLASS_WORDS[name]),
        }[standing]
        effect = (
            desk.must(say("eliminate the type, and neither make nor flight-test it"))
            if standing is Standing.PROVED
            else None
        )
        findings.append(desk.finding(ident, verdicts[standing], why, effect, values=used))
    return tuple(findings)
