"""The Vienna Document as data: States, days, values with how sure they are, provisions and ways."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.reading import Reading
from skywitness.law.instrument import load
from skywitness.law.numbering import is_identifier
from skywitness.law.provisions import implemented, provisions
from skywitness.law.show import law_show
from skywitness.vdoc.law import instrument, law_of
from skywitness.vdoc.ways import interpretations


def day(iso: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("at", "count"), [("2011-11-30", 0), ("2011-12-01", 56), ("2012-11-20", 56), ("2012-11-21", 57)]
)
def test_participating_states_by_day(at: str, count: int) -> None:
    """Fifty-six States at first, with Mongolia fifty-seven."""
    found = law_show("vienna-document", day(at))
    assert sum(party.status.value == "party" for party in found.parties) == count
    assert found.in_force is (count > 0)


def test_it_is_political() -> None:
    """The instrument binds politically and tells its version."""
    source = instrument()
    assert source is load("VD 2011") is load("Vienna Document")
    assert source.heading.binding == "political"
    (version,) = source.of("version")
    assert version.dated.value == "2011"


def test_names_in_vietnamese() -> None:
    """Every State has a name in the languages of the other instruments, most as the common locale data have it."""
    territories = {str(name) for name in Locale("vi").territories.values()}
    names = [party.names["vi"] for party in instrument().parties.values()]
    assert len(names) == len(set(names)) == 57
    assert sum(name in territories for name in names) > 45


def test_statuses_are_told() -> None:
    """Numbers are recollection and say so in their source; what reports tell names one that is stored."""
    for (key, subject), rows in instrument().entries.items():
        for row in rows:
            wanted = "reported" if key in ("version", "information_day") else "recollection"
            assert row.dated.status == wanted, (key, subject)
            assert ("source V" if wanted == "reported" else "recollection") in row.dated.source


def test_provisions_are_marked() -> None:
    """Every row says that a report tells of it, or that it is recollection; none claims the text."""
    rows = provisions(instrument="vienna-document")
    assert len(rows) == 38
    assert {row.status for row in rows} == {"reported", "recollection"}
    assert all(is_identifier(row.id) for row in rows)
    assert len({row.title for row in rows}) == len({row.title_vi for row in rows}) == len(rows)


def test_every_row_has_a_rule_or_a_reason() -> None:
    """What is not for people to judge is judged by a rule."""
    import skywitness.vdoc.answer  # noqa: F401  # ties the rules to their rows

    rows = provisions(instrument="vienna-document")
    assert {row.id for row in rows if row.kind != "people"} == {
        name for name in implemented() if name.startswith("VD:")
    }


def test_every_place_has_ways() -> None:
    """Each open place has two ways, and the default is one of them."""
    for one in interpretations().values():
        assert len(one.ways) == 2
        assert one.default in one.ways


def test_before_this_version() -> None:
    """On a day before this version applied nothing is judged by it."""
    with pytest.raises(NotInForceError, match="2011-12-01"):
        law_of(Reading(at=day("2011-11-30")))


def test_an_unknown_name() -> None:
    """Another document of Vienna is not taken for this one."""
    with pytest.raises(InputError, match="No instrument"):
        load("Vienna Document 1999")
