"""XML read as a stream of starts and ends, without anything that lets a small file grow: no document types at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.parsers import expat

from skywitness.core.errors import InputError
from skywitness.core.text import say, verbatim

MOST_DEEP: Final = 64

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


def walk(data: bytes, where: str, start: Start, end: End) -> None:
    """Read XML: ``start`` gets the name and attributes of each element, ``end`` its name and the text in it.

    Names come without their prefix.  Raises ``InputError`` for broken XML, and for any document type: formats of tracks
    have none, and entities defined in one can grow without end.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    words: list[str] = []
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEEP:
            raise _refusal(say("The XML is nested more than {depth} deep.", depth=str(MOST_DEEP)), where)
        words.clear()
        start(name.rpartition(":")[2], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2], "".join(words))
        words.clear()

    def document_type(*_: Any) -> None:
        raise _refusal(say("The XML defines a document type; a track needs none, and none is read."), where)

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = say(
            "The XML is broken at line {line}: {reason}.",
            line=str(error.lineno),
            reason=verbatim(expat.errors.messages.get(error.code, "")),
        )
        raise _refusal(message, where) from None
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        message = say("The XML cannot be read: {reason}.", reason=verbatim(error))
        raise _refusal(message, where) from None


def _refusal(message: Any, where: str) -> InputError:
    return InputError("bad_track", message, where)
