"""The house keeps its own rules: who may import whom, how big a room may be, what may stand in it."""

from __future__ import annotations

import ast
import doctest
import functools
import graphlib
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
MODULES = sorted((SOURCE / "skywitness").rglob("*.py"))
PROGRAMS = [*MODULES, *sorted((ROOT / "scripts").glob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
CODE = [*PROGRAMS, *sorted((ROOT / "tests").rglob("*.py"))]

LONGEST_MODULE, LONGEST_TESTS = 400, 500
LONGEST_FUNCTION = 60

STANDALONE = SOURCE / "skywitness" / "record" / "verify" / "standalone.py"
"""One file by intent: people who trust nobody read it from top to bottom and run it without the package."""

TIERS = {
    "core": 0,
    **dict.fromkeys(("law", "geo"), 1),
    "record": 2,
    **dict.fromkeys(("quota", "sensor", "route", "track", "imagery", "inf", "cfe", "vdoc", "sampling"), 3),
    **dict.fromkeys(("mission", "consult", "press", "impact"), 4),
    **dict.fromkeys(("cli", "web"), 5),
}
"""Imports run from a higher number to a lower one, or stay in one room."""

NEIGHBOURS = {("route", "sensor"), ("track", "route"), ("press", "consult")}
"""The only arrows between rooms of one tier."""

PLANNER_ONLY = re.compile(
    r"skywitness\.(route\.(kernel|search|ways|planner|orienteering)[\w.]*|geo\.(plane|obstacles))"
)
"""What makes plans fast; what judges them must not share it, or one mistake would hide the other."""


def name_of(path: Path) -> str:
    """Name a module as Python imports it."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


NAMES = {name_of(path): path for path in MODULES}


@functools.cache
def imports_of(path: Path) -> set[str]:
    """List what a module of ours imports from this package, wherever in it, ``TYPE_CHECKING`` included."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            module = node.module or ""
            found.add(module)
            found.update(f"{module}.{alias.name}" for alias in node.names if f"{module}.{alias.name}" in NAMES)
    return {name for name in found if name.split(".")[0] == "skywitness"}


def room(name: str) -> str:
    """Name the room a module is in; the package itself is none."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def arrow_is_allowed(here: str, there: str) -> bool:
    """Tell whether a module in room ``here`` may import one in room ``there``."""
    if not there or here == there:
        return True
    return TIERS[there] < TIERS[here] or (here, there) in NEIGHBOURS


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk all functions of a file."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_room_has_a_floor() -> None:
    """A new room must be given its place in the house before anything is built in it."""
    rooms = {room(name) for name, path in NAMES.items() if path.parent != SOURCE / "skywitness"} - {""}
    assert rooms <= set(TIERS)


def test_imports_run_downward_only() -> None:
    """No module imports from a floor above, nor from a neighbour that is not named, not even inside a function."""
    wrong = [
        f"{name} imports {other}"
        for name, path in NAMES.items()
        for other in imports_of(path)
        if room(name) and not arrow_is_allowed(room(name), room(other))
    ]
    assert not wrong


def test_core_stands_alone() -> None:
    """Core knows no other room."""
    wrong = [
        f"{name} imports {other}"
        for name, path in NAMES.items()
        if room(name) == "core"
        for other in imports_of(path)
        if room(other) not in ("core", "")
    ]
    assert not wrong


def part_of_route(name: str) -> str:
    """Name the smaller room, or the loose module, that a module of ``route`` is in; '' for modules of other rooms."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["skywitness", "route"] and len(parts) > 2 else ""


def test_the_rooms_of_route_know_one_another_one_way() -> None:
    """Among the rooms of ``route`` no chain of imports leads back to where it began."""
    arrows: dict[str, set[str]] = {}
    for name, path in NAMES.items():
        there = {part_of_route(other) for other in imports_of(path) if other in NAMES}
        arrows.setdefault(part_of_route(name), set()).update(there - {"", part_of_route(name)})
    del arrows[""]
    assert len(arrows) > 20
    list(graphlib.TopologicalSorter(arrows).static_order())  # raises a CycleError that names the circle


@pytest.mark.parametrize(
    ("here", "there", "allowed"),
    [
        ("cli", "route", True),
        ("route", "law", True),
        ("route", "sensor", True),
        ("track", "route", True),
        ("sensor", "route", False),
        ("law", "geo", False),
        ("geo", "law", False),
        ("core", "law", False),
        ("law", "cli", False),
        ("route", "track", False),
    ],
)
def test_the_rule_of_arrows_itself(here: str, there: str, allowed: bool) -> None:
    """The check above tells right from wrong."""
    assert arrow_is_allowed(here, there) is allowed


def reachable(start: str) -> set[str]:
    """Follow imports from a module through the whole package."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in NAMES and name not in seen:
            seen.add(name)
            waiting.extend(imports_of(NAMES[name]))
    return seen


def test_rules_share_nothing_with_the_planner() -> None:
    """What judges a plan does not reach, by any chain of imports, the fast ways a plan was made with."""
    judges = [name for name in NAMES if name == "skywitness.route.check" or name.startswith("skywitness.route.rules")]
    assert judges
    wrong = {f"{judge} reaches {name}" for judge in judges for name in reachable(judge) if PLANNER_ONLY.fullmatch(name)}
    assert not wrong


def test_modules_are_small() -> None:
    """No file of the program, its scripts and benchmarks is longer than 400 lines, no file of tests than 500."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    most = dict.fromkeys(CODE, LONGEST_TESTS) | dict.fromkeys(PROGRAMS, LONGEST_MODULE)
    del sizes[STANDALONE]
    assert not {str(path.relative_to(ROOT)): size for path, size in sizes.items() if size > most[path]}


def test_the_standalone_verifier_stands_alone() -> None:
    """It imports nothing but the standard library and ``cryptography``, and is written in the words of Python 3.9."""
    ast.parse(STANDALONE.read_text(encoding="utf-8"), feature_version=(3, 9))
    found = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree_of(STANDALONE))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in found} <= {*sys.stdlib_module_names, "cryptography"}


def test_functions_fit_a_screen() -> None:
    """No function, not of the tests either, is longer than 60 lines."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in CODE
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_what_it_is() -> None:
    """Every module of the package starts with a docstring."""
    assert not [name for name, path in NAMES.items() if not ast.get_docstring(tree_of(path))]


def test_every_test_states_its_claim() -> None:
    """Every test has a docstring."""
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not silent


def test_the_plan_of_the_house_names_what_is_there() -> None:
    """Every module in the first column of a table of docs/architecture.md exists in the room of its section."""
    sections = re.split(r"^### (\w+)$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), flags=re.M)
    named = {
        f"{room}/{name}"
        for room, section in zip(sections[1::2], sections[2::2], strict=True)
        for cell in re.findall(r"^\| (`[^|]*) \|", section, flags=re.M)
        for name in re.findall(r"`([\w*]+/?)`", cell)
    }
    assert {"law/provisions", "geo/nearby", "route/kernel/", "route/rules/", "cli/main"} <= named
    assert not [
        name
        for name in named
        if not list((SOURCE / "skywitness").glob(name.rstrip("/") + ("" if name.endswith("/") else ".py")))
    ]


EXAMPLES = sorted(name for name, path in NAMES.items() if ">>> " in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def clock_calls(path: Path) -> list[str]:
    """List calls that read a clock: ``now()``, ``today()``, ``time.time()`` and their like."""
    calendars, clocks = (
        {"now", "utcnow", "today"},
        {"time", "monotonic", "perf_counter", "time_ns", "gmtime", "localtime"},
    )
    asked = {"datetime": calendars, "date": calendars, "dt": calendars, "time": clocks}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asked.get(ast.unparse(node.func.value).split(".")[-1], ())
    ]


def test_no_wall_clock_below_the_faces() -> None:
    """Law, geometry and rules never ask what time it is: the same question always has the same answer."""
    timeless = [
        path
        for name, path in NAMES.items()
        if room(name) in ("core", "law", "geo") or re.match(r"skywitness\.route\.(rules|check)", name)
    ]
    assert timeless
    assert not [call for path in timeless for call in clock_calls(path)]


def test_no_naive_now() -> None:
    """Nowhere is a time taken without a zone; a clock that is handed over (``node.now()``) gives aware times."""
    naive = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "attr", getattr(node.func.value, "id", "")) == "datetime"
        and (node.func.attr == "utcnow" or (node.func.attr == "now" and not node.args and not node.keywords))
    ]
    assert not naive


def tracked() -> list[Path]:
    """List the files in version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout: nothing says which files belong to it")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_place_of_any_one_machine() -> None:
    """No tracked file names a folder of somebody's machine or the host of a package registry."""
    hosts = ("pypi" + ".org", "files.python" + "hosted", "registry.npm" + "js")
    place = re.compile(rf"(?<![\w./-])/(?:work|root|home/\w+)(?:/|\b)|{'|'.join(map(re.escape, hosts))}")
    texts = [path for path in tracked() if path.suffix not in {".npz", ".mo", ".png", ".gz", ".pdf"}]
    found = {
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in texts
        for hit in place.finditer(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert not found


def test_all_packages_are_pinned() -> None:
    """When a lock file is there, it holds exactly the packages pinned in pyproject.toml: nothing floats."""
    lock = ROOT / "uv.lock"
    if not lock.exists():
        pytest.skip("no uv.lock here: uv writes one")
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    locked = {f"{package['name']}=={package['version']}" for package in packages if package["name"] != "skywitness"}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]
    assert set(settings["constraint-dependencies"]) == locked
