"""Time stamps of third parties, made here by openssl as an authority of its own."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.record.verify.conftest import Both

from skywitness.core.errors import InputError
from skywitness.record.note.checkpoint import parse_checkpoint
from skywitness.record.store.open import create_store
from skywitness.record.tokens import attach, command, read_token
from skywitness.record.verify import standalone
from skywitness.record.verify.report import Step
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import Trust

SETTINGS = """
[req]
distinguished_name = name
prompt = no
x509_extensions = of_an_authority
[name]
CN = {name}
[of_an_authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,digitalSignature,keyCertSign
[of_a_stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = stamper
[stamper]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/stamper.pem
signer_key = {folder}/stamper.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority in a folder."""

    folder: Path

    def run(self, *arguments: str) -> None:
        """Run openssl with the settings of the authority."""
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    @property
    def certificate(self) -> str:
        """The certificate of its root, in PEM."""
        return (self.folder / "ca.pem").read_text(encoding="ascii")

    def stamp(self, text: bytes, method: str = "sha256") -> bytes:
        """Answer a request for a token over a text."""
        (self.folder / "text").write_bytes(text)
        self.run("ts", "-query", "-data", "text", f"-{method}", "-cert", "-out", "query.tsq")
        self.run("ts", "-reply", "-config", "settings", "-queryfile", "query.tsq", "-out", "answer.tsr")
        return (self.folder / "answer.tsr").read_bytes()


def found(folder: Path, name: str) -> Authority:
    """Found an authority: a root, and a stamper under it."""
    made = Authority(folder)
    (folder / "settings").write_text(SETTINGS.format(name=name, folder=folder), encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "settings"]
    made.run("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650")
    made.run("req", *curve, "-keyout", "stamper.key", "-out", "stamper.csr", "-subj", f"/CN={name} stamper")
    signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days", "3650", "-out", "stamper.pem"]
    made.run("x509", "-req", "-in", "stamper.csr", *signed, "-extfile", "settings", "-extensions", "of_a_stamper")
    return made


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, Authority]:
    """Give two authorities, or skip without openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here: nobody can stamp")
    return found(tmp_path_factory.mktemp("a"), "A"), found(tmp_path_factory.mktemp("b"), "B")


Judge = Callable[..., Step]


@pytest.fixture
def judged(tmp_path: Path, authorities: tuple[Authority, Authority]) -> Judge:
    """Give what makes a bundle with a token over the log of DEU and tells of step 14, by the package."""

    def run(world: Any, change: Callable[[bytes], bytes] = bytes, by: int = 0, size: int = 0) -> Step:
        files = world.files()
        text = parse_checkpoint(files["logs/0/checkpoint"])[1].text.encode()
        files[f"tokens/0/{size or len(world.sides['DEU'].leaves)}-0.tsr"] = change(authorities[0].stamp(text))
        path = tmp_path / "a.tar"
        path.write_bytes(world.bundle(files))
        given = world.trust()
        trust = Trust(given["roots"], given["policy"].encode(), (authorities[by].certificate,))
        return verify(path, trust, dt.datetime(2999, 1, 1, tzinfo=dt.UTC))[13]

    return run


def codes(step: Step) -> set[str]:
    """List codes of a step."""
    return {why.code for why in step.reasons}


def test_a_token_of_a_known_authority_holds(made: ModuleType, judged: Judge) -> None:
    """A token over the checkpoint, by an authority the reader trusts, passes."""
    assert judged(made.honest()).verdict == "passed"


def test_a_token_of_another_authority_is_refused(made: ModuleType, judged: Judge) -> None:
    """A token by an authority under no certificate given does not hold."""
    assert codes(judged(made.honest(), by=1)) == {"token_wrong"}


@pytest.mark.parametrize("change", [lambda data: data[:-9], lambda data: b"", lambda data: data[:-5] + b"12345"])
def test_an_altered_token_is_refused(change: Callable[[bytes], bytes], made: ModuleType, judged: Judge) -> None:
    """A token that was cut or altered does not hold."""
    assert codes(judged(made.honest(), change)) == {"token_wrong"}


def test_a_token_over_no_checkpoint_here_is_refused(made: ModuleType, judged: Judge) -> None:
    """A token must be over a checkpoint that the bundle holds."""
    assert codes(judged(made.honest(), size=3)) == {"token_unknown"}


def test_entries_younger_than_the_token_are_refused(made: ModuleType, judged: Judge) -> None:
    """An entry that claims a time after a token over it contradicts the authority."""
    world = made.World(time_utc=dt.datetime(2900, 1, 1, tzinfo=dt.UTC))
    world.begin()
    assert "after_token" in codes(judged(world))


@pytest.mark.parametrize("method", ["sha256", "sha512"])
def test_without_certificates_both_verifiers_name_the_command(
    method: str, made: ModuleType, both: Both, authorities: tuple[Authority, Authority], tmp_path: Path
) -> None:
    """Who gives no certificate is told how openssl checks the token; and openssl, so asked, agrees."""
    world = made.honest()
    files = world.files()
    text = parse_checkpoint(files["logs/0/checkpoint"])[1].text.encode()
    authority = authorities[0]
    files["tokens/0/9-0.tsr"] = authority.stamp(text, method)
    assert both(world, world.bundle(files))[14] == ("cannot_tell", {"token_unchecked"})
    (authority.folder / "9-0.tsr").write_bytes(files["tokens/0/9-0.tsr"])
    written = command("tokens/0/9-0.tsr", text, files["tokens/0/9-0.tsr"])
    (tmp_path / "bundle.tar").write_bytes(world.bundle(files))
    alone = standalone.verify(str(tmp_path / "bundle.tar"), {}, int(time.time()))[13]["reasons"]
    assert written in {one["text"].removeprefix("ask openssl: ") for one in alone}
    asked = written.replace("CA.pem", "ca.pem").replace("tokens/0/", "").split()
    authority.run(*asked[1:])
    asked[asked.index("-digest") + 1] = "0" * 64
    with pytest.raises(subprocess.CalledProcessError):
        authority.run(*asked[1:])


def test_attaching_a_token(made: ModuleType, authorities: tuple[Authority, Authority], tmp_path: Path) -> None:
    """A token is kept with the checkpoint it is over, and refused for any other."""
    world = made.honest()
    notes = [world.checkpoint(code) for code in ("DEU", "UKR")]
    keys = world.sides["DEU"].log.keys
    text = parse_checkpoint(notes[0])[1].text.encode()
    token = authorities[0].stamp(text)
    store = create_store(str(tmp_path / "record.db"), "node")
    try:
        row = attach(store, notes[0], keys, token, "A")
        with store.snapshot() as seen:
            assert seen.tokens("deu/record") == (row,)
        for note, data in ((notes[0], b"x"), (notes[1], token), (notes[0], authorities[0].stamp(b"x"))):
            with pytest.raises(InputError):
                attach(store, note, keys, data, "A")
    finally:
        store.close()
    stamped = read_token(token, text, [authorities[0].certificate])
    assert stamped.serial > 0
    with pytest.raises(InputError) as refused:
        read_token(token, text, ["no certificate"])
    assert refused.value.kind == "bad_certificate"
