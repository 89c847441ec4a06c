"""Key files: what is written, who may read it, and that no fault shows a secret."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skywitness.core.errors import InputError
from skywitness.record.entry import canonical, key_file
from skywitness.record.entry.keys import PartyKey, to_base64

MakeKey = Callable[..., PartyKey]
WORDS = "nine blue kites"
CIPHER = ("cipher.cost", "cipher.salt", "cipher.nonce")


@pytest.fixture
def key(make_key: MakeKey) -> PartyKey:
    """A key of Germany."""
    return make_key("DEU")


@pytest.fixture
def plain(tmp_path: Path, key: PartyKey) -> Path:
    """A key file without a passphrase."""
    path = tmp_path / "keys" / "entry.json"
    key_file.save(path, key, "entry")
    return path


@pytest.fixture
def sealed(tmp_path: Path, key: PartyKey) -> Path:
    """A key file with a passphrase, cheap to try."""
    path = tmp_path / "keys" / "sealed.json"
    key_file.save(path, key, "entry", WORDS, cost=2)
    return path


def kind_of(action: Callable[[], object]) -> str:
    """Name the kind of error an action ends with."""
    with pytest.raises(InputError) as caught:
        action()
    return caught.value.kind


def test_keys_come_back(plain: Path, sealed: Path, key: PartyKey) -> None:
    """A key is read as it was written, with and without a passphrase; that is asked only where needed."""
    assert key_file.load(plain, "DEU", "entry", lambda: pytest.fail("asked for nothing")) == key
    assert key_file.load(sealed, "DEU", "entry", lambda: WORDS) == key
    assert [key_file.is_encrypted(path) for path in (plain, sealed)] == [False, True]


def test_modes(plain: Path) -> None:
    """A file is made 0600 in a folder 0700, whatever the umask, and nothing is left beside it."""
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600
    assert stat.S_IMODE(plain.parent.stat().st_mode) == 0o700
    assert list(plain.parent.iterdir()) == [plain]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o601, 0o660, 0o777])
def test_wider_modes_of_the_file_are_refused(plain: Path, mode: int) -> None:
    """A file that others may use in any way is not read."""
    plain.chmod(mode)
    assert kind_of(lambda: key_file.load(plain, "DEU", "entry")) == "key_file_mode"


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o777])
def test_wider_modes_of_the_folder_are_refused(plain: Path, key: PartyKey, mode: int) -> None:
    """In a folder that others may enter nothing is read or written."""
    plain.parent.chmod(mode)
    assert kind_of(lambda: key_file.load(plain, "DEU", "entry")) == "key_file_mode"
    assert kind_of(lambda: key_file.save(plain.with_name("new"), key, "entry")) == "key_file_mode"
    assert list(plain.parent.iterdir()) == [plain]


def test_links_and_other_things_are_refused(plain: Path) -> None:
    """A link and a pipe are no key files, and neither is waited for."""
    link, pipe = plain.with_name("link"), plain.with_name("pipe")
    link.symlink_to(plain)
    os.mkfifo(pipe, 0o600)
    for path in (link, pipe):
        with pytest.raises(InputError, match="an ordinary file"):
            key_file.load(path, "DEU", "entry")
    assert kind_of(lambda: key_file.load(plain.with_name("none"), "DEU", "entry")) == "no_key_file"


def test_no_key_is_overwritten(plain: Path, make_key: MakeKey) -> None:
    """A second key under the same name is refused, and the first stays with nothing beside it."""
    before = plain.read_bytes()
    assert kind_of(lambda: key_file.save(plain, make_key("DEU", "other"), "entry")) == "key_file_exists"
    assert plain.read_bytes() == before
    assert list(plain.parent.iterdir()) == [plain]


@pytest.mark.parametrize(("party", "use"), [("UKR", "entry"), ("DEU", "root"), ("DEU", "witness")])
def test_the_right_key_is_asked_for(plain: Path, party: str, use: Any) -> None:
    """A key of another Party or for another use is refused."""
    assert kind_of(lambda: key_file.load(plain, party, use)) == "other_key"


def test_passphrases(sealed: Path, tmp_path: Path, key: PartyKey) -> None:
    """None, a wrong one and a short one are refused; letters composed in another way are the same words."""
    assert kind_of(lambda: key_file.load(sealed, "DEU", "entry")) == "passphrase_needed"
    assert kind_of(lambda: key_file.load(sealed, "DEU", "entry", lambda: WORDS + "!")) == "wrong_passphrase"
    assert kind_of(lambda: key_file.save(tmp_path / "keys" / "x", key, "entry", "short")) == "bad_passphrase"
    other = tmp_path / "keys" / "nfc.json"
    key_file.save(other, key, "entry", "caf\u00e9 in Paris", cost=2)
    assert key_file.load(other, "DEU", "entry", lambda: "cafe\u0301 in Paris") == key


def test_seeds_are_not_in_an_encrypted_file(sealed: Path, plain: Path, key: PartyKey) -> None:
    """What is secret stands in the plain file and not in the encrypted one."""
    secret = to_base64(key.ed25519_seed + key.ml_dsa_44_seed)
    assert secret in plain.read_text()
    assert secret not in sealed.read_text()
    fresh = sealed.with_name("again.json")
    key_file.save(fresh, key, "entry", WORDS, cost=2)
    assert json.loads(fresh.read_bytes())["sealed"] != json.loads(sealed.read_bytes())["sealed"]


@pytest.mark.parametrize(
    "change",
    [
        {"party": "UKR"},
        {"use": "root"},
        {"id": "00" * 16},
        {"cipher.cost": 4},
        {"cipher.salt": to_base64(bytes(16))},
        {"cipher.nonce": to_base64(bytes(12))},
        {"sealed": to_base64(bytes(80))},
    ],
    ids=str,
)
def test_every_field_is_bound(sealed: Path, change: dict[str, Any]) -> None:
    """Any field of an encrypted file, changed, makes it refused, even for who asks for what it says now."""
    value = json.loads(sealed.read_bytes())
    for name, new in change.items():
        outer, _, inner = name.partition(".")
        value[outer] = {**value[outer], inner: new} if inner else new
    sealed.write_bytes(canonical.dumps(value) + b"\n")
    assert kind_of(lambda: key_file.load(sealed, value["party"], value["use"], lambda: WORDS)) == "wrong_passphrase"


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"party": 1}, ["party"]),
        ({"use": "all"}, ["use"]),
        ({"seeds": "AAAA"}, ["seeds"]),
        ({"note": "x"}, ["'note'"]),
        ({"id": "x", "seeds": None}, ["id", "seeds"]),
        ({"cipher": {}, "sealed": ""}, ["'seeds'", "sealed", "cipher"]),
        ({"cipher": {"cost": 2**40, "salt": "", "nonce": 4}}, ["'sealed'", "'seeds'", "sealed", *CIPHER]),
    ],
    ids=str,
)
def test_damaged_files_name_all_faults(plain: Path, key: PartyKey, change: dict[str, Any], places: list[str]) -> None:
    """All faults of a file are named, and none shows what is secret in it."""
    plain.write_bytes(canonical.dumps({**json.loads(plain.read_bytes()), **change}) + b"\n")
    with pytest.raises(InputError) as caught:
        key_file.load(plain, "DEU", "entry")
    assert caught.value.kind == "bad_key_file"
    assert [fault.where for fault in caught.value.faults] == places
    assert to_base64(key.ed25519_seed)[:20] not in str(caught.value)


def test_seeds_of_another_key_are_noticed(plain: Path, make_key: MakeKey) -> None:
    """A file whose seeds make another key than it says is refused."""
    value = json.loads(plain.read_bytes())
    plain.write_bytes(canonical.dumps({**value, "id": make_key("UKR").id}) + b"\n")
    assert kind_of(lambda: key_file.load(plain, "DEU", "entry")) == "bad_key_file"


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[]\n", b"\xff\n", b"x" * 5000, b'{"format":"other"}\n'])
def test_other_files_are_refused(plain: Path, data: bytes) -> None:
    """What is no key file is said to be none, without its contents."""
    plain.write_bytes(data)
    with pytest.raises(InputError, match="no key file of this program"):
        key_file.load(plain, "DEU", "entry")


def test_the_usual_cost_is_that_of_a_strong_passphrase(tmp_path: Path, key: PartyKey) -> None:
    """Without another wish a file is encrypted at the full cost, which it tells."""
    path = tmp_path / "keys" / "full.json"
    key_file.save(path, key, "root", WORDS)
    assert json.loads(path.read_bytes())["cipher"]["cost"] == 131_072
    assert key_file.load(path, "DEU", "root", lambda: WORDS) == key
