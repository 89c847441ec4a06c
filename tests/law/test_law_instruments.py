"""Several instruments beside one another: each with its own Parties, days, provisions and suspensions."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.core.errors import DataError, InputError
from skywitness.law.cited import cited
from skywitness.law.coverage import Case, coverage, read_cases
from skywitness.law.diff import law_diff
from skywitness.law.dossier import dossiers
from skywitness.law.entry import source_of
from skywitness.law.history import history
from skywitness.law.instrument import instruments, load, read_folder
from skywitness.law.numbering import NUMBERINGS, is_identifier, numbering_of, part_of
from skywitness.law.parties import party_status
from skywitness.law.party import Standing
from skywitness.law.provisions import Provision, every_provision, find_provision, provision, provisions, translations
from skywitness.law.provisions import load as load_rows
from skywitness.law.rows import folder_of
from skywitness.law.show import law_show
from skywitness.law.source import source_numbers


def day(iso: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(iso)


def test_every_instrument_has_a_numbering() -> None:
    """What has a folder can have provisions, and is found by its own name."""
    assert {"cfe", "open-skies"} <= set(instruments()) <= set(NUMBERINGS)
    assert [load(name).name for name in instruments()] == list(instruments())


@pytest.mark.parametrize(
    ("ident", "instrument", "part"),
    [
        ("OS:VI.II.4(A)", "open-skies", "VI"),
        ("DEC:16/02", "open-skies", "DEC"),
        ("CFE:IV.3(D)(1)", "cfe", "IV"),
        ("CFE:XXIII", "cfe", "XXIII"),
        ("CFE:INSP.VI.18(A)", "cfe", "INSP"),
        ("CFE:INFO.ANNEX.III.2(A)", "cfe", "INFO"),
        ("CFE:DECL.I.1", "cfe", "DECL"),
        ("INF:IX.5(A)", "inf", "IX"),
        ("INF:IV.2(A)(III)", "inf", "IV"),
        ("INF:MOU.II", "inf", "MOU"),
        ("VD:V.38", "vienna-document", "V"),
        ("VD:NOTIFICATION.LAND", "vienna-document", "NOTIFICATION"),
    ],
)
def test_an_identifier_leads_to_its_instrument(ident: str, instrument: str, part: str) -> None:
    """What stands before the colon names the instrument, what follows the article or protocol."""
    numbering = numbering_of(ident)
    assert numbering is not None
    assert numbering.instrument == instrument
    assert is_identifier(ident)
    assert part_of(ident) == part


@pytest.mark.parametrize(
    "word",
    [
        "",
        "CFE:",
        "CFE:IV.",
        "CFE:iv.1",
        "CFE:SPACE.1",
        "CFE:IV.1(a)",
        "OS:INSP-1",
        "XYZ:I.1",
        "IV.1",
        "VD:",
        "VD:a",
        "INF:IX.5(A)(b)",
    ],
)
def test_what_is_no_identifier(word: str) -> None:
    """Small letters, unknown protocols and unknown instruments are no identifiers."""
    assert not is_identifier(word)


def test_every_list_of_provisions_names_every_file() -> None:
    """A file beside the listed ones would be read by nobody, and a listed one that is not there breaks the rest."""
    for name in instruments():
        there = {path.name for path in (folder_of(name) / "provisions").glob("*.toml")}
        listed = load(name).heading.provisions
        assert set(listed) == there
        assert len(set(listed)) == len(listed)


def test_provisions_of_instruments_do_not_mix() -> None:
    """Each instrument has the rows with its own letters, and all rows together are theirs."""
    for name, numbering in NUMBERINGS.items():
        assert {row.id.partition(":")[0] for row in provisions(instrument=name)} <= set(numbering.prefixes)
    together = every_provision()
    assert len(together) == sum(len(provisions(instrument=name)) for name in NUMBERINGS)
    assert {row.id for row in provisions()} <= {row.id for row in together}


def test_titles_are_unique_over_all_instruments() -> None:
    """Titles are keys of the catalogue: the same English title never stands for two translations."""
    said: dict[str, str] = {}
    for name in NUMBERINGS:
        for english, vietnamese in translations(name).items():
            assert said.setdefault(english, vietnamese) == vietnamese


VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def test_rows_of_every_instrument_are_whole() -> None:
    """Titles are one line and in both languages; who is bound is said; reasons are given in both languages."""
    for row in every_provision():
        assert len(row.title.template) <= 110, row.id
        assert row.title_vi != row.title.template, row.id
        assert VIETNAMESE.search(row.title_vi), row.id
        assert row.kind == "value" or row.modality == "none" or row.bearer, row.id
        assert row.kind != "people" or VIETNAMESE.search(row.why_vi), row.id


def test_titles_of_the_cfe_treaty_are_our_own(shared: Path) -> None:
    """No run of seven words of a title or reason stands in the text."""

    def words(text: str) -> list[str]:
        return re.findall(r"[a-z0-9]+", text.lower())

    treaty = f" {' '.join(words((shared / 'law' / 'cfe-treaty.txt').read_text('utf-8')))} "
    said = [(row.id, words(text)) for row in provisions(instrument="cfe") for text in _texts(row)]
    runs = [(ident, " ".join(run[at : at + 7])) for ident, run in said for at in range(len(run) - 6)]
    assert not [(ident, run) for ident, run in runs if f" {run} " in treaty]


def _texts(row: Provision) -> list[str]:
    return [row.title.template, row.why.template if row.why else ""]


ROW = """
[[provision]]
id = "CFE:IV.1"
title = "A title"
title_vi = "Một tiêu đề"
kind = "rule"
modality = "duty"
bearer = "inspecting"
"""


def test_a_row_tells_how_well_its_text_is_known(tmp_path: Path) -> None:
    """Read from the text unless the row says that it is reported or remembered; another word is refused."""
    path = tmp_path / "rows.toml"
    path.write_text(ROW, encoding="utf-8")
    assert load_rows(path, instrument="cfe")["CFE:IV.1"].to_json()["status"] == "text"
    path.write_text(ROW + 'status = "recollection"\n', encoding="utf-8")
    assert load_rows(path, instrument="cfe")["CFE:IV.1"].status == "recollection"
    path.write_text(ROW + 'status = "hearsay"\n', encoding="utf-8")
    with pytest.raises(DataError, match="none of"):
        load_rows(path, instrument="cfe")


def test_a_row_of_another_instrument_is_refused(tmp_path: Path) -> None:
    """A row of the CFE Treaty among those of the INF Treaty is a mistake, told with an example of the right form."""
    path = tmp_path / "rows.toml"
    path.write_text(ROW, encoding="utf-8")
    with pytest.raises(DataError, match="INF:IX"):
        load_rows(path, instrument="inf")


@pytest.mark.parametrize("typed", ["os:vi.ii.4(a)", "OS:VI.II.4(A)", "vi.ii.4(a)"])
def test_an_instrument_may_be_left_out(typed: str) -> None:
    """Without letters before a colon a provision is one of the Treaty on Open Skies."""
    assert find_provision(typed).id == "OS:VI.II.4(A)"


@pytest.mark.parametrize("typed", ["cfe:zz.1", "INF:ZZ.1", "vd:zz", "cfe:", "xyz:i.1"])
def test_an_unknown_provision_of_any_instrument_is_an_input_error(typed: str) -> None:
    """A person who asks for what is not there is told so in one sentence."""
    with pytest.raises(InputError) as caught:
        find_provision(typed)
    assert caught.value.kind == "unknown_provision"


@pytest.mark.parametrize("ident", ["CFE:XXIV.1", "XYZ:I.1", "IV.1"])
def test_a_rule_of_no_provision_is_a_bug(ident: str) -> None:
    """The program itself may only name provisions that have rows."""
    with pytest.raises(DataError):
        provision(ident)


@pytest.mark.parametrize(
    ("idents", "source"),
    [
        (["CFE:IV.1(A)"], "CFE Art. IV.1(A)"),
        (["CFE:INSP.II.12", "CFE:XIV.1"], "CFE Protocol INSP.II.12, Art. XIV.1"),
        (["OS:A.II.1"], "OS Annex A.II.1"),
        ([], ""),
    ],
)
def test_a_source_says_where_provisions_stand(idents: list[str], source: str) -> None:
    """Articles, annexes and protocols are named by the letters of their instrument."""
    assert source_of(idents) == source


def test_a_source_of_no_instrument_names_no_provision() -> None:
    """Words of practice, and letters that merely look alike, lead nowhere."""
    assert [cited(words) for words in ("practice S9", "cfe Art. IV.1", "XYZ Art. I.1", "source C4", "")] == [()] * 5


def test_numbered_sources_are_read_where_they_are_announced() -> None:
    """A number counts behind practice, certifications or source, and nowhere else."""
    assert source_numbers("CFE Art. II.1(B); source C4, C11") == ("C4", "C11")
    assert source_numbers("practice S13; certifications S77, S23") == ("S13", "S77", "S23")
    assert source_numbers("the C4 of the A320") == ()


def test_cases_are_written_beside_their_instrument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case of each instrument goes to the file of that instrument; where nothing is held no file stays."""
    script = load_program("scripts/held_cases.py")
    paths = {name: tmp_path / f"{name}.toml" for name in NUMBERINGS}
    monkeypatch.setattr(script, "cases_of", paths.__getitem__)
    there = [name for name in instruments() if provisions(instrument=name)]
    cases = [Case(provisions(instrument=name)[0].id, "ok", f"tests/{name}.py::test") for name in there]
    paths["cfe"].write_text("[[case]]\n", encoding="utf-8")
    script.write(reversed(cases))
    assert {path.stem for path in tmp_path.iterdir()} == set(there)
    for name, case in zip(there, cases, strict=True):
        assert read_cases(paths[name], name) == (case,)
    script.write(())
    assert not list(tmp_path.iterdir())


def test_cases_of_another_instrument_are_refused(tmp_path: Path) -> None:
    """A file of cases speaks of the provisions of its own instrument only."""
    path = tmp_path / "cases.toml"
    path.write_text('[[case]]\nprovision = "OS:VI.II.4(A)"\noutcome = "ok"\ntest = "t"\n', encoding="utf-8")
    assert read_cases(path)
    with pytest.raises(DataError, match="no provision"):
        read_cases(path, "cfe")


def test_an_instrument_without_a_file_of_cases_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is implemented where no test was ever found to hold anything, and nothing breaks either."""
    monkeypatch.setattr("skywitness.law.coverage.cases_of", lambda _: tmp_path / "cases.toml")
    monkeypatch.setattr("skywitness.law.coverage._own_cases", lambda name: read_cases(instrument=name))
    assert read_cases(instrument="vienna-document") == ()
    found = coverage(provisions(part="VII"), instrument="vienna-document")
    assert (len(found.implemented), len(found.rows)) == (0, 3)
    assert len(found.missing) + len(found.people) == 3


def test_the_dossiers_of_an_instrument_are_those_of_its_rows() -> None:
    """Nothing of Open Skies is told of another instrument."""
    for name in instruments():
        found = dossiers(load(name), {})
        assert [one.provision for one in found] == list(provisions(instrument=name))
        assert name == "open-skies" or not any(one.places or one.clauses for one in found)


def test_a_treaty_that_ended_has_no_parties(tmp_path: Path) -> None:
    """From its last day nobody is a Party any more, and whoever was one is told so; who withdrew before stays so."""
    folder = tmp_path / "cfe"
    shutil.copytree(folder_of("cfe"), folder)
    over = '\n[ended]\non = 2030-01-01\nknown = 2029-07-01\nsource = "source C4"\nstatus = "reported"\n'
    heading = folder / "instrument.toml"
    heading.write_text(heading.read_text(encoding="utf-8") + over, encoding="utf-8")
    law = read_folder(folder)
    before, after = (law_show(law, day(at)).to_json() for at in ("2029-12-31", "2030-01-01"))
    assert (before["in_force"], before["counts"]["party"], before["ended"]) == (True, 29, "2030-01-01")
    assert (after["in_force"], after["counts"]["party"], after["counts"]["ended"]) == (False, 0, 29)
    assert party_status(law, "RUS", day("2030-01-01")).status.value == "withdrawn"
    germany = party_status(law, "DEU", day("2030-01-01"))
    assert (germany.until, germany.source) == (day("2030-01-01"), "source C4")
    assert law_show(law, day("2031-01-01"), day("2029-06-30")).count(Standing.PARTY) == 29
    found = law_diff(law, day("2029-01-01"), day("2031-01-01"))
    assert [side.value for side in found.of("treaty")[0].sides] == ["in force", "ended"]
    assert len(found.of("parties")) == 29
    left = [event.code for event in history(law, day("2029-01-01"), day("2031-01-01")).events]
    assert len(left) == 29
    assert "RUS" not in left
