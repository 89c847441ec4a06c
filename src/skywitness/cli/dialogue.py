"""The dialogue: choose a language, parse, run one command, show its answer, and catch every refusal.

This is the only place that catches ``SkywitnessError``, and the only one that decides with which code a command ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import click

from skywitness.cli import refusal
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.app import build
from skywitness.cli.face import Face
from skywitness.cli.language import Language, choose, speak_everywhere
from skywitness.core.errors import SkywitnessError


def hold(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code.

    >>> hold(["version"])
    0.1.0
    0
    """
    _make_streams_safe()
    face = Face(Language("en"), _wants_json(arguments), sys.stdout, sys.stderr)
    try:
        face = Face(choose(arguments, os.environ), face.as_json, face.out, face.err)
        speak_everywhere(face.language)
        return _deliver(face, _invoke(face, arguments))
    except (KeyboardInterrupt, click.Abort):
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        _close_quietly()
        return int(Exit.DONE)
    except Exception as error:  # noqa: BLE001  no traceback ever reaches a user; what it was is told in a sentence
        return _refuse(face, error, arguments)


def _invoke(face: Face, arguments: Sequence[str]) -> Answer | int:
    """Run the command; an ``int`` when only help was asked for."""
    group = build(face)
    try:
        with group.make_context("skywitness", list(arguments)) as context:
            answer: Any = group.invoke(context)
            return answer if isinstance(answer, Answer) else int(Exit.DONE)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code


def _deliver(face: Face, answer: Answer | int) -> int:
    if isinstance(answer, int):
        return answer
    try:
        return face.deliver(answer)
    except BrokenPipeError:
        _close_quietly()  # who reads has seen enough; the verdict stays what it is
        return int(answer.code)


def _refuse(face: Face, error: Exception, arguments: Sequence[str]) -> int:
    if _debugging():
        traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, click.ClickException):
        told: SkywitnessError = refusal.of_call(error, arguments)
    elif isinstance(error, SkywitnessError):
        told = error
    elif isinstance(error, OSError):
        told = refusal.of_system(error)
    else:
        told = refusal.of_bug(error)
    try:
        refusal.show(face, told)
        face.out.flush()
    except BrokenPipeError:
        _close_quietly()
    except OSError:  # a full disk under a redirected stdout, mostly: the sentence is told on stderr, if anywhere
        _close_quietly()
        if face.as_json:  # words were on stderr before the flush failed
            with contextlib.suppress(OSError):
                refusal.show(replace(face, as_json=False), told)
    return int(Exit.REFUSED)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Look for ``--json`` before anything is parsed: a refusal of the parser must be JSON as well."""
    words = list(arguments)
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def quiet_libraries() -> None:
    """Silence the warnings of libraries, unless somebody looks for a mistake: a user of ours can mend none of them."""
    if not _debugging():
        warnings.simplefilter("ignore")


def _debugging() -> bool:
    return os.environ.get("SKYWITNESS_DEBUG", "") not in ("", "0")


def _make_streams_safe() -> None:
    """Let a terminal that cannot write a letter show a mark for it, not stop the program; mend closed streams."""
    if sys.stdout is None:  # closed by who called, as services do; the exit code still tells
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # open for as long as the program runs


def _close_quietly() -> None:
    """Point ``stdout`` at nothing, or the interpreter complains of the broken pipe when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
