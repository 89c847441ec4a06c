"""How commands and options are declared: names, a sentence of help in the language spoken, a reader of the value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.face import Face
from skywitness.core.errors import SkywitnessError
from skywitness.core.text import Text, say, say_n

Reader = Callable[[str, str], Any]
"""Turns the words of an option and the option's name into a value; raises ``InputError``."""

PARSER_WORDS = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Positional arguments"),
    say("Show this message and exit."),
    say("default: {default}"),
    say("required"),
    say("Option {name!r} does not take a value."),
    say_n("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    say_n("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
)
"""What click itself says to our users, named here so that it is translated (``language.speak_everywhere``)."""


_FIELDS = {"start": "from", "first": "from", "ends": "to", "last": "to", "sections": "section"}
"""What services call by another name than our options do."""


def _option_of(field: str, params: Sequence[click.Parameter]) -> str | None:
    """Name the option that a service was given a field by; ``None`` when it is none of this command."""
    places = {param.name: _place(param) for param in params}
    return places.get(field) or places.get(_FIELDS.get(field, ""))


class _Read(click.ParamType[Any]):
    """Lets a reader of ours read the value, so that complaints are sentences of ours."""

    name = "value"

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """Read words; a default is a value already."""
        if not isinstance(value, str):
            return value
        return self._reader(value, _place(param))


def _place(param: click.Parameter | None) -> str:
    """Name an option by its flag, an argument by the word that help shows for it."""
    if isinstance(param, click.Argument):
        return param.metavar or ""
    return param.opts[0] if param is not None else ""


class Words:
    """Makes commands whose help is in the language of ``face``."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def option(
        self,
        flag: str,
        metavar: str,
        explanation: Text,
        *,
        read: Reader | None = None,
        required: bool = False,
        many: bool = False,
        default: Any = None,
    ) -> click.Option:
        """Declare an option with a value.  ``many``: it may be given several times."""
        given = {} if default is None else {"default": default, "show_default": True}
        return click.Option(
            [flag],
            metavar=metavar,
            help=self._face.words(explanation),
            type=_Read(read or values.given),
            required=required,
            multiple=many,
            **given,
        )

    def flag(self, flag: str, explanation: Text) -> click.Option:
        """Declare an option without a value."""
        return click.Option([flag], is_flag=True, help=self._face.words(explanation))

    def argument(self, metavar: str, name: str, explanation: Text) -> click.Argument:
        """Declare a word that is given without a flag."""
        return click.Argument([name], metavar=metavar, type=_Read(values.given), help=self._face.words(explanation))

    def command(
        self,
        name: str,
        run: Callable[..., Answer],
        explanation: Text,
        params: Sequence[click.Parameter] = (),
        examples: Sequence[str] = (),
    ) -> click.Command:
        """Declare a command.  ``run`` gets the face and one keyword for each of ``params``."""
        face = self._face

        def call(**values: Any) -> Answer:
            try:
                return run(face, **values)
            except SkywitnessError as error:
                place = _option_of(error.where, params)
                if place is None:
                    raise
                raise type(error)(error.kind, error.message, place, error.faults) from error

        return _Command(
            name,
            callback=call,
            params=[*params, *self._common()],
            help=face.words(explanation),
            short_help=_first_sentence(face.words(explanation)),
            epilog=self._examples(examples),
        )

    def group(self, name: str, explanation: Text, commands: Sequence[click.Command]) -> click.Group:
        """Declare a group of commands."""
        return _Group(
            name,
            commands=list(commands),
            params=self._common(),
            help=self._face.words(explanation),
            short_help=_first_sentence(self._face.words(explanation)),
            no_args_is_help=False,
        )

    def _common(self) -> list[click.Parameter]:
        """Offer what every command and group takes; both are read before parsing (see ``main``)."""
        return [
            click.Option(
                ["--json"],
                is_flag=True,
                expose_value=False,
                help=self._face.words(say("Print one JSON document for scripts instead of text for people.")),
            ),
            click.Option(
                ["--lang"],
                metavar="CODE",
                expose_value=False,
                help=self._face.words(
                    say("Language of the text: en or vi; SKYWITNESS_LANG and the system's setting come after it.")
                ),
            ),
        ]

    def _examples(self, examples: Sequence[str]) -> str | None:
        if not examples:
            return None
        heading = self._face.words(say("Examples:"))
        return "\n".join(["\b", heading, *(f"  {example}" for example in examples)])


class _Command(click.Command):
    """A command whose examples are not wrapped, so that they can be pasted."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        if self.epilog:
            formatter.write_paragraph()
            for line in inspect.cleandoc(self.epilog).splitlines():
                if line != "\b":
                    formatter.write(f"{line}\n")


class _Group(click.Group):
    """A group that keeps its commands in the order of their declaration."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


def _first_sentence(words: str) -> str:
    return words.split(". ", 1)[0].rstrip(".")
