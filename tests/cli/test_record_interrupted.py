"""Ctrl-C in the middle of commands of the record: code 130, no words, nothing half written; it can be made again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.record_parties import STREAM, Parties
from tests.conftest import Skywitness

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each interrupted call is a fork")

POINTS = 4
"""Places at which each command is interrupted, spread over all calls of functions of the record that it makes."""

PROGRAM = r"""
import json, os, shutil, signal, sys
from collections.abc import Iterator
from pathlib import Path
from skywitness.cli import main

base, work, points, before, call = sys.argv[1], sys.argv[2], int(sys.argv[3]), *map(json.loads, sys.argv[4:6])

def run(call, at):
    "Run a call in a fork; SIGINT comes with the `at`-th call of a function of the record.  Gives code, words, calls."
    told, mine = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        out = os.open("words", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(out, 1), os.dup2(out, 2)
        count = 0
        def look(frame, event, _):
            nonlocal count
            if event == "call" and "/skywitness/record/" in frame.f_code.co_filename:
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGINT)
        sys.argv[1:] = call
        sys.setprofile(look)
        code = None
        try:
            main.run()
        except SystemExit as leaving:
            code = leaving.code
        finally:
            sys.setprofile(None)
            os.write(mine, str(count).encode())
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(99 if code is None else code)
    os.close(mine)
    status = os.waitpid(child, 0)[1]
    counted = int(os.read(told, 20) or b"0")
    os.close(told)
    return os.waitstatus_to_exitcode(status), Path("words").read_text(), counted

def fresh():
    os.chdir("/")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(base, work)
    os.chdir(work)

def files():
    return sorted(str(path) for path in Path(".").rglob("*") if path.is_file() and path.name != "words")

fresh()
for one in before:
    assert run(one, 0)[0] == 0, Path("words").read_text()
os.chdir("/")
shutil.copytree(work, begun := work + "-begun")
base = begun
fresh()
sys.stdout, told = open(os.devnull, "w"), sys.stdout
main.main(call)  # what the command loads is loaded once, before the forks
sys.stdout = told
fresh()
known = files()
whole = run(call, 0)
done = files()
rows = []
for number in range(1, points + 1):
    fresh()
    code, words, _ = run(call, max(1, whole[2] * number // (points + 1)))
    left = files()
    again = run(call, 0)
    rows.append({"code": code, "words": words, "left": left, "again": again[0], "said": again[1]})
print(json.dumps({"known": known, "whole": whole, "done": done, "rows": rows}))
"""


def interrupted(folder: Path, work: Path, call: list[str], before: list[list[str]] | None = None) -> dict[str, Any]:
    """Interrupt a command at several places, each time in a fresh copy of the folder, and run it again there."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PROGRAM,
            str(folder),
            str(work),
            str(POINTS),
            json.dumps(before or []),
            json.dumps(call),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@contextlib.contextmanager
def stopped_on_failure(server: subprocess.Popen[str]) -> Iterator[None]:
    """Kill a server when what is done with it fails: else the failure would wait for it for ever."""
    try:
        yield
    except BaseException:
        server.kill()
        raise


@pytest.fixture
def parties(skywitness: Skywitness, tmp_path: Path) -> Parties:
    """Give two Parties that know one another, one of which has said something with a file."""
    folder = tmp_path / "base"
    folder.mkdir()
    made = Parties(skywitness, folder)
    made.make("DEU", "UKR")
    (folder / "body.json").write_text("{}")
    (folder / "plan.json").write_text("{}" * 1000)
    (folder / "policy.txt").write_text("quorum none\n")
    return made


APPEND = f"record append deu --stream {STREAM} --type plan --body body.json --object plan.json --to UKR --alone".split()
STICK = ["record", "sync", "deu", "--out", "stick.sealed", "--for", "UKR"]
CHECKPOINT = ["record", "checkpoint", "deu"]
EXPORT = ["record", "export", "deu", "--out", "deu.tar", "--policy", "policy.txt", "--objects"]


@pytest.mark.parametrize(
    ("call", "before", "code"),
    [
        (APPEND, [], 0),
        (STICK, [APPEND], 0),
        (["record", "sync", "ukr", "--in", "stick.sealed"], [APPEND, STICK], 0),
        (EXPORT, [APPEND, CHECKPOINT], 0),
        (["record", "verify", "deu.tar", "--record", "deu"], [APPEND, CHECKPOINT, EXPORT], 1),
        (["record", "import", "ukr", "deu.tar"], [APPEND, CHECKPOINT, EXPORT], 0),
        (["record", "init", "bel", "--party", "BEL"], [], 0),
    ],
    ids=lambda value: " ".join(value[1:3]) if isinstance(value, list) and value and isinstance(value[0], str) else "",
)
def test_ctrl_c_leaves_nothing_half_written(
    parties: Parties, tmp_path: Path, call: list[str], before: list[list[str]], code: int
) -> None:
    """Wherever it comes: code 130 without a word, no file that a whole run would not leave; then the call is done."""
    told = interrupted(parties.folder, tmp_path / "work", call, before)
    assert told["whole"][0] == code, told["whole"]
    may_be = {re.sub(r"-(wal|shm)$", "", name) for name in (*told["known"], *told["done"])}
    whole_node, codes = {name for name in told["done"] if "bel" in name}, set()
    for row in told["rows"]:
        codes.add(row["code"])
        assert (row["code"], row["words"]) == (130, "") or row["code"] == code, row
        assert {re.sub(r"-(wal|shm)$", "", name) for name in row["left"]} <= may_be
        assert call[1] != "init" or {name for name in row["left"] if "bel" in name} in (set(), whole_node)
        assert row["again"] == code or (row["again"], call[1]) == (2, "init"), row["said"]
    assert 130 in codes


def test_an_interrupted_append_is_there_wholly_or_not_at_all(parties: Parties, tmp_path: Path) -> None:
    """After each interrupted append the log is sound, and holds the entry with its file or nothing of it."""
    interrupted(parties.folder, tmp_path / "work", APPEND)
    left = Parties(parties.run, tmp_path / "work")
    assert left.json("audit", left["DEU"])["complaints"] == []


@pytest.mark.allow_hosts(["127.0.0.1", "::1"])
def test_a_server_and_who_talks_to_it_are_interrupted(parties: Parties, tmp_path: Path) -> None:
    """Ctrl-C stops a server in order, with code 0; who was talking to it ends with 130, and the next talk goes on."""
    shutil.copytree(parties["UKR"], tmp_path / "served")
    program = [sys.executable, "-c", "from skywitness.cli.main import run; run()", "record"]
    command = [*program, "serve", str(tmp_path / "served"), "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as server, stopped_on_failure(server):
        assert server.stderr is not None
        first = server.stderr.readline()
        port = re.search(r"127\.0\.0\.1:([0-9]+)", first)
        assert port is not None, first
        told = parties.json("keys", tmp_path / "served", "exchange", "--address", f"https://127.0.0.1:{port[1]}")
        parties.json("introduce", parties["DEU"], told["introduction"])
        found = interrupted(parties.folder, tmp_path / "work", ["record", "sync", "deu", "UKR"], [APPEND])
        server.send_signal(signal.SIGINT)
        said, complaint = server.communicate(timeout=60)
    assert (server.returncode, said, complaint) == (0, "Stopped.\n", "")
    assert found["whole"][0] == 0, found["whole"]
    assert {(row["code"], row["words"]) for row in found["rows"]} == {(130, "")}
    assert {row["again"] for row in found["rows"]} == {0}
    assert all(set(row["left"]) <= set(found["known"]) | set(found["done"]) for row in found["rows"])
