"""Steps 3 and 4: are the Parties those the reader knows, and is the policy the one agreed on?"""

from __future__ import annotations

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import introduction
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import Signer
from skywitness.record.note.policy_file import parse_policy
from skywitness.record.trust import roster
from skywitness.record.verify.case import Case, Member


def judge_parties(case: Case) -> None:
    """Read the introductions and compare their root keys with those the reader named."""
    if not case.trust.roots:
        text = say("No root keys were given to compare with: the keys are those of the bundle itself.")
        case.report.doubt(3, "no_trust", "", text)
    names: set[str] = set()
    members = [(path, member) for path in case.bundle.under("parties/") if (member := _member(case, path))]
    # Whom the reader knows comes first: a made-up Party takes no name from it.
    members.sort(key=lambda one: case.trust.roots.get(one[1].code) != one[1].introduction.root.id)
    for path, member in members:
        own = {member.log.name, member.witness.name}
        if path != f"parties/{member.code}.json" or names & own:
            text = say("It introduces another Party than its name says, or a log or witness that another Party has.")
            case.report.fail(3, "party_name", path, text)
            continue
        names |= own
        _compare_root(case, member, path)
        case.members[member.code] = member
        root = member.introduction.root
        case.keys[Signer(member.code, root.id)] = root


def _member(case: Case, path: str) -> Member | None:
    try:
        _, found = introduction.read(case.bundle.read(path), path)
        logs, witness = roster.logs(found), roster.witness_keys(found)
        return Member(found, logs, witness, Keyring(found.party, found.root))
    except InputError as error:
        case.report.refused(3, "party_form", path, error)
        return None


def _compare_root(case: Case, member: Member, path: str) -> None:
    roots, key = case.trust.roots, member.introduction.root.id
    if roots and member.code not in roots:
        text = say("No root key of {party} was given to compare with.", party=member.code)
        case.report.doubt(3, "root_not_given", path, text)
    elif roots and roots[member.code] != key:
        text = say("The root key {key} of {party} is not the one that was given.", key=key, party=member.code)
        case.report.fail(3, "root_differs", path, text)


def judge_policy(case: Case) -> None:
    """Read the policy, compare it with the one the reader gave, and its keys with those of the Parties."""
    path = "policy.txt"
    try:
        data = case.bundle.read(path)
        case.policy = policy = parse_policy(data, path)
    except InputError as error:
        case.report.refused(4, "policy_form", path, error)
        return
    if case.trust.policy is None:
        text = say("No policy was given to compare with: this one is the exporter's choice.")
        case.report.doubt(4, "policy_not_given", path, text)
    elif case.trust.policy != data:
        case.report.fail(4, "policy_differs", path, say("It is not the policy that was given."))
    known = {
        key
        for one in case.members.values()
        for pair in (*one.logs, one.witness)
        for key in (pair.ed25519, pair.ml_dsa_44)
    }
    for key in (*(line.key for line in policy.logs), *(line.key for line in policy.witnesses)):
        if key not in known:
            text = say("A key of {name} in it belongs to no Party that is introduced here.", name=quoted(key.name))
            case.report.doubt(4, "policy_stranger", path, text)
