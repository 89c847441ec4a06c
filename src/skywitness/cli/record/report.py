"""``record discrepancies``, ``evidence``: what one Party recorded and another did not, and who told two stories."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer, Exit
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, say_n

if TYPE_CHECKING:
    from skywitness.record.discrepancy.model import Discrepancy, Report

KINDS = {
    "missing": say("not received"),
    "late": say("received late"),
    "different": say("other files received"),
    "account": say("told differently"),
    "reference": say("refers to what is not there"),
    "stream": say("stream not as signed"),
    "doubtful": say("cannot be as told"),
    "split": say("two histories signed"),
    "double": say("two entries signed for one place"),
}


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_discrepancies(words), _declare_evidence(words)]


def _declare_discrepancies(words: Words) -> click.Command:
    return words.command(
        "discrepancies",
        discrepancies,
        say(
            "Hold the logs of all Parties against one another: what is missing, late or different, and what proves "
            "itself. Exit code 0: nothing; 1: at least one that is certain; 3: only such that cannot be told yet."
        ),
        [
            nodes.folder(words),
            nodes.stream(words),
            words.option("--within", "HOURS", say("How long a receipt may take."), read=_hours, default=24.0),
        ],
        examples=["skywitness record discrepancies deu --stream flight/DEU-2019-031 --within 6"],
    )


def _hours(words: str, where: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 24 * 3650:
        message = say("'{words}' is no number of hours from 0 to ten years.", words=words[:60])
        raise InputError("usage", message, where)
    return value


def discrepancies(face: Face, folder: str, stream: str | None, within: float) -> Answer:
    """Report discrepancies."""
    from skywitness.mission.recorded.report import report

    with nodes.opened(face, folder) as node:
        found = report(node.store, nodes.now(), stream, dt.timedelta(hours=within))

    def document() -> dict[str, Any]:
        return found.to_json(face.language)

    code = Exit.BREACH if found.certain else Exit.CANNOT_TELL if found.rows else Exit.DONE
    return Answer(document, lambda page: write_report(page, found), code)


def write_report(page: Page, found: Report) -> None:
    """Write a report: what is certain first, then what cannot be told, then how far each log is held."""
    doubtful = [row for row in found.rows if not row.certain]
    for heading, mark, rows in (
        (say("Discrepancies"), "✗", found.certain),
        (say("What cannot be told yet"), "?", doubtful),
    ):
        if rows:
            page.heading(heading)
            for row in rows:
                _write_row(page, mark, row)
    if not found.rows:
        page.paragraph(say("No discrepancy."), style="bold")
    page.heading(say("Logs compared"))
    for one in found.logs:
        until = one.until_utc.strftime("%Y-%m-%d %H:%MZ") if one.until_utc else "-"
        text = say_n(
            "{party}: {count} entry, {withheld} withheld; it speaks until {until}",
            "{party}: {count} entries, {withheld} withheld; it speaks until {until}",
            one.entries,
            party=one.party,
            withheld=one.withheld,
            until=until,
        )
        page.marked("·", text, indent=2)
    page.paragraph(say_n("{count} thing sent was compared.", "{count} things sent were compared.", found.compared), 2)


def _write_row(page: Page, mark: str, row: Discrepancy) -> None:
    kind = page.words(KINDS.get(row.kind.value, Text(row.kind.value)))
    page.marked(mark, f"{kind}: {nodes.safe(page.words(row.why))}", indent=2)
    for pair in row.differences:
        words = say(
            "{name}: {first} by {one}, {second} by {other}",
            name=nodes.safe(pair.name),
            first=nodes.safe(_short(pair.recorded)),
            one=row.recorded_by,
            second=nodes.safe(_short(pair.received)),
            other=row.received_by or "-",
        )
        page.paragraph(words, indent=6)
    if row.entries:
        page.raw(f"      {' '.join(address[: nodes.SHORT] for address in row.entries)}")
    if row.evidence:
        page.paragraph(say("Proof: `record evidence` {ident}", ident=row.evidence[: nodes.SHORT]), indent=6)


def _short(value: str | None) -> str:
    return "-" if value is None else value if len(value) < 64 else value[: nodes.SHORT]


def _declare_evidence(words: Words) -> click.Command:
    return words.command(
        "evidence",
        evidence,
        say("List what proves a fault of a Party by its own signatures, or print one proof to hand to others."),
        [
            nodes.folder(words),
            nodes.optional(words.argument("ID", "ident", say("The proof to be printed; its first digits do."))),
            words.option("--out", "FILE", say("Write the proof to this file.")),
        ],
        examples=["skywitness record evidence deu", "skywitness record evidence deu 3f0a91c2 --out proof.json"],
    )


def evidence(face: Face, folder: str, ident: str | None, out: str | None) -> Answer:
    """List evidence, or print one."""
    from skywitness.record import evidence_held

    with nodes.opened(face, folder) as node:
        found = evidence_held.all_of(node)
    if ident is None:
        return _listed(face, found)
    chosen = [one for one in found if one.id.startswith(ident)]
    if len(chosen) != 1:
        message = say("{count} proofs begin with {ident}; without ID they are listed.", count=len(chosen), ident=ident)
        raise InputError("no_evidence", message, "ID")
    body = chosen[0].body
    if out is not None:
        nodes.write_file(out, body + b"\n", "--out")

    def write(page: Page) -> None:
        page.paragraph(nodes.safe(page.words(chosen[0].proves)))
        page.raw(f"  {out}" if out else body.decode())

    return Answer(lambda: {**chosen[0].to_json(face.language), "out": out}, write)


def _listed(face: Face, found: Sequence[Any]) -> Answer:
    def write(page: Page) -> None:
        for one in found:
            page.raw(one.id)
            page.marked("✗" if one.certain else "?", nodes.safe(page.words(one.proves)), indent=2)
        if not found:
            page.paragraph(say("Nothing here proves a fault of a Party."))

    return Answer(lambda: {"evidence": [one.to_json(face.language) for one in found]}, write)
