"""Article IX, Sections II.6, II.7 and III: who gets which original and which copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.imagery.media.desk import (
    NEED_PROVIDER,
    NO_FILM,
    NO_OTHER,
    Desk,
    Output,
    draft,
    idle,
    must,
    none_recorded,
    number_of,
    other_side,
    together,
    unknown_medium,
    unless_agreed,
)
from skywitness.imagery.media.model import OBSERVED, OBSERVING, Copy
from skywitness.imagery.media.rights import NEED_COPY, choice, copies_received, original_kept
from skywitness.law.provisions import provision

Judge = Callable[[Desk, str, Output], Iterator[Finding]]

_ONE, _TWO = 1, 2
NEED_COUNT: Final = say("how many originals each sensor recorded (sensor.originals)")


@dataclass(frozen=True, slots=True)
class _Case:
    """When a subparagraph speaks: of film or not, of how many originals, of whose aircraft (``None``: anybody's)."""

    film: bool
    count: int
    provider: str | None = None


def _judged(desk: Desk, ident: str, case: _Case, judge: Judge) -> Iterator[Finding]:
    """Judge every output that a subparagraph speaks of; say where it cannot be told whether it does."""
    outputs = desk.outputs(film=case.film)
    if not outputs:
        yield from none_recorded(desk, ident, NO_FILM if case.film else NO_OTHER)
        return
    yield from unknown_medium(desk, ident)
    if case.provider not in (None, desk.provider) and desk.provider is not None:
        yield idle(desk, ident, say("The aircraft was provided by {who}.", who=desk.provider_code))
        return
    for output in outputs:
        yield from _of_output(desk, ident, case, output, judge)


def _of_output(desk: Desk, ident: str, case: _Case, output: Output, judge: Judge) -> Iterator[Finding]:
    name = output.sensor.id
    if output.count is None:
        why = say("Nobody has told how many originals sensor {sensor} recorded.", sensor=name)
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, name, needs=(NEED_COUNT,))
    elif output.count > _TWO:
        why = say("Of more than two originals, as sensor {sensor} recorded them, the text says nothing.", sensor=name)
        need = say("what the two Parties say of more than two originals")
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, name, measured=output.count, needs=(need,))
    elif output.count != case.count:
        words = {"sensor": name, "count": output.count}
        yield idle(desk, ident, say("Originals that sensor {sensor} recorded: {count}.", **words))
    elif case.provider is not None and desk.provider is None:
        why = say("Nobody has told whose aircraft it was, on which the rights to {sensor} rest.", sensor=name)
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, name, needs=(NEED_PROVIDER,))
    else:
        yield from judge(desk, ident, output)


# ---- one negative: II.6 ----


@provision("OS:IX.II.6(A)")
def single_negative(desk: Desk) -> Iterator[Finding]:
    """Judge that the observing Party keeps or receives the only negative."""

    def judge(desk: Desk, ident: str, output: Output) -> Iterator[Finding]:
        yield original_kept(desk, ident, output, OBSERVING)

    yield from _judged(desk, "OS:IX.II.6(A)", _Case(True, _ONE), judge)


@provision("OS:IX.II.6(B)")
def duplicate_of_negative(desk: Desk) -> Iterator[Finding]:
    """Judge that the observed Party received the first generation duplicate that it selected."""

    def judge(desk: Desk, ident: str, output: Output) -> Iterator[Finding]:
        yield from copies_received(desk, ident, output, OBSERVED)

    yield from _judged(desk, "OS:IX.II.6(B)", _Case(True, _ONE), judge)


@provision("OS:IX.II.6(B)(1)")
def format_of_duplicate(desk: Desk) -> Iterator[Finding]:
    """Judge that the duplicate has the format and the film size of the negative, unless agreed otherwise."""

    def judge(desk: Desk, ident: str, output: Output) -> Iterator[Finding]:
        found = [one for one in output.copies if desk.side(one.to) == OBSERVED and not one.given_up]
        if not found and not output.copies:
            what = say("make the duplicate of {sensor} in the format and size of the negative", sensor=output.sensor.id)
            why = say("Nobody tells of a duplicate of {sensor}.", sensor=output.sensor.id)
            effect = must(desk, desk.developer or "film_developer", what)
            name = output.sensor.id
            yield draft(desk, ident, Verdict.CANNOT_TELL, why, name, effect=effect, needs=(NEED_COPY,))
        elif not found:
            yield idle(desk, ident, say("The observed Party gets no duplicate of {sensor}.", sensor=output.sensor.id))
        for copy in found:
            yield _format(desk, ident, output, copy)

    yield from _judged(desk, "OS:IX.II.6(B)(1)", _Case(True, _ONE), judge)


def _format(desk: Desk, ident: str, output: Output, copy: Copy) -> Finding:
    original = next(one for one in output.originals if one.id == copy.of)
    pairs: tuple[tuple[Text, str | float | None, str | float | None], ...] = (
        (say("format"), original.frame_format, copy.frame_format),
        (say("film size"), original.film_size_mm, copy.film_size_mm),
    )
    words: dict[str, object] = {"copy": copy.id, "original": original.id}
    bearer = None if desk.developer is None else desk.code(desk.developer)
    for what, have, made in pairs:
        if have is not None and made is not None and have != made:
            why = say(
                "Duplicate {copy} has another {what} ({made}) than negative {original} ({have}).",
                what=what,
                made=str(made),
                have=str(have),
                **words,
            )
            found = draft(desk, ident, Verdict.BREACH, why, copy.id, bearer=bearer)
            return unless_agreed(desk, found, on="OS:IX.II.6(B)")
    if any(None in (have, made) for _, have, made in pairs):
        why = say("Format and film size of duplicate {copy} and negative {original} are not told in full.", **words)
        need = say("format and film size of negative and duplicate (frame_format, film_size_mm)")
        return draft(desk, ident, Verdict.CANNOT_TELL, why, copy.id, bearer=bearer, needs=(need,))
    why = say("Duplicate {copy} has the format and film size of negative {original}.", **words)
    return draft(desk, ident, Verdict.OK, why, copy.id, bearer=bearer)


@provision("OS:IX.II.6")
def one_negative(desk: Desk) -> Iterator[Finding]:
    """Judge the paragraph on a single negative as a whole."""
    below = (*single_negative(desk), *duplicate_of_negative(desk), *format_of_duplicate(desk))
    yield together(desk, "OS:IX.II.6", below, say("No sensor recorded a single negative."))


# ---- two negatives: II.7; two sets: III.3 ----


def _chooses(chooser: str) -> Judge:
    def judge(desk: Desk, ident: str, output: Output) -> Iterator[Finding]:
        yield choice(desk, ident, output, chooser)

    return judge


def _of_two(desk: Desk, ident: str, *, film: bool, provider: str) -> Iterator[Finding]:
    yield from _judged(desk, ident, _Case(film, _TWO, provider), _chooses(other_side(provider)))


@provision("OS:IX.II.7(A)")
def observed_chooses_negative(desk: Desk) -> Iterator[Finding]:
    """Judge that the observed Party chose one of two negatives of the observing Party's aircraft."""
    yield from _of_two(desk, "OS:IX.II.7(A)", film=True, provider=OBSERVING)


@provision("OS:IX.II.7(B)")
def observing_chooses_negative(desk: Desk) -> Iterator[Finding]:
    """Judge that the observing Party chose one of two negatives of the observed Party's aircraft."""
    yield from _of_two(desk, "OS:IX.II.7(B)", film=True, provider=OBSERVED)


@provision("OS:IX.II.7")
def two_negatives(desk: Desk) -> Iterator[Finding]:
    """Judge the paragraph on two negatives as a whole."""
    below = (*observed_chooses_negative(desk), *observing_chooses_negative(desk))
    yield together(desk, "OS:IX.II.7", below, say("No sensor recorded two negatives."))


@provision("OS:IX.III.3(A)")
def observed_chooses_set(desk: Desk) -> Iterator[Finding]:
    """Judge that the observed Party chose one of two sets of the observing Party's aircraft."""
    yield from _of_two(desk, "OS:IX.III.3(A)", film=False, provider=OBSERVING)


@provision("OS:IX.III.3(B)")
def observing_chooses_set(desk: Desk) -> Iterator[Finding]:
    """Judge that the observing Party chose one of two sets of the observed Party's aircraft."""
    yield from _of_two(desk, "OS:IX.III.3(B)", film=False, provider=OBSERVED)


@provision("OS:IX.III.3")
def two_sets(desk: Desk) -> Iterator[Finding]:
    """Judge the paragraph on two sets as a whole."""
    below = (*observed_chooses_set(desk), *observing_chooses_set(desk))
    yield together(desk, "OS:IX.III.3", below, say("No sensor recorded two sets."))


# ---- other media: III.1, III.2 ----


@provision("OS:IX.III.1")
def at_least_one_set(desk: Desk) -> Iterator[Finding]:
    """Judge that every sensor on another medium than film recorded as many sets as the text asks for."""
    ident = "OS:IX.III.1"
    least, values, _ = number_of(desk, "original_sets")
    outputs = desk.outputs(film=False)
    yield from unknown_medium(desk, ident) if outputs else none_recorded(desk, ident, NO_OTHER)
    for output in outputs:
        name, count = output.sensor.id, output.count
        what = say("record at least {least:.0f} original set with {sensor}", least=least, sensor=name)
        duty = must(desk, desk.provider or "provider", what)
        fields: dict[str, Any] = {
            "name": name,
            "bearer": desk.provider_code,
            "measured": count,
            "limit": int(least),
            "unit": "sets",
        }
        fields |= {"values": values}
        if count is None:
            why = say("Nobody has told how many originals sensor {sensor} recorded.", sensor=name)
            yield draft(desk, ident, Verdict.CANNOT_TELL, why, effect=duty, needs=(NEED_COUNT,), **fields)
            continue
        why = say(
            "Original sets that sensor {sensor} recorded: {count}; at least {least:.0f} is asked for.",
            sensor=name,
            count=count,
            least=least,
        )
        verdict = Verdict.OK if count >= least else Verdict.BREACH
        effect = duty if verdict is Verdict.BREACH else None
        yield draft(desk, ident, verdict, why, effect=effect, margin=count - least, **fields)


def _set_and_copy(desk: Desk, ident: str, output: Output) -> Iterator[Finding]:
    yield original_kept(desk, ident, output, OBSERVING)
    yield from copies_received(desk, ident, output, OBSERVED)


@provision("OS:IX.III.2(A)")
def set_of_observing(desk: Desk) -> Iterator[Finding]:
    """Judge the only set of the observing Party's aircraft: it keeps the set, the observed Party gets a copy."""
    yield from _judged(desk, "OS:IX.III.2(A)", _Case(False, _ONE, OBSERVING), _set_and_copy)


@provision("OS:IX.III.2(B)")
def set_of_observed(desk: Desk) -> Iterator[Finding]:
    """Judge the only set of the observed Party's aircraft: the observing Party gets it, the observed Party a copy."""
    yield from _judged(desk, "OS:IX.III.2(B)", _Case(False, _ONE, OBSERVED), _set_and_copy)


@provision("OS:IX.III.2")
def one_set(desk: Desk) -> Iterator[Finding]:
    """Judge the paragraph on a single set as a whole."""
    below = (*set_of_observing(desk), *set_of_observed(desk))
    yield together(desk, "OS:IX.III.2", below, say("No sensor recorded a single set."))
