"""The steps by which a type falls under the Treaty or stays outside: Articles II, III and VII, in this order.

A step is *ok* when what its provision speaks of is so, *does not apply* when it is not, and *cannot be told* where the
records accepted leave it open.
"""

from __future__ import annotations

from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.inf.classify.desk import OUTSIDE, Desk, Result, Step, names
from skywitness.inf.classify.model import AIR, DEPLOYMENT, INTERCEPTION, SEA, TARGET, WEAPON
from skywitness.law.provisions import provision

__all__ = ["STEPS", "exempt_by_stand", "untold_of_stand"]

_BALLISTIC: Final = "ballistic"
_NEED_LAUNCHER: Final = say("from what each test was launched (launched_from)")
_STAND: Final = (
    ("stand_only_for_tests", say("whether the stand is used for tests alone")),
    ("stand_distinguishable", say("whether the stand can be told from launchers for use")),
)
_CONDITIONS: Final = (
    ("existing_stages", say("whether its stages existed before")),
    ("other_stages", say("whether its stages differ from those of the listed types")),
    ("tests_other_objects", say("whether it flies only to test other objects")),
    ("launchers_above_ground", say("whether its launchers are fixed and above ground")),
    ("declared_sites", say("whether it is launched only from research sites of the memorandum")),
)


def kind(desk: Desk) -> Result:
    """Say which of the two kinds of missiles it is (Articles II.1 and II.2)."""
    if desk.subject.kind == _BALLISTIC:
        return Result(True, (_ballistic(desk),))
    return _cruise(desk)


@provision("INF:II.1")
def _ballistic(desk: Desk) -> Finding:
    effect = desk.must(say("take the longest test as the range of the type"))
    return desk.finding("II.1", Verdict.OK, say("It is a ballistic missile."), effect)


@provision("INF:II.2")
def _cruise(desk: Desk) -> Result:
    if not desk.told("reusable"):
        return Result(True, (desk.finding("II.2", Verdict.OK, say("It is a cruise missile.")),))
    if desk.takes("II.2", "one_way_only"):
        why = say("It is an aircraft that comes back, and by this reading only what does not is a missile.")
        return Result(False, (desk.finding("II.2", Verdict.NOT_APPLICABLE, why, desk.may(OUTSIDE)),))
    why = say("It is an aircraft that comes back; by this reading it meets the definition all the same.")
    return Result(True, (desk.finding("II.2", Verdict.OK, why, desk.must(say("count it as a cruise missile"))),))


def ground(desk: Desk) -> Result:
    """Say whether it is launched from the ground (Articles II.3 and II.4), test stands apart (Article VII.11)."""
    ident = "II.3" if desk.subject.kind == _BALLISTIC else "II.4"
    if desk.used_on_land:
        why = say(
            "It was launched from, or stood on, launchers for use on land: {names}.", names=names(desk.used_on_land)
        )
        return Result(True, (_launcher(desk, ident, Verdict.OK, why), *_stand_lost(desk)))
    meant = desk.told("meant_for_ground")
    if meant:
        return Result(
            True,
            (_launcher(desk, ident, Verdict.OK, say("It is meant for launch from the ground.")), *_stand_lost(desk)),
        )
    if desk.from_stand:
        return _stand(desk, meant)
    if meant is False or (desk.tests and all(one.launched_from in (SEA, AIR) for one in desk.tests)):
        why = say("Nothing accepted shows a launch from the ground: it flies from the sea or the air.")
        return Result(False, (_launcher(desk, ident, Verdict.NOT_APPLICABLE, why),))
    why = say("Nobody has told from what it is launched.")
    need = say("whether the type is meant for launch from the ground (a statement on meant_for_ground)")
    return Result(None, (_launcher(desk, ident, Verdict.CANNOT_TELL, why, (need,)),))


@provision("INF:II.3")
@provision("INF:II.4")
def _launcher(desk: Desk, ident: str, verdict: Verdict, why: Text, needs: tuple[Text, ...] = ()) -> Finding:
    effect = desk.must(say("count it as ground-launched")) if verdict is Verdict.OK else None
    return desk.finding(ident, verdict, why, effect, needs=needs)


@provision("INF:VII.11")
def _stand(desk: Desk, meant: bool | None) -> Result:
    """Judge launches from a test stand alone: outside when all three conditions hold and no test was from elsewhere."""
    values = [
        (None if meant is None else not meant, say("whether the type is meant for launch from the ground")),
        *((desk.told(name), words) for name, words in _STAND),
        (None if any(one.launched_from is None for one in desk.tests) else True, _NEED_LAUNCHER),
    ]
    if any(value is False for value, _ in values):
        why = say("Launched from a stand, but not all conditions of a test stand hold.")
        effect = desk.must(say("count it as ground-launched"))
        return Result(True, (desk.finding("VII.11", Verdict.NOT_APPLICABLE, why, effect),))
    open_ones = tuple(words for value, words in values if value is None)
    if open_ones:
        why = say("Launched only from a stand; whether that stays outside is not told.")
        return Result(None, (desk.finding("VII.11", Verdict.CANNOT_TELL, why, needs=open_ones),))
    why = say(
        "Not meant for the ground, and launched there only from a stand for tests: {names}.",
        names=names(desk.from_stand),
    )
    return Result(False, (desk.finding("VII.11", Verdict.OK, why, desk.may(OUTSIDE)),))


def _stand_lost(desk: Desk) -> tuple[Finding, ...]:
    """Say what becomes of launches from a stand when the type is launched from the ground as well."""
    if not desk.from_stand:
        return ()
    listed = names(desk.from_stand)
    kept = exempt_by_stand(desk)
    if kept is None:
        why = say(
            "By this reading launches from a stand can stay outside; whether these do is not told: {names}.",
            names=listed,
        )
        return (desk.finding("VII.11", Verdict.CANNOT_TELL, why, needs=untold_of_stand(desk)),)
    if kept:
        why = say("By this reading the launches from the stand stay outside: {names} do not count.", names=listed)
        return (desk.finding("VII.11", Verdict.OK, why, desk.may(say("leave those launches out of account"))),)
    why = say("The type is ground-launched, so its launches from the stand count as well: {names}.", names=listed)
    effect = desk.must(say("count the launches from the stand"))
    return (desk.finding("VII.11", Verdict.NOT_APPLICABLE, why, effect),)


def exempt_by_stand(desk: Desk) -> bool | None:
    """Tell whether launches from a stand stay outside although the type is launched from the ground as well.

    A stand that serves for more than tests, or cannot be told from launchers for use, keeps nothing outside; of a
    stand of which neither is told nobody can say (``None``).
    """
    conditions = [desk.told(name) for name, _ in _STAND]
    if False in conditions or not desk.takes("VII.11", "kept_by_launch"):
        return False
    return None if None in conditions else True


def untold_of_stand(desk: Desk) -> tuple[Text, ...]:
    """List the conditions of a test stand that nobody has told."""
    return tuple(words for name, words in _STAND if desk.told(name) is None)


@provision("INF:VII.1")
def weapon(desk: Desk) -> Result:
    """Say whether the type carries weapons: one test or deployment as such is enough (Article VII.1)."""
    shown = tuple(one for one in desk.records if one.purpose == WEAPON or one.what == DEPLOYMENT)
    told = desk.told("weapon")
    if shown or told:
        why = say("One test or deployment to carry weapons, or a word accepted that it does, marks the whole type.")
        effect = desk.must(say("count every missile of the type as a carrier of weapons"))
        return Result(True, (desk.finding("VII.1", Verdict.OK, why, effect),))
    if told is False:
        why = say("It is told to carry no weapons, and no test or deployment shows otherwise.")
        return Result(False, (desk.finding("VII.1", Verdict.NOT_APPLICABLE, why),))
    why = say("Nobody has told whether the type carries weapons.")
    need = say("whether the type carries weapons (a statement on weapon, or a test with its purpose)")
    return Result(None, (desk.finding("VII.1", Verdict.CANNOT_TELL, why, needs=(need,)),))


@provision("INF:VII.3")
def interceptor(desk: Desk) -> Result:
    """Say whether a ballistic type is only an interceptor; one other use ends that (Article VII.3)."""
    if desk.subject.kind != _BALLISTIC or not desk.told("interceptor_only"):
        return Result(True)
    other = tuple(one for one in desk.tests if one.purpose not in (INTERCEPTION, None))
    if other:
        why = say("It is told to be only an interceptor, but was used otherwise: {names}.", names=names(other))
        effect = desk.must(say("count the type as a ballistic missile"))
        return Result(True, (desk.finding("VII.3", Verdict.NOT_APPLICABLE, why, effect),))
    silent = tuple(one for one in desk.tests if one.purpose is None)
    if silent:
        why = say("For what these tests were nobody has told: {names}.", names=names(silent))
        needs = (say("the purpose of each test"),)
        return Result(None, (desk.finding("VII.3", Verdict.CANNOT_TELL, why, needs=needs),))
    why = say("Built and tested only against objects that are not on the ground.")
    return Result(False, (desk.finding("VII.3", Verdict.OK, why, desk.may(OUTSIDE)),))


@provision("INF:VII.12")
def booster(desk: Desk) -> Result:
    """Say whether it is a booster for research: all conditions together, and no more launchers than allowed."""
    target = any(one.purpose == TARGET for one in desk.tests)
    if not desk.told("booster") and not target:
        return Result(True)
    if target and desk.takes("VII.12", "targets_are_missiles"):
        why = say("It flies as a target, which by this reading is no research booster.")
        effect = desk.must(say("count the type as a missile"))
        return Result(True, (desk.finding("VII.12", Verdict.NOT_APPLICABLE, why, effect),))
    values = [(desk.told(name), words) for name, words in _CONDITIONS]
    limit, used = desk.law.number("booster_launchers")
    have = desk.subject.booster_launchers
    numbers: dict[str, Any] = {"measured": have, "limit": limit, "unit": "launchers", "values": (used,)}
    if have is not None and have > limit:
        why = say("{have} launchers of research boosters, {limit:.0f} are allowed.", have=have, limit=limit)
        effect = desk.must(say("keep no more launchers of research boosters than allowed"))
        broken = desk.finding("VII.12", Verdict.BREACH, why, effect, margin=limit - have, **numbers)
        return Result(True, (broken,))
    if any(value is False for value, _ in values):
        why = say("Not all conditions of a research booster hold.")
        effect = desk.must(say("count the type as a missile"))
        return Result(True, (desk.finding("VII.12", Verdict.NOT_APPLICABLE, why, effect),))
    needs = tuple(words for value, words in values if value is None)
    if have is None:
        needs = (*needs, say("how many launchers of research boosters there are (booster_launchers)"))
    if needs:
        why = say("Told to be a booster for research, but not everything that asks for is told.")
        return Result(None, (desk.finding("VII.12", Verdict.CANNOT_TELL, why, needs=needs, **numbers),))
    why = say("A booster for research: every condition holds.")
    margin: dict[str, Any] = {} if have is None else {"margin": limit - have}
    return Result(False, (desk.finding("VII.12", Verdict.OK, why, desk.may(OUTSIDE), **numbers, **margin),))


STEPS: Final[tuple[Step, ...]] = (kind, ground, weapon, interceptor, booster)
"""In the order in which they decide; the list of Article III comes before them, the range after."""
