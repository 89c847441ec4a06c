"""Rights to originals and copies, judged one by one: kept when they were served, given up or not denied.

A right is broken when it was asked for and not served, not when nobody used it.  Whether it was used is a fact that
somebody has to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.imagery.media.desk import Desk, Output, draft, idle, may, must, other_side
from skywitness.imagery.media.model import Copy, Original

NEED_COPY: Final = say("the copies asked for, made and handed over ([[copy]])")
_NEED_HOLDER: Final = say("who keeps or received each original (original.to)")
_NEED_ASKED: Final = say("who asked for the original (original.asked_by) or gave it up (original.given_up_by)")
_NEED_CHOICE: Final = say("who chose which original (original.chosen_by)")


def thing(output: Output) -> Text:
    """Name what an output consists of."""
    return say("negative") if output.is_film else say("set of recordings")


def original_kept(desk: Desk, ident: str, output: Output, holder: str) -> Finding:
    """Judge that ``holder`` kept or received the only original."""
    who, name = desk.name(holder), output.sensor.id
    right = may(desk, holder, say("keep or receive the only {thing} of {sensor}", thing=thing(output), sensor=name))
    original = output.originals[0] if output.originals else None
    words: dict[str, Any] = {"who": who, "sensor": name, "thing": thing(output)}
    if original is None or original.to is None:
        if original is not None and _in(desk, holder, original.given_up_by):
            return draft(desk, ident, Verdict.OK, say("{who} gave up the {thing} of {sensor}.", **words), original.id)
        why = say("{who} may keep or receive the only {thing} of {sensor}; nobody has told who has it.", **words)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, name, effect=right, needs=(_NEED_HOLDER,))
    has = desk.side(original.to)
    words |= {"original": original.id, "has": desk.name(has)}
    if has == holder:
        return draft(desk, ident, Verdict.OK, say("{who} has original {original} of {sensor}.", **words), original.id)
    if _in(desk, holder, original.given_up_by):
        why = say("{has} has original {original} of {sensor}; {who} gave it up.", **words)
        return draft(desk, ident, Verdict.OK, why, original.id)
    if _in(desk, holder, original.asked_by):
        why = say("{has} has original {original} of {sensor}, though {who} asked for it.", **words)
        hand = say("hand over original {original} to {who}", original=original.id, who=who)
        debtor = has or other_side(holder)
        return draft(
            desk, ident, Verdict.BREACH, why, original.id, bearer=desk.code(debtor), effect=must(desk, debtor, hand)
        )
    why = say("{has} has original {original} of {sensor}; nobody has told whether {who} asked for it.", **words)
    return draft(desk, ident, Verdict.CANNOT_TELL, why, original.id, effect=right, needs=(_NEED_ASKED,))


def copies_received(desk: Desk, ident: str, output: Output, holder: str) -> Iterator[Finding]:
    """Judge that ``holder`` received the first generation copies it asked for; of film those it selected."""
    found = [one for one in output.copies if desk.side(one.to) == holder]
    who, name = desk.name(holder), output.sensor.id
    if not found:
        right = (
            say(
                "select and receive a first generation duplicate of {sensor}, whole or part, positive or negative",
                sensor=name,
            )
            if output.is_film
            else say("receive a first generation copy of the set of {sensor}", sensor=name)
        )
        why = say("{who} may receive a first generation copy of {sensor}; nobody tells of one.", who=who, sensor=name)
        effect = may(desk, holder, right)
        yield draft(desk, ident, Verdict.CANNOT_TELL, why, name, effect=effect, needs=(NEED_COPY,))
    for copy in found:
        yield _copy(desk, ident, output, holder, copy)


def _copy(desk: Desk, ident: str, output: Output, holder: str, copy: Copy) -> Finding:
    words: dict[str, Any] = {"who": desk.name(holder), "copy": copy.id, "sensor": output.sensor.id}
    if copy.given_up:
        return draft(desk, ident, Verdict.OK, say("{who} gave up copy {copy} of {sensor}.", **words), copy.id)
    wrong = _wrong(copy, words, film=output.is_film)
    if wrong is not None and output.is_film and desk.developer == holder and copy.received:
        why = say("{who} develops the film itself, and made copy {copy} of {sensor} as it is.", **words)
        return idle(desk, ident, why)
    if wrong is not None:
        debtor = _who_owes(desk, output, holder)
        what = say("give {who} a first generation copy of {sensor} as it was asked for", **words)
        fields: dict[str, Any] = {
            "bearer": None if debtor is None else desk.code(debtor),
            "effect": must(desk, debtor or "film_developer", what),
            "measured": copy.generation,
        }
        return draft(desk, ident, Verdict.BREACH, wrong, copy.id, **fields)
    needs = tuple(_missing(copy, film=output.is_film))
    if needs:
        why = say("Copy {copy} of {sensor} for {who} is not told in full.", **words)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, copy.id, needs=needs)
    why = say("{who} received copy {copy} of {sensor}, made of the original.", **words)
    return draft(desk, ident, Verdict.OK, why, copy.id, measured=copy.generation, limit=1)


def _who_owes(desk: Desk, output: Output, holder: str) -> str | None:
    """Say which side owes a copy: of film who develops it (II.2), else the other side; ``None``: nobody has said.

    Who develops the film itself goes without a duplicate only where the other side keeps it from making one.
    """
    other = other_side(holder)
    return (None if desk.developer is None else other) if output.is_film else other


def _wrong(copy: Copy, words: dict[str, Any], *, film: bool) -> Text | None:
    """Say what is wrong with a copy."""
    if copy.received is False:
        return say("{who} asked for copy {copy} of {sensor} and did not receive it.", **words)
    if copy.generation is not None and copy.generation > 1:
        return say("Copy {copy} of {sensor} is of generation {generation}.", generation=copy.generation, **words)
    if not film:
        return None
    for asked, made in ((copy.asked_extent, copy.extent), (copy.asked_tone, copy.tone)):
        if asked is not None and made is not None and asked != made:
            both = {"asked": asked, "made": made}
            return say("{who} selected copy {copy} of {sensor} as {asked} and received it as {made}.", **both, **words)
    return None


def _missing(copy: Copy, *, film: bool) -> Iterator[Text]:
    if copy.received is None:
        yield say("whether the copy was handed over (copy.received)")
    if copy.generation is None:
        yield say("of which generation the copy is (copy.generation)")
    if film and (copy.asked_extent is None) != (copy.extent is None):
        yield say("whole or part, as asked and as made (copy.asked_extent, copy.extent)")
    if film and (copy.asked_tone is None) != (copy.tone is None):
        yield say("positive or negative, as asked and as made (copy.asked_tone, copy.tone)")


def choice(desk: Desk, ident: str, output: Output, chooser: str) -> Finding:
    """Judge that ``chooser`` chose one of two originals and got it, and that the other side has the other one."""
    other, name = other_side(chooser), output.sensor.id
    words: dict[str, Any] = {
        "who": desk.name(chooser),
        "other": desk.name(other),
        "sensor": name,
        "thing": thing(output),
    }
    right = may(desk, chooser, say("choose one of the two originals ({thing}) of {sensor}", **words))
    duty = must(desk, other, say("let {who} choose one of the two originals of {sensor}", **words))
    broken = {"bearer": desk.code(other), "effect": duty}
    wrongly = [one for one in output.originals if one.chosen_by is not None and desk.side(one.chosen_by) != chooser]
    if wrongly:
        by = desk.name(desk.side(wrongly[0].chosen_by))
        why = say(
            "{by} chose original {original} of {sensor}; the choice is with {who}.",
            by=by,
            original=wrongly[0].id,
            **words,
        )
        return draft(desk, ident, Verdict.BREACH, why, wrongly[0].id, **broken)
    chosen = [one for one in output.originals if one.chosen_by is not None]
    if len(chosen) > 1:
        why = say("{who} is told to have chosen both originals of {sensor}; the text gives a choice of one.", **words)
        return draft(desk, ident, Verdict.BREACH, why, name, bearer=desk.code(chooser))
    if chosen:
        return _chosen(desk, ident, output, chooser, chosen[0], words)
    if any(_in(desk, chooser, one.given_up_by) for one in output.originals):
        return draft(desk, ident, Verdict.OK, say("{who} gave up the choice of {sensor}.", **words), name)
    taken = all(one.to is not None for one in output.originals) and len(output.originals) > 1
    if taken and any(_in(desk, chooser, one.asked_by) for one in output.originals):
        why = say("{who} asked to choose an original of {sensor}; both were given out without its choice.", **words)
        return draft(desk, ident, Verdict.BREACH, why, name, **broken)
    why = say("{who} may choose one of two originals of {sensor}; nobody has told which was chosen.", **words)
    return draft(desk, ident, Verdict.CANNOT_TELL, why, name, effect=right, needs=(_NEED_CHOICE,))


def _chosen(desk: Desk, ident: str, output: Output, chooser: str, one: Original, words: dict[str, Any]) -> Finding:
    """Judge where the two originals went after the choice."""
    other = other_side(chooser)
    words = {**words, "original": one.id, "has": desk.name(desk.side(one.to))}
    if one.to is not None and desk.side(one.to) != chooser:
        why = say("{who} chose original {original} of {sensor}, but {has} has it.", **words)
        hand = must(desk, other, say("hand over original {original} to {who}", original=one.id, who=words["who"]))
        return draft(desk, ident, Verdict.BREACH, why, one.id, bearer=desk.code(other), effect=hand)
    for rest in (original for original in output.originals if original is not one):
        if rest.to is not None and desk.side(rest.to) != other and not _in(desk, other, rest.given_up_by):
            words |= {"rest": rest.id, "holder": desk.name(desk.side(rest.to))}
            why = say(
                "Original {rest} of {sensor} was not chosen, so that {other} keeps it, but {holder} has it.", **words
            )
            return draft(desk, ident, Verdict.BREACH, why, rest.id, bearer=desk.code(chooser))
    if one.to is None or len(output.originals) < 2 or any(rest.to is None for rest in output.originals):
        why = say("{who} chose original {original} of {sensor}; nobody has told who has each of the two.", **words)
        return draft(desk, ident, Verdict.CANNOT_TELL, why, one.id, needs=(_NEED_HOLDER,))
    why = say("{who} chose original {original} of {sensor} and has it; {other} keeps the other one.", **words)
    return draft(desk, ident, Verdict.OK, why, one.id)


def _in(desk: Desk, side: str, named: tuple[str, ...]) -> bool:
    return side in {desk.side(one) for one in named}
