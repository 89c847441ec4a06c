"""Law data that are wrong are refused, with every fault and its place.

Each file in ``broken/`` breaks one rule (the last one several); its first line lists what the refusal must say.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import skywitness.law
from skywitness.core.errors import DataError, Faults
from skywitness.law.entry import read_table
from skywitness.law.instrument import read_folder
from skywitness.law.rows import read_tables, read_toml, refuse_if_any

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))
OPEN_SKIES = Path(skywitness.law.__file__).parent / "open_skies"

Mutate = Callable[[str, str, str], Path]


def read_or_refuse(path: Path) -> None:
    """Read one file of values as the loader does."""
    faults = Faults()
    read_table(read_toml(path), faults)
    refuse_if_any(faults, path)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_the_right_words(path: Path) -> None:
    """The refusal names the file, the entry, the field and what was expected."""
    head = path.read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("# expect: ")
    with pytest.raises(DataError) as refused:
        read_or_refuse(path)
    told = str(refused.value)
    assert path.name in told
    for expected in head.removeprefix("# expect: ").split("; "):
        assert expected in told


def test_there_is_a_broken_file_for_every_rule() -> None:
    """The folder is not empty by accident."""
    assert len(BROKEN) >= 43


@pytest.fixture
def mutated(tmp_path: Path) -> Mutate:
    """Copy the real folder and change one place of one file."""

    def change(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "open_skies"
        shutil.copytree(OPEN_SKIES, folder)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("parties.toml", 'code = "FIN"', 'code = "FI"', "not three capital letters"),
        ("parties.toml", 'code = "FIN"', 'code = "SWE"', "stands 2 times"),
        ("parties.toml", 'kind = "acceded"', 'kind = "acceeded"', "Did you mean acceded"),
        ("parties.toml", "on = 2020-11-22", "on = 2020-05-21", "notice comes after withdrawn"),
        ("parties.toml", 'what = "notice"', 'what = "applied"', "a withdrawal needs its notice"),
        ("parties.toml", 'what = "deposited"', 'what = "signed"', "given twice"),
        ("parties.toml", 'what = "deposited"', 'what = "ratified"', "'ratified' is none of"),
        ("parties.toml", "exists_from = 1993-01-01", "exists_from = 1993-01-01\ncapital = 'x'", "unknown field"),
        ("parties.toml", 'successors = ["CZE", "SVK"]', 'successors = ["CZE", "SLO"]', "'SLO' is no State"),
        ("groups.toml", 'members = ["BLR", "RUS"]', 'members = ["BLR"]', "at least two members"),
        ("groups.toml", 'members = ["BLR", "RUS"]', 'members = ["BLR", "URS"]', "'URS' is no State"),
        ("groups.toml", "to = 2021-12-18", "to = 2001-12-18", "not before to"),
        ("groups.toml", 'code = "BENELUX"', 'code = "BLR-RUS"', "stands 2 times"),
        ("groups.toml", 'kind = "common_quota"', 'kind = "union"', "'union' is none of"),
        ("passive_quota.toml", 'subject = "DEU"', 'subject = "GER"', "'GER' is no State or group"),
        ("active_quota.toml", 'subject = "GBR>UKR"', 'subject = "GBR>UKA"', "'UKA' is no State or group"),
        ("active_quota.toml", 'subject = "GBR>UKR"', 'subject = "GBR-UKR"', "one over another"),
        ("maximum_flight_distance.toml", "practice S42", "practice S420", "source S420 is not in sources.toml"),
        ("sources.toml", 'number = "S2"', 'number = "S3"', "stands 2 times"),
        ("instrument.toml", 'depositaries = ["CAN"', 'depositaries = ["CDN"', "'CDN' is no State"),
        ("instrument.toml", "signed = 1992-03-24", "", "missing"),
        ("instrument.toml", '"planning.toml"', '"planing.toml"', "cannot be read"),
        ("instrument.toml", "known = 2001-11-02", "knwon = 2001-11-02", "known"),
        ("planning.toml", 'anchor = "completion"', 'anchor = "completed"', "Did you mean completion"),
        ("treaty.toml", '"English", "French"', '"Englisch", "French"', "Did you mean English"),
        ("distribution.toml", 'value = "11-01"', 'value = "11-31"', "is not a day of the year"),
        ("annotation.toml", 'subject = "tape-digital"', 'subject = "Tape digital"', "a name of small letters"),
        ("dates.toml", "computed = true", "computd = true", "Did you mean computed"),
        ("passive_quota.toml", "value = ", "value = -", "is not a number, zero or more"),
        ("passive_quota.toml", "value = ", "value = nan # ", "is not a number, zero or more"),
        ("passive_quota.toml", "value = ", "value = inf # ", "is not a number, zero or more"),
        ("passive_quota.toml", "value = ", f"value = {'9' * 400} # ", "is not a number, zero or more"),
    ],
)
def test_files_are_checked_against_one_another(mutated: Mutate, name: str, old: str, new: str, told: str) -> None:
    """One wrong word anywhere in a folder stops it from being loaded."""
    folder = mutated(name, old, new)
    with pytest.raises(DataError) as refused:
        read_folder(folder)
    assert told in str(refused.value)


def test_the_folder_as_it_stands_can_be_read(mutated: Mutate) -> None:
    """The copies above fail by the change made to them and by nothing else."""
    folder = mutated("instrument.toml", "signed = 1992-03-24", "signed = 1992-03-24")
    assert read_folder(folder).name == "open-skies"


@pytest.mark.parametrize("content", ["a = " + "[" * 5_000 + "]" * 5_000, "a = " + "9" * 6_000, "a = \ud800", "\0"])
@pytest.mark.parametrize("name", ["instrument.toml", "passive_quota.toml"])
def test_a_file_no_parser_can_read_is_named(mutated: Mutate, name: str, content: str) -> None:
    """Nesting and numbers without end are damage like any other: one sentence with the name of the file."""
    folder = mutated("instrument.toml", "signed = 1992-03-24", "signed = 1992-03-24")
    (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(DataError) as refused:
        read_folder(folder)
    assert str(refused.value).startswith(f"{name}: This data file cannot be read")


def test_an_empty_file_is_damage(tmp_path: Path) -> None:
    """A file cut off to nothing must not pass for one that says that there is nothing."""
    (tmp_path / "sites.toml").write_text("", encoding="utf-8")
    faults = Faults()
    read_tables(tmp_path / "sites.toml", ("site", "left_open"), faults)
    assert [fault.where for fault in faults] == ["file"]
