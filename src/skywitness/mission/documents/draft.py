"""Begin a document: what the plan, the facts and the flight tell is filled in, the rest is named and never invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import Catalogue, Text, say, verbatim
from skywitness.core.toml_text import write_toml
from skywitness.mission.documents.document_file import CHANNELS, to_plain
from skywitness.mission.documents.model import Document, Header, Item, Kind
from skywitness.mission.documents.setting import Setting


@dataclass(frozen=True, slots=True)
class Open:
    """An item that nobody has told yet.  ``needed``: always, or only under a condition."""

    where: str
    item: Item

    @property
    def words(self) -> Text:
        """Say what is asked for, and by what."""
        words = {"title": self.item.title, "provision": self.item.provision, "form": form_words(self.item)}
        if self.item.need == "always":
            return say("{title} ({provision}; {form})", **words)
        if self.item.need == "when":
            condition = {"item": self.item.when, "values": ", ".join(self.item.values)}
            return say("{title} ({provision}; {form}), if {item} is {values}", **words, **condition)
        if self.item.need == "if_applicable":
            return say("{title} ({provision}; {form}), if applicable", **words)
        return say("{title} ({provision}; {form}), if wanted", **words)


def form_words(item: Item) -> Text:
    """Write the form of an item: its word, with an example or the words to choose from; the same in every language."""
    shape = ", ".join(item.among) if item.among else _SHAPES.get(item.form, "")
    return verbatim(f"{item.form}: {shape}" if shape else item.form)


_SHAPES: Final = MappingProxyType(
    {
        "texts": '["...", "..."]',
        "party": '"SWE"',
        "parties": '["SWE", "FIN"]',
        "time": "2019-09-12T08:00:00Z",
        "day": "2019-09-12",
        "flag": "true, false",
        "position": '"60°19\'02\\"N 024°57\'48\\"E"',
        "quarter": "1, 2, 3, 4",
    }
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document begun, and what is still open in it."""

    kind: Kind
    document: Document
    open: tuple[Open, ...]


def begin(kind: Kind, setting: Setting) -> Draft:
    """Begin a document of a kind."""
    items: dict[str, Any] = {}
    unknown: list[Open] = []
    for item in kind.items:
        value = setting.known(item.source)
        if value is None:
            unknown.append(Open(f"items.{item.id}", item))
            continue
        items[item.id] = value
        if item.form == "rows":
            unknown += _open_fields(item, value)
    document = Document(kind.id, Header(**_header(kind, setting)), MappingProxyType(items))
    return Draft(kind, document, tuple(unknown))


def _open_fields(item: Item, rows: tuple[Mapping[str, Any], ...]) -> list[Open]:
    return [
        Open(f"items.{item.id}[{number}].{field.id}", field)
        for number, row in enumerate(rows)
        for field in item.fields
        if field.id not in row and field.need != "may"
    ]


def _header(kind: Kind, setting: Setting) -> dict[str, Any]:
    """Fill in who tells whom, as far as the kind and the plan say it."""
    plan = setting.plan
    roles = {"all": "ALL", "commission": "OSCC"}
    if plan is not None:
        roles |= {"observing": plan.observing, "observed": plan.observed}
    to = tuple(roles[role] for role in kind.to if role in roles)
    return {"sender": roles.get(kind.sender, "") if kind.sender in ("observing", "observed") else "", "to": to}


def to_skeleton(draft: Draft, catalogue: Catalogue) -> str:
    """Write a draft as TOML: what is open stands in notes, each with its provision, ready to be filled in."""
    plain = to_plain(draft.document)
    items = plain.pop("items")
    scalars = {key: value for key, value in items.items() if not _is_rows(value)}
    rows = {key: value for key, value in items.items() if _is_rows(value)}
    head = [f"# {draft.kind.title.render(catalogue)} ({draft.kind.provision})", ""]
    lines = [*head, write_toml({"kind": plain.pop("kind")}).rstrip("\n")]
    if any(one.item.need == "if_applicable" for one in draft.open):
        note = say("names of items that do not apply; to be said here, above the head")
        lines += [f"# not_applicable = []  # {note.render(catalogue)}"]
    lines += ["# remarks = ", "", "[header]"]
    lines += write_toml(plain.get("header", {})).strip("\n").splitlines()
    lines += [f"# {key} = {shape}" for key, shape in _OPEN_HEADER.items() if key not in plain.get("header", {})]
    lines += ["", "[items]", *write_toml(scalars).strip("\n").splitlines()]
    whole = [one for one in draft.open if "[" not in one.where]
    for one in whole:
        lines += [f"# {one.words.render(catalogue)}", f"# {one.item.id} = "] if not one.item.fields else []
    inside = [one for one in draft.open if "[" in one.where]
    lines += [f"# {one.where}: {one.words.render(catalogue)}" for one in inside]
    if rows:
        lines += ["", write_toml({"items": rows}).strip("\n").removeprefix("[items]").strip("\n")]
    for one in whole:
        if one.item.fields:
            lines += ["", f"# {one.words.render(catalogue)}", f"# [[items.{one.item.id}]]"]
            lines += [f"# {field.id} =   # {form_words(field).render(catalogue)}" for field in one.item.fields]
    return "\n".join(lines) + "\n"


_OPEN_HEADER: Final = MappingProxyType(
    {
        "from": "",
        "to": '  # ["SWE", "FIN"], ["ALL"], ["OSCC"]',
        "subject": "",
        "number": "",
        "sent_utc": "  # 2019-09-12T08:00:00Z",
        "channel": "  # " + ", ".join(CHANNELS),
    }
)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
