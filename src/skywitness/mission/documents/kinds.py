"""Read the kinds of documents: one TOML file each, refused with all its faults at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.core.errors import DataError, Faults, InputError
from skywitness.core.text import of_data, say
from skywitness.imagery.annotation.blocks import BLOCKS
from skywitness.law.instrument import load as load_law
from skywitness.law.names import folded, near
from skywitness.law.provisions import provisions, title
from skywitness.law.rows import Row, note_twice, read_toml, refuse_if_any
from skywitness.law.sites import ROLES
from skywitness.mission.documents.forms import FORMS
from skywitness.mission.documents.model import ByDay, Item, Kind, Limit, Timing, walk
from skywitness.mission.documents.setting import SOURCES

__all__ = ["FOLDER", "find", "kind", "kinds", "load"]

FOLDER: Final = Path(__file__).parent / "kinds"
SENDERS: Final = (
    "observing",
    "observed",
    "provider",
    "parties",
    "state_party",
    "group",
    "state",
    "commission",
    "depositary",
)
RECEIVERS: Final = (*SENDERS, "all")
CHANNELS: Final = ("diplomatic",)
NEEDS: Final = ("always", "if_applicable", "when", "may")
RELATIONS: Final = ("at_least", "at_most", "within", "same")
ANCHORS: Final = ("header.sent_utc", "law.entry_into_force", "law.signed")


@cache
def kinds() -> Mapping[str, Kind]:
    """Return all kinds by name, in the order of their names.

    :raises DataError: with all faults of the first file that has any.
    """
    return MappingProxyType({path.stem: load(path) for path in sorted(FOLDER.glob("*.toml"))})


def kind(name: str, where: str = "KIND") -> Kind:
    """Return a kind by its name.

    :raises InputError: of kind ``unknown_document`` when there is none; near names are told.
    """
    found = kinds().get(name.strip().lower().replace("-", "_"))
    if found is not None:
        return found
    about = [one.id for one in find(name)]
    close = ", ".join(dict.fromkeys([*about, *near(name, kinds())])) or ", ".join(kinds())
    message = say("There is no kind of document {name}; near it: {close}.", name=repr(name)[:60], close=close)
    raise InputError("unknown_document", message, where)


def find(words: str) -> tuple[Kind, ...]:
    """Return the kinds about something: all words in name, titles or items, or a provision such as ``VI.I.5``.

    Titles count in both languages; case and accents do not, nor words of one or two letters.
    """
    ident = words.strip().upper()
    exact = tuple(one for one in kinds().values() if f"OS:{ident.removeprefix('OS:')}" in one.provisions())
    if exact:
        return exact
    wanted = [word for word in re.split(r"[\W_]+", folded(words)) if len(word) > 2]
    return tuple(one for one in kinds().values() if wanted and all(word in _words(one.id) for word in wanted))


@cache
def _words(ident: str) -> str:
    """Give all words of a kind and its items, in both languages."""
    held = (FOLDER / f"{ident}.toml").read_text(encoding="utf-8")
    titles = re.findall(r'^title(?:_vi)? = "(.*)"$', held, re.MULTILINE)
    own = (str(item.title) for item in walk(kinds()[ident].items))
    return folded(" ".join([ident.replace("_", " "), *titles, *own]))


def load(path: Path) -> Kind:
    """Read one kind.

    :raises DataError: with all faults.
    """
    faults = Faults()
    row = Row(read_toml(path), path.stem, faults)
    own = _provision(row, "")
    found = Kind(
        id=path.stem,
        title=of_data(row.text("title")),
        provision=own,
        sender=row.text("sender", among=SENDERS),
        to=row.texts("to", among=RECEIVERS),
        items=tuple(_item(one, own, below=False) for one in row.rows("item")),
        on_the_spot=bool(row.flag("on_the_spot")),
        channel=row.text("channel", "", CHANNELS),
        format=int(row.optional_number("format", 1, 99) or 0),
        timings=tuple(_timing(one) for one in row.rows("timing")),
        by_days=tuple(_by_day(one) for one in row.rows("by_day")),
        limits=tuple(_limit(one) for one in row.rows("limit")),
        sums=tuple(_known(row, "sums", ident) for ident in row.texts("sums", ())),
        also=tuple(_known(row, "also", ident) for ident in row.texts("also", ())),
    )
    row.text("title_vi")
    row.close()
    _check(found, row)
    refuse_if_any(faults, path)
    return found


def _provision(row: Row, default: str) -> str:
    if default and "provision" not in row:
        return default
    return _known(row, "provision", row.text("provision"))


def _known(row: Row, field: str, ident: str) -> str:
    if ident not in _provisions():
        row.fault(field, say("there is no provision {ident}", ident=repr(ident)))
    return ident


@cache
def _provisions() -> frozenset[str]:
    return frozenset(found.id for found in provisions())


def _item(row: Row, above: str, *, below: bool) -> Item:
    """Read an item, or with ``below`` the field of a row."""
    own = _provision(row, above)
    words = row.text("title", "")
    if bool(words) != bool(row.text("title_vi", "")):
        row.fault("title", say("title and title_vi stand together"))
    found = Item(
        id=row.text("id"),
        provision=own,
        form=row.text("form", among=FORMS),
        need=row.text("need", "always", NEEDS),
        title=of_data(words) if words or own not in _provisions() else title(own),
        among=row.texts("among", ()),
        role=row.text("role", "", ROLES),
        code=row.text("code", "", tuple(BLOCKS)),
        must=bool(row.flag("must")),
        of_sender=bool(row.flag("of_sender")),
        when=row.text("when", ""),
        values=row.texts("is", ()),
        source=row.text("source", "", tuple(SOURCES)),
        fields=tuple(_item(one, own, below=True) for one in row.rows("field")),
    )
    row.close()
    for field, wanted, given in (
        ("among", found.form == "choice", bool(found.among)),
        ("code", found.form == "code", bool(found.code)),
        ("field", found.form == "rows", bool(found.fields)),
        ("when", found.need == "when", bool(found.when and found.values)),
        ("of_sender", found.of_sender and found.form == "party", found.of_sender),
    ):
        if wanted != given:
            row.fault(field, say("does not fit form {form} and need {need}", form=found.form, need=found.need))
    if below and found.fields:
        row.fault("field", say("rows below rows are not read"))
    return found


def _timing(row: Row) -> Timing:
    found = Timing(
        provision=_provision(row, ""),
        relation=row.text("relation", among=RELATIONS),
        start=row.text("from"),
        end=row.text("to"),
        key=row.text("key", ""),
    )
    row.close()
    if (found.relation == "same") != (not found.key):
        row.fault("key", say("a value of the law is needed for at_least and at_most only"))
    _check_key(row, found.key)
    return found


def _by_day(row: Row) -> ByDay:
    found = ByDay(_provision(row, ""), row.text("key"), row.text("year"))
    row.close()
    _check_key(row, found.key)
    return found


def _limit(row: Row) -> Limit:
    found = Limit(_provision(row, ""), row.text("key"), row.text("of"))
    row.close()
    _check_key(row, found.key)
    return found


def _check_key(row: Row, key: str) -> None:
    if key and key not in load_law().keys:
        row.fault("key", say("the law has no value {key}", key=repr(key)))


def _check(found: Kind, row: Row) -> None:
    """Note names that stand twice or that nothing has."""
    note_twice("item", (item.id for item in found.items), row.faults)
    known = {item.id for item in found.items}
    named = [(item.id, item.when) for item in walk(found.items) if item.when]
    named += [("timing", name) for one in found.timings for name in (one.start, one.end) if name not in ANCHORS]
    named += [("by_day", one.year) for one in found.by_days] + [("limit", one.of) for one in found.limits]
    for place, name in named:
        if name not in known:
            row.fault(place, say("there is no item {name}", name=repr(name)))
    if not found.items:
        row.fault("item", say("a document has at least one item"))


def ensure_sound() -> None:
    """Read all kinds, so that a fault of the data shows at once.

    :raises DataError: with all faults of the first file that has any.
    """
    if not kinds():
        raise DataError("bad_data", say("No kind of document is found."), FOLDER.name)
