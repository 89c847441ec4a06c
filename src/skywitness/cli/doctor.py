"""``skywitness doctor``: what this installation has, what it lacks, and how to get it."""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from skywitness import __version__
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.language import LOCALE_FOLDER, Language, languages
from skywitness.cli.page import Page
from skywitness.core.errors import SkywitnessError
from skywitness.core.text import Text, say, say_n, verbatim

State = Literal["ok", "missing", "damaged", "note"]

PACKAGE_FOLDER = LOCALE_FOLDER.parent

_INSTALL_AGAIN = say("Install the program again: uv sync --reinstall-package skywitness")

_MARKS: dict[State, str] = {"ok": "✓", "missing": "–", "damaged": "✗", "note": "?"}
_STYLES: dict[State, str] = {"ok": "", "missing": "yellow", "damaged": "bold red", "note": "yellow"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.  ``remedy`` says what to do when it is not as it should be."""

    group: str
    name: str
    state: State
    detail: Text
    remedy: Text | None = None


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "doctor",
        doctor,
        say("Look at the installation: packages, data, compiled kernels, languages, and how to get what is missing."),
        examples=["skywitness doctor", "skywitness doctor --json"],
    )


def doctor(face: Face) -> Answer:
    """Look at everything and report; nothing found wrong is an error of the call."""
    checks = tuple(examine())

    def document() -> dict[str, Any]:
        return {
            "version": __version__,
            "python": platform.python_version(),
            "healthy": all(check.state != "damaged" for check in checks),
            "checks": [_to_json(face, check) for check in checks],
        }

    return Answer(document, lambda page: _write(page, checks))


def examine() -> Iterator[Check]:
    """Look at Python, the packages, the extras, the data, the kernels, the languages and the tools."""
    yield _python()
    yield from _packages()
    yield from _data_files()
    yield from _law()
    yield _kernels()
    yield from _languages()
    yield _tool("uv", say("Runs the two commands of the README; nothing else needs it."))


def _python() -> Check:
    where = verbatim(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}")
    return Check("python", "python", "ok", where)


def _packages() -> Iterator[Check]:
    """Look at every requirement that the installed package names itself."""
    import importlib.metadata

    for requirement in importlib.metadata.requires("skywitness") or ():
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        extra = re.search(r"""extra\s*==\s*['"]([\w-]+)""", requirement)
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield _missing_package(name, extra.group(1) if extra else None)
        else:
            yield Check("extras" if extra else "packages", name, "ok", verbatim(version))


def _missing_package(name: str, extra: str | None) -> Check:
    if extra is None:
        return Check("packages", name, "damaged", say("not installed"), _INSTALL_AGAIN)
    remedy = say("uv sync --extra {extra}, or pip install 'skywitness[{extra}]'", extra=extra)
    return Check("extras", name, "missing", say("not installed; only some commands use it"), remedy)


def _data_files() -> Iterator[Check]:
    """Compare every data file that has a described origin with the hash written down there."""
    for description in sorted(PACKAGE_FOLDER.rglob("data/*.toml")):
        told = tomllib.loads(description.read_text(encoding="utf-8"))
        wanted = told.get("output_sha256")
        if isinstance(wanted, str):
            path = description.with_suffix(str(told.get("output_suffix", ".npz")))
            yield _data_file(path, wanted, str(told.get("source", "")))


def _data_file(path: Path, wanted: str, source: str) -> Check:
    if not path.exists():
        return Check("data", path.name, "damaged", say("the file is not there"), _INSTALL_AGAIN)
    if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        return Check("data", path.name, "damaged", say("the file is not the one that was checked in"), _INSTALL_AGAIN)
    return Check("data", path.name, "ok", verbatim(source))


def _law() -> Iterator[Check]:
    """Load the whole law: the loaders find every fault of its files."""
    from skywitness.law.aircraft import all_aircraft
    from skywitness.law.instrument import instruments, load
    from skywitness.law.sites import sites

    def values(name: str) -> Callable[[], Text]:
        return lambda: say(
            "{values} dated values, {states} States",
            values=sum(map(len, load(name).entries.values())),
            states=len(load(name).parties),
        )

    looked_at: dict[str, Callable[[], Text]] = {name: values(name) for name in instruments()}
    looked_at["sites"] = lambda: say("{count} sites of the regime", count=len(sites()))
    looked_at["aircraft"] = lambda: say("{count} aircraft and types", count=len(all_aircraft()))
    for name, count in looked_at.items():
        try:
            yield Check("law", name, "ok", count())
        except SkywitnessError as error:
            yield Check("law", name, "damaged", error.message, _INSTALL_AGAIN)


def _kernels() -> Check:
    from skywitness.route.kernel import cache as kernel_cache

    place = kernel_cache.folder()
    if place is None:
        remedy = say("Let XDG_CACHE_HOME name a folder that can be written by you alone.")
        return Check("kernels", "kernels", "note", say("no folder can be written; every run compiles anew"), remedy)
    if kernel_cache.compiled():
        return Check("kernels", "kernels", "ok", say("compiled, kept in {place}", place=str(place)))
    detail = say("not compiled yet, will be kept in {place}", place=str(place))
    return Check("kernels", "kernels", "note", detail, say("The first plan compiles them; so does: skywitness demo"))


def _languages() -> Iterator[Check]:
    for code in languages():
        count = Language(code).sentences
        detail = (
            say("the language of the program itself")
            if code == "en"
            else say_n("{count} sentence", "{count} sentences", count)
        )
        yield Check("languages", code, "ok", detail)


def _tool(name: str, use: Text) -> Check:
    found = shutil.which(name)
    if found:
        return Check("tools", name, "ok", verbatim(found))
    return Check("tools", name, "missing", say("not found on PATH"), use)


def _to_json(face: Face, check: Check) -> dict[str, Any]:
    return {
        "group": check.group,
        "name": check.name,
        "state": check.state,
        "detail": face.words(check.detail),
        "remedy": face.words(check.remedy) if check.remedy else None,
    }


def _group_name(group: str) -> Text:
    return {
        "python": say("Python"),
        "packages": say("Packages"),
        "extras": say("Extras"),
        "data": say("Data"),
        "law": say("Law"),
        "kernels": say("Search kernels"),
        "languages": say("Languages"),
        "tools": say("Tools"),
    }[group]


def _write(page: Page, checks: tuple[Check, ...]) -> None:
    page.paragraph(say("Skywitness {version}", version=__version__), style="bold")
    group = ""
    for check in checks:
        if check.group != group:
            group = check.group
            page.heading(_group_name(group))
        line = Text("{name}  {detail}", (("name", check.name), ("detail", check.detail)))
        page.marked(_MARKS[check.state], line, _STYLES[check.state], indent=2)
        if check.remedy is not None:
            page.marked("→", check.remedy, indent=4)
    page.raw()
    bad = sum(check.state == "damaged" for check in checks)
    if bad:
        page.paragraph(say_n("{count} thing is damaged.", "{count} things are damaged.", bad), style="bold red")
    else:
        page.paragraph(say("Everything that is needed is here."))
