"""Parties, quotas and distances over the years, as they can be read off the law itself."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.errors import InputError
from skywitness.law.history import history
from skywitness.law.parties import parties_on
from skywitness.law.side import Held

WHOLE = history("open-skies", last=dt.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("year", "parties", "passive", "unknown"),
    [
        (1993, 0, 0, ()),
        (2002, 26, 233, ()),  # 225 of Annex A, less Czechoslovakia's 4; 4 each for its successors and for Georgia
        (2006, 34, 269, ()),
        (2020, 34, 269, ()),
        (2021, 33, 227, ()),  # without the 42 of the United States
        (2022, 32, 185, ("BLR",)),  # without the 42 of the group; what Belarus has alone is not known
    ],
)
def test_each_first_of_january(year: int, parties: int, passive: int, unknown: tuple[str, ...]) -> None:
    """How many Parties there are, and how many flights they must accept together."""
    (moment,) = [one for one in WHOLE.years if one.at.year == year]
    assert (moment.parties, moment.passive_total, moment.open) == (parties, passive, unknown)


def test_moments_agree_with_the_law_of_their_day() -> None:
    """Every step counts exactly the Parties of that day."""
    for moment in WHOLE.moments:
        assert moment.parties == len(parties_on(moment.at))
        assert moment.in_force is (moment.at >= dt.date(2002, 1, 1))


def test_events_add_up_to_the_steps() -> None:
    """Those who joined less those who left are the Parties, on every day."""
    for moment in WHOLE.moments:
        joined = sum(event.joined for event in WHOLE.events if event.on <= moment.at)
        left = sum(not event.joined for event in WHOLE.events if event.on <= moment.at)
        assert joined - left == moment.parties


def test_bars_of_practice() -> None:
    """Told anew are the distances of which practice says something that the text does not."""
    anew = {bar.airfield for bar in WHOLE.bars if bar.told_anew}
    assert anew >= {"UUMB", "LEGT", "LFOJ", "EGVN", "KSUU", "PAED", "LQSA", "UHHH"}
    assert not anew & {"EPWA", "LTBI", "KIAD", "ENGM"}
    for bar in WHOLE.bars:
        days = [side.on for side in bar.sides]
        assert days == sorted(set(days))
        assert all(one.mark != other.mark for one, other in zip(bar.sides, bar.sides[1:], strict=False))


def test_the_second_clock() -> None:
    """As known in 2019, nobody leaves in 2020 or 2021."""
    before = history("open-skies", last=dt.date(2023, 1, 1), known=dt.date(2019, 1, 1))
    assert before.years[-1].parties == 34
    assert not [event for event in before.events if not event.joined]
    assert [bar.sides[-1].held for bar in before.bars if bar.airfield == "UUMB"] == [Held.SETTLED]


def test_days_in_order() -> None:
    """The first day comes before the last."""
    with pytest.raises(InputError, match="is not before"):
        history("open-skies", dt.date(2020, 1, 1), dt.date(2019, 1, 1))


def test_the_last_day_is_that_of_the_data() -> None:
    """No clock is asked: the newest row says how far the data go."""
    assert history("open-skies").last == history("open-skies").last >= dt.date(2026, 11, 22)
