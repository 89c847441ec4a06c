"""The fields of an entry: what each may hold.  Every fault is found, not the first only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import Text, quoted, say
from skywitness.record.entry.canonical import LARGEST_INTEGER
from skywitness.record.entry.keys import is_party

ADDRESS: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_STREAM: Final = re.compile(r"[a-z][a-z0-9-]{0,31}/(?!\.+\Z)[A-Za-z0-9._-]{1,96}", re.ASCII)
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}/[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)
_SALT: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MEDIA: Final = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME: Final = 255

OBJECT_FIELDS: Final = frozenset({"name", "sha256", "size", "media_type"})
REFERENCE_FIELDS: Final = frozenset({"relation", "entry"})
_OF_ONE_KIND: Final = {"parties": "opening", "counts": "closing", "heads": "closing"}


def is_address(value: object) -> bool:
    """Tell whether a value is the address of an entry: a SHA-256 in 64 lowercase hexadecimal digits."""
    return isinstance(value, str) and ADDRESS.fullmatch(value) is not None


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number from 0 on (``true`` is none)."""
    return type(value) is int and 0 <= value <= LARGEST_INTEGER


def write_time(time_utc: dt.datetime) -> str:
    """Write a moment as an entry holds it; one that is naive or not of whole seconds will be refused."""
    if time_utc.tzinfo is None:
        return time_utc.isoformat()
    return time_utc.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def read_time(value: object) -> dt.datetime | None:
    """Read a moment of whole seconds in UTC (``2019-04-03T10:00:00Z``); ``None`` for anything else."""
    if not (isinstance(value, str) and _TIME.fullmatch(value)):
        return None
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        return None


def is_sorted_parties(value: object) -> bool:
    """Tell whether a value is a list of Parties, sorted, none twice."""
    return isinstance(value, list) and all(map(is_party, value)) and value == sorted(set(value))


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_is_stream = _matches(_STREAM)
_PLAIN: Final[tuple[tuple[str, Callable[[object], bool], Text], ...]] = (
    ("author", is_party, say("the code of a Party, such as DEU")),
    ("sequence", is_whole, say("a whole number from 0 on")),
    ("previous", lambda value: value is None or is_address(value), say("null or the address of an entry")),
    ("type", _matches(_TYPE), say("a name such as open-skies/mission-plan")),
    ("time_utc", lambda value: read_time(value) is not None, say("whole seconds in UTC, such as 2019-04-03T10:00:00Z")),
    ("salt", _matches(_SALT), say("32 lowercase hexadecimal digits")),
    ("to", is_sorted_parties, say("a list of Parties, sorted, none twice")),
    ("body", lambda value: isinstance(value, dict), say("an object")),
    ("objects", lambda value: isinstance(value, list), say("a list")),
    ("refers_to", lambda value: isinstance(value, list), say("a list")),
)


ENTRY_FIELDS: Final = frozenset({"version", "stream", "kind", *(name for name, *_ in _PLAIN), *_OF_ONE_KIND})


def check(value: dict[str, Any], version: int, kinds: Sequence[str], relations: Sequence[str], keys: str) -> Faults:
    """Find all faults of an entry; ``keys`` is the name of the stream of keys."""
    faults = Faults()
    if type(value.get("version")) is not int or value["version"] != version:
        _add(faults, value, "version", say("{version}; a newer program may read it", version=version))
    if value.get("stream") != keys and not _is_stream(value.get("stream")):
        _add(faults, value, "stream", say("a name such as flight/DEU-2019-031, or keys"))
    if value.get("kind") not in kinds:
        _add(faults, value, "kind", say("one of {names}", names=", ".join(kinds)))
    for name, is_right, expected in _PLAIN:
        if name not in value or not is_right(value[name]):
            _add(faults, value, name, expected)
    if not faults:
        _check_whole(value, keys, faults)
    if isinstance(value.get("objects"), list):
        _check_objects(value["objects"], faults)
    if isinstance(value.get("refers_to"), list):
        _check_references(value["refers_to"], relations, faults)
    return faults


def _add(faults: Faults, value: dict[str, Any], name: str, expected: Text) -> None:
    if name in value:
        faults.add(name, say("{met} stands where {expected} belongs", met=quoted(value[name], 40), expected=expected))
    else:
        faults.add(name, say("it is missing: {expected}", expected=expected))


def _check_whole(value: dict[str, Any], keys: str, faults: Faults) -> None:
    """Check what several fields say together."""
    kind = value["kind"]
    if (value["sequence"] == 0) != (value["previous"] is None):
        faults.add("previous", say("the first entry of a sequence has no previous one, and every other has"))
    if (value["stream"] == keys) != (kind in ("key", "introduction")):
        faults.add("stream", say("the stream keys holds entries of the kinds key and introduction, and no other does"))
    if kind in ("key", "introduction") and value["type"] != f"record/{kind}":
        faults.add("type", say("an entry of the kind {kind} is of the type {type}", kind=kind, type=f"record/{kind}"))
    for name, belongs in _OF_ONE_KIND.items():
        if name in value and kind != belongs:
            faults.add(name, say("{name} belongs into the kind {kind} only", name=name, kind=belongs))
        elif name not in value and kind == belongs:
            faults.add(name, say("an entry of the kind {kind} needs {name}", name=name, kind=belongs))
    if kind == "opening" and "parties" in value:
        _check_opening(value, faults)
    if kind == "closing" and "counts" in value and "heads" in value:
        _check_closing(value, faults)


def _check_opening(value: dict[str, Any], faults: Faults) -> None:
    parties = value["parties"]
    if not is_sorted_parties(parties) or not parties:
        faults.add("parties", say("an opening names its Parties: a list, sorted, none twice"))
    elif value["author"] not in parties:
        faults.add("parties", say("the author {author} is not among them", author=value["author"]))


def _check_closing(value: dict[str, Any], faults: Faults) -> None:
    counts, heads, author = value["counts"], value["heads"], value["author"]
    if not isinstance(counts, dict) or not all(is_party(who) and is_whole(n) for who, n in counts.items()):
        faults.add("counts", say("the number of entries of each Party belongs here"))
        return
    if not isinstance(heads, dict) or not all(is_party(who) and is_address(head) for who, head in heads.items()):
        faults.add("heads", say("the address of the last entry of each Party belongs here"))
        return
    if counts.get(author) != value["sequence"] + 1:
        faults.add("counts", say("the closing is entry {number} of its author", number=value["sequence"] + 1))
    if heads.get(author) != value["previous"]:
        faults.add("heads", say("the head of the author is the entry before the closing"))
    if heads.keys() != {who for who, n in counts.items() if n > (who == author)}:
        faults.add("heads", say("the Parties with entries before the closing have heads, and no other"))


def _check_objects(objects: list[Any], faults: Faults) -> None:
    if not objects:
        return
    rules: tuple[tuple[str, Callable[[object], bool], Text], ...] = (
        ("name", is_name, say("a name of 1 to {most} characters, none of control", most=_LONGEST_NAME)),
        ("sha256", is_address, say("64 lowercase hexadecimal digits")),
        ("size", is_whole, say("a whole number from 0 on")),
        ("media_type", _matches(_MEDIA), say("a type of media, such as image/tiff")),
    )
    names: set[str] = set()
    for number, one in enumerate(objects):
        where = f"objects[{number}]"
        if not isinstance(one, dict):
            faults.add(where, say("an object has name, sha256, size and media_type"))
            continue
        for name, is_right, expected in rules:
            if name not in one or not is_right(one[name]):
                _add_at(faults, where, one, name, expected)
        if isinstance(one.get("name"), str):
            if one["name"] in names:
                faults.add(f"{where}.name", say("the name {name} stands twice", name=quoted(one["name"], 40)))
            names.add(one["name"])


def _check_references(references: list[Any], relations: Sequence[str], faults: Faults) -> None:
    met: set[tuple[str, str]] = set()
    for number, one in enumerate(references):
        where = f"refers_to[{number}]"
        if not isinstance(one, dict):
            faults.add(where, say("a reference has relation and entry"))
            continue
        if one.get("relation") not in relations:
            _add_at(faults, where, one, "relation", say("one of {names}", names=", ".join(relations)))
        elif not is_address(one.get("entry")):
            _add_at(faults, where, one, "entry", say("the address of an entry"))
        elif (pair := (one["relation"], one["entry"])) in met:
            faults.add(where, say("the reference stands twice"))
        else:
            met.add(pair)


def is_name(value: object) -> bool:
    """Tell whether a value can be a name for people: 1 to 255 characters, none that controls a screen or a line."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and not _CONTROL.search(value)


def _add_at(faults: Faults, where: str, one: dict[str, Any], name: str, expected: Text) -> None:
    inner = Faults()
    _add(inner, one, name, expected)
    for fault in inner:
        faults.add(f"{where}.{fault.where}", fault.message)
