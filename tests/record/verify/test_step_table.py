"""The steps are the same in the package, in the standalone verifier and in the documentation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from skywitness.record.entry import keyring, stream
from skywitness.record.verify import standalone
from skywitness.record.verify.report import MOST_TOLD
from skywitness.record.verify.steps import NOT_RUN, STEPS

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "skywitness" / "record" / "verify"
PAGE = ROOT / "docs" / "record" / "verify.md"


def test_both_verifiers_have_one_table() -> None:
    """Numbers, names and titles are the same, and so is how many reasons are told."""
    assert {number: (info.id, str(info.title)) for number, info in STEPS.items()} == standalone.STEPS
    assert sorted(STEPS) == list(range(1, 16))
    assert standalone.MOST_TOLD == MOST_TOLD


def test_the_page_has_the_same_table() -> None:
    """Each row of the documentation is that of the code."""
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    told = [(int(number), name, title, proves, tuple(re.findall(r"`(\w+)`", codes)))
            for number, name, title, proves, codes in rows]  # fmt: skip
    assert told == [(number, info.id, str(info.title), str(info.proves), info.codes) for number, info in STEPS.items()]


def words(path: Path) -> set[str]:
    """List all texts of one word in a program."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {word for word in found if re.fullmatch(r"[a-z_]+", word)}


def test_every_code_can_be_given_by_the_standalone_verifier() -> None:
    """Each code of the table stands in it, but for those that need a reader of tokens."""
    of_tokens = {"token_wrong", "after_token"}
    of_rings_without_a_root = {"root_unknown"}
    codes = {code for info in STEPS.values() for code in info.codes} - of_tokens - of_rings_without_a_root
    assert codes | {NOT_RUN} <= words(PACKAGE / "standalone.py")


def test_every_code_of_the_package_is_in_the_table() -> None:
    """The steps give no code that the table does not name."""
    given: set[str] = set()
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = node if isinstance(node, ast.Call) and len(node.args) == 4 else None
            name = call.func.attr if call and isinstance(call.func, ast.Attribute) else ""
            if call and name in ("fail", "doubt", "refused") and isinstance(call.args[1], ast.Constant):
                given.add(str(call.args[1].value))
    assert len(given) > 30
    assert given <= {code for info in STEPS.values() for code in info.codes} | {NOT_RUN}
    assert set(keyring.CODES) == set(STEPS[9].codes)
    assert {code for step in (10, 11, 12) for code in STEPS[step].codes} == set(stream.CODES)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Call the standalone verifier."""
    code = standalone.main(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("--json", "--help"), ("bundle.tar", "--help")])
def test_the_standalone_verifier_says_what_it_does(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever asks is told what is checked, all options and exit codes, and is not told to have called it wrongly."""
    code, out, err = asked(capsys, *arguments)
    assert (code, err) == (0, "")
    assert all(word in out for word in ("--trust FILE", "--json", "--help", "Exit codes: 0", "fifteen steps", "roots"))


@pytest.mark.parametrize(
    "arguments",
    [(), ("--json",), ("--trust",), ("a", "b"), ("--trust", "a"), ("a", "--trust"), ("--trust", "a", "--other"),
     ("--other",), ("--trust", "a", "b", "c"), ("--trust", "--trust", "b")],
)  # fmt: skip
def test_a_wrong_call_is_told_so(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read as a call ends with 2 and the same words, as an error."""
    code, out, err = asked(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "python verify.py BUNDLE" in err


def test_the_order_of_a_call_does_not_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file of trust may stand before the bundle or behind it."""
    bundle, trust = tmp_path / "bundle.tar", tmp_path / "trust.json"
    bundle.write_bytes(b"no bundle")
    trust.write_text("{}", encoding="utf-8")
    calls = [(str(bundle), "--trust", str(trust)), ("--trust", str(trust), str(bundle)), (str(bundle), "--json")]
    assert [asked(capsys, *call)[0] for call in calls] == [1, 1, 1]
