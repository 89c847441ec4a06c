"""Skies that somebody tells in a table: read, matched to sites, refused with every fault at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from skywitness.core.errors import InputError
from skywitness.route.clouds.asked import Clouds
from skywitness.route.clouds.skies import to_judge_by, to_plan_for
from skywitness.route.clouds.told_file import MOST_MEMBERS, read_told, told_from_text
from skywitness.route.files.sites_file import read_sites
from skywitness.route.model import Site

TVER, OREL, KAZAN = Site("Tver", 35.9, 56.9, 2.0), Site("Orel", 36.1, 53.0, 1.0, 0.5), Site("Kazan", 49.1, 55.8, 4.0)
SITES = (TVER, OREL, KAZAN)


def test_a_table_of_members() -> None:
    """Rows are matched by name, weights hold, a missing chance is the mean of the members, a given one stays."""
    text = "name,a,b,c\nOrel,1,0,0\nTver,0,1,1\nweight,2,1,1\nOmsk,1,1,1\n"
    read = told_from_text(text, SITES)
    assert [site.p_clear for site in read.sites] == [0.5, 0.5, None]
    skies = to_judge_by(read.sites, Clouds(told=read.told), 1)
    assert skies.weight.tolist() == [0.5, 0.25, 0.25]
    assert skies.clear.tolist() == [[0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 0.0, 1.0]]
    assert to_plan_for(read.sites, Clouds(told=read.told), 1).clear.tolist() == skies.clear.tolist()
    told = [str(warning) for warning in read.warnings]
    assert any("Omsk" in one for one in told)
    assert any("Kazan" in one for one in told)
    assert not any("contradict" in one for one in told)


def test_figures_of_told_skies_by_hand() -> None:
    """Mean and quantile are those of the members, weighed."""
    read = told_from_text("site;m1;m2\nTver;0,5;1\nKazan;0;1\nweights;3;1\n", SITES)
    skies = to_judge_by(read.sites, Clouds(told=read.told), 1)
    of = skies.figures(np.array([2.0, 0.0, 4.0]), 0.5)
    assert of.mean == pytest.approx(0.75 * 1.0 + 0.25 * 6.0)
    assert of.quantile == 1.0
    assert of.skies == 2


def test_a_radar_sees_through_clouds() -> None:
    """A site that asks for radar alone counts in full whatever the sky; one that a camera may show does not."""
    radar = Site("Tver", 35.9, 56.9, 2.0, 0.25, sensors=("sar",))
    either = Site("Orel", 36.1, 53.0, 2.0, 0.25, sensors=("optical", "sar"))
    assert (radar.expected_value, either.expected_value) == (2.0, 0.5)
    read = told_from_text("name,a,b\nTver,0,0\nOrel,0,0\n", (radar, either))
    assert to_judge_by(read.sites, Clouds(told=read.told), 1).clear.tolist() == [[1.0, 0.0], [1.0, 0.0]]
    drawn = to_judge_by((radar, either), Clouds(), 1).clear
    assert drawn[:, 0].all()
    assert not drawn[:, 1].all()


def test_a_contradiction_is_said() -> None:
    """A chance of the sites file that is far from the mean of the skies is named, with both numbers."""
    read = told_from_text("name,a,b\nOrel,1,1\n", SITES)
    assert read.sites[1].p_clear == 0.5
    assert any("Orel (0.50, 1.00)" in str(warning) for warning in read.warnings)


def test_every_fault_at_once(tmp_path: Path) -> None:
    """All faults are told with their lines; a site that stands twice, numbers out of range, a short row, no weight."""
    path = tmp_path / "skies.csv"
    path.write_text("name,a,b\nTver,0,2\nTver,1,1\nOrel,x,\nKazan,1\n,1,1\nweights,-1,0\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_told(path, SITES)
    assert refusal.value.kind == "bad_scenarios"
    told = [f"{fault.where}: {fault.message}" for fault in refusal.value.faults]
    for words in (
        "line 2: member 2: '2' is not from 0 to 1",
        "line 3: 'Tver' stands twice",
        "line 4: member 1: expected a number",
        "line 4: member 2: is empty",
        "line 5: numbers: 1; members named in the first row: 2",
        "line 6: names no site",
        "line 7: member 1: '-1' is no weight",
        "line 7: no member weighs anything",
    ):
        assert any(one.startswith(words) for one in told), (words, told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,a\nTver,1\n", "two members or more"),
        ("name,a,b\n", "two members or more"),
        ("name,a,b\nOmsk,1,1\n", "no row has the name of a site"),
        ('name,a,b\n"Tver,1,1\n', "Quotes"),
        ("name;a;b\nTver;0,5;1\nOrel;0.5;1\n", "use one"),
        ("name" + ",m" * (MOST_MEMBERS + 1) + "\nTver" + ",1" * (MOST_MEMBERS + 1) + "\n", "at most"),
    ],
)
def test_what_is_no_table_of_skies(text: str, words: str) -> None:
    """A table that cannot be one is refused in one sentence that says what was expected."""
    with pytest.raises(InputError) as refusal:
        told_from_text(text, SITES)
    said = " ".join([str(refusal.value.message), *(str(fault.message) for fault in refusal.value.faults)])
    assert words in said


def test_the_example_goes_with_its_sites() -> None:
    """The example of skies is read with the example of sites, without a word."""
    examples = Path(__file__).parents[3] / "examples"
    sites = read_sites(examples / "sites-finland.csv").sites
    read = read_told(examples / "skies-finland.csv", sites)
    assert read.warnings == ()
    assert read.told.clear.shape == (20, len(sites))
