"""Find out which outcomes of which provisions the tests hold, for ``skywitness law coverage``.

    python scripts/held_cases.py            # runs the tests that judge, writes cases.toml of every instrument (minutes)
    python scripts/held_cases.py --check    # runs only the tests named there and says which cases hold no longer

The cases of each instrument stand in its folder: a finding on ``CFE:IV.1`` is one of ``law/cfe/cases.toml``.

A test holds an outcome of a provision when it fails without it.  Every test that judges is run once to see which
findings it makes.  Then it is run again with one outcome of one provision turned round: *ok* becomes a breach, a breach
becomes *ok*, an effect is left out.  A test that still passes looked at something else and holds nothing.  A value of
the law is held by findings that rest on it, told by their sources.

What is not judged in findings, such as the codes of a document, can be declared at a test::

    @pytest.mark.covers("OS:B.APP1.5", "breach")

and counts only if that test passes and runs a function tied to the provision with ``@provision``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest

from skywitness.core.finding import Finding, Verdict
from skywitness.law.cited import cited
from skywitness.law.coverage import OUTCOMES, Case, cases_of, read_cases
from skywitness.law.instrument import instruments
from skywitness.law.provisions import every_provision, implemented, provisions

ROOT: Final = Path(__file__).resolve().parent.parent
MARK: Final = "covers"
ROUNDS: Final = 16
"""So many tests are tried for one outcome, those first that make the fewest findings."""

Key = tuple[str, str]
"""A provision and an outcome."""


def keys_of(finding: Finding) -> Iterator[Key]:
    """Tell which outcomes a finding shows: of its own provision, and of the values of the law it rests on."""
    values = (row.id for used in finding.values for row in cited(used.source) if row.kind == "value")
    for ident in (finding.provision, *values):
        if finding.verdict in (Verdict.OK, Verdict.BREACH):
            yield ident, finding.verdict.value
        if finding.effect is not None:
            yield ident, "effect"


def turn_round(finding: Finding, outcome: str) -> None:
    """Take an outcome away from a finding."""
    if outcome == "effect":
        object.__setattr__(finding, "effect", None)
    else:
        object.__setattr__(finding, "verdict", Verdict.BREACH if outcome == "ok" else Verdict.OK)


@dataclass(slots=True)
class Watch:
    """Sees every finding that is made.  ``taken``: the outcome that is taken away from them, if any."""

    seen: set[Key] = field(default_factory=set)
    taken: Key | None = None

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Look at findings where they are made."""
        make: Callable[..., None] = Finding.__init__

        def made(finding: Finding, *arguments: Any, **named: Any) -> None:
            make(finding, *arguments, **named)
            keys = set(keys_of(finding))
            self.seen |= keys
            if self.taken in keys:
                turn_round(finding, self.taken[1])

        patch.setattr(Finding, "__init__", made)


def runs_again(item: pytest.Function, watch: Watch, taken: Key | None) -> bool:
    """Run the body of a test once more without an outcome; tell whether it still passes.

    Only an assertion that fails counts against it: an accident on the way shows nothing about what the test asserts.
    """
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    watch.taken = taken
    try:
        item.obj(**arguments)
    except (AssertionError, pytest.fail.Exception):
        return False
    except Exception:  # noqa: BLE001
        return True
    finally:
        watch.taken = None
    return True


@dataclass(slots=True)
class Tied:
    """Notes which functions run, by their full names, so that a declared case is seen to run what it declares."""

    names: set[str] = field(default_factory=set)

    def __enter__(self) -> Tied:
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            self.names.add(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}")


@dataclass(slots=True, eq=False)
class Finder:
    """The pytest plugin: runs all tests once, then those that may hold an outcome without it.

    ``asked``: with ``--check`` the cases to look at again; else ``None``.  ``before``: the tests on file.  ``trying``:
    after the first run, what each test may hold.
    """

    asked: tuple[Case, ...] | None = None
    before: dict[Key, str] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    shown: dict[str, frozenset[Key]] = field(default_factory=dict)
    trying: dict[str, set[Key]] | None = None
    held: dict[Key, Case] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Name the mark, as tests/conftest.py does."""
        config.addinivalue_line("markers", f"{MARK}(provision, outcome): holds an outcome that no finding shows")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what can hold a case: tables, no properties, whose examples differ from run to run; nothing slow."""
        named = None if self.asked is None else {case.test for case in self.asked}
        items[:] = [
            item
            for item in items
            if isinstance(item, pytest.Function)
            and not getattr(item.obj, "is_hypothesis_test", False)
            and not item.get_closest_marker("slow")
            and (named is None or item.nodeid in named)
        ]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything once, then try candidate after candidate for each outcome."""
        items = {item.nodeid: item for item in session.items if isinstance(item, pytest.Function)}
        self._run(list(items.values()))
        for number in range(ROUNDS):
            self.trying = self._round(number)
            self._run([items[test] for test in items if test in self.trying])
        return True

    def _run(self, items: Sequence[pytest.Function]) -> None:
        for number, item in enumerate(items, 1):
            following = items[number] if number < len(items) else None
            item._initrequest()  # fixtures are made anew: an item may run more than once
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def _round(self, number: int) -> dict[str, set[Key]]:
        """Choose the next test to try for each outcome that no test holds yet."""
        chosen: dict[str, set[Key]] = {}
        for key, tests in self._candidates().items():
            if key not in self.held and number < len(tests):
                chosen.setdefault(tests[number], set()).add(key)
        return chosen

    def _candidates(self) -> dict[Key, list[str]]:
        """List the tests that show an outcome: first the one on file, then those that show the fewest."""
        if self.asked is not None:
            return {(case.provision, case.outcome): [case.test] for case in self.asked}
        found: dict[Key, list[str]] = {}
        for test in sorted(self.shown, key=lambda test: (len(self.shown[test]), test)):
            for key in self.shown[test]:
                before = self.before.get(key) == test
                tests = found.setdefault(key, [])
                tests.insert(0 if before else len(tests), test)
        return found

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
        """Look at a test while it runs, and again without what it may hold."""
        declared = [mark.args for mark in pyfuncitem.iter_markers(MARK)]
        self.watch.seen.clear()
        if self.trying is not None:
            result = yield
            self._try(pyfuncitem, self.trying[pyfuncitem.nodeid] & self.watch.seen)
            return result
        if declared:
            with Tied() as tied:
                result = yield
            self._declare(pyfuncitem.nodeid, declared, tied.names)
        else:
            result = yield
        self.shown[pyfuncitem.nodeid] = frozenset(self.watch.seen)
        return result

    def _try(self, item: pytest.Function, keys: set[Key]) -> None:
        """Take each outcome away from a test that has just passed; one that cannot be run twice shows nothing."""
        if not runs_again(item, self.watch, None):
            return
        for key in sorted(keys):
            if not runs_again(item, self.watch, key):
                self.held[key] = Case(*key, item.nodeid)

    def _declare(self, test: str, declared: Iterable[tuple[Any, ...]], run: set[str]) -> None:
        known = {row.id for row in every_provision()}
        for ident, outcome in declared:
            if ident not in known or outcome not in OUTCOMES:
                self.empty.append(f"{test}: there is no {outcome} of {ident}")
            elif run.isdisjoint(implemented().get(ident, ())):
                self.empty.append(f"{test}: runs nothing that is tied to {ident}")
            else:
                self.held.setdefault((ident, outcome), Case(ident, outcome, test, declared=True))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note tests that fail: they hold nothing."""
        if report.failed and self.trying is None:
            self.failed.append(report.nodeid)


def judging_tests() -> list[str]:
    """List the files of tests that speak of verdicts or declare a case.

    Left out are faces and planners, which take minutes and only repeat what rules say, and the test of this script.
    """
    words = ("erdict", "told_tables", f"mark.{MARK}(")
    planners = ("route.planner", "route.search", "route.kernel", "benchmarks", "held_cases")
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))}
    return [
        path.relative_to(ROOT).as_posix()
        for path, text in texts.items()
        if path.relative_to(ROOT).parts[1] not in ("cli", "web")
        and any(word in text for word in words)
        and not any(word in text for word in planners)
    ]


def find(files: Sequence[str], asked: tuple[Case, ...] | None = None, before: Iterable[Case] = ()) -> Finder:
    """Run tests and find the cases they hold, or with ``asked`` those of these cases that still hold."""
    finder = Finder(asked, {(case.provision, case.outcome): case.test for case in before})
    os.chdir(ROOT)
    os.environ.pop("SKYWITNESS_SHARED", None)  # cases are those of tests that run everywhere
    with pytest.MonkeyPatch.context() as patch:
        finder.watch.install(patch)
        pytest.main(
            ["-q", "--numprocesses=0", "--no-header", "--no-summary", "-p", "no:cacheprovider", *files],
            plugins=[finder],
        )
    return finder


def cases_on_file() -> tuple[Case, ...]:
    """Read the cases of all instruments."""
    return tuple(case for name in instruments() for case in read_cases(instrument=name))


def document(cases: Iterable[Case]) -> str:
    """Write cases as TOML, in the order of their text."""
    place = {row.id: number for number, row in enumerate(every_provision())}
    ordered = sorted(cases, key=lambda case: (place[case.provision], OUTCOMES.index(case.outcome)))
    head = "# Which test holds which outcome of which provision.  Written by scripts/held_cases.py, never by hand.\n"
    return head + "".join(
        f'\n[[case]]\nprovision = "{case.provision}"\noutcome = "{case.outcome}"\ntest = {_quoted(case.test)}\n'
        + ("declared = true\n" if case.declared else "")
        for case in ordered
    )


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def check() -> int:
    """Look again at the cases on file; print those that hold no longer."""
    asked = cases_on_file()
    found = find(sorted({case.test.split("::")[0] for case in asked}), asked)
    lost = [case for case in asked if found.held.get((case.provision, case.outcome)) != case]
    for case in lost:
        print(f"holds no longer: {case.provision} {case.outcome} in {case.test}")
    for line in found.empty:
        print(line)
    return 1 if lost or found.empty else 0


def write(cases: Iterable[Case]) -> None:
    """Write the file of each instrument; one of which no test holds anything gets none, and loses the one it has."""
    held = tuple(cases)
    for name in instruments():
        known = {row.id for row in provisions(instrument=name)}
        own, path = [case for case in held if case.provision in known], cases_of(name)
        if own:
            path.write_text(document(own), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def main() -> int:
    """Write the cases, or look at them again."""
    parser = argparse.ArgumentParser(description="Find out which outcomes of which provisions the tests hold.")
    parser.add_argument("--check", action="store_true", help="only look again at the cases on file")
    if parser.parse_args().check:
        return check()
    found = find(judging_tests(), before=cases_on_file())
    write(found.held.values())
    for line in (*found.empty, *(f"fails, and so holds nothing: {test}" for test in found.failed)):
        print(line)
    print(f"{len(found.held)} cases of {len({ident for ident, _ in found.held})} provisions")
    return 1 if found.empty or found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
