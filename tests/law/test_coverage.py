"""The public scoreboard: what counts as implemented, and that the cases it counts are held by the tests today."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from skywitness.core.errors import DataError
from skywitness.law.cited import cited
from skywitness.law.coverage import Case, Coverage, coverage, read_cases
from skywitness.law.entry import source_of
from skywitness.law.provisions import KINDS, provisions

ROOT = Path(__file__).resolve().parents[2]


def case(provision: str, outcome: str, test: str = "tests/test_x.py::test_y") -> str:
    """Write a case as its file has it."""
    return f'[[case]]\nprovision = "{provision}"\noutcome = "{outcome}"\ntest = "{test}"\n'


def covered(tmp_path: Path, *cases: tuple[str, str]) -> Coverage:
    """Hold all provisions against these cases."""
    path = tmp_path / "cases.toml"
    path.write_text("".join(case(*one) for one in cases), encoding="utf-8")
    return coverage(path=path)


@pytest.mark.parametrize(
    ("outcomes", "counts"),
    [
        (("ok", "breach"), True),
        (("ok", "effect"), True),
        (("ok", "breach", "effect"), True),
        (("ok",), False),
        (("breach",), False),
        (("effect", "breach"), False),
        ((), False),
    ],
)
def test_both_sides_are_needed(tmp_path: Path, outcomes: tuple[str, ...], counts: bool) -> None:
    """A provision is implemented with an ok case and a breach or an effect; one side alone is missing work."""
    found = covered(tmp_path, ("OS:VI.I.8", "ok"), *(("OS:VI.I.5", outcome) for outcome in outcomes))
    assert ("OS:VI.I.5" in {row.id for row in found.implemented}) is counts
    assert ("OS:VI.I.5" in {row.id for row in found.missing}) is not counts


@pytest.mark.parametrize(
    ("ok", "breach", "on_paper"),
    [
        ("tests/mission/documents/test_a.py::test_b", "tests/mission/documents/test_a.py::test_c", True),
        ("tests/mission/documents/test_a.py::test_b", "tests/route/rules/test_a.py::test_c", False),
        ("tests/mission/test_a.py::test_b", "tests/mission/test_a.py::test_c", False),
    ],
)
def test_what_documents_alone_hold_is_counted_by_itself(ok: str, breach: str, on_paper: bool) -> None:
    """A provision that only the form of a document holds is implemented, and told apart from what is judged."""
    row = next(one for one in provisions() if one.id == "OS:VI.I.5")
    held = {"ok": Case(row.id, "ok", ok), "breach": Case(row.id, "breach", breach)}
    found = Coverage((row,), {row.id: held})
    assert found.implemented == (row,)
    assert found.on_paper == ((row,) if on_paper else ())
    assert found.to_json()["on_paper"] == [one.id for one in found.on_paper]


def test_what_only_people_can_check_is_neither_done_nor_missing(tmp_path: Path) -> None:
    """A row for people is listed with its reason, whatever tests say of it."""
    found = covered(tmp_path, ("OS:IV.7", "ok"), ("OS:IV.7", "breach"))
    for rows in (found.implemented, found.missing):
        assert "OS:IV.7" not in {row.id for row in rows}
    reasons = {row["id"]: row["why"] for row in found.to_json()["people"]}
    assert reasons["OS:IV.7"]
    assert set(reasons) == {row.id for row in provisions("people")}


def test_the_numbers_add_up() -> None:
    """Implemented, missing and people are all there is, in whole and in each article and annex."""
    found = coverage()
    for one in (found, *found.parts.values()):
        assert len(one.implemented) + len(one.missing) + len(one.people) == len(one.rows)
        assert sum(one.by_kind().values()) == len(one.rows)
    assert sum(len(part.rows) for part in found.parts.values()) == len(found.rows) == len(provisions())


def test_the_document() -> None:
    """The interface has total, counts by kind, a count of what is implemented, what is missing, what is for people."""
    written = json.loads(json.dumps(coverage().to_json()))
    assert written["total"] == len(provisions())
    assert list(written["by_kind"]) == list(KINDS)
    assert written["implemented"] == written["total"] - len(written["missing"]) - len(written["people"])
    assert written["implemented"] == len(written["cases"]) > 60
    assert all(set(row) == {"id", "why"} and row["why"] for row in written["people"])
    assert set(written["cases"]["OS:VI.I.5"]) >= {"ok", "breach"}


def test_every_case_names_a_test_of_ours() -> None:
    """Each case names a test of a file that is here."""
    for one in read_cases():
        path, _, name = one.test.partition("::")
        assert name.startswith("test_")
        assert f"def {name.split('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8"), one


@pytest.mark.slow
def test_the_cases_hold_today() -> None:
    """Every test named in cases.toml still fails when its outcome is taken away (scripts/held_cases.py renews them)."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "held_cases.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (case("OS:VI.I.55", "ok"), "no provision"),
        (case("OS:VI.I.5", "cannot_tell"), "none of"),
        (case("OS:VI.I.5", "ok") + case("OS:VI.I.5", "ok"), "stands 2 times"),
        (case("OS:VI.I.5", "ok") + "claimed = true\n", "unknown field"),
        ("[[cases]]\n", "unknown table"),
        ('[[case]]\nprovision = "OS:VI.I.5"\noutcome = "ok"\n', "test: missing"),
    ],
)
def test_a_broken_file_of_cases_is_told_its_faults(tmp_path: Path, text: str, words: str) -> None:
    """A case of no provision, of another outcome, told twice or with more in it is refused."""
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_cases(path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("source", "idents"),
    [
        ("OS Art. IV.2(A)", ["OS:IV.2(A)"]),
        ("OS Art. VI.II.6, Art. VIII.I.5", ["OS:VI.II.6", "OS:VIII.I.5"]),
        ("OS Annex A, Section II.1; practice S18", ["OS:A.II.1"]),
        ("OS Annex A, Section I", ["OS:A.I.1"]),
        ("OS Annex A, Section III (Faroe Islands); the airfield by practice S60", ["OS:A.III"]),
        ("OS Annex A.II.1, A.II.2; Art. XVIII.II.6", ["OS:A.II.1", "OS:A.II.2", "OS:XVIII.II.6"]),
        ("OS Annex E.5(B)", ["OS:E.5(B)"]),
        ("OS Annex E, Appendix 1, Section II, Poland", ["OS:E.APP1.II"]),
        ("OS Annex I.1(A)", ["OS:ANNEX-I.1(A)"]),
        ("OS Art. I.1", ["OS:I.1"]),
        ("practice S49, S50", []),
        ("press: tass.com/russia/734206", []),
        ("OS Art. VI.IX.3", []),
    ],
)
def test_a_source_names_its_provisions(source: str, idents: list[str]) -> None:
    """What a value of the law cites is the row of that provision; a report of practice cites none."""
    assert [row.id for row in cited(source)] == idents


def test_every_provision_cited_as_a_source_is_found_again() -> None:
    """The words made of a provision, of an appendix too, name exactly that row and no other."""
    of_treaty = [row.id for row in provisions() if row.id.startswith("OS:")]
    assert {ident: [row.id for row in cited(source_of([ident]))] for ident in of_treaty} == {
        ident: [ident] for ident in of_treaty
    }
    pair = ["OS:B.APP1.2(A)", "OS:VI.II.6"]
    assert [row.id for row in cited(source_of(pair))] == pair
