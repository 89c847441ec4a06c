"""The map of a question: a mission plan, or the reach of the airfields of a Party, as its own readings have them.

The flight is drawn without any verdict on it; what follows by each reading stands in words below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from skywitness.consult import told
from skywitness.consult.asking.answers import UnderReading, earlier
from skywitness.consult.asking.plan import plan_of
from skywitness.consult.model import Question
from skywitness.consult.questions import Answered, answer
from skywitness.consult.replay import Replay
from skywitness.core.errors import InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.geo.borders import load_view
from skywitness.route.exports import paper, reach_map
from skywitness.route.exports.png_map import PICTURE_ASPECTS, MapDrawing
from skywitness.route.exports.scene import Scene, make_scene
from skywitness.route.exports.words import VERDICT_MARKS
from skywitness.route.reach.reach import reach

__all__ = ["HOWS", "Drawn", "drawn", "mapped", "row_words"]

HOWS: Final = ("plan", "reach")
"""Ways to ask that have a place on a map."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map with the question that it shows, its answers, and the keys of others that have a map."""

    answered: Answered
    png: bytes
    others: tuple[str, ...]


def mapped(found: Replay) -> tuple[Question, ...]:
    """Return the questions that somebody had raised by the day and that have a map."""
    there = {one.id for one in found.events}
    return tuple(
        one for one in found.case.questions if one.how in HOWS and (not one.raised_by or there & {*one.raised_by})
    )


def drawn(found: Replay, key: str | None = None, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> Drawn:
    """Draw the map of a question, the first that has one where no ``key`` is named.

    :raises InputError: where none has a map, and for a question that has none or that nobody had raised by the day.
    """
    can = mapped(found)
    question = next((one for one in can if key in (None, one.key)), None)
    if question is None:
        raise _refusal(found, key, [one.key for one in can])
    answered = answer(question, found.known)
    painter = _plan_map if question.how == "plan" else _reach_map
    png = painter(found, answered, catalogue, language)
    return Drawn(answered, png, tuple(one.key for one in can if one is not question))


def _refusal(found: Replay, key: str | None, can: Sequence[str]) -> InputError:
    known = ", ".join(can)
    if not can:
        message = say("No question of {case} that is raised by {day} has a map.", case=found.case.key, day=found.at)
        return InputError("no_map", message, "--question")
    told_key = repr(key)
    if key in [one.key for one in found.case.questions]:
        message = say("Question {key} has no map on this day; these have one: {known}.", key=told_key, known=known)
        return InputError("no_map", message, "--question")
    message = say("There is no question {key} in this case; these have a map: {known}.", key=told_key, known=known)
    return InputError("unknown_question", message, "--question")


def row_words(row: UnderReading) -> Text:
    """Say what follows by one reading."""
    return say(
        "{mark} {verdict} by the reading: {name}",
        mark=VERDICT_MARKS[row.verdict],
        verdict=told.VERDICTS[row.verdict],
        name=row.name,
    )


def _about(found: Replay) -> Text:
    if found.known is None:
        return say("Case {key} on {day}, by all that is known today", key=found.case.key, day=found.at)
    return say("Case {key} on {day}, by what was known on {known}", key=found.case.key, day=found.at, known=found.known)


class _Flight(MapDrawing):
    """A map of a plan that says below what follows by each reading."""

    def __init__(self, scene: Scene, catalogue: Catalogue, language: str, rows: Sequence[Text]) -> None:
        self._rows = tuple(rows)
        super().__init__(scene, catalogue, language, titled=True)

    def told(self) -> list[Text]:
        """Say what follows by each reading, then what the map rests on."""
        return [*self._rows, *super().told()]


def _plan_map(found: Replay, answered: Answered, catalogue: Catalogue, language: str) -> bytes:
    """Draw the plan over the borders of its first reading, with the verdicts by reading below."""
    question = answered.question
    reading = question.ways[0].reading
    plan = replace(plan_of(question), reading=replace(reading, known=earlier(found.known, reading.known)))
    scene = make_scene(plan, (), load_view(reading.view, reading.at), PICTURE_ASPECTS)
    with paper.plain_style():
        drawing = _Flight(scene, catalogue, language, [row_words(row) for row in answered.by_reading])
        drawing.title(question.words.text, _about(found))
        return paper.png_bytes(drawing.finish())


def _reach_map(found: Replay, answered: Answered, catalogue: Catalogue, _language: str) -> bytes:
    """Draw the territory, or the portion of it that is asked about, with the worst placed point."""
    question = answered.question
    reading = question.ways[0].reading
    view, known = load_view(reading.view, reading.at), earlier(found.known, reading.known)
    reached = reach(view, reading.at, str(question.data["party"]), known)
    portion = question.data.get("portion", "")
    rows = tuple(row for row in reached.rows if portion in ("", row.case.portion.name))
    lines = (*(row_words(row) for row in answered.by_reading), _about(found))
    return reach_map.draw(replace(reached, rows=rows), catalogue, title=question.words.text, told=lines)
