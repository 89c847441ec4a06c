"""``record export``, ``verify``, ``import``: a record in one file, checked by anybody."""

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
from skywitness.core.text import Text, quoted, say, say_n

if TYPE_CHECKING:
    from skywitness.record.exporting import Reading
    from skywitness.record.importing import Import, Taken
    from skywitness.record.node.node import Node
    from skywitness.record.verify.report import Step
    from skywitness.record.verify.trust import Trust

MARKS = {"passed": "✓", "failed": "✗", "cannot_tell": "?", "not_applicable": "–"}
VERDICTS = {
    "passed": say("passed"),
    "failed": say("FAILED"),
    "cannot_tell": say("cannot be told"),
    "not_applicable": say("does not apply"),
}


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_export(words), _declare_verify(words), _declare_import(words)]


# ---- export ----


def _declare_export(words: Words) -> click.Command:
    return words.command(
        "export",
        export,
        say(
            "Write whole logs up to their checkpoints into one file, with all that is needed to verify them offline "
            "years later, and the program that does it."
        ),
        [
            nodes.folder(words),
            words.option("--out", "FILE", say("The bundle: a tar file."), required=True),
            words.option(
                "--stream",
                "NAME",
                say("Only the logs that have entries in this stream, and those that judge them."),
                read=values.name,
            ),
            words.option("--policy", "FILE", say("Which witnesses are enough; policy.txt of the node if not given.")),
            words.flag("--objects", say("Take the files along that entries name, as far as they are held.")),
            words.option(
                "--for",
                "CODE",
                say(
                    "The Party that the bundle is for: what it may not read is withheld in it, with provision and "
                    "reason. Without it the bundle is this Party's own archive, with everything it holds."
                ),
                read=values.name,
            ),
        ],
        examples=[
            "skywitness record export deu --out DEU-2019-031.tar --objects",
            "skywitness record export deu --for CAN --out DEU-2019-031-for-CAN.tar --objects",
        ],
    )


def export(face: Face, folder: str, out: str, policy: str | None, **options: Any) -> Answer:
    """Write a bundle."""
    from skywitness.record.exporting import export_bundle

    nodes.require_outside(out, "--out")
    place = Path(policy) if policy else Path(folder) / "policy.txt"
    if not policy and not place.is_file():
        message = say("The folder of the node has no policy.txt; write one with `record policy`, or name one.")
        raise InputError("no_policy", message, "--policy")
    rules = nodes.read_bytes(str(place))
    with nodes.opened(face, folder) as node:
        reading = _reading(node, options["for"])
        exported = export_bundle(
            node, Path(out), rules, options["stream"], with_objects=options["objects"], reading=reading
        )
    seal, party = exported.seal, options["for"]
    logs = sorted({file.path.split("/")[1] for file in seal.files if file.path.startswith("logs/")})
    files = sum(file.path.startswith("objects/") for file in seal.files)

    def document() -> dict[str, Any]:
        return {
            "bundle": out,
            "exporter": seal.exporter,
            "for": party,
            "logs": len(logs),
            "objects": files,
            "withheld": exported.withheld,
            "files": len(seal.files),
        }

    def write(page: Page) -> None:
        if party is None:
            page.marked("!", _archive_words(seal.exporter), "bold yellow")
        else:
            page.paragraph(_given_words(party, exported.withheld))
        page.paragraph(say_n("{count} log is in the bundle.", "{count} logs are in the bundle.", len(logs)))
        page.raw(f"  {out}")
        page.paragraph(say("To verify it: `skywitness record verify`, or the file verify.py in it and Python alone."))

    return Answer(document, write)


def _reading(node: Node, party: str | None) -> Reading | None:
    """Say whom a bundle is for, and by which rules it reads."""
    from skywitness.mission.recorded import slips
    from skywitness.mission.recorded.types import registry
    from skywitness.record.entry.keys import is_party
    from skywitness.record.exporting import Reading

    if party is None:
        return None
    if not is_party(party):
        message = say("{words} is no code of a Party; one is written as DEU.", words=quoted(party))
        raise InputError("unknown_party", message, "--for")
    slips.require_known(node, [party], "--for")
    return Reading(party, registry())


def _archive_words(exporter: str) -> Text:
    return say(
        "THIS IS THE OWN ARCHIVE OF {party}: it holds everything that {party} may read, also what nobody else may. A "
        "bundle to hand to another Party is made with --for.",
        party=exporter,
    )


def _given_words(party: str, withheld: int) -> Text:
    return say_n(
        "The bundle is for {party}: {count} entry is withheld in it, with provision and reason.",
        "The bundle is for {party}: {count} entries are withheld in it, each with provision and reason.",
        withheld,
        party=party,
    )


# ---- verify ----


def _declare_verify(words: Words) -> click.Command:
    return words.command(
        "verify",
        verify,
        say(
            "Verify a bundle offline, in fifteen steps with reasons. Exit code 0: all passed; 1: a step failed; 3: "
            "none failed, but something cannot be told."
        ),
        [
            words.argument("BUNDLE", "bundle", say("The bundle, as export wrote it.")),
            words.option(
                "--trust",
                "FILE|CODE=HEX",
                say("Whom you trust: a file, or a Party and the fingerprint of its root key; may be given again."),
                many=True,
            ),
            words.option("--record", "DIR", say("A node whose people compared the fingerprints.")),
            words.option("--policy", "FILE", say("The policy the Parties agreed on.")),
        ],
        examples=[
            "skywitness record verify DEU-2019-031.tar --trust trust.json",
            "skywitness record verify DEU-2019-031.tar --record ukr --policy policy.txt",
        ],
    )


def verify(face: Face, bundle: str, trust: Sequence[str], record: str | None, policy: str | None) -> Answer:
    """Verify a bundle."""
    from skywitness.record.verify.report import StepVerdict, overall
    from skywitness.record.verify.run import verify as run

    steps = run(Path(bundle), _trust(trust, record, policy), nodes.now())
    verdict = overall(steps)
    codes = {StepVerdict.FAILED: Exit.BREACH, StepVerdict.CANNOT_TELL: Exit.CANNOT_TELL}

    def document() -> dict[str, Any]:
        return {
            "bundle": bundle,
            "verdict": verdict.value,
            "steps": [step.to_json(face.language) for step in steps],
        }

    return Answer(document, lambda page: write_steps(page, steps, verdict.value), codes.get(verdict, Exit.DONE))


def _trust(words: Sequence[str], record: str | None, policy: str | None) -> Trust:
    """Put together whom the reader trusts."""
    from skywitness.record.entry.introduction import read_fingerprint
    from skywitness.record.exporting import trust_of_node
    from skywitness.record.verify.trust import Trust, read_trust

    found = trust_of_node(Path(record)) if record else Trust()
    roots, rules, authorities = dict(found.roots), found.policy, found.time_authorities
    for one in words:
        party, equals, digits = one.partition("=")
        key = read_fingerprint(digits) if equals else None
        if key is not None:
            roots[party] = key
            continue
        told = read_trust(Path(one))
        roots |= told.roots
        rules, authorities = told.policy or rules, (*authorities, *told.time_authorities)
    if policy is not None:
        rules = nodes.read_bytes(policy)
    return Trust(roots, rules, authorities)


def write_steps(page: Page, steps: Sequence[Step], verdict: str) -> None:
    """Write the steps of a verification, each with what was found and where."""
    for step in steps:
        word = page.words(VERDICTS[step.verdict.value])
        title = page.words(step.title)
        page.marked(MARKS[step.verdict.value], f"{step.number:2d}  {title}: {word}")
        for reason in step.reasons:
            where = f"{nodes.safe(reason.where)}: " if reason.where else ""
            page.marked("·", f"{where}{nodes.safe(page.words(reason.text))} [{reason.code}]", indent=6)
        for code, count in step.counts:
            page.paragraph(say("{code}: {count} times in all", code=code, count=count), indent=8)
    page.paragraph(say("Verdict: {verdict}", verdict=VERDICTS[verdict]), style="bold")


# ---- import ----


def _declare_import(words: Words) -> click.Command:
    return words.command(
        "import",
        import_bundle,
        say(
            "Take the logs, proofs and files of a bundle into the node: each log as far as its own Party signed it and "
            "it continues what is held; nothing is believed because of the bundle. A sealed file is taken too. Exit "
            "code 1: a log is shown with another history; 3: something was left out."
        ),
        [
            nodes.folder(words),
            words.argument("FILE", "bundle", say("A bundle, or a sealed file.")),
            words.flag(
                "--own",
                say("Take this Party's own log back too, where its store was lost or put back from an older copy."),
            ),
        ],
        examples=["skywitness record import can DEU-2019-031.tar", "skywitness record import deu from-ukr.tar --own"],
    )


def import_bundle(face: Face, folder: str, bundle: str, own: bool = False) -> Answer:
    """Import a bundle, or a sealed file."""
    from skywitness.cli.record.exchange import is_sealed, read_stick

    if is_sealed(bundle):
        return read_stick(face, folder, bundle)
    from skywitness.record.importing import import_bundle as take

    with nodes.opened(face, folder) as node:
        found = take(node, Path(bundle), own=own)
    return told_import(face, bundle, found)


def told_import(face: Face, bundle: str, found: Import) -> Answer:
    """Tell what an import took and what it left out."""
    code = Exit.DONE
    if found.left or any(one.refused for one in found.logs):
        code = Exit.CANNOT_TELL
    if any(one.state == "split" for one in found.logs) or any(found.evidence.values()):
        code = Exit.BREACH

    def document() -> dict[str, Any]:
        return {
            "bundle": bundle,
            "changed": found.changed,
            "logs": [_log_document(face, one) for one in found.logs],
            "objects": found.objects,
            "known_objects": found.known_objects,
            "evidence": [{"id": ident, "new": new} for ident, new in found.evidence.items()],
            "newer_introductions": list(found.issues),
            "not_accepted": list(found.introductions),
            "left_out": [{"path": path, "why": face.words(why)} for path, why in found.left],
        }

    return Answer(document, lambda page: _write_import(page, found), code)


def _log_document(face: Face, one: Taken) -> dict[str, Any]:
    return {
        "origin": one.origin,
        "party": one.party,
        "state": one.state,
        "in_bundle": one.told,
        "size": one.size,
        "new": one.new,
        "known": one.known,
        "revealed": one.revealed,
        "refused": None if one.refused is None else face.words(one.refused),
        "evidence": list(one.evidence),
    }


def _log_words(one: Taken) -> Text:
    """Say of a log that holds how it stands to the copy."""
    origin = nodes.safe(one.origin)
    if one.state == "own":
        return say(
            "{origin}, this Party's own log: entries that came back {new}, known before {known}; held now {size}.",
            origin=origin,
            new=one.new,
            known=one.known,
            size=one.size,
        )
    if one.state == "shorter":
        return say(
            "{origin}: nothing new; entries in the bundle {told}, held {size}.",
            origin=origin,
            told=one.told,
            size=one.size,
        )
    if one.state == "equal":
        return say("{origin}: nothing new; all its entries were held: {size}.", origin=origin, size=one.size)
    return say(
        "{origin}: entries new {new}, known before {known}; held now {size}.",
        origin=origin,
        new=one.new,
        known=one.known,
        size=one.size,
    )


def _write_import(page: Page, found: Import) -> None:
    if not found.changed:
        page.paragraph(say("Nothing new was taken."), style="bold")
    for one in found.logs:
        if one.refused is not None:
            mark = "✗" if one.state == "split" else "–"
            page.marked(mark, say("{origin}: {why}", origin=nodes.safe(one.origin), why=one.refused))
            continue
        page.marked("✓", _log_words(one))
        if one.revealed:
            page.marked(
                "·",
                say_n(
                    "{count} entry of which the hash alone was held came with its contents.",
                    "{count} entries of which the hash alone was held came with their contents.",
                    one.revealed,
                ),
                indent=4,
            )
    _write_rest(page, found)


def _write_rest(page: Page, found: Import) -> None:
    """Write what came beside logs."""
    page.paragraph(
        say_n(
            "{count} file is new; {known} were held before.",
            "{count} files are new; {known} were held before.",
            found.objects,
            known=found.known_objects,
        )
    )
    fresh = sum(found.evidence.values())
    if fresh:
        words = say_n(
            "{count} proof of a fault was kept: see `record evidence`.",
            "{count} proofs of faults were kept: see `record evidence`.",
            fresh,
        )
        page.marked("✗", words, "bold red")
    if len(found.evidence) > fresh:
        count = len(found.evidence) - fresh
        page.paragraph(
            say_n("{count} proof of a fault was held before.", "{count} proofs of faults were held before.", count)
        )
    if found.issues:
        parties = ", ".join(found.issues)
        words = say("Newer introductions taken, signed by the root keys compared before: {parties}.", parties=parties)
        page.paragraph(words)
    if found.introductions:
        parties = ", ".join(found.introductions)
        page.paragraph(say("Introductions that nobody compared yet: {parties}.", parties=parties))
    for path, why in found.left:
        page.marked("–", say("{path} was left out: {why}", path=nodes.safe(path), why=why))
