"""Steps 5, 6 and 7: what each log signed, the tree under it, and who saw it."""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.merkle.frontier import Frontier
from skywitness.record.merkle.hashing import EMPTY_ROOT
from skywitness.record.merkle.tiles import parse_tile
from skywitness.record.note.checkpoint import parse_checkpoint, signer_of
from skywitness.record.note.cosignature import verifier_of
from skywitness.record.note.policy import NONE, Policy, evaluate
from skywitness.record.note.vkey import VerifierKey
from skywitness.record.verify.case import Case, Log, Member

_CODES = {
    "bad_note": "checkpoint_form",
    "bad_checkpoint": "checkpoint_form",
    "bundle_missing": "checkpoint_form",
    "bundle_size": "checkpoint_form",
    "other_log": "checkpoint_origin",
    "note_unsigned": "checkpoint_unsigned",
    "note_signature": "checkpoint_signature",
    "key_retired": "checkpoint_retired",
}


def read_checkpoint(case: Case, number: int) -> None:
    """Read the checkpoint of a log and check that its Party's log signed it with both keys (step 5)."""
    folder = f"logs/{number}"
    where = f"{folder}/checkpoint"
    member = _owner(case, f"{folder}/origin")
    if member is None:
        text = say("No Party that is introduced here has this log, or the log is here twice.")
        case.report.fail(5, "log_unknown", f"{folder}/origin", text)
        case.not_run(folder)
        return
    try:
        checkpoint, note = parse_checkpoint(case.bundle.read(where), where)
        if checkpoint.extensions:
            raise InputError("bad_checkpoint", say("A checkpoint of this record has three lines and no further ones."))
    except InputError as error:
        case.report.refused(5, _CODES[error.kind], where, error)
        case.not_run(folder)
        return
    log = Log(folder, member, checkpoint, note)
    try:
        signer_of(note, member.logs, where)
    except InputError as error:
        log.proved = False
        case.report.refused(5, _CODES[error.kind], where, error)
    if case.policy is not None and not _names(case.policy, member):
        text = say("The policy does not name the log {origin} with both of its keys.", origin=member.log.name)
        case.report.fail(4, "policy_log", folder, text)
    case.logs.append(log)


def _names(policy: Policy, member: Member) -> bool:
    """Tell whether a policy names a log, by its present keys or by retired ones from which the root key leads on."""
    named = {line.key for line in policy.logs}
    return any({keys.ed25519, keys.ml_dsa_44} <= named for keys in member.logs)


def _owner(case: Case, path: str) -> Member | None:
    """Find the Party of a log that is not in the bundle already."""
    try:
        line = case.bundle.read(path)
    except InputError:
        return None
    taken = {log.member.code for log in case.logs}
    found = (one for one in case.members.values() if f"{one.log.name}\n".encode() == line)
    return next((one for one in found if one.code not in taken), None)


def judge_tree(case: Case, log: Log) -> bool:
    """Rebuild the root from all leaf hashes (step 6); tell whether the entries can be walked at all."""
    if not _has_tiles(case, log):
        case.not_run(log.folder)
        return False
    wanted = {one.size for _, one, _ in case.notes if one.origin == log.checkpoint.origin}
    tree = Frontier()
    log.roots[0] = EMPTY_ROOT
    for tile in log.tiles:
        for leaf in parse_tile(case.bundle.read(log.hashes_path(tile)), tile.width):
            tree.add(leaf)
            if tree.size in wanted:
                log.roots[tree.size] = tree.root()
    log.roots[tree.size] = tree.root()
    if tree.root() != log.checkpoint.root:
        log.proved = False
        text = say("The leaf hashes do not lead to the root that the checkpoint tells.")
        case.report.fail(6, "tree_root", log.folder, text)
    return True


def _has_tiles(case: Case, log: Log) -> bool:
    """Tell whether the files of tiles are exactly those of a log of this size."""
    size = log.checkpoint.size
    text = say("The files of the tree are not those of a log of {size} entries.", size=size)
    for kind in ("0", "entries"):
        here = set(case.bundle.under(f"{log.folder}/tile/{kind}/"))
        name = log.hashes_path if kind == "0" else log.entries_path
        # Compared by number first: a checkpoint may tell of more entries than anybody could walk.
        if len(here) != -(-size // 256) or {name(tile) for tile in log.tiles} != here:
            case.report.fail(6, "tree_files", f"{log.folder}/tile/{kind}", text)
            return False
    for tile in log.tiles:
        if case.bundle.members[log.hashes_path(tile)].size != 32 * tile.width:
            case.report.fail(6, "tree_files", log.hashes_path(tile), text)
            return False
    return True


def judge_witnesses(case: Case, log: Log) -> None:
    """Check the cosignatures of the policy's witnesses, and whether they are enough (step 7)."""
    where = f"{log.folder}/checkpoint"
    if case.policy is None:
        case.report.doubt(7, "not_run", where, say("There is no policy that can be read."))
        return
    good: dict[VerifierKey, int] = {}
    known = {line.key.label: verifier_of(line.key) for line in case.policy.witnesses}
    for line in log.note.signatures:
        verifier = known.get(line.label)
        if verifier is None:
            continue
        try:
            time_s = verifier.check(log.note.text, line.signature)
        except InputError:
            text = say("A cosignature of {name} does not hold.", name=quoted(line.name))
            case.report.fail(7, "cosignature_wrong", where, text)
            continue
        if time_s is not None:
            good[verifier.key] = min(time_s, good.get(verifier.key, time_s))
    # A cosignature without a time says nothing of when the log was seen, and counts for nothing.
    good = {key: time_s for key, time_s in good.items() if time_s}
    log.seen_s = sorted(good.values())
    if case.policy.quorum == NONE:
        text = say("The policy asks for no witness: whether others saw this log cannot be told.")
        case.report.doubt(7, "no_quorum", where, text)
        return
    standing = evaluate(case.policy, set(good))
    log.enough = standing.holds and case.trust.policy == case.bundle.read("policy.txt")
    if not standing.holds:
        missing = ", ".join(standing.missing())
        text = say("Fewer witnesses cosigned it than the policy asks for; missing: {names}", names=missing)
        case.report.fail(7, "quorum", where, text)
