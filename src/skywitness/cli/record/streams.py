"""``record open``, ``close``, ``drafts``, ``countersign``: what several Parties sign together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.record.entry.entry import Entry
    from skywitness.record.streams import Waiting


KINDS = {"opening": say("Opening"), "closing": say("Closing")}


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_open(words), _declare_close(words), _declare_drafts(words), _declare_countersign(words)]


def _counters(words: Words) -> click.Parameter:
    return words.option(
        "--counter",
        "SENSOR=N",
        say("Where the frame counter of a sensor stands: the first number it will give, or the last it gave."),
        read=_counter,
        many=True,
    )


def _counter(words: str, where: str) -> tuple[str, int]:
    name, equals, number = words.rpartition("=")
    if not (equals and name and number.isascii() and number.isdecimal() and len(number) <= 15):
        message = say("'{words}' is no counter; write the sensor and a whole number: OP-F=1.", words=words[:60])
        raise InputError("usage", message, where)
    return name, int(number)


# ---- open and close ----


def _declare_open(words: Words) -> click.Command:
    return words.command(
        "open",
        open_stream,
        say(
            "Begin the stream of a flight: a draft that the other Party must sign too (countersign) before it is in "
            "the log."
        ),
        [
            nodes.folder(words),
            nodes.stream(words, required=True),
            words.option("--with", "CODE", say("The other Party; may be given again."), many=True),
            _counters(words),
        ],
        examples=["skywitness record open deu --stream flight/DEU-2019-031 --with UKR --counter OP-F=1"],
    )


def open_stream(face: Face, folder: str, stream: str, counter: Sequence[tuple[str, int]], **options: Any) -> Answer:
    """Draft an opening."""
    from skywitness.mission.recorded.counters import body_of
    from skywitness.record import streams

    others: tuple[str, ...] = tuple(options["with"])
    if not others:
        raise InputError("usage", say("Name the other Party of the stream."), "--with")
    with nodes.opened(face, folder) as node:
        _require_no_other(streams.waiting(node), stream, "opening")
        waiting = streams.draft_opening(node, stream, others, body_of(dict(counter)))
    return _drafted(face, waiting)


def _require_no_other(waiting: Sequence[Waiting], stream: str, kind: str) -> None:
    """Refuse to draft a second opening of a stream: only one of them could ever count.  A stale one does not."""
    found = [one.entry for one in waiting if one.stale is None and (one.entry.stream, one.entry.kind) == (stream, kind)]
    for other in found:
        message = say(
            "An opening of {stream} by {author} waits already, {address}: sign it (countersign), or drop it "
            "(drafts --drop).",
            stream=stream,
            author=other.author,
            address=other.address[: nodes.SHORT],
        )
        raise InputError("opening_waits", message, "--stream")


def _declare_close(words: Words) -> click.Command:
    return words.command(
        "close",
        close_stream,
        say(
            "End the stream of a flight: a draft that counts the entries of every Party and that all of them must sign "
            "(countersign)."
        ),
        [nodes.folder(words), nodes.stream(words, required=True), _counters(words)],
        examples=["skywitness record close deu --stream flight/DEU-2019-031 --counter OP-F=412"],
    )


def close_stream(face: Face, folder: str, stream: str, counter: Sequence[tuple[str, int]]) -> Answer:
    """Draft a closing."""
    from skywitness.mission.recorded.counters import body_of
    from skywitness.record import streams

    with nodes.opened(face, folder) as node:
        waiting = streams.draft_closing(node, stream, body_of(dict(counter)))
    return _drafted(face, waiting)


def _drafted(face: Face, waiting: Waiting) -> Answer:
    def document() -> dict[str, Any]:
        return waiting.to_json(face.language)

    def write(page: Page) -> None:
        _write(page, waiting)

    return Answer(document, write)


def _write(page: Page, waiting: Waiting) -> None:
    entry = waiting.entry
    kind = KINDS[entry.kind]
    page.paragraph(say("{kind} of {stream}, drafted by {author}", kind=kind, stream=entry.stream, author=entry.author))
    page.raw(f"  {waiting.entry.address}")
    _write_content(page, entry)
    if waiting.signed:
        page.paragraph(say("Signed by {signers}", signers=", ".join(waiting.signed)), indent=2)
    if waiting.stale is not None:
        page.marked("✗", say("Too late: {why}", why=waiting.stale), "bold red", indent=2)
        words = say(
            "{author} drafts it again with `record drafts` and --renew; then all sign anew.", author=entry.author
        )
        page.paragraph(words, indent=2)
    elif waiting.lacking:
        page.paragraph(say("Waits for the signature of {parties}.", parties=", ".join(waiting.lacking)), indent=2)
    elif waiting.index is None:
        page.paragraph(say("All others have signed; its author signs last and appends it with countersign."), indent=2)
    else:
        page.paragraph(say("It is entry {index} of the log now.", index=waiting.index), indent=2)


def _write_content(page: Page, entry: Entry) -> None:
    """Write all that a signature would stand for: nobody is to sign what is not shown."""
    page.raw(f"  {entry.time_utc:%Y-%m-%d %H:%M:%SZ}")
    if entry.parties:
        page.paragraph(say("Parties: {parties}", parties=", ".join(entry.parties)), indent=2)
    for party, count in sorted(entry.counts.items()):
        head = entry.heads.get(party)
        last = "-" if head is None else head[: nodes.SHORT]
        words = say("Entries of {party}: {count}, the last one {last}", party=party, count=count, last=last)
        page.paragraph(words, indent=2)
    if entry.body:
        told = json.dumps(json.loads(entry.payload)["body"], ensure_ascii=False)
        page.paragraph(say("It says: {body}", body=nodes.safe(told)), indent=2, hang=2)


# ---- drafts and countersign ----


def _declare_drafts(words: Words) -> click.Command:
    return words.command(
        "drafts",
        drafts,
        say("List what waits for signatures, and what is too late for them."),
        [
            nodes.folder(words),
            words.option("--drop", "ADDRESS", say("Forget this draft: its Parties will not sign it.")),
            words.option("--renew", "ADDRESS", say("Draft this one again: it came too late, as the log went on.")),
        ],
        examples=["skywitness record drafts ukr", "skywitness record drafts deu --renew 3f0a91c2d4e5b687"],
    )


def drafts(face: Face, folder: str, drop: str | None, renew: str | None) -> Answer:
    """List drafts, perhaps without one, or with one drafted again."""
    from skywitness.record import streams

    with nodes.opened(face, folder) as node:
        if drop is not None:
            streams.drop(node, drop)
        if renew is not None:
            streams.renew(node, renew)
        found = streams.waiting(node)

    def write(page: Page) -> None:
        for one in found:
            _write(page, one)
        if not found:
            page.paragraph(say("Nothing waits for a signature."))

    return Answer(lambda: {"drafts": [one.to_json(face.language) for one in found]}, write)


def _declare_countersign(words: Words) -> click.Command:
    return words.command(
        "countersign",
        countersign,
        say(
            "Sign the opening or closing that another Party drafted, if it counts what this node holds; of a draft of "
            "its own that all have signed, append it to the log."
        ),
        [
            nodes.folder(words),
            words.argument("ADDRESS", "address", say("The address of the draft; its first digits do.")),
        ],
        examples=["skywitness record countersign ukr 3f0a91c2d4e5b687"],
    )


def countersign(face: Face, folder: str, address: str) -> Answer:
    """Sign a draft, or append it."""
    from skywitness.record import streams

    with nodes.opened(face, folder) as node:
        waiting = streams.countersign(node, values.name(address, "ADDRESS"))
    return _drafted(face, waiting)
