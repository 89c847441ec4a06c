"""What Annex B says of an annotation, paragraph by paragraph: a sheet that keeps it, and one that does not."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.imagery.annotation.check import day_of, judge, read_known
from skywitness.imagery.annotation.judging import Known
from skywitness.imagery.annotation.sheet import scan_sheet

CAMERA = """\
LEADER REF OS9027; DATE 2019-09-12; SENSOR OPBP; CONFIG INT1V; FOCAL 152.4; MAGAZINE 1
MARK TIME 2019-09-12 08:30Z; HEIGHT 01850M; PLACE 55.61N 036.65E; HEADING 045; SCAN 70
MARK TIME 2019-09-12 08:35Z; HEIGHT 01900M; PLACE 55.71N 036.75E; HEADING 047; SCAN 70
FRAME NUMBER 1; TIME 2019-09-12 08:30Z; ROLL 2L
FRAME NUMBER 2; TIME 2019-09-12 08:31Z; ROLL 0R
"""
SCANNER = """\
LEADER REF OS9027; DATE 2019-09-12; SENSOR IRLSTD; CONFIG PODLR45; FOCAL 50
MARK TIME 2019-09-12 08:30Z; HEIGHT 01850M; PLACE 55.61N 036.65E; HEADING 045; SCAN 70
MARK TIME 2019-09-12 08:35Z; HEIGHT 01900M; PLACE 55.71N 036.75E; HEADING 047; SCAN 70
"""
RADAR = """\
LEADER REF OS9027; DATE 2019-09-12; SENSOR SARTD; CONFIG INT1F31
MARK TIME 2019-09-12 08:30Z; HEIGHT 06070F; PLACE 55 37N 036 39E; HEADING 045; LOOKDOWN 40; NEAR 4.5; SWATH 25; POL HH
MARK TIME 2019-09-12 08:35Z; HEIGHT 06070F; PLACE 55 38N 036 40E; HEADING 045; LOOKDOWN 40; NEAR 4.5; SWATH 25; POL HH
MOTION TIME 2019-09-12 08:31Z; SPEED 240NM; DRIFT 3R; PITCH 1.5U; ROLL 0L
"""


def utc(hour: int, minute: int) -> dt.datetime:
    """Give a time on the day of the flight."""
    return dt.datetime(2019, 9, 12, hour, minute, tzinfo=dt.UTC)


KNOWN = Known(
    quota_year=2019,
    tilt_deg=3.0,
    periods=((utc(8, 30), utc(8, 39)),),
    interval_min=5.0,
    hides_detail=False,
    prints_annotated=True,
)


def judged(text: str, known: Known = KNOWN, at: dt.date = dt.date(2019, 9, 12), only: str = "") -> dict[str, Finding]:
    """Judge a sheet, by one provision or by all; of several findings of one provision the gravest counts."""
    order = (Verdict.NOT_APPLICABLE, Verdict.OK, Verdict.CANNOT_TELL, Verdict.BREACH)
    found: dict[str, Finding] = {}
    for finding in judge(scan_sheet(text), Reading(at=at), known, (only,) if only else ()):
        before = found.get(finding.provision)
        if before is None or order.index(finding.verdict) > order.index(before.verdict):
            found[finding.provision] = finding
    return found


KEPT_BY = {
    CAMERA: """
        B.II.1 B.II.1(A) B.II.1(B) B.II.1(C) B.II.1(D) B.II.1(E) B.II.2 B.II.2(A) B.II.2(A)(1) B.II.2(A)(2) B.II.3
        B.II.4 B.APP1.1 B.APP1.1(A) B.APP1.1(B) B.APP1.1(C) B.APP1.2 B.APP1.3 B.APP1.3(A) B.APP1.3(A)(1) B.APP1.3(B)
        B.APP1.3(B)(1) B.APP1.4 B.APP1.5 B.APP1.6 B.APP1.7 B.APP1.8 B.APP1.9 B.APP1.16""",
    SCANNER: """
        B.II.2(B) B.II.2(B)(1) B.II.2(B)(2) B.II.2(B)(3) B.II.2(B)(4) B.II.2(B)(5) B.APP1.3(A)(2) B.APP1.3(B)(2)""",
    RADAR: """
        B.II.2(C) B.II.2(C)(1) B.II.2(C)(2) B.APP1.3(B)(3) B.APP1.3(C) B.APP1.3(C)(1) B.APP1.3(C)(2) B.APP1.10
        B.APP1.11 B.APP1.12 B.APP1.13 B.APP1.14 B.APP1.15""",
}


@pytest.mark.parametrize(
    ("ident", "sheet"),
    [pytest.param(f"OS:{one}", sheet, id=one) for sheet, idents in KEPT_BY.items() for one in idents.split()],
)
def test_kept(ident: str, sheet: str) -> None:
    """A whole sheet of a camera, a scanner or a radar keeps the paragraph."""
    found = judged(sheet, only=ident)[ident]
    assert found.verdict is Verdict.OK, str(found.why)


@pytest.mark.parametrize("sheet", KEPT_BY, ids=["camera", "scanner", "radar"])
def test_a_whole_sheet_breaks_nothing(sheet: str) -> None:
    """Nothing of a whole sheet is broken or cannot be told."""
    verdicts = {finding.verdict for finding in judged(sheet).values()}
    assert verdicts <= {Verdict.OK, Verdict.NOT_APPLICABLE}


BROKEN = [
    # Section II, paragraph 1: the beginning of a roll
    ("B.II.1", CAMERA, "REF OS9027; ", ""),
    ("B.II.1(A)", CAMERA, "REF OS9027; ", ""),
    ("B.II.1(B)", CAMERA, "DATE 2019-09-12; ", ""),
    ("B.II.1(C)", CAMERA, "SENSOR OPBP; ", ""),
    ("B.II.1(D)", CAMERA, "CONFIG INT1V; ", ""),
    ("B.II.1(E)", CAMERA, "FOCAL 152.4; ", ""),
    # paragraph 2: while the sensor operates
    ("B.II.2(A)", CAMERA, "; SCAN 70", ""),
    ("B.II.2(A)(1)", CAMERA, "; SCAN 70", ""),
    ("B.II.2(A)(1)", CAMERA, "MARK TIME 2019-09-12 08:30Z", "MARK TIME 2019-09-12 08:31Z"),
    ("B.II.2(A)(1)", CAMERA, "MARK TIME 2019-09-12 08:35Z", "MARK TIME 2019-09-12 08:36Z"),
    ("B.II.2(A)(2)", CAMERA, "; ROLL 2L", ""),
    ("B.II.2(B)", SCANNER, "; HEADING 047", ""),
    ("B.II.2(B)(1)", SCANNER, "TIME 2019-09-12 08:35Z; ", ""),
    ("B.II.2(B)(2)", SCANNER, "HEIGHT 01900M; ", ""),
    ("B.II.2(B)(3)", SCANNER, "PLACE 55.71N 036.75E; ", ""),
    ("B.II.2(B)(4)", SCANNER, "HEADING 047; ", ""),
    ("B.II.2(B)(5)", SCANNER, "SCAN 70", "SCAN wide"),
    ("B.II.2(C)", RADAR, "; POL HH", ""),
    ("B.II.2(C)(1)", RADAR, "; POL HH", ""),
    ("B.II.2(C)(2)", RADAR, "; PITCH 1.5U", ""),
    # Appendix 1
    ("B.APP1.1", CAMERA, "OS9027", "OS90270"),
    ("B.APP1.1(A)", CAMERA, "OS9027", "XX9027"),
    ("B.APP1.1(B)", CAMERA, "OS9027", "OS8027"),
    ("B.APP1.1(B)", CAMERA, "OS9027", "OSX027"),
    ("B.APP1.1(C)", CAMERA, "OS9027", "OS9X27"),
    ("B.APP1.2", CAMERA, "OPBP", "OPXX"),
    ("B.APP1.3", CAMERA, "INT1V", "INT1VX"),
    ("B.APP1.3(A)", CAMERA, "INT1V", "BAG1V"),
    ("B.APP1.3(A)(1)", CAMERA, "INT1V", "INTXV"),
    ("B.APP1.3(A)(2)", SCANNER, "PODLR45", "PODXR45"),
    ("B.APP1.3(B)", CAMERA, "INT1V", "INT1W"),
    ("B.APP1.3(B)(2)", SCANNER, "PODLR45", "PODLR85"),
    ("B.APP1.3(B)(2)", SCANNER, "PODLR45", "PODLR"),
    ("B.APP1.3(B)(3)", RADAR, "INT1F31", "INT1F11"),
    ("B.APP1.3(C)", RADAR, "INT1F31", "INT1F3"),
    ("B.APP1.3(C)(1)", RADAR, "INT1F31", "INT1FX1"),
    ("B.APP1.3(C)(2)", RADAR, "INT1F31", "INT1F34"),
    ("B.APP1.4", CAMERA, "152.4", "15cm"),
    ("B.APP1.5", CAMERA, "08:30Z", "08:30"),
    ("B.APP1.6", CAMERA, "01850M", "1850M"),
    ("B.APP1.7", CAMERA, "55.61N", "55.6N"),
    ("B.APP1.8", CAMERA, "HEADING 045", "HEADING NE"),
    ("B.APP1.9", CAMERA, "ROLL 2L", "ROLL 2"),
    ("B.APP1.10", RADAR, "1.5U", "1.5"),
    ("B.APP1.11", RADAR, "DRIFT 3R", "DRIFT 3E"),
    ("B.APP1.12", RADAR, "240NM", "240KT"),
    ("B.APP1.13", RADAR, "NEAR 4.5", "NEAR 4500m"),
    ("B.APP1.14", RADAR, "LOOKDOWN 40", "LOOKDOWN 100"),
    ("B.APP1.15", RADAR, "SWATH 25", "SWATH 25km"),
    ("B.APP1.16", CAMERA, "FRAME NUMBER 2", "FRAME NUMBER 3"),
    ("B.APP1.16", CAMERA, "FRAME NUMBER 2", "FRAME NUMBER 1"),
    ("B.APP1.16", CAMERA, "FRAME NUMBER 2", "FRAME NUMBER x"),
    ("B.APP1.16", CAMERA, "MAGAZINE 1", "MAGAZINE 2"),
]


@pytest.mark.parametrize(
    ("ident", "sheet", "cut", "put"), BROKEN, ids=[f"{row[0]} {row[2]} {row[3]}".strip() for row in BROKEN]
)
def test_broken(ident: str, sheet: str, cut: str, put: str) -> None:
    """Without the item, or with a code in another form, the paragraph is broken, and the finding names the line."""
    assert cut in sheet
    found = judged(sheet.replace(cut, put), only=f"OS:{ident}")[f"OS:{ident}"]
    assert found.verdict is Verdict.BREACH
    assert found.where is not None or "annotated" in str(found.why)


@pytest.mark.parametrize(
    ("ident", "known", "verdict"),
    [
        ("B.II.2", Known(hides_detail=True), Verdict.BREACH),
        ("B.II.2", Known(), Verdict.CANNOT_TELL),
        ("B.II.3", Known(prints_annotated=False), Verdict.BREACH),
        ("B.II.3", Known(), Verdict.CANNOT_TELL),
        ("B.APP1.3(B)(1)", Known(tilt_deg=5.1), Verdict.BREACH),
        ("B.APP1.3(B)(1)", Known(tilt_deg=5.0), Verdict.OK),
        ("B.APP1.3(B)(1)", Known(), Verdict.CANNOT_TELL),
        ("B.APP1.1(B)", Known(quota_year=2018), Verdict.BREACH),
        ("B.APP1.1(B)", Known(), Verdict.OK),
        ("B.II.2(A)(1)", Known(), Verdict.CANNOT_TELL),
        ("B.II.2(A)(1)", Known(periods=((utc(8, 30), utc(8, 39)),)), Verdict.CANNOT_TELL),
        ("B.II.2(A)(1)", Known(periods=((utc(8, 30), utc(8, 39)),), interval_min=4.0), Verdict.BREACH),
    ],
)
def test_what_only_facts_tell(ident: str, known: Known, verdict: Verdict) -> None:
    """What codes do not show is judged by what is told beside them, and cannot be told without."""
    found = judged(CAMERA, known, only=f"OS:{ident}")[f"OS:{ident}"]
    assert found.verdict is verdict
    assert bool(found.needs) is (verdict is Verdict.CANNOT_TELL)


def test_without_a_category_nothing_is_ruled_out() -> None:
    """Where the sensor is not named nobody can tell which items are due."""
    found = judged(CAMERA.replace("SENSOR OPBP; ", ""))
    for ident in ("OS:B.II.2(A)(1)", "OS:B.II.2(B)", "OS:B.II.2(C)(2)", "OS:B.II.1(E)"):
        assert found[ident].verdict in (Verdict.CANNOT_TELL, Verdict.OK)
    assert found["OS:B.II.2(B)(3)"].verdict is Verdict.CANNOT_TELL


def test_an_infra_red_scanner_may_have_no_focal_length() -> None:
    """Whether it has one cannot be told; told that it has one, it is missing; told that it has none, it is not due."""
    sheet = SCANNER.replace("; FOCAL 50", "")
    verdicts = [judged(sheet, Known(has_lens=told))["OS:B.II.1(E)"].verdict for told in (None, True, False)]
    assert verdicts == [Verdict.CANNOT_TELL, Verdict.BREACH, Verdict.NOT_APPLICABLE]


def test_no_marks_and_no_frames() -> None:
    """A leader alone annotates nothing of the flight."""
    found = judged(CAMERA.splitlines()[0])
    assert found["OS:B.II.2(A)(1)"].verdict is Verdict.BREACH
    assert found["OS:B.II.2(A)(2)"].verdict is Verdict.BREACH
    assert judged(RADAR.splitlines()[0])["OS:B.II.2(C)(2)"].verdict is Verdict.CANNOT_TELL


def test_digital_cameras_have_no_film() -> None:
    """What stands on each frame of film is asked of film only."""
    sheet = CAMERA.replace("OPBP", "OPTD")
    assert judged(sheet)["OS:B.II.2(A)(2)"].verdict is Verdict.NOT_APPLICABLE


def test_existing_practice_in_the_first_phase() -> None:
    """Until the end of 2005 cameras are annotated as practice has it, which gives a right; video is not."""
    sheet = CAMERA.replace("2019-09-12", "2005-09-12").replace("; SCAN 70", "")
    found = judged(sheet, at=dt.date(2005, 9, 12))
    assert found["OS:B.II.2(A)(1)"].verdict is Verdict.NOT_APPLICABLE
    assert found["OS:XVIII.II.4"].verdict is Verdict.OK
    assert found["OS:XVIII.II.4"].effect is not None
    assert found["OS:XVIII.II.4"].effect.modality == "may"
    assert judged(SCANNER, at=dt.date(2005, 9, 12))["OS:XVIII.II.4"].verdict is Verdict.NOT_APPLICABLE
    assert judged(CAMERA)["OS:XVIII.II.4"].verdict is Verdict.NOT_APPLICABLE


def test_plain_values_are_a_right() -> None:
    """Parties may annotate in plain values or agreed codes (B.II.4)."""
    found = judged(CAMERA, only="OS:B.II.4")["OS:B.II.4"]
    effect = found.effect
    assert found.verdict is Verdict.OK
    assert effect is not None
    assert effect.modality == "may"


def test_a_finding_cites_the_letters_of_the_law() -> None:
    """The finding on the sensor description rests on the codes of the law data."""
    found = judged(CAMERA)["OS:B.APP1.2"]
    assert {value.value for value in found.values if value.key == "category_code"} == {"OP", "OF", "TV", "IRLS", "SAR"}
    assert all(value.source.startswith("OS Annex B, Appendix 1") for value in found.values)


def test_findings_stand_in_the_order_of_the_treaty() -> None:
    """Section II comes before Appendix 1, and each paragraph in its place."""
    idents = [finding.provision for finding in judge(scan_sheet(CAMERA), Reading(at=dt.date(2019, 9, 12)), KNOWN)]
    assert idents.index("OS:B.II.1(A)") < idents.index("OS:B.II.2") < idents.index("OS:B.APP1.1")
    assert idents.index("OS:B.APP1.1(A)") < idents.index("OS:B.APP1.1(B)") < idents.index("OS:B.APP1.1(C)")


def test_what_is_no_sheet_is_not_judged() -> None:
    """A line of an unknown kind is refused: what it would have said nobody knows."""
    with pytest.raises(InputError, match="cannot be judged"):
        judge(scan_sheet(CAMERA + "NOTE hello\n"), Reading(at=dt.date(2019, 9, 12)))


def test_the_day_of_the_flight() -> None:
    """The day is that of the first leader that has one."""
    assert day_of(scan_sheet(CAMERA)) == dt.date(2019, 9, 12)
    assert day_of(scan_sheet(CAMERA.replace("DATE 2019-09-12; ", ""))) is None


# ---- facts beside a sheet ----


def test_facts_are_read() -> None:
    """All facts that rules ask for can be told."""
    data = {
        "quota_year": 2019,
        "tilt_deg": 3.0,
        "has_lens": True,
        "interval_min": 5,
        "hides_detail": False,
        "prints_annotated": True,
        "period": [{"from_utc": utc(8, 30), "to_utc": utc(8, 39)}],
    }
    assert read_known(data) == Known(2019, 3.0, True, ((utc(8, 30), utc(8, 39)),), 5.0, False, True)
    assert read_known({}) == Known()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"quota_yaer": 2019}, "quota_year"),
        ({"tilt_deg": "steep"}, "steep"),
        ({"period": [{"from_utc": utc(8, 30), "to_utc": utc(8, 29)}]}, "before"),
        ({"period": [{"from_utc": "08:30", "to_utc": utc(8, 29)}]}, "08:30"),
        ({"period": 3}, "list of tables"),
    ],
)
def test_wrong_facts_are_refused(data: dict[str, object], told: str) -> None:
    """A misspelt or impossible fact is refused."""
    with pytest.raises(InputError) as refused:
        read_known(data)
    assert refused.value.kind == "bad_facts"
    assert told in str(refused.value)
