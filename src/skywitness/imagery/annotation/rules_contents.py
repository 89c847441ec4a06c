"""Rules on what is annotated where: Annex B, Section II, and the first phase of Article XVIII."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, overall
from skywitness.core.text import Text, say
from skywitness.imagery.annotation.judging import (
    NEED_SENSOR,
    NO_SENSOR,
    OPTICAL,
    Desk,
    Judge,
    Roll,
    broken,
    cannot_tell,
    draft,
    idle,
    kept,
    places,
)
from skywitness.imagery.annotation.tables import cite
from skywitness.law.provisions import provision

PROVIDER: Final = "provider"
_CAMERAS: Final = ("HEIGHT", "PLACE", "HEADING", "SCAN")
_SCANNERS: Final = ("TIME", *_CAMERAS)
_RADAR: Final = ("TIME", "HEIGHT", "PLACE", "HEADING", "LOOKDOWN", "SWATH", "POL")
_MOTION: Final = ("SPEED", "DRIFT", "PITCH", "ROLL")
_FRAME: Final = ("NUMBER", "TIME", "ROLL")


# ---- at the beginning of a roll or medium (B.II.1) ----


def _judge_leader(ident: str, label: str) -> Judge:
    """Make the rule that every roll or medium begins with a block."""

    def at_the_beginning(desk: Desk) -> Iterator[Finding]:
        """Judge that a block stands at the beginning of each roll or medium."""
        lacking = [roll for roll in desk.rolls if roll.leader is None or not roll.leader.has(label)]
        words = {"count": str(len(desk.rolls) - len(lacking)), "total": str(len(desk.rolls)), "label": label}
        why = say("{count} of {total} rolls or media begin with {label}.", **words)
        leaders = [roll.leader for roll in lacking if roll.leader is not None]
        yield broken(desk, ident, why, leaders) if lacking else kept(desk, ident, why)

    return provision(ident)(at_the_beginning)


@provision("OS:B.II.1(E)")
def focal_length_where_there_is_one(desk: Desk) -> Iterator[Finding]:
    """Judge that the focal length stands at the beginning, for sensors that have one."""
    ident = "OS:B.II.1(E)"
    for roll in desk.rolls:
        leader, sensor = roll.leader, desk.sensor(roll)
        category = sensor.category if sensor else ""
        has_lens = desk.known.has_lens
        if has_lens is None and category:
            has_lens = True if category in (*OPTICAL, "video") else False if category == "sar" else None
        if leader is not None and leader.has("FOCAL"):
            yield kept(desk, ident, say("The focal length is given."))
        elif has_lens:
            why = say("A sensor with a lens, and no focal length at the beginning of its roll or medium.")
            yield broken(desk, ident, why, [leader] if leader else [])
        elif has_lens is False:
            yield idle(desk, ident, say("The sensor has no focal length."))
        else:
            need = say("whether the sensor has a focal length (has_lens)")
            yield cannot_tell(desk, ident, say("Whether the sensor has a focal length is not known."), need)


# ---- while a sensor operates (B.II.2) ----


def _marks(desk: Desk, ident: str, rolls: Sequence[Roll], labels: Sequence[str]) -> Iterator[Finding]:
    """Judge the marks of some rolls: all items in each, one at the start of each period, none too far apart."""
    marks = [mark for roll in rolls for mark in roll.of("MARK")]
    bare = [mark for mark in marks if not all(mark.has(label) for label in labels)]
    if not marks:
        yield broken(desk, ident, say("Nothing is annotated from any observation period."))
        return
    if bare:
        label = next(label for label in labels if not bare[0].has(label))
        words = {"count": str(len(bare)), "total": str(len(marks)), "label": label, "where": places(bare)}
        why = say("{count} of {total} annotations lack an item, the first of them {label}: {where}.", **words)
        yield broken(desk, ident, why, bare)
        return
    yield _in_time(desk, ident, [mark.get("TIME") for mark in marks if mark.get("TIME") is not None])


def _in_time(desk: Desk, ident: str, times: list[dt.datetime]) -> Finding:
    periods, interval = desk.known.periods, desk.known.interval_min
    if periods is None:
        need = say("the observation periods of the sensor (periods)")
        return cannot_tell(desk, ident, say("When the sensor operated is not known."), need)
    for start, _ in periods:
        if start not in times:
            return broken(desk, ident, say("Nothing is annotated at {start}, when the sensor began.", start=start))
    if interval is None:
        need = say("the interval that the Commission decided on (interval_min); its Decision 8 is not public")
        return cannot_tell(desk, ident, say("How often data must be annotated is not public."), need)
    for start, end in periods:
        within = [start, *sorted(time for time in times if start <= time <= end), end]
        gap, since = max((after - before, before) for before, after in pairwise(within))
        minutes = gap.total_seconds() / 60.0
        if minutes > interval:
            why = say("After {since} nothing is annotated for {minutes:g} minutes.", since=since, minutes=minutes)
            margin = interval - minutes
            return broken(desk, ident, why, measured=minutes, limit=interval, margin=margin, unit="min")
    return kept(
        desk,
        ident,
        say("All items are annotated at the start and at the interval told; what a marked change is nobody has said."),
    )


def _item(desk: Desk, ident: str, rolls: Sequence[Roll], label: str, none: Text) -> Iterator[Finding]:
    """Judge that every mark of some rolls has one item."""
    marks = [mark for roll in rolls for mark in roll.of("MARK")]
    lacking = [mark for mark in marks if not mark.has(label)]
    if not rolls:
        yield _without(desk, ident, none)
    elif lacking or not marks:
        words = {"count": str(len(lacking)), "total": str(len(marks)), "label": label, "where": places(lacking)}
        why = say("{count} of {total} annotations lack {label}. {where}", **words)
        yield broken(desk, ident, why, lacking)
    else:
        yield kept(desk, ident, say("All {total} annotations have {label}.", total=str(len(marks)), label=label))


def _without(desk: Desk, ident: str, none: Text) -> Finding:
    """Say that no sensor is concerned, or that nobody has said of which category one is."""
    return cannot_tell(desk, ident, NO_SENSOR, NEED_SENSOR) if desk.unnamed else idle(desk, ident, none)


_NO_CAMERA: Final = say("The sensor is no panoramic or framing camera.")
_NO_SCANNER: Final = say("The sensor is neither video nor infra-red.")
_NO_RADAR: Final = say("The sensor is no radar.")
_FIRST_PHASE: Final = say("In the first phase cameras are annotated as existing practice has it (XVIII.II.4).")


def _cameras(desk: Desk, ident: str) -> tuple[tuple[Roll, ...], Finding | None]:
    rolls = desk.of_category(*OPTICAL)
    if not rolls:
        return rolls, _without(desk, ident, _NO_CAMERA)
    return rolls, idle(desk, ident, _FIRST_PHASE) if desk.in_first_phase else None


@provision("OS:B.II.2(A)(1)")
def camera_marks(desk: Desk) -> Iterator[Finding]:
    """Judge height, place, heading and scan angle of cameras."""
    rolls, idle_here = _cameras(desk, "OS:B.II.2(A)(1)")
    if idle_here is not None:
        yield idle_here
    else:
        yield from _marks(desk, "OS:B.II.2(A)(1)", rolls, _CAMERAS)


@provision("OS:B.II.2(A)(2)")
def camera_frames(desk: Desk) -> Iterator[Finding]:
    """Judge that each frame of film has its number, time and roll."""
    ident = "OS:B.II.2(A)(2)"
    rolls, idle_here = _cameras(desk, ident)
    if idle_here is not None:
        yield idle_here
        return
    film = [roll for roll in rolls if (sensor := desk.sensor(roll)) and sensor.medium.startswith("film")]
    frames = [frame for roll in film for frame in roll.of("FRAME")]
    bare = [frame for frame in frames if not all(frame.has(label) for label in _FRAME)]
    if not film:
        yield idle(desk, ident, say("No photographic film is used."))
    elif not frames:
        yield broken(desk, ident, say("No frame of the film is annotated."))
    elif bare:
        words = {"count": str(len(bare)), "total": str(len(frames)), "where": places(bare)}
        yield broken(desk, ident, say("{count} of {total} frames lack number, time or roll: {where}.", **words), bare)
    else:
        yield kept(desk, ident, say("All {total} frames have number, time and roll.", total=str(len(frames))))


@provision("OS:B.II.2(A)")
def cameras(desk: Desk) -> Iterator[Finding]:
    """Judge the annotation of cameras as a whole."""
    yield _sum(desk, "OS:B.II.2(A)", (*camera_marks(desk), *camera_frames(desk)))


@provision("OS:B.II.2(B)")
def scanner_marks(desk: Desk) -> Iterator[Finding]:
    """Judge the annotation of video and infra-red: all items, at the start and at intervals."""
    rolls = desk.of_category("video", "infrared")
    if rolls:
        yield from _marks(desk, "OS:B.II.2(B)", rolls, _SCANNERS)
    else:
        yield _without(desk, "OS:B.II.2(B)", _NO_SCANNER)


def _judge_scanner(ident: str, label: str) -> Judge:
    """Make the rule that each annotation of video and infra-red has an item."""

    def has_the_item(desk: Desk) -> Iterator[Finding]:
        """Judge one item of the annotation of video and infra-red."""
        yield from _item(desk, ident, desk.of_category("video", "infrared"), label, _NO_SCANNER)

    return provision(ident)(has_the_item)


@provision("OS:B.II.2(C)(1)")
def radar_marks(desk: Desk) -> Iterator[Finding]:
    """Judge time, height, place, heading, beam, swath and polarisations of radar."""
    rolls = desk.of_category("sar")
    if rolls:
        yield from _marks(desk, "OS:B.II.2(C)(1)", rolls, _RADAR)
    else:
        yield _without(desk, "OS:B.II.2(C)(1)", _NO_RADAR)


@provision("OS:B.II.2(C)(2)")
def radar_motion(desk: Desk) -> Iterator[Finding]:
    """Judge groundspeed, drift, pitch and roll of radar: each time they are measured, all four."""
    ident = "OS:B.II.2(C)(2)"
    rolls = desk.of_category("sar")
    motions = [motion for roll in rolls for motion in roll.of("MOTION")]
    bare = [motion for motion in motions if not all(motion.has(label) for label in _MOTION)]
    if not rolls:
        yield _without(desk, ident, _NO_RADAR)
    elif not motions:
        need = say("when groundspeed, drift, pitch and roll were measured")
        yield cannot_tell(desk, ident, say("No groundspeed, drift, pitch and roll are annotated."), need)
    elif bare:
        words = {"count": str(len(bare)), "total": str(len(motions)), "where": places(bare)}
        yield broken(desk, ident, say("{count} of {total} measurements lack one of the four: {where}.", **words), bare)
    else:
        yield kept(desk, ident, say("All {total} measurements are whole.", total=str(len(motions))))


@provision("OS:B.II.2(C)")
def radar(desk: Desk) -> Iterator[Finding]:
    """Judge the annotation of radar as a whole."""
    yield _sum(desk, "OS:B.II.2(C)", (*radar_marks(desk), *radar_motion(desk)))


def _sum(desk: Desk, ident: str, parts: Sequence[Finding]) -> Finding:
    """Sum up the paragraphs below one."""
    verdict = overall(parts)
    worst = next(part for part in parts if part.verdict is verdict)
    why = say("{provision}: {why}", provision=worst.provision, why=worst.why)
    return draft(desk, ident, verdict, why, needs=worst.needs, where=worst.where)


# ---- the whole annotation ----


@provision("OS:B.II.1")
def whole_beginning(desk: Desk) -> Iterator[Finding]:
    """Judge the beginning of each roll or medium as a whole."""
    yield _sum(desk, "OS:B.II.1", [finding for rule in _BEGINNING.values() for finding in rule(desk)])


@provision("OS:B.II.2")
def detail_is_not_hidden(desk: Desk) -> Iterator[Finding]:
    """Judge that the annotation hides no detail of the imagery."""
    hides = desk.known.hides_detail
    if hides is None:
        need = say("whether the annotation hides detail of the imagery (hides_detail)")
        yield cannot_tell(desk, "OS:B.II.2", say("Whether the annotation hides detail does not show in it."), need)
    elif hides:
        yield broken(desk, "OS:B.II.2", say("The annotation hides detail of the imagery."))
    else:
        yield kept(desk, "OS:B.II.2", say("The annotation hides no detail of the imagery."))


@provision("OS:B.II.3")
def prints_carry_the_same(desk: Desk) -> Iterator[Finding]:
    """Judge that every positive print carries the same annotation."""
    told = desk.known.prints_annotated
    if told is None:
        need = say("whether every positive print carries the annotation (prints_annotated)")
        yield cannot_tell(desk, "OS:B.II.3", say("What stands on positive prints is not known."), need)
    elif told:
        yield kept(desk, "OS:B.II.3", say("Every positive print carries the annotation."))
    else:
        yield broken(desk, "OS:B.II.3", say("A positive print lacks the annotation."))


@provision("OS:B.II.4")
def plain_values_or_codes(desk: Desk) -> Iterator[Finding]:
    """Tell that plain values may stand where codes might."""
    may = Effect(
        PROVIDER, "may", say("annotate with plain letters and figures, or with codes that the Commission agrees")
    )
    why = say("The sheet uses the letters and figures of Appendix 1; codes agreed since are not public.")
    yield kept(desk, "OS:B.II.4", why, effect=may)


@provision("OS:XVIII.II.4")
def existing_practice(desk: Desk) -> Iterator[Finding]:
    """Tell that in the first phase cameras may be annotated as existing practice has it."""
    ident = "OS:XVIII.II.4"
    if not desk.in_first_phase:
        yield idle(desk, ident, say("The first phase has ended."))
    elif not desk.of_category(*OPTICAL):
        yield _without(desk, ident, _NO_CAMERA)
    else:
        may = Effect(PROVIDER, "may", say("annotate as existing practice has it"))
        yield draft(desk, ident, Verdict.OK, _FIRST_PHASE, effect=may, values=(cite("full_implementation"),))


_BEGINNING: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        "OS:B.II.1(A)": _judge_leader("OS:B.II.1(A)", "REF"),
        "OS:B.II.1(B)": _judge_leader("OS:B.II.1(B)", "DATE"),
        "OS:B.II.1(C)": _judge_leader("OS:B.II.1(C)", "SENSOR"),
        "OS:B.II.1(D)": _judge_leader("OS:B.II.1(D)", "CONFIG"),
        "OS:B.II.1(E)": focal_length_where_there_is_one,
    }
)

CONTENT_RULES: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        "OS:B.II.1": whole_beginning,
        **_BEGINNING,
        "OS:B.II.2": detail_is_not_hidden,
        "OS:B.II.2(A)": cameras,
        "OS:B.II.2(A)(1)": camera_marks,
        "OS:B.II.2(A)(2)": camera_frames,
        "OS:B.II.2(B)": scanner_marks,
        "OS:B.II.2(B)(1)": _judge_scanner("OS:B.II.2(B)(1)", "TIME"),
        "OS:B.II.2(B)(2)": _judge_scanner("OS:B.II.2(B)(2)", "HEIGHT"),
        "OS:B.II.2(B)(3)": _judge_scanner("OS:B.II.2(B)(3)", "PLACE"),
        "OS:B.II.2(B)(4)": _judge_scanner("OS:B.II.2(B)(4)", "HEADING"),
        "OS:B.II.2(B)(5)": _judge_scanner("OS:B.II.2(B)(5)", "SCAN"),
        "OS:B.II.2(C)": radar,
        "OS:B.II.2(C)(1)": radar_marks,
        "OS:B.II.2(C)(2)": radar_motion,
        "OS:B.II.3": prints_carry_the_same,
        "OS:B.II.4": plain_values_or_codes,
        "OS:XVIII.II.4": existing_practice,
    }
)
"""The rules of Section II, and of the first phase, by provision."""
