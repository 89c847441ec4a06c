"""``record policy``: which witnesses are enough for the record of a flight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "policy",
        policy,
        say(
            "Write which witnesses are enough for the record of a flight: both Parties to it, and so many of the "
            "others that no log can show two faces while some are dishonest."
        ),
        [
            nodes.folder(words),
            words.option("--observing", "CODE", say("The observing Party."), read=values.name),
            words.option("--observed", "CODE", say("The observed Party."), read=values.name),
            words.option("--faulty", "F", say("How many of the others may be dishonest."), read=nodes.count, default=0),
            words.option(
                "--quorum",
                "Q",
                say("How many of the others must cosign; without, the fewest that suffice."),
                read=nodes.count,
            ),
            words.option("--out", "FILE", say("Write to this file instead of policy.txt in the folder of the node.")),
            words.option(
                "--check",
                "FILE",
                say(
                    "Judge a policy that somebody proposed, instead: exit code 1 when two quorums may share no more "
                    "witnesses than may be dishonest, 3 when it has keys of nobody accepted here. The Parties named "
                    "to the flight do not count."
                ),
            ),
        ],
        examples=[
            "skywitness record policy deu --observing DEU --observed UKR --faulty 1",
            "skywitness record policy deu --check proposed.txt --observing DEU --observed UKR --faulty 1",
        ],
    )


def policy(
    face: Face, folder: str, observing: str | None, observed: str | None, faulty: int, quorum: int | None, **more: Any
) -> Answer:
    """Write a policy, or judge one."""
    from skywitness.record.trust.policies import for_flight

    out: str | None = more["out"]
    if more["check"] is not None:
        if quorum is not None or out is not None:
            raise InputError("usage", say("A policy is judged as it is, and nothing is written."), "--check")
        return _judge_policy(face, folder, more["check"], [code for code in (observing, observed) if code], faulty)
    if observing is None or observed is None:
        name = "--observing" if observing is None else "--observed"
        message = say("Name both Parties to the flight: --observing and --observed.")
        raise InputError("usage", message, name)
    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        made, others, enough = for_flight(seen, observing, observed, faulty, quorum)
    text = made.text()
    place = out or str(Path(folder) / "policy.txt")
    nodes.write_file(place, text.encode(), "--out")

    def document() -> dict[str, Any]:
        return {"file": place, "others": list(others), "faulty": faulty, "quorum": enough, "policy": text}

    def write(page: Page) -> None:
        page.paragraph(
            say(
                "Enough are {observing} and {observed} and {quorum} of the {count} others ({others}): no log can show "
                "two faces as long as at most {faulty} of these are dishonest.",
                observing=observing,
                observed=observed,
                quorum=enough,
                count=len(others),
                others=", ".join(others),
                faulty=faulty,
            )
        )
        page.raw(f"  {place}")

    return Answer(document, write)


def _judge_policy(face: Face, folder: str, file: str, flight: Sequence[str], faulty: int) -> Answer:
    """Tell how many witnesses two quorums of a policy share at least, those of the Parties to the flight left out."""
    from skywitness.record.note.policy_file import parse_policy
    from skywitness.record.note.quorum import check_overlap, overlap
    from skywitness.record.trust.policies import strangers, witnesses_of

    given = parse_policy(nodes.read_bytes(file), file)
    with nodes.opened(face, folder) as node, node.store.snapshot() as seen:
        but = witnesses_of(seen, flight)
        unknown = strangers(seen, given)
    refused = None
    try:
        check_overlap(given, faulty, but)
    except InputError as error:
        refused = error.message
    shared = overlap(given, but)
    if refused is not None:
        told = refused
    elif unknown:
        told = say(
            "Of the witnesses {names} the key is that of no Party accepted here: whoever wrote the policy may hold "
            "it, so what two quorums share cannot be told. Accept the introductions of those Parties, or use the "
            "policy that `record policy` writes.",
            names=nodes.safe(", ".join(unknown)),
        )
    else:
        told = say(
            "Any two quorums share at least {shared} witnesses: no log can show two faces while at most {faulty} of "
            "the witnesses are dishonest.",
            shared=shared,
            faulty=faulty,
        )

    def document() -> dict[str, Any]:
        holds = None if refused is None and unknown else refused is None
        verdict = {"holds": holds, "shared": shared, "faulty": faulty, "unknown": list(unknown)}
        return {"file": file, **verdict, "not_counted": list(flight), "text": face.words(told)}

    code, mark = (Exit.BREACH, "✗") if refused else (Exit.CANNOT_TELL, "?") if unknown else (Exit.DONE, "✓")
    return Answer(document, lambda page: page.marked(mark, told), code)
