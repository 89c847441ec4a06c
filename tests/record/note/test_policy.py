"""Policies: strict reading with all faults, judging quorums, and how many witnesses are enough."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.merkle.hashing import leaf_hash
from skywitness.record.note.checkpoint import Checkpoint, sign_checkpoint
from skywitness.record.note.pair import PairSigner, Role, signer_from_seeds
from skywitness.record.note.policy import Group, Policy, WitnessLine, evaluate
from skywitness.record.note.policy_check import check_witnessed, witnessed
from skywitness.record.note.policy_file import parse_policy
from skywitness.record.note.quorum import Party, check_overlap, flight_policy, overlap, smallest_quorum
from skywitness.record.note.signed_note import Note
from skywitness.record.note.vkey import KeyKind, VerifierKey

NOW = dt.datetime(2019, 4, 3, 10, tzinfo=dt.UTC)
CODES = ("DEU", "UKR", "USA", "CAN", "FRA", "GBR", "POL")


def _signer(number: int, role: Role, code: str) -> PairSigner:
    seed = bytes([number, role.value.value]) * 16
    return signer_from_seeds(f"{code.lower()}/{'record' if role is Role.LOG else 'witness'}", role, seed, seed)


LOGS = {code: _signer(number, Role.LOG, code) for number, code in enumerate(CODES)}
WITNESSES = {code: _signer(number, Role.WITNESS, code) for number, code in enumerate(CODES)}
PARTIES = [Party(code, LOGS[code].keys, WITNESSES[code].keys) for code in CODES]
POLICY = flight_policy(PARTIES[0], PARTIES[1], PARTIES[2:], f=1)
NOTE = sign_checkpoint(Checkpoint("deu/record", 7, leaf_hash(b"x")), LOGS["DEU"], NOW)


def cosigned(*codes: str, halves: tuple[int, ...] = (0, 1)) -> Note:
    """Add the cosignatures of Parties to the checkpoint."""
    return NOTE.with_signatures(WITNESSES[code].sign(NOTE.text, NOW)[half] for code in codes for half in halves)


def key(number: int, kind: int = 4, name: str = "w") -> VerifierKey:
    """Make some key."""
    size = 1312 if kind == 6 else 32
    return VerifierKey(f"{name}{number}", KeyKind(kind), (number + 2).to_bytes(size))


def test_a_policy_is_read_as_it_is_written() -> None:
    """The policy of a flight is written, read back the same, and can be read with other blanks and comments."""
    text = POLICY.text(["f = 1", "others: 5"])
    assert parse_policy(text.encode()) == POLICY
    spaced = "\n \t\n" + text.replace(" ", " \t ").replace("\nquorum", "\n\t # ü\n quorum")
    assert parse_policy(spaced.encode()) == POLICY
    assert "group DEU all DEU.ed25519 DEU.ml-dsa-44\n" in text
    assert text.endswith("group others 4 USA CAN FRA GBR POL\ngroup quorum all flight others\nquorum quorum\n")


@pytest.mark.parametrize(
    ("codes", "missing"),
    [
        ("DEU UKR USA CAN FRA GBR", ""),
        ("DEU UKR USA CAN FRA GBR POL", ""),
        ("DEU UKR USA CAN FRA", "GBR POL"),
        ("UKR USA CAN FRA GBR", "DEU"),
        ("DEU", "UKR USA CAN FRA GBR POL"),
        ("", "DEU UKR USA CAN FRA GBR POL"),
    ],
)
def test_the_quorum_tells_who_is_missing(codes: str, missing: str) -> None:
    """A checkpoint holds with both Parties to the flight and 4 of 5 others; otherwise those missing are named."""
    judged = witnessed(cosigned(*codes.split()), POLICY)
    assert judged.standing.holds is not bool(missing)
    expected = [f"{code}.{half}" for code in missing.split() for half in ("ed25519", "ml-dsa-44")]
    assert list(judged.standing.missing()) == expected
    if missing:
        with pytest.raises(InputError) as raised:
            check_witnessed(cosigned(*codes.split()), POLICY)
        assert raised.value.kind == "policy_quorum"
        assert [fault.where for fault in raised.value.faults] == expected


def test_each_group_and_witness_is_told_in_a_sentence() -> None:
    """What holds, what does not and what a witness did has a sentence each."""
    quorum = witnessed(cosigned("DEU"), POLICY).standing
    flight = quorum.members[0]
    german, ukrainian = flight.members
    assert [str(one.sentence()) for one in (quorum, flight, german, german.members[0], ukrainian.members[1])] == [
        "quorum does not hold: 0 of its 2 members have cosigned, 2 are needed.",
        "flight does not hold: 1 of its 2 members have cosigned, 2 are needed.",
        "DEU holds: 2 of its 2 members have cosigned, 2 are needed.",
        "DEU.ed25519 has cosigned.",
        "UKR.ml-dsa-44 has not cosigned.",
    ]


@pytest.mark.parametrize("half", [0, 1])
def test_one_of_two_cosignatures_is_not_enough(half: int) -> None:
    """A Party that cosigned with one of its keys alone has not cosigned."""
    assert not witnessed(cosigned(*CODES, halves=(half,)), POLICY).standing.holds


def test_the_log_must_be_known_and_sign_with_both_keys() -> None:
    """A checkpoint of a log that is not listed, or with one signature of the log, or a spoilt one, is refused."""
    other = sign_checkpoint(Checkpoint("xyz/record", 7, leaf_hash(b"x")), _signer(99, Role.LOG, "XYZ"), NOW)
    kinds = []
    for note in (other, Note(NOTE.text, NOTE.signatures[:1]), Note(NOTE.text.replace("7", "8"), NOTE.signatures)):
        with pytest.raises(InputError) as raised:
            witnessed(note, POLICY)
        kinds.append(raised.value.kind)
    assert kinds == ["policy_log", "note_unsigned", "note_signature"]


def test_a_cosignature_without_a_time_counts_for_nothing() -> None:
    """Time 0 says that the witness does not claim to have seen no larger tree; such cosignatures are left out."""
    untimed = [WITNESSES[code].sign(NOTE.text, dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) for code in CODES]
    note = NOTE.with_signatures(line for lines in untimed for line in lines)
    assert witnessed(note, POLICY).cosignatures == ()


def test_the_example_of_the_specification_is_understood() -> None:
    """Two of X and any of Y, by two levels of groups, is judged as the specification tells."""
    names = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
    text = "".join(f"witness {name} {key(i).vkey()} https://{name}.example/\n" for i, name in enumerate(names))
    text += "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n"
    text += "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
    policy = parse_policy(text.encode())
    for count in range(7):
        for chosen in itertools.combinations(range(6), count):
            expected = sum(i < 3 for i in chosen) >= 2 and any(i >= 3 for i in chosen)
            assert evaluate(policy, {key(i) for i in chosen}).holds is expected
    assert policy.witnesses[0].url == "https://X1.example/"


W1, W2, L1 = key(1).vkey(), key(2).vkey(), key(3, 1, "log").vkey()

SAME = VerifierKey("another", KeyKind.ED25519_COSIGNATURE, key(1).public_key).vkey()
"""The key of W1 under another name."""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [""]),
        ("quorum none", ["line 1"]),
        ("quorum none\nquorum none\n", ["line 2"]),
        ("quorum\n", ["line 1", ""]),
        ("quorum a\n", ["line 1"]),
        (f"quorum a\nwitness a {W1}\n", ["line 1"]),
        (f"witness none {W1}\nquorum none\n", ["line 1"]),
        (f"witness a {W1}\nwitness a {W2}\nquorum a\n", ["line 2"]),
        (f"witness a {W1}\nwitness b {W1}\nquorum a\n", ["line 2"]),
        (f"witness a {W1}\nwitness b {SAME}\nquorum a\n", ["line 2"]),
        (f"log {L1}\nlog {L1} https://x\nquorum none\n", ["line 2"]),
        (f"log {W1}\nquorum none\n", ["line 1"]),
        (f"witness a {L1}\nquorum none\n", ["line 1"]),
        ("log x\nwitness\ngroup g\nlogs\nquorum none more\n", ["line 1", "line 2", "line 3", "line 4", "line 5", ""]),
        (f"witness a {W1}\ngroup g all a a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g all a\ngroup h all a\nquorum h\n", ["line 3"]),
        (f"witness a {W1}\ngroup g all g a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g all none\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g 0 a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g 2 a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g 01 a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g most a\nquorum g\n", ["line 2"]),
        (f"witness a {W1}\ngroup g all\nquorum a\n", ["line 2"]),
        (f"witness a {W1} https://x more\nquorum none\n", ["line 1"]),
        ("quorum none\r\n", ["line 1", ""]),
        ("quorum none # why\n", ["line 1", ""]),
    ],
)
def test_all_faults_are_told_with_their_lines(text: str, places: list[str]) -> None:
    """Every line that is wrong is told, and nothing else."""
    with pytest.raises(InputError) as raised:
        parse_policy(text.encode())
    assert raised.value.kind == "bad_policy"
    assert [fault.where for fault in raised.value.faults] == places


def test_names_are_octets() -> None:
    """K and the Kelvin sign are two names, and octets that are no UTF-8 are a name too."""
    text = f"witness K {W1}\nwitness \u212a {W2}\n".encode() + b"group \xff\xfe all K \xe2\x84\xaa\nquorum \xff\xfe\n"
    policy = parse_policy(text)
    assert [group.members for group in policy.groups] == [("K", "\u212a")]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_policy_or_refused(data: bytes) -> None:
    """Arbitrary bytes are never more than a refusal."""
    kind, told = "", "-"
    try:
        parse_policy(data + b"\nquorum none\n")
    except InputError as error:
        kind, told = error.kind, str(error)
    assert kind in {"", "bad_policy"}
    assert told


def test_long_chains_of_groups_are_judged() -> None:
    """A thousand groups within groups are read, judged, searched and measured without running out of stack."""
    lines = [f"witness g0 {W1}", *(f"group g{i + 1} all g{i}" for i in range(3000)), "quorum g3000", ""]
    policy = parse_policy("\n".join(lines).encode())
    standing = evaluate(policy, {key(1)})
    assert (standing.holds, standing.missing(), overlap(policy)) == (True, (), 1)
    assert evaluate(policy, ()).missing() == ("g0",)


@given(st.integers(0, 40), st.integers(-1, 40))
def test_the_smallest_quorum_is_the_smallest(n: int, f: int) -> None:
    """It is the first q for which 2q - n is above f; there is none when f is not below n."""
    fitting = [q for q in range(n + 1) if 2 * q - n > f]
    if f < 0 or not fitting:
        with pytest.raises(InputError):
            smallest_quorum(n, f)
    else:
        assert smallest_quorum(n, f) == fitting[0]


@pytest.mark.parametrize(("q", "f", "least"), [(3, 1, "take 4 to 5"), (6, 1, "take 4 to 5"), (4, 3, "take 5 to 5")])
def test_too_small_a_quorum_is_refused_with_the_smallest(q: int, f: int, least: str) -> None:
    """2q - n must be above f; the refusal names the smallest q that is enough."""
    with pytest.raises(InputError, match=least) as raised:
        flight_policy(PARTIES[0], PARTIES[1], PARTIES[2:], f=f, q=q)
    assert raised.value.kind == "policy_overlap"


def test_a_party_stands_once() -> None:
    """The observing Party cannot be one of the others as well; and without others there is no quorum of them."""
    with pytest.raises(InputError, match="twice"):
        flight_policy(PARTIES[0], PARTIES[1], [*PARTIES[2:], PARTIES[0]], f=0)
    with pytest.raises(InputError):
        flight_policy(PARTIES[0], PARTIES[1], [], f=0)


def test_the_overlap_of_a_flight_policy() -> None:
    """4 of 5 others share 3 with 4 of 5, and both Parties to the flight are in every quorum unless left out."""
    parties = ("deu/witness", "ukr/witness")
    assert (overlap(POLICY), overlap(POLICY, parties)) == (5, 3)
    check_overlap(POLICY, 2, parties)
    with pytest.raises(InputError) as raised:
        check_overlap(POLICY, 3, parties)
    assert raised.value.kind == "policy_overlap"
    assert overlap(parse_policy(b"quorum none\n")) == 0


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw small trees of groups over witnesses, some of which have two keys, perhaps in different groups."""
    count = draw(st.integers(1, 7))
    owners = [draw(st.integers(0, 4)) for _ in range(count)]
    witnesses = tuple(
        WitnessLine(f"w{i}", VerifierKey(f"o{owner}", KeyKind.ED25519_COSIGNATURE, (i + 2).to_bytes(32)))
        for i, owner in enumerate(owners)
    )
    free = [one.name for one in witnesses]
    groups: list[Group] = []
    while len(free) > 1:
        size = draw(st.integers(1, len(free)))
        members = tuple(free[:size])
        groups.append(Group(f"g{len(groups)}", draw(st.integers(1, size)), members))
        free = [*free[size:], groups[-1].name]
        if len(groups) > 5:
            break
    return Policy((), witnesses, tuple(groups), free[-1])


@given(policies())
def test_the_overlap_is_never_more_than_it_is(policy: Policy) -> None:
    """Against all pairs of quorums: the count is never too high, and exact when no witness has two keys."""
    subsets = itertools.chain.from_iterable(
        itertools.combinations(policy.witnesses, size) for size in range(len(policy.witnesses) + 1)
    )
    quorums = [part for part in subsets if evaluate(policy, {one.key for one in part}).holds]
    least = min(len({one.key.name for one in first if one in second}) for first in quorums for second in quorums)
    owners = [one.key.name for one in policy.witnesses]
    counted = overlap(policy)
    assert counted <= least
    if len(set(owners)) == len(owners):
        assert counted == least
