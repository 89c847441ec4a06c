"""Commands of ``law`` for instruments beside Open Skies: an answer of their own, or one sentence on what is lacking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from skywitness.cli.lawbook import book
from skywitness.core.text import say
from skywitness.law.dossier import MISSING, Dossier
from skywitness.law.instrument import instruments, load
from skywitness.law.part_titles import part_title
from skywitness.law.provisions import Provision, provisions
from skywitness.law.slips import slips

if TYPE_CHECKING:
    from tests.conftest import Skywitness

AT = ("--at", "2020-01-01")


@pytest.mark.parametrize(
    "call",
    [
        ("sites", "cfe", *AT),
        ("aircraft", "cfe", *AT),
        ("decisions", "cfe"),
        ("effect", "cfe", *AT),
        ("judge", "cfe", *AT),
        ("history", "cfe", "--picture", "years.svg"),
    ],
    ids=lambda call: call[0],
)
def test_what_only_open_skies_has_is_refused(skywitness: Skywitness, call: tuple[str, ...]) -> None:
    """One sentence names the instrument, what it has not, and the one that has it; nothing of Open Skies is shown."""
    ran = skywitness("law", *call)
    assert ran.code == 2
    assert re.fullmatch(r"skywitness: INSTRUMENT: cfe has no .+ here; only open-skies has\.\n", ran.err)
    assert ran.out == ""


@pytest.mark.parametrize("name", instruments())
def test_every_instrument_is_shown(skywitness: Skywitness, name: str) -> None:
    """Each has its own title, Parties and days, in every language."""
    found = skywitness("law", "show", name, *AT, "--json").json
    assert (found["instrument"], found["title"]) == (name, load(name).heading.title)
    assert {"applied_provisionally", "applied_from", "ended", "binding", "suspensions", "successions"} <= set(found)
    assert skywitness("law", "show", name, *AT, lang="vi").code == 0


def test_the_cfe_treaty_is_shown_truly(skywitness: Skywitness) -> None:
    """In 2020 it is in force for thirty States, Russia and the United States among them with what they suspended."""
    page = skywitness("law", "show", "cfe", *AT, columns=200).out
    assert "in force, 30 Parties" in page
    assert "entry into force on 1992-11-09. Applied provisionally from 1992-07-17." in page
    assert "RUS towards all other Parties: all duties, from 2007-12-12." in page
    assert "USA towards RUS: exchange of data, inspections, from 2011-11-22." in page
    assert "Soviet Union ended on 1991-12-26; its successors are ARM, AZE, BLR, GEO, KAZ, MDA, RUS, UKR." in page
    before = skywitness("law", "show", "cfe", "--at", "1992-08-01", columns=200).out
    assert "applied provisionally, not yet in force." in before
    assert "announced" not in page
    assert "Only announced: BEL" in skywitness("law", "show", "cfe", "--at", "2023-11-08", columns=200).out


@pytest.mark.parametrize("name", instruments())
@pytest.mark.parametrize("command", ["provisions", "coverage"])
def test_paragraphs_are_listed_or_not(skywitness: Skywitness, command: str, name: str) -> None:
    """Every instrument whose paragraphs have rows lists and counts them; another one says which instruments do."""
    ran = skywitness("law", command, name, "--json")
    rows = provisions(instrument=name)
    if not rows:
        assert (ran.code, ran.json["error"]["kind"]) == (2, "no_provisions")
        assert "open-skies" in ran.json["error"]["message"]
        return
    assert ran.code == 0
    assert (ran.json["instrument"], ran.json["total"]) == (name, len(rows))
    assert skywitness("law", command, name, columns=120).code == 0


@pytest.mark.parametrize("name", instruments())
def test_values_of_an_instrument_are_its_own(skywitness: Skywitness, name: str) -> None:
    """The kinds listed are those of its own files; a place of another instrument is refused."""
    ran = skywitness("law", "values", name, "--json")
    assert [row["key"] for row in ran.json["keys"]] == list(load(name).keys)
    other = "OS:VI" if name != "open-skies" else "CFE:IV"
    refused = skywitness("law", "values", name, "--provision", other)
    assert refused.code == 2
    assert refused.err.startswith("skywitness: --provision: ")


def test_slips_of_the_cfe_treaty(skywitness: Skywitness) -> None:
    """They are told like those of Open Skies, with the names of States of that Treaty."""
    found = skywitness("law", "slips", "cfe", "--json").json
    assert [row["id"] for row in found["slips"]] == [slip.id for slip in slips(instrument="cfe")]
    assert "Soviet Union" in [row["state_names"] for row in found["slips"]]
    assert "Commando V150." in skywitness("law", "slips", "cfe", columns=120).out


def test_history_of_another_instrument_tells_parties_only(skywitness: Skywitness) -> None:
    """Flights and distances are no columns where there are none, and the document says so."""
    page = skywitness("law", "history", "cfe", "--to", "2024-01-01", columns=120).out
    assert re.search(r"^\s*1993\s+30\s*$", page, re.MULTILINE)
    assert re.search(r"^\s*2024\s+29\s*$", page, re.MULTILINE)
    assert "Flights" not in page
    assert "Distances" not in page
    assert skywitness("law", "history", "cfe", "--to", "2024-01-01", "--json").json["has_flights"] is False
    assert skywitness("law", "history", "open-skies", "--to", "2024-01-01", "--json").json["has_flights"] is True


def test_the_withdrawal_is_a_difference(skywitness: Skywitness) -> None:
    """Between 2020 and 2024 the law of the CFE Treaty lost one Party."""
    found = skywitness("law", "diff", "cfe", "--from", "2020-01-01", "--to", "2024-01-01", "--json").json
    assert [change["subject"] for change in found["changes"] if change["section"] == "parties"] == ["RUS"]


def _row(ident: str) -> Dossier:
    return Dossier(Provision(ident, say("A title"), "Một tiêu đề", "rule", "duty", "inspecting"), MISSING)


def test_pages_of_a_treaty_with_protocols() -> None:
    """Articles and protocols have pages of their own names; sections, also of an annex, are headings on them."""
    idents = ["CFE:IV.1", "CFE:INFO.VII.1(A)", "CFE:INFO.ANNEX.1", "CFE:INFO.ANNEX.III.2(A)", "CFE:INSP.II.12"]
    texts = book.pages(load("cfe"), [_row(ident) for ident in idents], codes=["en"])
    assert list(texts) == ["index.html", "article-IV.html", "part-INFO.html", "part-INSP.html"]
    assert "Protocols and other parts" in texts["index.html"]
    assert "Annexes" not in texts["index.html"]
    assert "Protocol on Information Exchange. Who tells what, when and in which form" in texts["part-INFO.html"]
    for anchor in ("section-VII", "appendix-annex-section-III"):
        assert f'id="{anchor}"' in texts["part-INFO.html"]
    assert "Annex, Section III" in texts["part-INFO.html"]
    assert all(f'id="{ident}"' in "".join(texts.values()) for ident in idents)


@pytest.mark.parametrize("name", ["cfe", "inf"])
def test_every_part_has_words(name: str) -> None:
    """An article or protocol that has rows is told in words, not by its letters."""
    for row in provisions(instrument=name):
        assert str(part_title(row.part, name)) != row.part, row.id
