"""Step 2: did the exporter seal exactly these files?"""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.container import FIRST
from skywitness.record.bundle.seal import Seal, SealedFile, read_seal
from skywitness.record.entry import envelope
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keys import Signer
from skywitness.record.verify.case import Case


def judge_seal(case: Case) -> None:
    """Compare the files with those the seal lists, and check who sealed them."""
    try:
        signed, seal = read_seal(case.bundle.read(FIRST), FIRST)
    except InputError as error:
        case.report.refused(2, "seal_form", FIRST, error)
        return
    listed = {one.path: one for one in seal.files}
    here = {path: SealedFile(path, one.sha256, one.size) for path, one in case.bundle.members.items() if path != FIRST}
    for path in sorted(listed.keys() | here.keys()):
        if path not in here:
            case.report.fail(2, "file_missing", path, say("The seal lists this file, and it is not here."))
        elif path not in listed:
            case.report.fail(2, "file_unlisted", path, say("The seal does not list this file."))
        elif listed[path] != here[path]:
            case.report.fail(2, "file_altered", path, say("It is not the file that was sealed."))
    _judge_signer(case, signed, seal)


def _judge_signer(case: Case, signed: Envelope, seal: Seal) -> None:
    exporter = seal.exporter
    signers = tuple(signed.signers())
    if len(signers) != 1 or signers[0].party != exporter or len(signed.signatures) != 2:
        text = say("It is not signed by one key of {party}, and by no other.", party=exporter)
        case.report.fail(2, "seal_signature", FIRST, text)
        return
    signer = signers[0]
    member = case.members.get(exporter)
    life = member.ring.lives.get(signer.key_id) if member else None
    if life is None:
        text = say("The key {key} is not introduced in the log of {party}.", key=signer.key_id, party=exporter)
        here = any(log.member.code == exporter for log in case.logs)
        add = case.report.fail if here else case.report.doubt
        add(2, "seal_key_unknown", FIRST, text)
    elif not envelope.verify(signed, {Signer(exporter, life.key.id): life.key}).valid:
        case.report.fail(2, "seal_signature", FIRST, say("The signature of the seal does not hold."))
    elif life.ended is not None:
        text = say("The key {key} of {party} was revoked or lost before.", key=signer.key_id, party=exporter)
        case.report.fail(2, "seal_key_ended", FIRST, text)
