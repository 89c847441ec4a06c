"""``skywitness document``: the notifications and reports that the Treaty asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import say, say_n

if TYPE_CHECKING:
    from skywitness.mission.documents.document_file import Read
    from skywitness.mission.documents.setting import Setting

FORMATS = ("text", "json", "toml", "pdf")


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "document",
        say("Notifications and reports that the Treaty asks for: begin, check and show them."),
        [_declare_kinds(words), _declare_new(words), _declare_check(words), _declare_show(words)],
    )


def _declare_kinds(words: Words) -> click.Command:
    return words.command(
        "kinds",
        kinds,
        say("List the kinds of documents: who tells whom what, and by which provision."),
        [
            words.option("--kind", "KIND", say("Only this kind, with all its items.")),
            words.option("--find", "WORDS", say("Only kinds about this: words, or a provision such as VI.I.5.")),
        ],
        examples=[
            "skywitness document kinds",
            "skywitness document kinds --kind intent",
            "skywitness document kinds --find VIII.I.3",
        ],
    )


def _declare_new(words: Words) -> click.Command:
    return words.command(
        "new",
        new,
        say(
            "Begin a document as TOML: what plan and facts tell is filled in; what nobody has told is left out and "
            "named, never invented."
        ),
        [
            words.argument("KIND", "kind", say("The kind of document, such as intent; document kinds lists all.")),
            *_beside(words),
            words.option("--out", "FILE", say("Write to this file instead of to the terminal.")),
        ],
        examples=["skywitness document new intent --plan out/plan.json --facts facts.toml --out intent.toml"],
    )


def _declare_check(words: Words) -> click.Command:
    return words.command(
        "check",
        check,
        say(
            "Check a document item by item: there, in its form, as plan, facts and law have it. Exit code 0, whatever "
            "the verdict; 2: the file is no document."
        ),
        [
            words.argument("FILE", "file", say("The document: TOML, or JSON where the name ends in .json.")),
            *_beside(words),
            words.option("--at", "DAY", say("The day whose law applies, if not that of the message."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=["skywitness document check intent.toml --plan out/plan.json"],
    )


def _declare_show(words: Words) -> click.Command:
    return words.command(
        "show",
        show,
        say("Show a document in the order of a message: as text, JSON, TOML or PDF."),
        [
            words.argument("FILE", "file", say("The document: TOML, or JSON where the name ends in .json.")),
            words.option("--format", "FORMAT", say("text, json, toml or pdf."), read=_format, default="text"),
            words.option("--out", "FILE", say("Write to this file instead of to the terminal; a PDF needs it.")),
        ],
        examples=[
            "skywitness document show intent.toml",
            "skywitness document show intent.toml --format pdf --out intent.pdf",
        ],
    )


def _beside(words: Words) -> list[click.Parameter]:
    return [
        words.option("--plan", "FILE", say("The plan of the flight: plan.json.")),
        words.option("--facts", "FILE", say("What is known beside the plan (facts.toml).")),
    ]


def _format(words: str, where: str) -> str:
    if words.lower() not in FORMATS:
        message = say("'{words}' is no format; choose one of {known}.", words=words[:60], known=", ".join(FORMATS))
        raise InputError("usage", message, where)
    return words.lower()


# ---- kinds ----


def kinds(face: Face, kind: str | None, find: str | None) -> Answer:
    """List the kinds of documents."""
    from skywitness.mission.documents import kinds as known

    if kind and find:
        raise InputError("usage", say("Give --kind or --find, not both."), "--find")
    listed = [known.kind(kind, "--kind")] if kind else list(known.find(find) if find else known.kinds().values())
    if not listed:
        message = say("No kind of document is about {words}; document kinds lists all.", words=repr((find or "")[:60]))
        raise InputError("unknown_document", message, "--find")

    def document() -> dict[str, Any]:
        from skywitness.cli.document_page import kind_json

        return {"kinds": [kind_json(face, one) for one in listed]}

    def write(page: Page) -> None:
        from skywitness.cli.document_page import write_kind

        if kind:
            write_kind(page, listed[0])
            return
        rows = [(one.id, one.provision, page.words(one.title)) for one in listed]
        page.table((say("Kind"), say("Provision"), say("Document")), rows)

    return Answer(document, write)


# ---- new ----


def new(face: Face, kind: str, plan: str | None, facts: str | None, out: str | None) -> Answer:
    """Begin a document."""
    from skywitness.mission.documents.document_file import to_json
    from skywitness.mission.documents.draft import begin, to_skeleton
    from skywitness.mission.documents.kinds import kind as find_kind

    draft = begin(find_kind(kind), _setting(plan, facts))
    skeleton = to_skeleton(draft, face.language)
    if out:
        _write(out, skeleton.encode(), (plan, facts))

    def document() -> dict[str, Any]:
        return {
            "document": to_json(draft.document),
            "open": [
                {
                    "where": one.where,
                    "provision": one.item.provision,
                    "need": one.item.need,
                    "title": face.words(one.item.title),
                }
                for one in draft.open
            ],
            "out": out,
        }

    def write(page: Page) -> None:
        if not out:
            page.raw(skeleton.rstrip("\n"))
            return
        needed = sum(one.item.need == "always" for one in draft.open)
        page.paragraph(
            say_n("{count} needed item is open.", "{count} needed items are open; the file names each.", needed)
        )
        page.raw(f"  {out}")

    return Answer(document, write)


# ---- check ----


def check(face: Face, file: str, at: dt.date | None, provision: Sequence[str], **options: Any) -> Answer:
    """Check a document item by item."""
    from skywitness.cli.document_page import write_check
    from skywitness.core.finding import overall
    from skywitness.core.reading import Reading
    from skywitness.law.provisions import find_provision
    from skywitness.mission.documents.check import check_document, faults_of

    read = _read(file)
    setting = _setting(options["plan"], options["facts"])
    sent = read.document.header.sent_utc
    day = at or (sent.date() if sent else None) or (setting.plan.reading.at if setting.plan else None)
    if day is None:
        message = say("The document has no header.sent_utc; give the day whose law applies with --at.")
        raise InputError("usage", message, "--at")
    only = {find_provision(ident).id for ident in provision}
    findings = check_document(read, Reading(at=day), setting, only)
    faults = faults_of(read, findings)

    def document() -> dict[str, Any]:
        return {
            "kind": read.kind.id,
            "at": day.isoformat(),
            "verdict": overall(findings).value,
            "faults": [
                {"where": one.where, "provision": one.provision, "message": face.words(one.message)} for one in faults
            ],
            "findings": [finding.to_json(face.language) for finding in findings],
        }

    return Answer(document, lambda page: write_check(page, read, day, findings))


# ---- show ----


def show(face: Face, file: str, out: str | None, **options: Any) -> Answer:
    """Show a document."""
    from skywitness.mission.documents.document_file import to_json

    read = _read(file)
    form: str = options["format"]
    if form == "pdf" and not out:
        raise InputError("usage", say("A PDF is written to a file; name it with --out."), "--out")
    written = _shown(face, read, form)
    if out:
        _write(out, written, (file,))

    def document() -> dict[str, Any]:
        return {"document": to_json(read.document), "out": out}

    def write(page: Page) -> None:
        page.raw(f"  {out}" if out else written.decode().rstrip("\n"))

    return Answer(document, write)


def _shown(face: Face, read: Read, form: str) -> bytes:
    if form == "pdf":
        from skywitness.mission.documents.pdf import to_pdf

        return to_pdf(read, face.language, face.language.code)
    if form == "json":
        import json

        from skywitness.mission.documents.document_file import to_json

        return (json.dumps(to_json(read.document), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "toml":
        from skywitness.mission.documents.document_file import to_toml

        return to_toml(read.document).encode()
    from skywitness.mission.documents.show import to_text

    return to_text(read, face.language).encode()


# ---- files ----


def _read(file: str) -> Read:
    from skywitness.mission.documents.document_file import read_document
    from skywitness.route.files.document import parse_json, parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    parse = parse_json if Path(file).suffix.lower() == ".json" else parse_toml
    data = parse(read_text(file), where)
    if not isinstance(data, dict):
        raise InputError("bad_document", say("The document is no table of named fields."), where)
    held = data.get("document")  # what new and show print with --json
    return read_document(held if isinstance(held, dict) and "kind" not in data else data, where)


def _setting(plan: str | None, facts: str | None) -> Setting:
    from skywitness.mission.documents.setting import Setting
    from skywitness.route.files.facts_file import read_facts
    from skywitness.route.files.plan_file import read_plan

    return Setting(read_plan(plan).plan if plan else None, read_facts(facts) if facts else None)


def _write(out: str, content: bytes, read: Sequence[str | None]) -> None:
    """Write a file whole or not at all, and never over one that was read."""
    from skywitness.cli.whole_files import places, write_whole

    write_whole({option: (path, content) for option, path in places({"--out": out}, read).items()})
