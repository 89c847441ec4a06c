"""What Article IX says of media, film and copies, paragraph by paragraph: a record that keeps it, one that does not."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.imagery.media.check import RULES, judge
from skywitness.imagery.media.model import MediaRecord
from skywitness.imagery.media.read import read_record

FLIGHT = """\
observing = "SWE"
observed = "FIN"
day = 2019-09-12
provider = "observing"
arrival_at_exit_utc = 2019-09-12T10:00:00Z
departure_from_territory_utc = 2019-09-12T16:00:00Z
"""
FILM = """
[development]
by = "observed"
facility_of = "observed"
good = true
[[official]]
id = "Berg"
listed = true
admitted = true
[[official]]
id = "Lund"
listed = true
admitted = true
[[sensor]]
id = "camera"
category = "optical_framing_vertical"
medium = "film-panchromatic"
camera_type = "K-1"
film_type = "F-2"
processing = "P-3"
handled = false
procedures = true
[[roll]]
id = "roll"
of = "camera"
developed_utc = 2019-09-15T10:00:00Z
strip_steps = 21
strip_film_type = "F-2"
"""
NEGATIVE = """
[[original]]
id = "negative"
of = "camera"
to = "observing"
frame_format = "115 x 115"
film_size_mm = 127
"""
SECOND = """
[[sensor]]
id = "double"
category = "optical_framing_vertical"
medium = "film-panchromatic"
duplicate_of = "camera"
exchanged = true
camera_type = "k-1"
film_type = "F-2"
processing = "P-3"
handled = true
[[roll]]
id = "second roll"
of = "double"
developed_utc = 2019-09-14T10:00:00Z
strip_steps = 21
[[original]]
id = "second negative"
of = "double"
to = "observed"
chosen_by = "observed"
"""
DUPLICATE = """
[[copy]]
id = "duplicate"
of = "negative"
to = "observed"
generation = 1
received = true
asked_extent = "part"
extent = "part"
asked_tone = "positive"
tone = "positive"
frame_format = "115 x 115"
film_size_mm = 127
"""
ONE = FLIGHT + FILM + NEGATIVE + DUPLICATE
ONE_BY_OTHER = ONE.replace('\nby = "observed"', '\nby = "observing"')
TWO = FLIGHT + FILM + NEGATIVE + SECOND
TWO_OF_OBSERVED = TWO.replace('provider = "observing"', 'provider = "FIN"').replace(
    'to = "observed"\nchosen_by = "observed"', 'to = "SWE"\nchosen_by = "SWE"'
)
TWO_OF_OBSERVED = TWO_OF_OBSERVED.replace(
    'id = "negative"\nof = "camera"\nto = "observing"', 'id = "negative"\nof = "camera"\nto = "FIN"'
)
AT_HOME = ONE.replace('facility_of = "observed"', 'facility_of = "observing"').replace("09-15T10", "09-22T16")

OTHERS = """
[[sensor]]
id = "video"
category = "video"
medium = "tape-analogue"
handled = true
[[sensor]]
id = "scanner"
category = "infrared"
medium = "tape"
handled = true
[[sensor]]
id = "radar"
category = "sar"
medium = "tape-digital"
handled = true
as_decided = true
"""
TAPES = """
[[original]]
id = "video tape"
of = "video"
to = "observing"
[[original]]
id = "scanner tape"
of = "scanner"
to = "observing"
[[original]]
id = "radar tape"
of = "radar"
to = "observing"
[[copy]]
id = "video copy"
of = "video tape"
to = "observed"
generation = 1
received = true
[[copy]]
id = "scanner copy"
of = "scanner tape"
to = "observed"
generation = 1
received = true
[[copy]]
id = "radar copy"
of = "radar tape"
to = "observed"
generation = 1
received = true
asked_form = "phase"
form = "phase"
"""
TAPE = FLIGHT + OTHERS + TAPES
TAPE_OF_OBSERVED = TAPE.replace('provider = "observing"', 'provider = "observed"').replace(
    'id = "radar tape"\nof = "radar"\nto = "observing"',
    'id = "radar tape"\nof = "radar"\nto = "observing"\nasked_form = "image"\nform = "image"',
)
TAPES_2 = """
[[sensor]]
id = "video"
category = "video"
medium = "tape"
handled = true
[[original]]
id = "first"
of = "video"
to = "observed"
chosen_by = "observed"
[[original]]
id = "second"
of = "video"
to = "observing"
"""
TWO_SETS = FLIGHT + TAPES_2
TWO_SETS_OF_OBSERVED = (
    TWO_SETS.replace('provider = "observing"', 'provider = "observed"')
    .replace('to = "observed"\nchosen_by = "observed"', 'to = "observed"')
    .replace('to = "observing"\n', 'to = "observing"\nchosen_by = "observing"\n')
)

SCANNER_ON_FILM = """
[[sensor]]
id = "scanner"
category = "infrared"
medium = "film"
[[roll]]
id = "roll of the scanner"
of = "scanner"
"""
A_THIRD = """
[[official]]
id = "Strand"
listed = true
admitted = false
"""


def record_of(text: str) -> MediaRecord:
    """Read a record from TOML."""
    return read_record(tomllib.loads(text))


def judged(text: str, at: dt.date = dt.date(2019, 9, 12), only: str = "") -> dict[str, Finding]:
    """Judge a record; of several findings of one provision the gravest counts."""
    order = (Verdict.NOT_APPLICABLE, Verdict.OK, Verdict.CANNOT_TELL, Verdict.BREACH)
    found: dict[str, Finding] = {}
    for finding in judge(record_of(text), Reading(at=at), (only,) if only else ()):
        before = found.get(finding.provision)
        if before is None or order.index(finding.verdict) > order.index(before.verdict):
            found[finding.provision] = finding
    return found


KEPT_BY = {
    ONE: """I.1 I.1(A) I.5 II.2 II.3 II.3(A) II.4 II.5 II.6 II.6(A) II.6(B) II.6(B)(1)""",
    TWO: "II.1 II.7 II.7(A)",
    TWO_OF_OBSERVED: "II.7 II.7(B)",
    AT_HOME: "II.3 II.3(B)",
    TAPE: "I.1 I.1(B) I.1(C) I.1(D) III.1 III.2 III.2(A) III.4",
    TAPE_OF_OBSERVED: "III.2 III.2(B) III.5",
    TWO_SETS: "III.1 III.3 III.3(A)",
    TWO_SETS_OF_OBSERVED: "III.3 III.3(B)",
}
KEPT = [
    pytest.param(f"OS:IX.{one}", text, id=f"{one}-{n}")
    for n, (text, all_) in enumerate(KEPT_BY.items())
    for one in all_.split()
]


@pytest.mark.parametrize(("ident", "text"), KEPT)
def test_kept(ident: str, text: str) -> None:
    """A flight whose media were recorded, developed and shared as the text has it keeps the paragraph."""
    found = judged(text, only=ident)[ident]
    assert found.verdict is Verdict.OK, str(found.why)
    assert not found.needs


@pytest.mark.parametrize("text", KEPT_BY, ids=range(len(KEPT_BY)))
def test_a_whole_record_breaks_nothing(text: str) -> None:
    """Nothing of a whole record is broken or cannot be told."""
    found = {ident: finding.verdict for ident, finding in judged(text).items()}
    assert set(found.values()) <= {Verdict.OK, Verdict.NOT_APPLICABLE}, found


BROKEN = [
    # Section I: the medium of each category
    ("I.1", ONE, "film-panchromatic", "film-colour"),
    ("I.1", TAPE, "as_decided = true", "as_decided = false"),
    ("I.1(A)", ONE, "film-panchromatic", "film-colour"),
    ("I.1(A)", ONE.replace(FILM[FILM.index("[[roll]]") :], ""), "film-panchromatic", "tape"),
    ("I.1(B)", TAPE, "tape-analogue", "film-panchromatic"),
    ("I.1(C)", TAPE, 'medium = "tape"', 'medium = "film-colour"'),
    ("I.1(D)", TAPE, "tape-digital", "other"),
    # media that the other Party cannot handle
    ("I.5", ONE, "procedures = true", "procedures = false"),
    # Section II: duplicate cameras, quality, time
    ("II.1", TWO, 'camera_type = "k-1"', 'camera_type = "K-2"'),
    ("II.1", TWO, 'k-1"\nfilm_type = "F-2"', 'k-1"\nfilm_type = "F-3"'),
    ("II.2", ONE, "good = true", "good = false"),
    ("II.2", ONE, "good = true", 'good = true\nanswered_by = "observing"'),
    ("II.3", ONE, "09-15T10:00:00Z", "09-15T10:00:01Z"),
    ("II.3", ONE, "developed_utc = 2019-09-15T10:00:00Z", "developed = false"),
    ("II.3(A)", ONE, "09-15T10:00:00Z", "09-15T10:00:01Z"),
    ("II.3(A)", ONE, "developed_utc = 2019-09-15T10:00:00Z", "developed = false"),
    ("II.3(B)", AT_HOME, "09-22T16:00:00Z", "09-22T16:00:01Z"),
    # officials, test strips
    ("II.4", ONE, 'id = "Lund"\nlisted = true\nadmitted = true', 'id = "Lund"\nlisted = true\nadmitted = false'),
    ("II.4", ONE, 'id = "Lund"\n', 'id = "Lund"\nkept_from = ["storage"]\n'),
    ("II.5", ONE, "strip_steps = 21", "strip_steps = 20"),
    ("II.5", ONE, 'strip_film_type = "F-2"', 'strip_film_type = "F-9"'),
    # a single negative
    ("II.6", ONE, 'to = "observing"', 'to = "observed"\nasked_by = ["observing"]'),
    ("II.6", ONE_BY_OTHER, "generation = 1", "generation = 2"),
    ("II.6(A)", ONE, 'to = "observing"', 'to = "FIN"\nasked_by = ["SWE"]'),
    ("II.6(B)", ONE, "received = true", "received = false"),
    ("II.6(B)", ONE_BY_OTHER, "generation = 1", "generation = 2"),
    ("II.6(B)", ONE_BY_OTHER, 'asked_extent = "part"', 'asked_extent = "whole"'),
    ("II.6(B)", ONE_BY_OTHER, 'asked_tone = "positive"', 'asked_tone = "negative"'),
    ("II.6(B)(1)", ONE, "film_size_mm = 127\n\n[[copy]]", "film_size_mm = 240\n\n[[copy]]"),
    ("II.6(B)(1)", ONE, '"115 x 115"\nfilm_size_mm = 127\n\n', '"230 x 230"\nfilm_size_mm = 127\n\n'),
    # two negatives
    ("II.7", TWO, 'chosen_by = "observed"', 'chosen_by = "observing"'),
    ("II.7(A)", TWO, 'chosen_by = "observed"', 'chosen_by = "observing"'),
    ("II.7(A)", TWO, 'to = "observed"\nchosen_by', 'to = "observing"\nchosen_by'),
    ("II.7(A)", TWO, 'to = "observing"', 'to = "observing"\nchosen_by = "observed"'),
    ("II.7(A)", TWO, 'to = "observing"', 'to = "observed"'),
    ("II.7(A)", TWO, 'chosen_by = "observed"', 'asked_by = ["observed"]'),
    ("II.7(B)", TWO_OF_OBSERVED, 'chosen_by = "SWE"', 'chosen_by = "FIN"'),
    # Section III: other media
    ("III.1", FLIGHT + OTHERS, 'id = "radar"', 'id = "radar"\noriginals = 0'),
    ("III.2", TAPE, "generation = 1", "generation = 2"),
    ("III.2(A)", TAPE, "generation = 1", "generation = 2"),
    ("III.2(A)", TAPE, 'to = "observing"', 'to = "observed"\nasked_by = ["observing"]'),
    ("III.2(B)", TAPE_OF_OBSERVED, 'to = "observing"', 'to = "observed"\nasked_by = ["observing"]'),
    ("III.2(B)", TAPE_OF_OBSERVED, "received = true", "received = false"),
    ("III.3", TWO_SETS, 'chosen_by = "observed"', 'chosen_by = "observing"'),
    ("III.3(A)", TWO_SETS, 'chosen_by = "observed"', 'chosen_by = "observing"'),
    ("III.3(B)", TWO_SETS_OF_OBSERVED, 'chosen_by = "observing"', 'chosen_by = "observed"'),
    ("III.4", TAPE, 'form = "phase"\nform = "phase"', 'form = "phase"\nform = "image"'),
    ("III.5", TAPE_OF_OBSERVED, '\nform = "image"', '\nform = "phase"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ident", "text", "cut", "put"),
    [pytest.param(f"OS:IX.{row[0]}", *row[1:], id=f"{row[0]}-{n}") for n, row in enumerate(BROKEN)],
)
def test_broken(ident: str, text: str, cut: str, put: str) -> None:
    """One thing done otherwise breaks the paragraph."""
    assert cut in text
    found = judged(text.replace(cut, put, 1), only=ident)[ident]
    assert found.verdict is Verdict.BREACH, str(found.why)


OPEN = [
    ("I.1", TAPE, 'medium = "tape"\n', ""),
    ("I.1(A)", ONE, '"film-panchromatic"', '"film"'),
    ("I.5", ONE, "handled = false\nprocedures = true", ""),
    ("I.5", ONE, "procedures = true", ""),
    ("II.1", TWO, 'camera_type = "k-1"', ""),
    ("II.1", TWO, 'exchanged = true\ncamera_type = "k-1"', 'camera_type = "K-2"'),
    ("II.2", ONE, "good = true", ""),
    ("II.2", ONE, 'by = "observed"', ""),
    ("II.3", ONE, "2019-09-15T10:00:00Z", f"2019-09-15T10:00:00Z\n{SCANNER_ON_FILM}"),
    ("II.3", TWO, SECOND[SECOND.index("[[roll]]") : SECOND.index("[[original]]")], ""),
    ("II.3(A)", ONE, "arrival_at_exit_utc = 2019-09-12T10:00:00Z", ""),
    ("II.3(A)", ONE, "developed_utc = 2019-09-15T10:00:00Z", ""),
    ("II.3(B)", ONE, 'facility_of = "observed"', ""),
    ("II.4", ONE, 'id = "Lund"\nlisted = true\nadmitted = true', 'id = "Lund"\nadmitted = false'),
    ("II.4", ONE, 'id = "Lund"\nlisted = true\nadmitted = true', 'id = "Lund"\nlisted = true'),
    ("II.4", ONE, 'by = "observed"', ""),
    ("II.5", ONE, "strip_steps = 21", ""),
    ("II.6(A)", ONE, 'to = "observing"', 'to = "observed"'),
    ("II.6(A)", ONE, 'to = "observing"', ""),
    ("II.6(B)", ONE, "received = true", ""),
    ("II.6(B)", ONE, "generation = 1", ""),
    ("II.6(B)", ONE, 'asked_extent = "part"', ""),
    ("II.6(B)", ONE, DUPLICATE, ""),
    ("II.6(B)(1)", ONE, "film_size_mm = 127\n\n[[copy]]", "\n[[copy]]"),
    ("II.7(A)", TWO, 'chosen_by = "observed"', ""),
    ("II.7(A)", TWO, 'provider = "observing"', ""),
    ("II.7(A)", TWO, 'id = "camera"\n', 'id = "camera"\noriginals = 2\n'),
    ("II.7(A)", TWO, 'to = "observing"', ""),
    ("III.1", TAPE, TAPES, ""),
    ("III.2(A)", TAPE, 'provider = "observing"', ""),
    ("III.3(A)", TWO_SETS, 'chosen_by = "observed"', ""),
    ("III.4", TAPE, 'form = "phase"\nform = "phase"', 'form = "phase"'),
    ("III.4", TAPE, 'provider = "observing"', ""),
    ("III.5", TAPE_OF_OBSERVED, 'asked_form = "image"\nform = "image"', ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ident", "text", "cut", "put"),
    [pytest.param(f"OS:IX.{row[0]}", *row[1:], id=f"{row[0]}-{n}") for n, row in enumerate(OPEN)],
)
def test_cannot_be_told(ident: str, text: str, cut: str, put: str) -> None:
    """What nobody has told leaves the paragraph open, and names the fact that would settle it."""
    assert cut in text
    found = judged(text.replace(cut, put, 1), only=ident)[ident]
    assert found.verdict is Verdict.CANNOT_TELL, str(found.why)
    assert found.needs


GIVEN_UP = [
    ("II.6(A)", ONE, 'to = "observing"', 'to = "observed"\ngiven_up_by = ["observing"]'),
    ("II.6(A)", ONE, 'to = "observing"', 'given_up_by = ["SWE"]'),
    ("II.6(B)", ONE, "generation = 1\nreceived = true", "given_up = true"),
    ("II.7(A)", TWO, 'to = "observed"\nchosen_by = "observed"', 'to = "observing"\ngiven_up_by = ["observed"]'),
    ("III.2(A)", TAPE, 'to = "observing"', 'to = "observed"\ngiven_up_by = ["observing"]'),
    ("II.4", ONE, FILM[FILM.index("[[official]]") : FILM.index("[[sensor]]")], "officials_sent = 0\n"),
    ("II.4", ONE, 'id = "Lund"\nlisted = true\nadmitted = true', 'id = "Lund"\nlisted = false\nadmitted = false'),
    ("II.4", ONE, '[[official]]\nid = "Lund"', f'{A_THIRD}[[official]]\nid = "Lund"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ident", "text", "cut", "put"),
    [pytest.param(f"OS:IX.{row[0]}", *row[1:], id=f"{row[0]}-{n}") for n, row in enumerate(GIVEN_UP)],
)
def test_a_right_that_nobody_uses_is_not_broken(ident: str, text: str, cut: str, put: str) -> None:
    """Who gives a right up, or asks for more than the text gives, is denied nothing."""
    assert cut in text
    found = judged(text.replace(cut, put, 1), only=ident)[ident]
    assert found.verdict is Verdict.OK, str(found.why)


def test_every_rule_has_both_outcomes_here() -> None:
    """The tables above hold a kept and a broken case of every paragraph that is judged."""
    kept = {f"OS:IX.{one}" for all_ in KEPT_BY.values() for one in all_.split()}
    broken = {f"OS:IX.{row[0]}" for row in BROKEN}
    assert kept == broken == set(RULES)
