"""The whole set of pages: an index and a page for each article and annex, in every language."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from skywitness.cli.language import Language, languages
from skywitness.cli.lawbook import chapter, contents
from skywitness.cli.lawbook.chapter import Chapter
from skywitness.cli.lawbook.frame import Leaf, document
from skywitness.cli.lawbook.speech import Speech
from skywitness.core.errors import InputError
from skywitness.core.text import of_data, say, verbatim

if TYPE_CHECKING:
    from skywitness.law.dossier import Dossier
    from skywitness.law.instrument import Instrument

_SUFFIX = ".part"


def pages(
    instrument: Instrument, rows: Sequence[Dossier], at: dt.date | None = None, codes: Sequence[str] = ()
) -> Mapping[str, str]:
    """Write all pages: text by name of file, the index of each language first.

    ``rows`` are in the order of the Treaty; ``codes`` name the languages (default: all there are).
    """
    known = frozenset(row.provision.id for row in rows)
    speeches = [Speech(Language(code), known, instrument.name) for code in codes or languages()]
    chapters = [Chapter(part, tuple(those)) for part, those in groupby(rows, lambda row: row.provision.part)]
    return {name: text for speech in speeches for name, text in _in(speech, speeches, chapters, instrument, at)}


def _in(
    speech: Speech,
    speeches: Sequence[Speech],
    chapters: Sequence[Chapter],
    instrument: Instrument,
    at: dt.date | None,
) -> Iterator[tuple[str, str]]:
    """Write the pages of one language."""
    treaty = of_data(instrument.heading.title)
    index = contents.content(chapters, speech, speeches, instrument, treaty, at)
    first = Leaf("", contents.heading(speech, treaty), index, ("search.js",))
    yield speech.page(""), document(first, speech, speeches, instrument)
    for number, one in enumerate(chapters):
        leaf = Leaf(
            one.part,
            speech.words(say("{page} – {treaty}", page=chapter.heading(one, speech), treaty=treaty)),
            chapter.content(one, speech, instrument),
            before=chapters[number - 1].part if number else None,
            after=chapters[number + 1].part if number + 1 < len(chapters) else None,
        )
        yield speech.page(one.part), document(leaf, speech, speeches, instrument)


def write(texts: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write the pages into a folder, which is made if need be; pages of the same names are replaced, all or none.

    :raises InputError: when the folder cannot be written; what stood there stands there still.
    """
    half = [folder / f"{name}{_SUFFIX}" for name in texts]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in zip(half, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8", newline="\n")
        blocked = next((name for name in texts if (folder / name).is_dir()), None)
        if blocked is not None:
            raise IsADirectoryError(21, os.strerror(21), blocked)
        for path in half:
            path.replace(path.with_name(path.name.removesuffix(_SUFFIX)))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = say(
            "The pages cannot be written to {place} ({reason}); choose another folder.",
            place=str(folder),
            reason=verbatim(reason),
        )
        raise InputError("cannot_write", message, "--out") from error
    finally:  # whoever interrupts the program leaves no halves behind either
        for path in half:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return tuple(folder / name for name in texts)
