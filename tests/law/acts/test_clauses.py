"""Which provisions give way to an agreement: none that the text has is missing, none is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.programs import load_program

from skywitness.core.errors import DataError
from skywitness.law.clause import AMONG, KINDS, ONLY_BY, UNLESS, WAIVER, clauses, clauses_of, load
from skywitness.law.provisions import provisions
from skywitness.route.rules.drafting import OPEN_TO_AGREEMENT

PHRASE = re.compile(r"(?:otherwise agreed|decides otherwise|agree otherwise)", re.IGNORECASE)


def places_of(text: str) -> set[str]:
    """Walk the text and name the provision of every place with such words; an item belongs to what it stands in."""
    script = load_program("scripts/enumerate_provisions.py")
    reader, found = script._Reader(), set()
    rows = {row.id for row in provisions()}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        script._read(reader, line)
        if PHRASE.search(line):
            ident = reader.place + ("." if reader.marks else "") + "".join(reader.marks)
            found.add(ident if ident in rows else ident.rsplit("(", 1)[0])
    return found


def test_every_place_of_the_text_has_its_clause(shared: Path) -> None:
    """Read from the text itself, the provisions with "otherwise agreed" are exactly those of the data."""
    text = (shared / "law" / "open-skies-treaty.txt").read_text(encoding="utf-8")
    assert places_of(text) == {clause.provision for clause in clauses(UNLESS)}


def test_there_are_thirty_six() -> None:
    """So many provisions hold unless agreed otherwise."""
    assert len(clauses(UNLESS)) == 36


@pytest.mark.parametrize(
    ("provision", "kind", "among", "said"),
    [
        # the text names who must agree
        ("OS:IV.9", UNLESS, "observing_observed", True),
        ("OS:VI.I.10", UNLESS, "involved", True),
        ("OS:VII.2", UNLESS, "involved", True),
        ("OS:VIII.I.2", UNLESS, "involved", True),
        ("OS:XVIII.II.2", UNLESS, "observing_observed", True),
        ("OS:X.6", UNLESS, "commission", True),
        ("OS:L.I.4", UNLESS, "commission", True),
        # the text names nobody
        ("OS:VI.I.9", UNLESS, "observing_observed", False),
        ("OS:VI.II.4(G)", UNLESS, "observing_observed", False),
        ("OS:D.II.2", UNLESS, "certifying", False),
        ("OS:A.II.3", UNLESS, "commission", False),
        # what only an agreement brings about, and what one Party may consent to
        ("OS:III.I.9", ONLY_BY, "overflown", True),
        ("OS:XIII.I.3(C)", ONLY_BY, "involved", True),
        ("OS:E.5(B)(2)", ONLY_BY, "observing_observed", True),
        ("OS:VI.I.3", WAIVER, "observed", True),
    ],
)
def test_who_must_agree(provision: str, kind: str, among: str, said: bool) -> None:
    """A lawyer's table: the provision, what an agreement does to it, who must agree, whether the text says so."""
    assert (kind, among, said) in [(one.kind, one.among, one.said) for one in clauses_of(provision)]


@pytest.mark.parametrize("provision", ["OS:VI.II.2", "OS:III.I.10", "OS:VI.II.4(A)", "OS:XV.2", "OS:IV.2(A)"])
def test_what_no_agreement_changes(provision: str) -> None:
    """The strip along borders, the rule of one half, the distances, notice and resolution yield to nobody."""
    assert clauses_of(provision) == ()


def test_rules_for_plans_ask_for_agreements_only_where_the_text_allows_them() -> None:
    """Every provision on which a plan may bring an agreement has a clause here."""
    assert {clause.provision for clause in clauses()} >= OPEN_TO_AGREEMENT


def test_clauses_are_told_in_words() -> None:
    """A clause names its provision, who must agree and whether the text says so."""
    told = [clause.to_json() for clause in clauses()]
    assert all(one["title"] and one["who"] for one in told)
    assert {one["kind"] for one in told} == set(KINDS)
    assert {one["among"] for one in told} == set(AMONG)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('provision = "OS:VI.I.99"\nkind = "unless"\namong = "involved"\nsaid = true', "no provision"),
        ('provision = "OS:VI.I.9"\nkind = "unles"\namong = "involved"\nsaid = true', "unless"),
        ('provision = "OS:VI.I.9"\nkind = "unless"\namong = "everybody"\nsaid = true', "involved"),
        ('provision = "OS:VI.I.9"\nkind = "unless"\namong = "involved"', "true or false"),
        ('provision = "OS:VI.I.9"\nkind = "unless"\namong = "involved"\nsaid = true\nwho = "x"', "unknown field"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, row: str, told: str) -> None:
    """A clause of a provision that is none, of an unknown kind, or without its fields is no clause."""
    path = tmp_path / "clauses.toml"
    path.write_text(f"[[clause]]\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path, ["OS:VI.I.9"])
    assert told in str(caught.value)
