"""How a refusal reads: one sentence for people, one shape for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unicodedata import category

import click

from skywitness.cli.face import Face
from skywitness.core.errors import Fault, InputError, SkywitnessError
from skywitness.core.text import Text, say, say_n, verbatim

_MOST_FAULTS_SHOWN = 20
"""A screen of faults; a document with more is wrong as a whole.  JSON holds them all."""

_LONGEST_SHORT_ERROR = 200
"""Some libraries put whole arrays into their messages."""


def show(face: Face, error: SkywitnessError) -> None:
    """Print a refusal: a JSON document on ``out``, or one sentence with its faults on ``err``."""
    if face.as_json:
        face.print_json(to_json(face, error))
        return
    place = f"{error.where}: " if error.where and not error.where.startswith("skywitness") else ""
    print(harmless(f"skywitness: {place}{face.words(error.message)}"), file=face.err)
    alone = len(error.faults) == 1 and error.faults[0].where == error.where  # the sentence above says it already
    for fault in () if alone else error.faults[:_MOST_FAULTS_SHOWN]:
        print(harmless(f"  {fault.where}: {face.words(fault.message)}"), file=face.err)
    unseen = len(error.faults) - _MOST_FAULTS_SHOWN
    if unseen > 0:
        more = say_n("And {count} more fault of the kind.", "And {count} more faults of the kind.", unseen)
        print(f"  {face.words(more)}", file=face.err)


def to_json(face: Face, error: SkywitnessError) -> dict[str, Any]:
    """Write a refusal as the interface has it."""
    faults = [
        {"where": harmless(fault.where), "message": harmless(face.words(fault.message))} for fault in error.faults
    ]
    message = harmless(face.words(error.message))
    return {"error": {"kind": error.kind, "message": message, "where": harmless(error.where), "faults": faults}}


def harmless(words: str) -> str:
    """Write signs that could steer a terminal or turn the direction of writing as escapes.

    A refusal repeats what was met, and names places in files by keys that somebody else wrote.

    >>> print(harmless(chr(27) + "[31mDEU"))
    \\x1b[31mDEU
    """
    if words.isprintable():
        return words
    return "".join(sign if sign.isprintable() or category(sign) == "Zs" else repr(sign)[1:-1] for sign in words)


def of_call(error: click.ClickException, arguments: Sequence[str]) -> InputError:
    """Turn what the argument parser says into one of our own sentences."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "skywitness"
    if isinstance(error, click.MissingParameter) and context is not None:
        return _missing(context, command, arguments)
    if context is not None and isinstance(context.command, click.Group) and type(error) is click.UsageError:
        return InputError("usage", _no_command(context.command, command), command)
    if isinstance(error, click.NoSuchOption):
        return InputError("usage", _no_such_option(error, command), error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return InputError("usage", _no_such_command(error, command), error.command_name)
    if isinstance(error, click.BadOptionUsage):
        return InputError("usage", verbatim(error.message), error.option_name)
    message = say("{problem} See {command} --help.", problem=verbatim(error.message), command=command)
    return InputError("usage", message, command)


def of_system(error: OSError) -> InputError:
    """Turn a refusal of the operating system into a sentence."""
    reason = error.strerror or str(error)
    where = str(error.filename) if error.filename is not None else ""
    return InputError("file", say("The system refuses: {reason}; name another place.", reason=reason), where)


def of_bug(error: Exception) -> SkywitnessError:
    """Own up to a fault of the program in one sentence."""
    short = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_SHORT_ERROR]
    return SkywitnessError(
        "bug",
        say(
            "The program made a mistake ({error}); please report it with the command given "
            "(SKYWITNESS_DEBUG=1 shows where it happened).",
            error=short,
        ),
    )


def _missing(context: click.Context, command: str, arguments: Sequence[str]) -> InputError:
    """Name everything that is missing at once; the parser stops at the first."""
    given = {argument.split("=", 1)[0] for argument in arguments}
    missing = [
        param
        for param in context.command.params
        if param.required
        and context.params.get(param.name or "") is None
        and given.isdisjoint(param.opts if isinstance(param, click.Option) else ())
    ]
    faults = tuple(Fault(_spelled(param, context), verbatim(_help_of(param))) for param in missing)
    message = say_n(
        "{names} is missing; {command} --help shows an example.",
        "{names} are missing; {command} --help shows an example.",
        len(faults),
        names=", ".join(fault.where for fault in faults),
        command=command,
    )
    return InputError("usage", message, command, faults)


def _help_of(param: click.Parameter) -> str:
    return getattr(param, "help", None) or ""


def _spelled(param: click.Parameter, context: click.Context) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(context)


def _no_command(group: click.Group, command: str) -> Text:
    names = ", ".join(group.commands)
    return say(
        "Name one of the commands of {command}: {names} ({command} --help says more).", command=command, names=names
    )


def _no_such_option(error: click.NoSuchOption, command: str) -> Text:
    if error.possibilities:
        near = ", ".join(error.possibilities)
        return say("{command} has no such option; did you mean {near}?", command=command, near=near)
    return say("{command} has no such option; {command} --help lists them.", command=command)


def _no_such_command(error: click.exceptions.NoSuchCommand, command: str) -> Text:
    if error.possibilities:
        near = ", ".join(error.possibilities)
        return say("{command} has no such command; did you mean {near}?", command=command, near=near)
    return say("{command} has no such command; {command} --help lists them.", command=command)
