"""``record restore`` and ``follow``: a node after its disk was lost, a copy after a key was stolen."""

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
from skywitness.cli.record import bundles, nodes
from skywitness.core.text import say


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_restore(words), _declare_follow(words)]


# ---- restore ----


def _declare_restore(words: Words) -> click.Command:
    return words.command(
        "restore",
        restore,
        say(
            "Make the node of a Party again after its disk was lost: with a backup of its keys, and its own log out of "
            "a bundle that another Party exported, as far as the Party's own key signed it. Exit code 3: it may not "
            "append yet, or nobody can tell whether the log is whole."
        ),
        [
            nodes.folder(words),
            words.argument("FILE", "bundle", say("A bundle that holds the Party's log.")),
            words.option("--party", "CODE", say("The Party, such as DEU."), read=values.name, required=True),
            words.option("--keys", "DIR", say("The backup of the folder keys of the lost node."), required=True),
            words.option("--root-key", "FILE", say("The root key, if it is kept elsewhere.")),
            words.option("--store", "URL", say("A postgresql:// address, instead of a file in the folder.")),
        ],
        examples=["skywitness record restore deu from-ukr.tar --party DEU --keys backup/keys"],
    )


def restore(face: Face, folder: str, bundle: str, party: str, keys: str, **options: Any) -> Answer:
    """Make a node again."""
    from skywitness.record.node.make import Wanted
    from skywitness.record.restoring import restore as make

    kept = Path(options["root_key"]) if options["root_key"] else None
    wanted = Wanted(party, kept, options["store"] or "record.db")
    done = make(Path(folder), wanted, Path(keys), Path(bundle), nodes.now, nodes.passphrase(face))
    told = bundles.told_import(face, bundle, done.taken)
    short = done.marked is not None and done.marked > done.size

    def document() -> dict[str, Any]:
        own = {"party": party, "folder": folder, "own_entries": done.size, "signed_before": done.marked}
        return {**own, "may_append": not short and not done.gaps, "gaps": done.gaps, "import": told.document()}

    def write(page: Page) -> None:
        page.paragraph(say("The node of {party} is made again; entries of its own log: {n}.", party=party, n=done.size))
        page.raw(f"  {folder}")
        if short:
            page.marked(
                "✗",
                say(
                    "Its key has signed {marked} entries: it appends nothing until another bundle, imported with "
                    "--own, brings the rest.",
                    marked=done.marked,
                ),
            )
        elif done.marked is None:
            page.marked(
                "?",
                say(
                    "The backup does not tell how far the key had signed. Import bundles of all other Parties with "
                    "--own before anything is appended: who holds more would else see a second history."
                ),
            )
        if done.gaps:
            page.marked(
                "✗",
                say(
                    "Entries that came back as hashes only: {gaps}. It appends nothing until bundles of the Parties "
                    "they were addressed to, imported with --own, bring their contents.",
                    gaps=done.gaps,
                ),
            )
        page.marked(
            "·",
            say("Its witness does not know what it has cosigned: give it a new key with `record keys DIR witness`."),
        )
        told.write(page)

    sure = done.marked is not None and not short and not done.gaps
    return Answer(document, write, Exit.DONE if sure else Exit.CANNOT_TELL)


# ---- follow ----


def _declare_follow(words: Words) -> click.Command:
    return words.command(
        "follow",
        follow,
        say(
            "Let a copy follow the true log again, when people of its Party confirmed that a stolen key, since "
            "retired, led it astray: what only that key signed is set aside and kept; exchange or import then brings "
            "the rest."
        ),
        [
            nodes.folder(words),
            words.argument("PARTY", "party", say("Whose log it is.")),
            words.option("--out", "FILE", say("Write all that was ever set aside of the log: one JSON object a line.")),
        ],
        examples=["skywitness record follow ukr DEU --out set-aside.jsonl"],
    )


def follow(face: Face, folder: str, party: str, out: str | None) -> Answer:
    """Set aside what led a copy astray."""
    import json

    from skywitness.record import following

    with nodes.opened(face, folder) as node:
        done = following.follow(node, party)
        with node.store.snapshot() as seen:
            lines = [json.dumps(one, sort_keys=True) for one in following.documents(seen, done.origin)] if out else []
    if out:
        nodes.write_file(out, "".join(f"{line}\n" for line in lines).encode(), "--out")

    def document() -> dict[str, Any]:
        return {"origin": done.origin, "party": party, "from": done.start, "to": done.end - 1, "number": done.number}

    def write(page: Page) -> None:
        page.paragraph(
            say(
                "Entries {start} to {last} of the copy of {origin} are set aside and kept: only a key signed them that "
                "{party} has retired; the copy follows its log from entry {start} on.",
                start=done.start,
                last=done.end - 1,
                origin=done.origin,
                party=party,
            )
        )
        page.paragraph(
            say("Fetch the log now: `record sync`, or `record import` with a bundle of {party}.", party=party)
        )
        if out:
            page.raw(f"  {out}")

    return Answer(document, write)
