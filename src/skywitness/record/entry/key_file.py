"""Key files: the private keys of a Party on disk, readable by their owner alone.

A file is JSON of mode 0600 in a folder of mode 0700; wider modes are refused, when it is written and when it is read.
With a passphrase the seeds are encrypted: scrypt (RFC 7914) makes the key, ChaCha20-Poly1305 (RFC 8439) encrypts and
authenticates, the other fields of the file included.  Keys in hardware (PKCS #11) are an
alternative that is left out here: a file works on every machine and with both algorithms.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import canonical
from skywitness.record.entry.keys import KEY_ID, SEED_BYTES, PartyKey, from_base64, is_party, to_base64

Use = Literal["root", "entry", "log", "witness", "exchange"]
USES: Final[tuple[Use, ...]] = ("root", "entry", "log", "witness", "exchange")

FORMAT: Final = "skywitness key v1"
COST: Final = 2**17
"""scrypt's N: with r = 8 it takes 128 MiB and some tenths of a second to try one passphrase."""

_LARGEST_COST: Final = 2**20
_BLOCK, _PARALLEL = 8, 1
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
LARGEST_FILE: Final = 4_096
_SHORTEST_PASSPHRASE: Final = 8
_OTHERS: Final = 0o077


def save(
    path: Path,
    key: PartyKey,
    use: Use,
    passphrase: str | None = None,
    *,
    cost: int = COST,
    random: Callable[[int], bytes] = os.urandom,
) -> None:
    """Write a key to a new file of mode 0600, all of it or nothing; its folder is made (0700) where there is none.

    Raises ``InputError``: ``key_file_exists`` (a key is never overwritten), ``key_file_mode`` (a folder others can
    enter), ``bad_passphrase`` (too short), ``bad_key_file`` (it cannot be written).
    """
    if passphrase is not None and len(passphrase) < _SHORTEST_PASSPHRASE:
        text = say("a passphrase has at least {least} characters", least=_SHORTEST_PASSPHRASE)
        raise InputError("bad_passphrase", text, str(path))
    data = canonical.dumps(_contents(key, use, passphrase, cost, random)) + b"\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_mode(path.parent.stat(), path.parent, "0700")
        _write_new(path, data, random(8).hex())
    except FileExistsError as error:
        text = say("there is a file already, and a key is never overwritten: choose another name")
        raise InputError("key_file_exists", text, str(path)) from error
    except OSError as error:
        _unusable(path, error)


def _contents(
    key: PartyKey, use: Use, passphrase: str | None, cost: int, random: Callable[[int], bytes]
) -> dict[str, Any]:
    """Lay out a file: with a passphrase the seeds are in ``sealed``, bound to all other fields."""
    head: dict[str, Any] = {"format": FORMAT, "party": key.party, "use": use, "id": key.id}
    seeds = key.ed25519_seed + key.ml_dsa_44_seed
    if passphrase is None:
        return {**head, "seeds": to_base64(seeds)}
    salt, nonce = random(_SALT_BYTES), random(_NONCE_BYTES)
    head["cipher"] = {"cost": cost, "salt": to_base64(salt), "nonce": to_base64(nonce)}
    sealed = ChaCha20Poly1305(_stretch(passphrase, salt, cost)).encrypt(nonce, seeds, canonical.dumps(head))
    return {**head, "sealed": to_base64(sealed)}


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    """Make the key of a passphrase; the same letters typed on another keyboard are the same (NFC)."""
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return Scrypt(salt=salt, length=32, n=cost, r=_BLOCK, p=_PARALLEL).derive(words)


def _write_new(path: Path, data: bytes, tag: str) -> None:
    """Write beside the place and link into it: no reader meets half a file, and no file is replaced."""
    draft = path.with_name(f".{path.name}.{tag}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def load(path: Path, party: str, use: Use, passphrase: Callable[[], str] | None = None) -> PartyKey:
    """Read the key of ``party`` for ``use``; ``passphrase`` is asked only where the file is encrypted.

    Raises ``InputError``: ``no_key_file``, ``key_file_mode``, ``bad_key_file`` (with all faults), ``other_key`` (of
    another Party or use), ``passphrase_needed``, ``wrong_passphrase``.
    """
    value = _check(_read(path), path)
    if (value["party"], value["use"]) != (party, use):
        text = say(
            "this is a key of {met_party} for {met_use}, and one of {party} for {use} is needed",
            met_party=value["party"],
            met_use=value["use"],
            party=party,
            use=use,
        )
        raise InputError("other_key", text, str(path))
    seeds = _unseal(value, passphrase, path) if "cipher" in value else from_base64(value["seeds"])
    assert seeds is not None
    key = PartyKey(party, seeds[:SEED_BYTES], seeds[SEED_BYTES:])
    if key.id != value["id"]:
        text = say("the seeds make the key {met}, and the file says {expected}", met=key.id, expected=value["id"])
        raise InputError("bad_key_file", text, str(path))
    return key


def is_encrypted(path: Path) -> bool:
    """Tell whether a key file needs a passphrase; raises as ``load`` does for what is no key file."""
    return "cipher" in _check(_read(path), path)


def _unseal(value: dict[str, Any], passphrase: Callable[[], str] | None, path: Path) -> bytes:
    if passphrase is None:
        text = say("the key is encrypted: give its passphrase")
        raise InputError("passphrase_needed", text, str(path))
    cipher = value["cipher"]
    salt, nonce, sealed = (from_base64(text) or b"" for text in (cipher["salt"], cipher["nonce"], value["sealed"]))
    head = canonical.dumps({name: kept for name, kept in value.items() if name != "sealed"})
    try:
        return ChaCha20Poly1305(_stretch(passphrase(), salt, cipher["cost"])).decrypt(nonce, sealed, head)
    except InvalidTag as error:
        text = say("the passphrase is wrong, or the file was changed")
        raise InputError("wrong_passphrase", text, str(path)) from error


def _read(path: Path) -> bytes:
    """Read a small regular file that only its owner may read, in a folder that only its owner may enter."""
    try:
        _check_mode(path.parent.stat(), path.parent, "0700")
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("bad_key_file", say("a key file is an ordinary file"), str(path))
            _check_mode(status, path, "0600")
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise InputError("no_key_file", say("there is no key file here"), str(path)) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            text = say("a key file is an ordinary file and no link to one")
            raise InputError("bad_key_file", text, str(path)) from error
        _unusable(path, error)


def _check_mode(status: os.stat_result, path: Path, right: str) -> None:
    if status.st_uid != os.geteuid():
        text = say("it belongs to another user of this computer, who could read or change the keys")
        raise InputError("key_file_mode", text, str(path))
    if status.st_mode & _OTHERS:
        text = say(
            "others than its owner may use it (mode {mode}): set it with chmod {right}",
            mode=f"{stat.S_IMODE(status.st_mode):04o}",
            right=right,
        )
        raise InputError("key_file_mode", text, str(path))


def _check(data: bytes, path: Path) -> dict[str, Any]:
    """Find every fault of a key file; nothing of what is secret in it is shown."""
    where = str(path)
    value = None
    if len(data) <= LARGEST_FILE and data.endswith(b"\n"):
        with suppress(InputError):  # its message would quote from the file
            value = canonical.loads(data[:-1], where)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError("bad_key_file", say("this is no key file of this program ({format})", format=FORMAT), where)
    faults = Faults()
    encrypted = "cipher" in value
    expected = {"format", "party", "use", "id", *(("cipher", "sealed") if encrypted else ("seeds",))}
    for name in sorted(expected ^ value.keys()):
        faults.add(quoted(name, 40), say("it is missing") if name in expected else say("a key file has no such field"))
    if not is_party(value.get("party")):
        faults.add("party", say("the code of a Party belongs here"))
    if value.get("use") not in USES:
        faults.add("use", say("one of {names} belongs here", names=", ".join(USES)))
    if not (isinstance(value.get("id"), str) and KEY_ID.fullmatch(value["id"])):
        faults.add("id", say("32 lowercase hexadecimal digits belong here"))
    secret, length = ("sealed", 2 * SEED_BYTES + _TAG_BYTES) if encrypted else ("seeds", 2 * SEED_BYTES)
    _check_length(value, secret, length, secret, faults)
    if encrypted:
        _check_cipher(value["cipher"], faults)
    faults.raise_if_any("bad_key_file", say("the key file is damaged"), where)
    return value


def _check_cipher(cipher: Any, faults: Faults) -> None:
    if not isinstance(cipher, dict) or cipher.keys() != {"cost", "salt", "nonce"}:
        faults.add(
            "cipher", say("{name} has the fields {fields}, and no other", name="cipher", fields="cost, salt, nonce")
        )
        return
    cost = cipher["cost"]
    # A cost out of bounds would let a file use up the memory of who reads it.
    if type(cost) is not int or not 2 <= cost <= _LARGEST_COST or cost & (cost - 1):
        faults.add("cipher.cost", say("a power of two up to {most} belongs here", most=_LARGEST_COST))
    _check_length(cipher, "salt", _SALT_BYTES, "cipher.salt", faults)
    _check_length(cipher, "nonce", _NONCE_BYTES, "cipher.nonce", faults)


def _check_length(value: dict[str, Any], name: str, length: int, where: str, faults: Faults) -> None:
    data = from_base64(value.get(name))
    if data is None or len(data) != length:
        faults.add(where, say("{length} bytes in base64 belong here", length=length))


def _unusable(path: Path, error: OSError) -> NoReturn:
    text = say("the file cannot be used: {why}", why=error.strerror or type(error).__name__)
    raise InputError("bad_key_file", text, str(path)) from error
