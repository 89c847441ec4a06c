"""``record checkpoint``, ``witness``, ``prove``, ``tiles``, ``token``: why others believe a log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.record.node.node import Node
    from skywitness.record.note.proof_file import ProofVerdict
    from skywitness.record.store.model import TokenRow


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [
        _declare_checkpoint(words),
        _declare_witness(words),
        _declare_prove(words),
        _declare_tiles(words),
        _declare_token(words),
    ]


# ---- checkpoint and witness ----


def _declare_checkpoint(words: Words) -> click.Command:
    return words.command(
        "checkpoint",
        checkpoint,
        say("Sign the log as it is now: its size, and one number over all of its entries; witnesses cosign it."),
        [
            nodes.folder(words),
            words.option(
                "--request", "CODE", say("Write what this Party's witness is asked (add-checkpoint) instead.")
            ),
            words.option(
                "--known",
                "N",
                say("At how many entries that witness knows the log, as its refusal told (409)."),
                read=nodes.count,
            ),
            words.option("--take", "FILE", say("What a witness answered for this size, to be kept with it.")),
            words.option("--out", "FILE", say("Where the signed checkpoint is written, or the request; - for here.")),
        ],
        examples=[
            "skywitness record checkpoint deu",
            "skywitness record checkpoint deu --take answer.txt",
            "skywitness record checkpoint deu --request CAN --out request.txt",
        ],
    )


def checkpoint(
    face: Face, folder: str, request: str | None, known: int | None, take: str | None, out: str | None
) -> Answer:
    """Sign a checkpoint."""
    from skywitness.record.log import log
    from skywitness.record.log.proving import cosigned_note
    from skywitness.record.witness import asking as witness_asking

    if known is not None and request is None:
        raise InputError("usage", say("What a witness knows belongs to a request (--request)."), "--known")
    lines = None if take is None else nodes.read_bytes(take)
    with nodes.opened(face, folder) as node:
        nodes.tell_lost_witness(face, node)
        row = log.checkpoint(node)
        if lines is not None:
            witness_asking.take(node, row, lines)
        with node.store.snapshot() as seen:
            note = cosigned_note(seen, row)
            asked = None
            if request is not None:
                asked = witness_asking.request_for(seen, row, request, known).encoded().decode()
    witnesses = sorted({line.name for line in note.signatures} - {row.origin})
    text = note.encoded().decode()
    if out not in (None, "-"):
        nodes.write_file(str(out), (asked or text).encode(), "--out")

    def document() -> dict[str, Any]:
        tree = {"origin": row.origin, "size": row.size, "root": row.root.hex()}
        return {**tree, "witnesses": witnesses, "note": text, "request": asked, "out": out}

    def write(page: Page) -> None:
        if out == "-" or (asked is not None and out is None):
            page.raw((asked or text).rstrip("\n"))
            return
        page.paragraph(say("{origin}: {size} entries, signed.", origin=row.origin, size=row.size))
        page.raw(f"  {row.root.hex()}")
        page.paragraph(say("Cosigned by {witnesses}", witnesses=", ".join(witnesses) or "-"))
        if out is not None:
            page.raw(f"  {out}")

    return Answer(document, write)


def _declare_witness(words: Words) -> click.Command:
    return words.command(
        "witness",
        witness,
        say(
            "Cosign a checkpoint of another Party's log, if it continues the last one: reads an add-checkpoint request "
            "and prints the lines of the cosignature."
        ),
        [
            nodes.folder(words),
            words.argument("REQUEST", "request", say("The file of the request; - for what comes in on a pipe.")),
        ],
        examples=["skywitness record witness can request.txt", "skywitness record witness can -"],
    )


def witness(face: Face, folder: str, request: str) -> Answer:
    """Answer as a witness."""
    from skywitness.record.note.witness_request import Outcome
    from skywitness.record.witness import witness as witnessing

    data = nodes.read_bytes(request)
    with nodes.opened(face, folder) as node:
        answer = witnessing.answer(node, data)
        if answer.outcome is Outcome.OTHER_STATE:
            answer = witnessing.given_before(node, data) or answer
    if answer.outcome is not Outcome.COSIGNED:
        reason = answer.message or say("This witness knows the log at {size} entries.", size=answer.known_size)
        message = say("The witness refuses ({status}): {reason}", status=int(answer.outcome), reason=reason)
        raise InputError("witness_refused", message, request)
    lines = answer.body().decode()

    def document() -> dict[str, Any]:
        return {"status": int(answer.outcome), "cosignatures": lines.splitlines()}

    return Answer(document, lambda page: page.raw(lines.rstrip("\n")))


# ---- prove ----


def _declare_prove(words: Words) -> click.Command:
    return words.command(
        "prove",
        prove,
        say(
            "Write the proof of one entry (C2SP tlog-proof), or check one with nothing but the entry and a policy. "
            "Exit code 1 when a proof does not hold."
        ),
        [
            nodes.optional(nodes.folder(words)),
            nodes.optional(words.argument("ADDRESS", "address", say("The address of the entry; its first digits do."))),
            words.option("--out", "FILE", say("Where the proof is written; the entry goes beside it, as FILE.entry.")),
            words.option("--check", "FILE", say("A proof to be checked.")),
            words.option("--entry", "FILE", say("The entry that the proof is of.")),
            words.option("--policy", "FILE", say("Which log and which witnesses are believed.")),
        ],
        examples=[
            "skywitness record prove deu 3f0a91c2d4e5b687 --out plan.tlog-proof",
            "skywitness record prove --check plan.tlog-proof --entry plan.tlog-proof.entry --policy policy.txt",
        ],
    )


def prove(face: Face, folder: str | None, address: str | None, **options: Any) -> Answer:
    """Write or check a proof."""
    if options["check"]:
        return _check(face, options)
    for name, given in (("DIR", folder), ("ADDRESS", address), ("--out", options["out"])):
        if not given:
            message = say("To write a proof the folder, the address and --out are needed; to check one, --check.")
            raise InputError("usage", message, name)
    assert folder is not None
    assert address is not None
    from skywitness.cli.whole_files import places, write_whole
    from skywitness.record.log import addresses, proving

    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        row = addresses.find(seen, address, "ADDRESS")
        proof = proving.prove(seen, row)
    out, beside = options["out"], f"{options['out']}.entry"
    where = places({"--out": out, "--entry": beside})
    write_whole({"--out": (where["--out"], proof.encoded()), "--entry": (where["--entry"], row.envelope or b"")})

    def document() -> dict[str, Any]:
        return {"address": row.address, "origin": row.origin, "index": row.index, "proof": out, "entry": beside}

    def write(page: Page) -> None:
        page.paragraph(say("The proof and the entry are written:"))
        page.raw(f"  {out}")
        page.raw(f"  {beside}")

    return Answer(document, write)


def _check(face: Face, options: dict[str, Any]) -> Answer:
    from skywitness.record.log import proving
    from skywitness.record.note.policy_file import parse_policy

    for name in ("entry", "policy"):
        if not options[name]:
            message = say("A proof is checked with the entry (--entry) and a policy (--policy).")
            raise InputError("usage", message, f"--{name}")
    rules = parse_policy(nodes.read_bytes(options["policy"]), options["policy"])
    proof, entry = (nodes.read_bytes(options[name]) for name in ("check", "entry"))
    verdict = proving.check(proof, entry, rules, options["check"])

    def document() -> dict[str, Any]:
        steps = [
            {"id": step.id, "holds": step.holds, "reason": step.reason or None, "text": face.words(step.text)}
            for step in verdict.steps
        ]
        return {"holds": verdict.holds, "steps": steps}

    return Answer(document, lambda page: _write_check(page, verdict), Exit.DONE if verdict.holds else Exit.BREACH)


def _write_check(page: Page, verdict: ProofVerdict) -> None:
    for step in verdict.steps:
        page.marked("✓" if step.holds else "✗", step.text)
    page.paragraph(say("The proof holds.") if verdict.holds else say("The proof does not hold."), style="bold")


# ---- tiles and tokens ----


def _declare_tiles(words: Words) -> click.Command:
    return words.command(
        "tiles",
        tiles,
        say("Write the own log as files that any web server can give out (C2SP tlog-tiles)."),
        [nodes.folder(words), words.argument("OUT", "out", say("The folder of the files; tiles there stay."))],
        examples=["skywitness record tiles deu public"],
    )


def tiles(face: Face, folder: str, out: str) -> Answer:
    """Write tiles."""
    from skywitness.cli.inputs import writable_folder
    from skywitness.record.log.static_files import write_static

    place = writable_folder(out, "OUT")
    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        size, written = write_static(seen, node.origin, place)

    def write(page: Page) -> None:
        page.paragraph(say("{count} files were written; the log has {size} entries there.", count=written, size=size))
        page.raw(f"  {place}")

    return Answer(lambda: {"origin": node.origin, "size": size, "written": written, "folder": out}, write)


def _declare_token(words: Words) -> click.Command:
    return words.command(
        "token",
        token,
        say(
            "Keep a time-stamp token of a third party (RFC 3161) over a checkpoint of the log; without FILE "
            "write what is to be stamped."
        ),
        [
            nodes.folder(words),
            nodes.optional(words.argument("FILE", "file", say("The answer of the authority (TimeStampResp)."))),
            words.option("--authority", "NAME", say("The name of the authority, for people."), read=values.name),
            words.option("--out", "FILE", say("Where the text to be stamped is written.")),
        ],
        examples=[
            "skywitness record token deu --out checkpoint.txt",
            "openssl ts -query -data checkpoint.txt -sha512 -cert -out checkpoint.tsq",
            "skywitness record token deu checkpoint.tsr --authority 'A time-stamping authority'",
        ],
    )


def token(face: Face, folder: str, file: str | None, authority: str | None, out: str | None) -> Answer:
    """Keep a token, or write what is to be stamped."""
    from skywitness.record.log import log
    from skywitness.record.note.checkpoint import parse_checkpoint

    if (file is None) == (out is None):
        raise InputError("usage", say("Give the answer of the authority, or --out for what it is to stamp."), "FILE")
    kept = None
    with nodes.opened(face, folder) as node:
        if file is None:
            made = log.checkpoint(node)
            origin, size = made.origin, made.size
            nodes.write_file(str(out), parse_checkpoint(made.note)[0].text().encode(), "--out")
        else:
            kept = _keep_token(node, nodes.read_bytes(file), authority or Path(file).name)
            origin, size = kept.origin, kept.size

    def document() -> dict[str, Any]:
        return {"origin": origin, "size": size, "token": None if kept is None else kept.id, "out": out}

    def write(page: Page) -> None:
        if kept is not None:
            words = say("The token over {size} entries of {origin} is kept.", size=size, origin=origin)
            page.paragraph(words)
        else:
            page.paragraph(say("What the authority is to stamp is written:"))
            page.raw(f"  {out}")

    return Answer(document, write)


def _keep_token(node: Node, token: bytes, authority: str) -> TokenRow:
    """Keep a token with the checkpoint it is over: the log may have grown before the authority answered."""
    from skywitness.record import tokens
    from skywitness.record.log import log
    from skywitness.record.trust import roster

    keys = roster.log_keys(node.introduction())
    with node.store.snapshot() as seen:
        notes = [row.note for row in seen.checkpoints(node.origin)]
    refused = None
    for note in reversed(notes or [log.checkpoint(node).note]):
        try:
            return tokens.attach(node.store, note, keys, token, authority)
        except InputError as error:
            refused = refused or error
    assert refused is not None
    raise refused
