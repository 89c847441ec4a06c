"""Kinds of documents: every one that the Treaty asks for is there, and a broken kind is refused with all its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from skywitness.core.errors import DataError, InputError
from skywitness.law.provisions import implemented, provisions
from skywitness.mission.documents import check, kinds
from skywitness.mission.documents.model import walk

HERE = Path(__file__).parent
ASKED = [line for line in (HERE / "asked.txt").read_text(encoding="utf-8").splitlines() if line.startswith("OS:")]
SPELLED_OUT = [
    "VI.I.4", "VI.I.5", "IX.IV.1", "B.I.2", "B.I.2(F)", "B.I.3", "B.I.3(C)", "B.I.4", "B.I.5", "B.I.6", "B.I.7",
    "C.1", "C.2(A)", "C.3", "C.4", "C.5", "D.I.3", "D.I.5", "D.II.4", "D.III.2", "D.IV.1", "E.APP1.I", "F.I.2",
    "F.I.10", "F.II.2", "F.II.8", "F.III.6", "F.III.7", "ANNEX-I.1(C)", "K.I.1", "K.I.2", "XVII.7",
]  # fmt: skip
"""Paragraphs whose letters say one by one what a document holds."""

DONE_NOT_TOLD = [
    "OS:II.24", "OS:IV.13(B)", "OS:VI.I.1", "OS:VI.I.10", "OS:VI.I.19", "OS:VI.II.4(A)", "OS:VI.II.4(B)",
    "OS:VI.II.4(C)", "OS:VI.II.4(D)", "OS:VI.II.4(F)", "OS:VI.II.4(G)", "OS:VI.II.5(B)", "OS:VII.1", "OS:VIII.I.1",
    "OS:VIII.I.4(A)", "OS:VIII.I.4(B)", "OS:VIII.I.4(C)", "OS:VIII.II.4", "OS:VIII.II.5", "OS:D.IV.4", "OS:F.II.7",
]  # fmt: skip
"""What has to be so or to be done, and not to be told: a document that mentions it does not show that it is."""

ABOUT = {ident for kind in kinds.kinds().values() for ident in kind.provisions()}


@pytest.mark.parametrize("ident", ASKED)
def test_every_document_asked_for_has_a_kind(ident: str) -> None:
    """Each provision that asks for a document is one that a kind is about."""
    assert ident in {row.id for row in provisions()}
    assert ident in ABOUT


@pytest.mark.parametrize("above", SPELLED_OUT)
def test_every_letter_has_an_item(above: str) -> None:
    """Where the Treaty says letter by letter what a document holds, each letter has its item or its clock."""
    letters = [
        row.id
        for row in provisions()
        if row.id.startswith(f"OS:{above}(") and row.id.count("(") == above.count("(") + 1 and row.kind != "people"
    ]
    assert letters
    assert [ident for ident in letters if ident not in ABOUT] == []


def test_no_document_speaks_for_what_has_to_be_done() -> None:
    """A filled item is no finding that a flight complies, a cover was inspected or a hazard was suppressed."""
    assert [ident for ident in DONE_NOT_TOLD if ident in ABOUT] == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("notification of intent", "intent"),
        ("VIII.I.3", "prohibition"),
        ("os:vi.i.5(g)", "intent"),
        ("copies of data", "data_request"),
        ("chuyến bay bị dừng", "demonstration_matter"),
    ],
)
def test_kinds_are_found_by_what_they_are_about(words: str, first: str) -> None:
    """Words of a title or an item in either language, or a provision, lead to the kind."""
    assert first in [one.id for one in kinds.find(words)]


def test_nothing_is_found_for_words_of_nothing() -> None:
    """Words that no kind has, and blanks, find nothing."""
    assert kinds.find("submarine") == () == kinds.find(" ")


def test_every_kind_names_provisions_that_exist() -> None:
    """No kind is about a provision that the law data lack."""
    assert {row.id for row in provisions()} >= ABOUT


def test_checks_are_tied_to_all_of_them() -> None:
    """``law coverage`` can find the check behind each provision of a document."""
    name = f"{check.__name__}.check_document"
    assert {ident for ident, rules in implemented().items() if name in rules} == ABOUT


def test_the_only_public_number_of_a_format() -> None:
    """Of the Commission's formats the number of one is public: 1, transfer of quotas (practice S83)."""
    assert {kind.id: kind.format for kind in kinds.kinds().values() if kind.format} == {"quota_transfer": 1}


def test_every_item_has_a_title() -> None:
    """People are told what every item is."""
    assert all(str(item.title) for kind in kinds.kinds().values() for item in walk(kind.items))


@pytest.mark.parametrize("words", ["intent", "Mission-Report", " data_request "])
def test_kinds_are_found_by_name(words: str) -> None:
    """Case and hyphens do not matter."""
    assert kinds.kind(words).id == words.strip().lower().replace("-", "_")


def test_an_unknown_kind_is_refused() -> None:
    """A near name is told."""
    with pytest.raises(InputError, match="intent") as refused:
        kinds.kind("intnt")
    with pytest.raises(InputError, match="intent, intent_to_all"):
        kinds.kind("notification_of_intent")
    assert refused.value.kind == "unknown_document"


def test_data_are_sound() -> None:
    """All kinds can be read."""
    kinds.ensure_sound()


WHOLE = """\
title = "T"
title_vi = "T"
provision = "OS:VI.I.5"
sender = "observing"
to = ["observed"]

[[item]]
id = "a"
form = "text"
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WHOLE.replace("VI.I.5", "VI.I.55"), "OS:VI.I.55"),
        (WHOLE.replace('"observing"', '"pilot"'), "pilot"),
        (WHOLE.replace('form = "text"', 'form = "poem"'), "poem"),
        (WHOLE.replace('form = "text"', 'form = "choice"'), "among"),
        (WHOLE.replace('form = "text"', 'form = "rows"'), "field"),
        (WHOLE.replace('form = "text"', 'form = "code"'), "code"),
        (WHOLE + 'need = "when"\n', "when"),
        (WHOLE + 'need = "when"\nwhen = "b"\nis = ["x"]\n', "'b'"),
        (WHOLE + 'need = "sometimes"\n', "sometimes"),
        (WHOLE + 'source = "guess"\n', "guess"),
        (WHOLE + 'title = "only English"\n', "title_vi"),
        (WHOLE + 'colour = "red"\n', "colour"),
        (WHOLE + '[[item]]\nid = "a"\nform = "text"\n', "2 times"),
        (WHOLE + '[[timing]]\nprovision = "OS:VI.I.5"\nrelation = "at_least"\nfrom = "a"\nto = "b"\n', "key"),
        (
            WHOLE + '[[timing]]\nprovision = "OS:VI.I.5"\nrelation = "at_most"\nkey = "never"\nfrom = "a"\nto = "a"\n',
            "never",
        ),
        (WHOLE + '[[limit]]\nprovision = "OS:VI.I.5"\nkey = "inspectors_of_observed"\nof = "z"\n', "'z'"),
        (WHOLE + '[[by_day]]\nprovision = "OS:H.1"\nkey = "notice_of_plans"\nyear = "y"\n', "'y'"),
        (WHOLE.split("[[item]]", maxsplit=1)[0], "at least one item"),
        (WHOLE + 'sums = ["OS:NO"]\n', "sums"),
        ("title = ", "cannot be read"),
    ],
)
def test_a_broken_kind_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """A kind that names what is not there, or whose parts do not fit, is a fault of the program's data."""
    path = tmp_path / "kind.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        kinds.load(path)
    assert told in str(refused.value)


def test_all_faults_of_a_kind_at_once(tmp_path: Path) -> None:
    """Three faults are told together."""
    path = tmp_path / "kind.toml"
    broken = WHOLE.replace("VI.I.5", "VI.I.55").replace('"observing"', '"pilot"').replace('"text"', '"poem"')
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        kinds.load(path)
    assert len(refused.value.faults) == 3
