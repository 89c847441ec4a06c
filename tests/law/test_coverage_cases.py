"""How cases are found: a test holds an outcome only when it fails without it (scripts/held_cases.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

TESTS = '''
"""Tests that hold something and tests that hold nothing."""

import pytest
from hypothesis import given, strategies as st

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.law.provisions import provision
import datetime as dt


def finding(ident, verdict, **more):
    return Finding(ident, say("t"), verdict, say("w"), Reading(at=dt.date(2015, 6, 10)), **more)


def test_looks_at_the_verdict():
    assert finding("OS:VI.I.5", Verdict.OK).verdict is Verdict.OK


def test_looks_elsewhere():
    assert finding("OS:VI.I.5", Verdict.BREACH).provision == "OS:VI.I.5"


@pytest.mark.parametrize("verdict", ["ok", "breach"])
def test_of_a_table(verdict):
    made = finding("OS:VI.II.2", Verdict(verdict))
    assert made.verdict == verdict


def test_of_an_effect():
    made = finding("OS:VIII.I.2", Verdict.CANNOT_TELL, effect=Effect("DEU", "may", say("prohibit")))
    assert made.effect is not None and made.effect.who == "DEU"


def test_that_stumbles():
    made = finding("OS:VII.1", Verdict.OK)
    {Verdict.OK: 1}[made.verdict]


def test_of_a_value():
    used = UsedValue("k", "s", 1, "km", None, "OS Annex A, Section III", "text")
    assert finding("OS:VI.II.4(A)", Verdict.BREACH, values=(used,)).verdict == "breach"


def test_that_fails():
    assert finding("OS:VII.2", Verdict.OK).verdict == "breach"


@given(st.integers())
def test_of_a_property(number):
    assert finding("OS:VII.3", Verdict.OK).verdict is Verdict.OK


def test_that_runs_once(runs=[]):
    runs.append(1)
    assert len(runs) == 1 and finding("OS:VI.I.6", Verdict.OK).verdict == "ok"


@provision("OS:B.APP1.5")
def encode(when):
    return when.strftime("%H%M")


@pytest.mark.covers("OS:B.APP1.5", "ok")
def test_that_declares():
    assert encode(dt.datetime(2015, 6, 10, 8, 0)) == "0800"


@pytest.mark.covers("OS:B.APP1.6", "ok")
def test_that_declares_in_vain():
    assert encode(dt.datetime(2015, 6, 10, 8, 0)) == "0800"


@pytest.mark.covers("OS:B.APP1.55", "ok")
def test_that_declares_nothing():
    assert encode(dt.datetime(2015, 6, 10, 8, 0)) == "0800"
'''
HELD = [
    ["OS:A.III", "breach", "test_of_a_value"],
    ["OS:B.APP1.5", "ok", "test_that_declares"],
    ["OS:VI.I.5", "ok", "test_looks_at_the_verdict"],
    ["OS:VI.II.2", "breach", "test_of_a_table[breach]"],
    ["OS:VI.II.2", "ok", "test_of_a_table[ok]"],
    ["OS:VI.II.4(A)", "breach", "test_of_a_value"],
    ["OS:VIII.I.2", "effect", "test_of_an_effect"],
]
RUN = """
import json, sys
sys.path.insert(0, sys.argv[1])
from skywitness.law.coverage import Case
import held_cases
asked = [Case(*one) for one in json.loads(sys.argv[3])] or None
found = held_cases.find([sys.argv[2]], asked and tuple(asked))
held = sorted([*key, case.test.split("::")[1]] for key, case in found.held.items())
print(json.dumps({"held": held, "empty": found.empty, "failed": found.failed, "test": min(found.shown, default="")}))
"""


def find(path: Path, asked: list[list[str]]) -> dict[str, Any]:
    """Run the finder in a process of its own, as it runs pytest."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, str(SCRIPTS), str(path), json.dumps(asked)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(path.parent)},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of small tests."""
    path = tmp_path_factory.mktemp("cases") / "test_small.py"
    path.write_text(TESTS, encoding="utf-8")
    return path


def test_what_is_held(small: Path) -> None:
    """Held is what a test asserts; not what it passes by, stumbles over, fails at, draws at random or runs once."""
    found = find(small, [])
    assert found["held"] == HELD
    assert len(found["failed"]) == 1
    assert len(found["empty"]) == 2
    assert "runs nothing that is tied to OS:B.APP1.6" in str(found["empty"])
    assert "no ok of OS:B.APP1.55" in str(found["empty"])


def test_what_holds_no_longer(small: Path) -> None:
    """Asked about cases on file, the finder holds those again that still hold, and no others."""
    folder = str(find(small, [])["test"]).split("::")[0]
    asked = [
        ["OS:VI.I.5", "ok", f"{folder}::test_looks_at_the_verdict"],
        ["OS:VI.I.5", "breach", f"{folder}::test_looks_elsewhere"],
        ["OS:VI.I.9", "ok", f"{folder}::test_that_was_removed"],
    ]
    assert find(small, asked)["held"] == [["OS:VI.I.5", "ok", "test_looks_at_the_verdict"]]
