"""Shipped cases worked by hand, day by day: what a lawyer derives from the sources is what the program derives.

A row names a case, the day, the day by whose knowledge it is asked (``-``: by all that is known), what is asked, and
the answer.  The answers were worked out from the events, the articles and a calendar, not copied from the program.
"""

from __future__ import annotations

import datetime as dt
import functools

import pytest
from tests.consult.consult_files import D
from tests.consult.test_consult_shipped import SHIPPED

from skywitness.consult.catalogue import load_case
from skywitness.consult.performing import performing
from skywitness.consult.replay import Replay, replay
from skywitness.consult.states import States, states

ROWS = """
us-withdrawal-2020 | 2020-05-21 | 2020-05-21 | party USA                     | party
us-withdrawal-2020 | 2020-05-21 | 2020-05-21 | answers usa-claims-2020       | none
us-withdrawal-2020 | 2020-05-22 | 2020-05-22 | clock usa-notice-2020 XV.2    | running, 2020-11-22, 184 days
us-withdrawal-2020 | 2020-06-20 | 2020-06-20 | clock usa-notice-2020 XV.3    | waiting, 2020-07-21, 31 days
us-withdrawal-2020 | 2020-06-21 | 2020-06-21 | clock usa-notice-2020 XV.3    | running, 2020-07-21, 30 days
us-withdrawal-2020 | 2020-05-26 | 2020-05-26 | answers usa-claims-2020       | rus-denial-2020 rus-strip-2020
us-withdrawal-2020 | 2020-05-26 | 2020-05-26 | word strip                    | asserts USA, denies RUS
us-withdrawal-2020 | 2020-05-26 | 2020-05-26 | word usa-should-stay          | asserts NAC, denies USA
us-withdrawal-2020 | 2020-07-06 | 2020-07-06 | clock usa-notice-2020 XV.3    | done, 2020-07-21, 15 days
us-withdrawal-2020 | 2020-11-21 | 2020-11-21 | clock usa-notice-2020 XV.2    | running, 2020-11-22, 1 days
us-withdrawal-2020 | 2020-11-21 | 2020-11-21 | parties                       | 34
us-withdrawal-2020 | 2020-11-22 | 2020-11-22 | parties                       | 33
us-withdrawal-2020 | 2020-11-22 | 2020-05-21 | parties                       | 34
us-withdrawal-2020 | 2020-11-22 | 2020-11-22 | party USA                     | withdrawn
us-withdrawal-2020 | 2021-06-17 | -          | says RUS go-on                | asserts
us-withdrawal-2020 | 2021-06-18 | 2021-06-18 | says RUS go-on                | withholds
us-withdrawal-2020 | 2021-06-18 | 2021-06-18 | clock rus-notice-2021 XV.2    | running, 2021-12-18, 183 days
us-withdrawal-2020 | 2021-07-17 | 2021-07-17 | clock rus-notice-2021 XV.3    | waiting, 2021-08-17, 31 days
us-withdrawal-2020 | 2021-07-20 | 2021-07-20 | clock rus-notice-2021 XV.3    | done, 2021-08-17, 28 days
us-withdrawal-2020 | 2021-12-17 | 2021-12-17 | parties                       | 33
us-withdrawal-2020 | 2021-12-18 | 2021-12-18 | parties                       | 32
abkhazia-south-ossetia | 2012-04-02 | 2012-04-06 | performs GEO RUS          | no_pause_told
abkhazia-south-ossetia | 2012-04-06 | 2012-04-06 | performs GEO RUS          | paused
abkhazia-south-ossetia | 2012-04-06 | 2012-04-06 | performs RUS GEO          | no_pause_told
abkhazia-south-ossetia | 2012-04-06 | 2012-04-06 | performs GEO DEU          | no_pause_told
abkhazia-south-ossetia | 2012-04-06 | 2012-04-06 | answers rus-strip-2010    | geo-counter-2012
abkhazia-south-ossetia | 2018-05-01 | -          | performs GEO RUS          | paused
abkhazia-south-ossetia | 2019-05-01 | -          | answers rus-again-2019    | none
abkhazia-south-ossetia | 2020-05-26 | 2020-05-26 | word georgia-may-stop     | asserts GEO, denies RUS
abkhazia-south-ossetia | 2020-05-26 | 2020-05-26 | word two-states           | asserts RUS, denies GEO USA
abkhazia-south-ossetia | 2020-05-26 | 2020-05-26 | word strip-for-flights    | asserts RUS
abkhazia-south-ossetia | 2020-05-27 | 2020-05-27 | word strip-for-flights    | asserts RUS, denies GEO
distribution-2018 | 2017-12-31 | 2017-12-31 | proposal rus-asks-2017    | not_adopted GEO
distribution-2018 | 2018-01-01 | 2018-01-01 | events                    | geo-objects-2017 rus-asks-2017 year-2018
distribution-2018 | 2018-02-23 | 2018-02-23 | word not-while-strip      | asserts GEO
distribution-2018 | 2018-10-22 | 2018-10-22 | proposal rus-asks-2018    | none
distribution-2018 | 2018-10-23 | 2018-10-23 | proposal rus-asks-2018    | adopted
distribution-2018 | 2018-12-31 | 2018-12-31 | performs GEO RUS          | paused
tsentr-2019 | 2019-09-15 | 2019-09-15 | answers rus-leg-2019      | none
tsentr-2019 | 2019-09-21 | 2019-09-21 | word for-safety           | asserts RUS
tsentr-2019 | 2020-05-21 | 2020-05-21 | word for-safety           | asserts RUS, denies USA
tsentr-2019 | 2020-05-21 | 2020-05-21 | answers usa-counter-2019  | none
tsentr-2019 | 2020-05-23 | 2020-05-23 | answers usa-counter-2019  | rus-answer-2020
turkey-2016 | 2016-02-02 | 2016-02-02 | word must-accept          | none
turkey-2016 | 2016-02-03 | 2016-02-03 | word must-accept          | asserts RUS
turkey-2016 | 2016-02-03 | 2016-02-03 | answers rus-protest-2016  | none
turkey-2016 | 2016-02-04 | 2016-02-04 | answers rus-protest-2016  | tur-answer-2016
turkey-2016 | 2016-02-05 | 2016-02-05 | performs TUR RUS          | no_pause_told
9m729 | 2013-06-25 | 2013-06-25 | word beyond-500               | asserts USA, denies RUS
9m729 | 2014-07-31 | 2014-07-31 | finding USA                   | 2014-07-31-finding-usa
9m729 | 2014-08-01 | 2014-08-01 | says RUS mk41-on-land         | asserts
9m729 | 2018-12-03 | 2018-12-03 | finding USA                   | 2017-03-08-finding-usa
9m729 | 2018-12-03 | 2018-12-03 | word fixed-then-mobile        | none
9m729 | 2018-12-04 | 2018-12-04 | finding USA                   | 2018-12-04-finding-usa
9m729 | 2018-12-04 | 2018-12-04 | finding NATO                  | 2018-12-04-finding-nato
9m729 | 2018-12-04 | 2018-12-04 | clock 2018-12-04-ultimatum-usa - | running, 2019-02-02, 60 days
9m729 | 2019-02-01 | 2019-02-01 | performs USA RUS              | no_pause_told
9m729 | 2019-02-02 | 2019-02-02 | performs USA RUS              | paused
9m729 | 2019-02-02 | 2019-02-02 | performs RUS USA              | announced
9m729 | 2019-03-04 | 2019-03-04 | performs RUS USA              | paused
9m729 | 2019-03-04 | 2019-03-04 | performs RUS KAZ              | no_pause_told
9m729 | 2019-02-02 | 2019-02-02 | clock 2019-02-02-notice-usa XV.2 | running, 2019-08-02, 181 days
9m729 | 2019-02-07 | 2019-02-07 | answers 2014-08-01-counter-claim-rus | none
9m729 | 2019-02-08 | 2019-02-08 | answers 2014-08-01-counter-claim-rus | 2019-02-08-response-usa
9m729 | 2019-02-08 | 2019-02-08 | word armed-drones             | asserts RUS, denies USA
9m729 | 2019-08-01 | 2019-08-01 | parties                       | 13
9m729 | 2019-08-02 | 2019-08-02 | parties                       | 0
9m729 | 2019-08-02 | 2019-08-02 | performs RUS USA              | not_owed
suspensions-2007-2024 | 2007-12-11 | 2007-12-11 | performs RUS DEU          | no_pause_told
suspensions-2007-2024 | 2007-12-12 | 2007-12-12 | performs RUS DEU          | paused
suspensions-2007-2024 | 2007-12-12 | 2007-12-12 | performs DEU RUS          | no_pause_told
suspensions-2007-2024 | 2011-11-22 | 2011-11-23 | performs DEU RUS          | no_pause_told
suspensions-2007-2024 | 2011-11-22 | 2011-11-24 | performs DEU RUS          | paused
suspensions-2007-2024 | 2011-11-24 | 2011-11-25 | performs GBR RUS          | no_pause_told
suspensions-2007-2024 | 2011-11-25 | 2011-11-25 | performs GBR RUS          | paused
suspensions-2007-2024 | 2023-06-09 | 2023-06-09 | clock rus-notice-2023 XIX.2 | running, 2023-11-06, 150 days
suspensions-2007-2024 | 2023-06-09 | 2023-06-09 | clock rus-notice-2023 XXI.4 | running, 2023-06-30, 21 days
suspensions-2007-2024 | 2023-06-09 | 2023-06-09 | word exceptional-2007     | asserts RUS
suspensions-2007-2024 | 2023-11-06 | 2023-11-06 | party RUS                 | party
suspensions-2007-2024 | 2023-11-07 | 2023-11-07 | party RUS                 | withdrawn
suspensions-2007-2024 | 2023-11-07 | 2023-11-07 | parties                   | 29
suspensions-2007-2024 | 2023-11-07 | 2023-11-07 | performs USA RUS          | not_owed
suspensions-2007-2024 | 2023-12-06 | 2023-12-06 | performs USA BLR          | announced
suspensions-2007-2024 | 2023-12-07 | 2023-12-07 | performs USA BLR          | paused
suspensions-2007-2024 | 2024-04-08 | 2024-04-08 | performs TUR BLR          | paused
suspensions-2007-2024 | 2024-04-08 | 2024-04-08 | performs POL DEU          | announced
suspensions-2007-2024 | 2024-05-24 | 2024-05-24 | performs BLR DEU          | announced
"""


def row_of(line: str) -> tuple[str, dt.date, dt.date | None, str, str]:
    """Read one row of the table."""
    case, at, known, asked, answer = (cell.strip() for cell in line.split("|"))
    return case, D.fromisoformat(at), None if known == "-" else D.fromisoformat(known), asked, answer


@functools.cache
def on(case: str, at: dt.date, known: dt.date | None) -> tuple[Replay, States]:
    """Replay a shipped case to a day."""
    (key,) = [one for one in SHIPPED if one.partition("/")[2] == case]
    found = replay(load_case(key), at, known)
    return found, states(found)


def told(case: str, at: dt.date, known: dt.date | None, asked: str) -> str:
    """Answer one question of the table in its own short words."""
    found, seen = on(case, at, known)
    what, *of = asked.split()
    law = found.case.treaties[0]
    if what == "performs":
        return performing(law, of[0], of[1], "ALL", at, known)[0]
    if what == "says":
        return " ".join(one.polarity for one in seen.positions if [one.by, one.proposition] == of) or "none"
    if what == "parties":
        return str(seen.treaties[0].parties)
    if what == "party":
        return next(one.status.value for one in seen.treaties[0].standings if one.code == of[0])
    if what == "events":
        return " ".join(sorted(one.id for one in found.events))
    if what == "clock":
        return clock(seen, *of)
    return {"answers": answers, "word": word, "finding": finding, "proposal": proposal}[what](found, seen, of[0])


def clock(seen: States, event: str, article: str) -> str:
    """Say what a clock of an event shows, by its article (``-``: none)."""
    (one,) = [one for one in seen.clocks if (one.event, one.provision.partition(":")[2] or "-") == (event, article)]
    return f"{one.state}, {one.due}, {one.days_left} days"


def answers(_found: Replay, seen: States, ident: str) -> str:
    """Say what answered or opposed a claim."""
    those = [sorted({*one.answered_by, *one.opposed_by}) for one in seen.claims if one.event.id == ident]
    return " ".join(those[0]) if those and those[0] else "none"


def word(_found: Replay, seen: States, proposition: str) -> str:
    """Say who asserts, denies and withholds a proposition."""
    those = [one for one in seen.positions if one.proposition == proposition]
    kinds = ("asserts", "denies", "withholds")
    rows = [(kind, sorted(one.by for one in those if one.polarity == kind)) for kind in kinds]
    return ", ".join(f"{kind} {' '.join(who)}" for kind, who in rows if who) or "none"


def finding(_found: Replay, seen: States, assessor: str) -> str:
    """Name the latest finding of an assessor."""
    return " ".join(one.id for one in seen.findings if one.assessor == assessor) or "none"


def proposal(found: Replay, _seen: States, ident: str) -> str:
    """Say what became of a proposal, and who objects."""
    from skywitness.consult.consensus import consensus

    rows = [" ".join((one.result, *one.objecting)) for one in consensus(found) if one.proposal.id == ident]
    return rows[0] if rows else "none"


@pytest.mark.parametrize("line", [line for line in ROWS.splitlines() if line])
def test_a_day_worked_by_hand(line: str) -> None:
    """Who is a Party, which clock runs, who performs towards whom, who answered, and who says what: as by hand."""
    case, at, known, asked, expected = row_of(line)
    assert told(case, at, known, asked) == expected


def test_every_case_but_that_of_kaliningrad_has_five_days() -> None:
    """The table asks each case about five days at least (Kaliningrad has tests of its own)."""
    days = {(row_of(line)[0], row_of(line)[1]) for line in ROWS.splitlines() if line}
    for key in SHIPPED:
        name = key.partition("/")[2]
        assert name == "kaliningrad-500" or sum(one == name for one, _day in days) >= 4, name


@pytest.mark.parametrize("key", SHIPPED)
def test_no_case_tells_a_later_day(key: str) -> None:
    """By the knowledge of any of its days a case names no source, correction or conflict of a later one."""
    case = load_case(key)
    for day in sorted({one.when.last for one in case.events}):
        for one in replay(case, day, day).events:
            assert one.known_by(day)
            assert one.when.first <= day


@pytest.mark.parametrize("key", SHIPPED)
def test_a_claim_has_the_answer_that_its_sources_tell(key: str) -> None:
    """Who is said to do something is heard: each claim is answered, but those whose sources tell of no answer."""
    unanswered = {
        "rus-images-2020",  # its source tells that no assurance was given, and of no words
        "rus-list-2021",  # no answer of the States it names was found
        "2019-02-07-counter-claim-rus",
    }
    case = load_case(key)
    last = max(one.when.last for one in case.events)
    silent = {
        one.event.id
        for one in states(replay(case, last)).claims
        if not (one.answered_by or one.opposed_by or one.closed_by)
    }
    assert silent <= unanswered


def test_what_is_announced_years_later_is_another_act() -> None:
    """A suspension that the law data do not tell of is shown as that, not as another day of a later announcement."""
    from tests.consult.consult_files import case, event

    told = event(
        "one",
        treaty="cfe",
        step="suspension",
        actors=["FRA"],
        addressees=["RUS"],
        on=D(2011, 11, 23),
        legal_basis="none_given",
        asserts=[],
    )
    (found,) = states(replay(case(told, treaties=("cfe",)), D(2012, 1, 1))).differences
    assert (found.field, found.other) == ("on", None)


@pytest.mark.parametrize(("known", "needs"), [(D(2014, 7, 30), 2), (None, 6)])
def test_target_missiles_stay_open(known: dt.date | None, needs: int) -> None:
    """INF VII.12: five conditions, none of them public; no reading settles it, and each says what would."""
    from skywitness.consult.questions import answers as asked

    found = replay(load_case("inf/9m729"), known or D(2019, 8, 2), known)
    (one,) = [one for one in asked(found) if one.question.key == "target-missiles"]
    assert {row.verdict.value for row in one.by_reading} == {"cannot_tell"}
    assert max(len(row.needs) for row in one.by_reading) >= needs
