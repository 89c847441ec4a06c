"""``record append``, ``list``, ``show``: what a Party says, and what all of them have said."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say, say_n

if TYPE_CHECKING:
    from skywitness.record.log.model import Appended
    from skywitness.record.store.model import EntryRow

_WAYS = ("body", "document", "event")


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_append(words), _declare_list(words), _declare_show(words)]


# ---- append ----


def _declare_append(words: Words) -> click.Command:
    return words.command(
        "append",
        append,
        say(
            "Say something in the record: a document, an event, a receipt, a correction, sensor data. It is checked by "
            "the rules of its type; every fault is told and nothing is kept until there is none."
        ),
        [
            nodes.folder(words),
            nodes.stream(words),
            words.option(
                "--type",
                "TYPE",
                say("The type of the body, such as statement; documents and events know theirs."),
                read=values.name,
            ),
            words.option("--body", "FILE", say("The body: JSON, or TOML.")),
            words.option("--document", "FILE", say("A document, as document new writes it.")),
            words.option("--event", "KIND", say("An event of the mission, such as arrival."), read=values.name),
            words.option("--at", "UTC", say("When the event was, a time with Z."), read=values.day_or_time),
            words.option("--by", "CODE", say("Which Party acted in the event."), read=values.name),
            words.option("--note", "WORDS", say("What else is to be said of the event.")),
            words.option("--object", "FILE", say("A file that belongs to it; may be given again."), many=True),
            words.option(
                "--to",
                "CODE",
                say(
                    "A Party it is addressed to, or ALL; may be given again. Without: all, and for an event of a "
                    "flight the Parties that opened it."
                ),
                many=True,
            ),
            words.option("--receives", "ADDRESS", say("The entry that this is the receipt of.")),
            words.option("--corrects", "ADDRESS", say("The own entry that this stands in the place of.")),
            words.option("--answers", "ADDRESS", say("The entry that this answers.")),
            words.flag("--alone", say("Begin a flight that nobody has opened: the others will not sign an opening.")),
        ],
        examples=[
            "skywitness record append deu --stream flight/DEU-2019-031 --document intent.toml",
            "skywitness record append deu --stream flight/DEU-2019-031 --event arrival --at 2019-04-03T10:00Z --to UKR",
            "skywitness record append ukr --receives 3f0a91c2d4e5b687",
        ],
    )


def append(face: Face, folder: str, **options: Any) -> Answer:
    """Append an entry."""
    from skywitness.mission.recorded import compose, saying

    ways = [f"--{name}" for name in _WAYS if options[name]]
    if len(ways) > 1:
        raise InputError("usage", say("Give one of {ways}, not several.", ways=", ".join(ways)), ways[1])
    wish = saying.Wish(
        stream=options["stream"],
        type=options["type"],
        body=Path(options["body"]) if options["body"] else None,
        document=Path(options["document"]) if options["document"] else None,
        event=_event(options),
        files=tuple(Path(name) for name in options["object"]),
        to=tuple(options["to"]),
        refers=tuple((name, options[name]) for name in ("receives", "corrects", "answers") if options[name]),
        alone=options["alone"],
    )
    with nodes.opened(face, folder) as node:
        made = compose.append(node, [saying.draft_of(node, wish)])[0]
    return _said(made)


def _event(options: Mapping[str, Any]) -> dict[str, Any] | None:
    from skywitness.mission.recorded.compose import event_body

    given = [f"--{name}" for name in ("at", "by", "note") if options[name] is not None]
    if not options["event"]:
        if given:
            raise InputError(
                "usage", say("{option} belongs to an event; name one with --event.", option=given[0]), given[0]
            )
        return None
    at = options["at"]
    if not isinstance(at, dt.datetime):
        raise InputError("usage", say("An event needs the time at which it was, such as 2019-04-03T10:00Z."), "--at")
    return event_body(options["event"], at, options["by"], options["note"])


def _said(made: Appended) -> Answer:
    entry = made.entry

    def document() -> dict[str, Any]:
        return {"index": made.index, "address": entry.address, "payload": json.loads(entry.payload)}

    def write(page: Page) -> None:
        page.paragraph(
            say(
                "Entry {index} of the log: {type} by {author}, number {sequence} in {stream}.",
                index=made.index,
                type=entry.type,
                author=entry.author,
                sequence=entry.sequence,
                stream=entry.stream,
            )
        )
        page.raw(f"  {entry.address}")

    return Answer(document, write)


# ---- list ----


def _declare_list(words: Words) -> click.Command:
    return words.command(
        "list",
        list_entries,
        say("List the entries of all logs that are held, or those of one stream."),
        [nodes.folder(words), nodes.stream(words)],
        examples=["skywitness record list deu", "skywitness record list deu --stream flight/DEU-2019-031"],
    )


def list_entries(face: Face, folder: str, stream: str | None) -> Answer:
    """List entries."""
    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        logs = [(log, list(seen.entries(log.origin))) for log in seen.logs()]
    shown = [(log, [row for row in rows if stream in (None, row.stream)]) for log, rows in logs]
    if stream is not None and not any(rows for _, rows in shown):
        known = sorted({str(row.stream) for _, rows in logs for row in rows if row.stream})
        message = say(
            "No log held here has a stream {stream}; held are {known}.", stream=stream, known=", ".join(known)
        )
        raise InputError("no_stream", message, "--stream")

    def document() -> dict[str, Any]:
        return {"entries": [row_json(log.party, row) for log, rows in shown for row in rows]}

    def write(page: Page) -> None:
        for log, rows in shown:
            if rows:
                text = say_n(
                    "{party}: {count} entry of {origin}",
                    "{party}: {count} entries of {origin}",
                    len(rows),
                    party=log.party,
                    origin=log.origin,
                )
                page.heading(text)
                _write_streams(page, rows)

    return Answer(document, write)


def row_json(party: str, row: EntryRow) -> dict[str, Any]:
    """Write one entry of a list."""
    return {
        "party": party,
        "origin": row.origin,
        "index": row.index,
        "address": row.address,
        "stream": row.stream,
        "author": row.author,
        "sequence": row.sequence,
        "kind": row.kind,
        "type": row.type,
        "time_utc": row.time_utc,
        "withheld": row.withheld if row.envelope is None else None,
    }


def _write_streams(page: Page, rows: Sequence[EntryRow]) -> None:
    """Write the entries of a log, those of one stream together; then what is withheld, and why."""
    from skywitness.mission.recorded.reasons import as_told

    for stream in dict.fromkeys(row.stream for row in rows if row.envelope is not None):
        page.raw(f"  {nodes.safe(stream)}")
        page.table(
            [say("No."), say("Place"), say("Time (UTC)"), say("Type"), say("To"), say("Address")],
            [_cells(row) for row in rows if row.envelope is not None and row.stream == stream],
            right=[0, 1],
        )
    for row in rows:
        if row.envelope is None:
            why = nodes.safe(page.words(as_told(row.withheld or "-")))
            page.marked("–", say("{index} is withheld: {why}", index=row.index, why=why), indent=2)


def _cells(row: EntryRow) -> list[str]:
    time = (row.time_utc or "").replace("T", " ")
    kind = (row.type or "").removeprefix("open-skies/")
    return [str(row.index), str(row.sequence), time, kind, _addressees(row), (row.address or "")[: nodes.SHORT]]


def _addressees(row: EntryRow) -> str:
    from skywitness.record.entry.entry import read

    return ", ".join(read(row.envelope or b"")[1].to) if row.address else ""


# ---- show ----


def _declare_show(words: Words) -> click.Command:
    return words.command(
        "show",
        show,
        say("Show one entry: who signed it, where it stands, and all it says."),
        [
            nodes.folder(words),
            words.argument("ADDRESS", "address", say("The address of the entry; its first digits do.")),
        ],
        examples=["skywitness record show deu 3f0a91c2d4e5b687"],
    )


def show(face: Face, folder: str, address: str) -> Answer:
    """Show one entry."""
    from skywitness.record.entry.entry import read
    from skywitness.record.log import addresses

    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        row = addresses.find(seen, address, "ADDRESS")
        places = seen.by_address(row.address or "")
        envelope, entry = read(row.envelope or b"")
        held = {one.sha256: node.objects.has(one.sha256) for one in entry.objects}
    signers = sorted(str(signer) for signer in envelope.signers())
    payload = json.loads(entry.payload)

    def document() -> dict[str, Any]:
        return {
            "address": entry.address,
            "places": [{"origin": one.origin, "index": one.index} for one in places],
            "signed_by": signers,
            "objects_held": held,
            "payload": payload,
        }

    def write(page: Page) -> None:
        page.raw(entry.address)
        for one in places:
            page.paragraph(say("Entry {index} of {origin}", index=one.index, origin=one.origin), indent=2)
        page.paragraph(say("Signed by {signers}", signers=", ".join(signers)), indent=2, hang=2)
        for reference in entry.objects:
            words = say("File {name}: held here.", name=nodes.safe(reference.name))
            if not held[reference.sha256]:
                words = say("File {name}: not held here, known by its hash only.", name=nodes.safe(reference.name))
            page.paragraph(words, indent=2)
        page.raw(nodes.safe(json.dumps(payload, ensure_ascii=False, indent=2)))

    return Answer(document, write)
