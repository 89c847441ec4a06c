"""Files of joint planning, read with every fault at once."""

from __future__ import annotations

import contextlib
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.sampling.mix.model import EVERYWHERE, Problem
from skywitness.sampling.mix.read import read_problem

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

PLAIN = """
wanted = 0.9
within_days = 60
sites = 50
affected = 4
[target]
what = "holding"
[[kind]]
id = "flight"
most = 5
cost = 60
sees = 10
"""

REGIONS = PLAIN.replace("sites = 50", "").replace("[target]", "[[region]]\nid = 'n'\nsites = 30\n[target]", 1)
POOL = "[[pool]]\nid = 'q'\nevents = 5\nyear = 12\nmost_share = 0.5\ntaken = { DEU = 2 }\n"
BUILD_UP = "what = 'build-up'\nlasts_days = 30\n"


def read(text: str) -> Problem:
    """Read a file's text."""
    return read_problem(tomllib.loads(text), "mix.toml")


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Change parts of a text that are there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_what_a_pool_cannot_be() -> None:
    """More left and taken than a year has, a rounding that is none, and a quota that is not in the file."""
    text = changed(PLAIN, ("most = 5", "pool = 'q'\nby = 'DEU'"))
    assert places(text) == ["kind[flight].pool"]
    assert places(text + POOL.replace("DEU = 2", "DEU = 8")) == ["pool[q].taken"]
    assert places(text + POOL + "share_rounded = 'nearest'\n") == ["pool[q].share_rounded"]
    assert [one.rounded_up for one in read(text + POOL + "share_rounded = 'up'\n").pools] == [True]


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ("DUE = 2", ["'DUE' makes no observation", "(by) are DEU", "Did you mean DEU?"]),
        ("Germany = 2", ["'Germany' makes no observation", "(by) are DEU"]),
        ("DEU = 2, FRA = 1", ["'FRA' makes no observation"]),
    ],
)
def test_what_a_party_took_is_never_lost(taken: str, words: list[str]) -> None:
    """A Party that is mistyped would have its share afresh: it is refused, with near words."""
    text = changed(PLAIN, ("most = 5", "pool = 'q'\nby = 'DEU'"))
    assert read(text + POOL).pools[0].left_for("DEU") == 4
    with pytest.raises(InputError) as met:
        read(text + POOL.replace("DEU = 2", taken))
    (fault,) = met.value.faults
    assert fault.where == "pool[q].taken"
    assert all(word in str(fault.message) for word in words)


def places(text: str) -> list[str]:
    """Read a file that is wrong, and name the places of its faults."""
    with pytest.raises(InputError) as met:
        read(text)
    assert met.value.kind == "bad_mix"
    assert all(len(str(fault.message)) < 400 for fault in met.value.faults)
    return [fault.where for fault in met.value.faults]


def test_a_plain_file() -> None:
    """What is left out has a plain meaning: perfect recognition, no notice, clear skies, sites afresh."""
    asked = read(PLAIN)
    (one,) = asked.kinds
    assert (asked.sites, asked.affected, asked.placement, asked.wanted) == (50, 4, "random", Fraction(9, 10))
    assert (float(one.recognition), float(one.moved), float(one.notice_days)) == (1.0, 0.0, 0.0)
    assert (one.fresh, one.title) == (True, "flight")
    assert [(sight.region, sight.sites, float(sight.clear)) for sight in one.sees] == [(EVERYWHERE, 10, 1.0)]


@pytest.mark.parametrize("name", ["observation-mix.toml", "observation-build-up.toml"])
def test_the_examples_are_read(name: str) -> None:
    """The examples of the repository are files of this form."""
    assert read((EXAMPLES / name).read_text(encoding="utf-8")).kinds


def test_share_of_one_party() -> None:
    """Half of twelve a year, less two flown before."""
    asked = read((EXAMPLES / "observation-mix.toml").read_text(encoding="utf-8"))
    assert [asked.pools[0].left_for(party) for party in ("DEU", "FRA")] == [4, 6]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (changed(PLAIN, ("wanted = 0.9", "wanted = 1.5")), ["wanted"]),
        (changed(PLAIN, ("wanted = 0.9", "")), ["wanted"]),
        (changed(PLAIN, ("wanted = 0.9", "wanted = nan")), ["wanted"]),
        (changed(PLAIN, ("within_days = 60", "within_days = -1")), ["within_days"]),
        (changed(PLAIN, ("sites = 50", "sites = 0")), ["sites", "affected", "kind[flight].sees"]),
        (changed(PLAIN, ("sites = 50", "sites = 2.5")), ["sites", "affected", "kind[flight].sees"]),
        (changed(PLAIN, ("affected = 4", "affected = 51")), ["affected"]),
        (changed(PLAIN, ("affected = 4", "affected = -4")), ["affected"]),
        (changed(PLAIN, ("affected = 4", "affected = 4\nplacement = 'best'")), ["placement"]),
        (changed(PLAIN, ("affected = 4", "affectd = 4")), ["affected", "affectd"]),
        (changed(PLAIN, ('[target]\nwhat = "holding"', "")), ["target"]),
        (changed(PLAIN, ('what = "holding"', "what = 'tank'")), ["target.what"]),
        (changed(PLAIN, ('what = "holding"', "what = 'holding'\nlasts_days = 4")), ["target.lasts_days"]),
        (changed(PLAIN, ('what = "holding"', BUILD_UP)), ["target.appears_on_day"]),
        (changed(PLAIN, ('what = "holding"', BUILD_UP + "period_days = 0")), ["target.period_days"]),
        (
            changed(PLAIN, ('what = "holding"', BUILD_UP + "appears_on_day = 3\nperiod_days = 9")),
            ["target.appears_on_day"],
        ),
        (changed(PLAIN, ("most = 5", "")), ["kind[flight].most"]),
        (changed(PLAIN, ("most = 5", "most = 1e3")), ["kind[flight].most"]),
        (changed(PLAIN, ("cost = 60", "cost = -60")), ["kind[flight].cost"]),
        (changed(PLAIN, ("cost = 60", "")), ["kind[flight].cost"]),
        (changed(PLAIN, ("sees = 10", "sees = 51")), ["kind[flight].sees"]),
        (changed(PLAIN, ("sees = 10", "")), ["kind[flight].sees"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\nclear = -0.1")), ["kind[flight].clear"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\nrecognition = true")), ["kind[flight].recognition"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\nmoved_after_notic = 0.1")), ["kind[flight].moved_after_notic"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\nrepeat = 'often'")), ["kind[flight].repeat"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\npool = 'q'")), ["kind[flight].pool"]),
        (changed(PLAIN, ("sees = 10", "sees = 10\ngap_days = inf")), ["kind[flight].gap_days"]),
        (changed(PLAIN, ('id = "flight"', "")), ["kind[1].id"]),
        (changed(PLAIN, ('id = "flight"', 'id = "a\\u001b[2J"')), ["kind[a\x1b[2J].id"]),
        (PLAIN + PLAIN[PLAIN.index("[[kind]]") :], ["kind[flight]"]),
        (PLAIN[: PLAIN.index("[[kind]]")], ["kind"]),
        (changed(REGIONS, ("sees = 10", "sees = { s = 3 }")), ["kind[flight].sees.s"]),
        (changed(REGIONS, ("sees = 10", "sees = {}")), ["kind[flight].sees"]),
        (changed(REGIONS, ("sees = 10", "sees = { n = 31 }")), ["kind[flight].sees.n"]),
        (changed(REGIONS, ("sees = 10", "sees = { n = 3 }\nclear = { x = 0.5 }")), ["kind[flight].clear.x"]),
        (changed(REGIONS, ("affected = 4", "affected = { n = 40 }")), ["affected.n"]),
        (changed(REGIONS, ("affected = 4", "affected = { n = 0 }")), ["affected"]),
        (changed(REGIONS, ("affected = 4", "affected = { n = 2 }\nplacement = 'worst'")), ["placement"]),
        (changed(REGIONS, ("affected = 4", "affected = 4\nsites = 3")), ["sites"]),
        (PLAIN + POOL.replace("12", "3"), ["pool[q].year"]),
        (PLAIN + POOL.replace("= 2 }", "= -2 }"), ["pool[q].taken"]),
        (changed(PLAIN + POOL, ("sees = 10", "sees = 10\npool = 'q'")), ["kind[flight].by"]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(text: str, where: list[str]) -> None:
    """Each fault is told with its place; nothing is told that is no fault."""
    assert sorted(places(text)) == sorted(where)


def test_too_many_placements_are_refused() -> None:
    """Hundreds of sites in many regions would be walked for ever."""
    regions = "".join(f"[[region]]\nid = 'r{number}'\nsites = 400\n" for number in range(4))
    text = changed(PLAIN, ("sites = 50", ""), ("affected = 4", "affected = 200")).replace(
        "[target]", regions + "[target]"
    )
    assert places(text) == ["affected"]


def test_all_faults_at_once() -> None:
    """Faults of every table come together."""
    text = changed(
        PLAIN, ("wanted = 0.9", "wanted = 9"), ("what", "whatt"), ("cost = 60", "cost = 'dear'")
    ) + POOL.replace("s = 5", "s = -5")
    found = places(text)
    assert {"wanted", "target.what", "target.whatt", "kind[flight].cost", "pool[q].events"} <= set(found)


VALUES: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
KEYS = [
    "title",
    "wanted",
    "within_days",
    "sites",
    "affected",
    "placement",
    "budget",
    "target",
    "region",
    "pool",
    "kind",
]
KIND_KEYS = ["id", "title", "pool", "by", "most", "cost", "sees", "clear", "recognition", "repeat", "gap_days"]


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), st.dictionaries(st.sampled_from(KIND_KEYS), VALUES))
def test_nothing_but_refusals(top: dict[str, Any], one: dict[str, Any]) -> None:
    """Whatever stands in a file, a problem comes out or a refusal, never anything else."""
    data = {**tomllib.loads(PLAIN), **top}
    if isinstance(data["kind"], list) and data["kind"] and isinstance(data["kind"][0], dict):
        data["kind"] = [{**data["kind"][0], **one}]
    with contextlib.suppress(InputError):
        assert read_problem(data).kinds
