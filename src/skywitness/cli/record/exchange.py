"""``record sync``, ``serve``: what travels between Parties, over a wire and on a stick."""

from __future__ import annotations

from collections.abc import Sequence
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
from skywitness.core.text import Text, say, say_n

if TYPE_CHECKING:
    from skywitness.record.exchange.client import Synced
    from skywitness.record.exchange.receive import Received
    from skywitness.record.node.node import Node

PORT = 8443
SEALED = b"skywitness sealed packet"


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_sync(words), _declare_serve(words)]


# ---- sync ----


def _declare_sync(words: Words) -> click.Command:
    return words.command(
        "sync",
        sync,
        say(
            "Exchange with another Party: over HTTPS with the node at its address, or with a sealed file on a stick. "
            "Each gets what it may read, and the hashes of the rest."
        ),
        [
            nodes.folder(words),
            nodes.optional(words.argument("PARTY", "party", say("The Party to talk to, such as UKR."))),
            words.option("--out", "FILE", say("Write a sealed file instead.")),
            words.option("--for", "CODE", say("For whom the sealed file is."), read=values.name),
            words.option("--in", "FILE", say("Take in a sealed file that another Party wrote.")),
        ],
        examples=[
            "skywitness record sync deu UKR",
            "skywitness record sync deu --out to-kyiv.sealed --for UKR",
            "skywitness record sync ukr --in to-kyiv.sealed",
        ],
    )


def sync(face: Face, folder: str, party: str | None, out: str | None, **options: Any) -> Answer:
    """Exchange with a Party."""
    given = [name for name, value in (("PARTY", party), ("--out", out), ("--in", options["in"])) if value is not None]
    if len(given) != 1:
        message = say("Name the Party to talk to, or a file to write (--out) or to take in (--in); one of these.")
        raise InputError("usage", message, given[1] if given else "PARTY")
    if (out is None) != (options["for"] is None):
        raise InputError("usage", say("A sealed file is written with --out and --for, both."), "--for")
    if out is not None:
        return _write_stick(face, folder, out, options["for"])
    if options["in"] is not None:
        return read_stick(face, folder, options["in"])
    return _talk(face, folder, str(party))


def _talk(face: Face, folder: str, party: str) -> Answer:
    from skywitness.mission.recorded.types import registry
    from skywitness.record import exchange

    with nodes.opened(face, folder) as node:
        _require_other(node, party, "PARTY")
        done = exchange.sync(node, party, registry())

    def document() -> dict[str, Any]:
        return {
            "party": done.party,
            "rounds": done.rounds,
            "new": done.entries,
            "objects": done.objects,
            "objects_refused": [{"sha256": one.sha256, "provision": one.provision} for one in done.refused],
            "objects_absent": list(done.absent),
            "accused": sorted(done.accused),
            "received": [_json(face, one) for one in done.received],
        }

    return Answer(document, lambda page: _write_talk(page, done))


def _require_other(node: Node, party: str, where: str) -> None:
    if party == node.party:
        message = say("{party} is the Party whose node this is: name the one to exchange with.", party=party)
        raise InputError("usage", message, where)


def _write_talk(page: Page, done: Synced) -> None:
    page.paragraph(
        say_n(
            "{count} new entry, {files} files from {party}.",
            "{count} new entries, {files} files from {party}.",
            done.entries,
            files=done.objects,
            party=done.party,
        )
    )
    for one in done.refused:
        words = say("File {sha256} is not given: {why}", sha256=one.sha256[: nodes.SHORT], why=nodes.safe(one.why))
        page.marked("–", words, indent=2)
    for received in done.received:
        _write_received(page, received)


def _write_stick(face: Face, folder: str, out: str, party: str) -> Answer:
    from skywitness.cli.whole_files import places
    from skywitness.mission.recorded.types import registry
    from skywitness.record import exchange

    nodes.require_outside(out, "--out")
    path = places({"--out": out})["--out"]
    with nodes.opened(face, folder) as node:
        _require_other(node, party, "--for")
        sealed = exchange.write_sealed(node, party, path, registry())

    def document() -> dict[str, Any]:
        told = {"encrypted": sealed.encrypted, "objects": sealed.objects, "whole": sealed.whole}
        return {"file": out, "for": party, **told}

    def write(page: Page) -> None:
        words = say("The sealed file for {party} is written; nobody else can open it.", party=party)
        if not sealed.encrypted:
            words = say(
                "The file for {party} is written and signed; it is not encrypted: anybody can read it.", party=party
            )
        page.paragraph(words)
        page.raw(f"  {out}")
        if not sealed.whole:
            page.paragraph(say("Not everything fitted in; write another when an answer came back."))

    return Answer(document, write)


def is_sealed(file: str) -> bool:
    """Tell whether a file begins as sealed files do."""
    from skywitness.record.ordinary import open_ordinary

    try:
        with open_ordinary(Path(file)) as stream:
            return stream.read(len(SEALED)) == SEALED
    except (OSError, InputError):
        return False  # what is wrong with it is told by who reads it


def read_stick(face: Face, folder: str, file: str) -> Answer:
    """Take in a sealed file."""
    from skywitness.record import exchange

    with nodes.opened(face, folder) as node:
        done = exchange.read_sealed(node, Path(file))

    def write(page: Page) -> None:
        count = sum(done.entries.values())
        page.paragraph(
            say_n(
                "{count} new entry, {files} files from {party}.",
                "{count} new entries, {files} files from {party}.",
                count,
                files=done.objects,
                party=done.sender,
            )
        )
        _write_received(page, done)

    return Answer(lambda: _json(face, done), write)


def _json(face: Face, done: Received) -> dict[str, Any]:
    return {
        "from": done.sender,
        "new": dict(done.entries),
        "revealed": done.revealed,
        "objects": done.objects,
        "drafts": done.drafts,
        "cosigned": list(done.cosigned),
        "cosignatures": done.cosignatures,
        "accused": sorted(done.accused),
        "not_accepted": list(done.offered),
        "lacking": [one.sha256 for one in done.lacking],
        "remarks": [
            {"code": one.code, "text": face.words(one.text), "where": one.where, "certain": one.certain}
            for one in done.remarks
        ],
    }


def _write_received(page: Page, done: Received) -> None:
    """Write what else a packet brought."""
    for origin in done.cosigned:
        page.marked("·", say("Cosigned {origin}.", origin=nodes.safe(origin)), indent=2)
    if done.drafts:
        page.marked(
            "·", say_n("{count} draft came or changed.", "{count} drafts came or changed.", done.drafts), indent=2
        )
    if done.offered:
        parties = ", ".join(done.offered)
        page.marked("·", say("Introductions that nobody compared yet: {parties}.", parties=parties), indent=2)
    for remark in done.remarks:
        page.marked("?", f"{nodes.safe(remark.where)}: {nodes.safe(page.words(remark.text))}", indent=2)
    for party in sorted(done.accused):
        words = say("There is proof of a fault of {party}: see `record evidence`.", party=party)
        page.marked("✗", words, "bold red", indent=2)


# ---- serve ----


def _declare_serve(words: Words) -> click.Command:
    return words.command(
        "serve",
        serve,
        say(
            "Answer other Parties over HTTPS until it is stopped (Ctrl-C); who connects shows the certificate of its "
            "introduction."
        ),
        [
            nodes.folder(words),
            words.option("--host", "HOST", say("The address of this computer to listen at."), default="127.0.0.1"),
            words.option("--port", "N", say("The port to listen at; 0 takes any."), read=_port, default=PORT),
        ],
        examples=["skywitness record serve deu --host 0.0.0.0 --port 8443"],
    )


def _port(words: str, where: str) -> int:
    if not (words.isascii() and words.isdecimal() and len(words) <= 5 and int(words) < 65_536):
        raise InputError("usage", say("'{words}' is no port from 0 to 65535.", words=words[:60]), where)
    return int(words)


def serve(face: Face, folder: str, host: str, port: int) -> Answer:
    """Serve until somebody stops it."""
    from skywitness.mission.recorded.types import registry
    from skywitness.record import exchange

    with nodes.opened(face, folder) as node:
        server = exchange.serve(node, host, port, registry(), lambda fault: face.note(_fault(fault)))
        face.note(
            say(
                "The node of {party} answers at {address}; Ctrl-C stops it.",
                party=node.party,
                address=f"{host}:{server.port}",
            )
        )
        nodes.tell_lost_witness(face, node)
        try:
            server.run()
        except KeyboardInterrupt:
            pass  # the way to stop it: what is under way is answered, and all is well
        finally:
            server.stop()

    def document() -> dict[str, Any]:
        return {"party": node.party, "host": host, "port": server.port}

    return Answer(document, lambda page: page.paragraph(say("Stopped.")))


def _fault(fault: BaseException) -> Text:
    """Tell in one line what went wrong inside, while another Party was answered."""
    if isinstance(fault, InputError):
        return say(
            "A request was not answered: {message} ({where})",
            message=fault.message,
            where=nodes.safe(fault.where or "-"),
        )
    why = nodes.safe(" ".join(str(fault).split())[:300] or "-")
    return say("A request was not answered, a fault inside: {kind}: {why}", kind=type(fault).__name__, why=why)
