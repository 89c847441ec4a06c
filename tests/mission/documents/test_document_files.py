"""Documents as files: there and back, hostile ones, begun from a plan, held against it, shown."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mission.documents.samples import choices_for, complete, judge

from skywitness.cli.language import Language
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.text import ENGLISH
from skywitness.mission.documents import pdf, show
from skywitness.mission.documents.document_file import read_document, to_json, to_plain, to_toml
from skywitness.mission.documents.draft import begin, to_skeleton
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.documents.setting import Flown, Setting
from skywitness.route.files.facts_file import read_facts
from skywitness.route.files.plan_file import read_plan

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def setting() -> Setting:
    """The plan and the facts of the examples."""
    return Setting(read_plan(EXAMPLES / "plan.json").plan, read_facts(EXAMPLES / "facts.toml"))


# ---- there and back ----


@pytest.mark.parametrize("name", sorted(kinds()))
def test_there_and_back(name: str) -> None:
    """A whole document of every kind comes back the same from TOML and from JSON."""
    document = read_document(complete(name)).document
    assert read_document(tomllib.loads(to_toml(document))).document == document
    assert read_document(json.loads(json.dumps(to_json(document)))).document == document
    assert read_document(to_plain(document)).document == document


@given(st.sampled_from(sorted(kinds())), st.data())
def test_parts_there_and_back(name: str, data: st.DataObject) -> None:
    """So does any part of one, with any words in it."""
    whole = complete(name)
    kept = data.draw(st.sets(st.sampled_from(sorted(whole["items"]))))
    words = st.text(
        st.characters(
            exclude_categories=("Cc", "Cs", "Zl", "Zp"),
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        min_size=1,
        max_size=40,
    )
    whole["items"] = {key: value for key, value in whole["items"].items() if key in kept}
    whole["remarks"] = data.draw(words)
    whole["header"]["number"] = data.draw(words)
    document = read_document(whole).document
    assert read_document(tomllib.loads(to_toml(document))).document == document
    assert read_document(json.loads(json.dumps(to_json(document)))).document == document


def test_times_are_kept_in_utc() -> None:
    """A time with another offset is the same moment."""
    data = complete("intent")
    data["items"]["arrival_utc"] = "2019-10-25T09:00:00+03:00"
    document = read_document(data).document
    assert document.items["arrival_utc"] == dt.datetime(2019, 10, 25, 6, 0, tzinfo=dt.UTC)


# ---- what is no document ----


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "kind"),
        ({"kind": 3}, "kind"),
        ({"kind": "poem"}, "poem"),
        ({"kind": "intent", "itmes": {}}, "itmes"),
        ({"kind": "intent", "items": 3}, "table"),
        ({"kind": "intent", "items": {"point_of_entri": "EFHK"}}, "point_of_entry"),
        ({"kind": "intent", "items": {"personnel": [{"nmae": "x"}]}}, "nmae"),
        ({"kind": "intent", "header": {"form": "SWE"}}, "form"),
        ({"kind": "intent", "header": {"sent_utc": "yesterday"}}, "yesterday"),
        ({"kind": "intent", "header": {"sent_utc": dt.datetime(2019, 1, 1)}}, "time zone"),  # noqa: DTZ001
        ({"kind": "intent", "header": {"channel": "pigeon"}}, "pigeon"),
        ({"kind": "intent", "header": {"from": "a\x1b[2J"}}, "U+001B"),
        ({"kind": "intent", "header": {"to": ["x" * 500]}}, "500"),
        ({"kind": "intent", "header": {"to": [str(one) for one in range(300)]}}, "300"),
        ({"kind": "intent", "not_applicable": ["everything"]}, "everything"),
        ({"kind": "intent", "not_applicable": ["airfield"], "items": {"airfield": "EFHK"}}, "it applies"),
        ({"kind": "intent", "remarks": "x" * 20_000}, "20,000"),
    ],
)
def test_what_is_no_document(data: dict[str, Any], told: str) -> None:
    """A misspelt item, a head that is wrong, signs that steer a terminal: refused, and the fault says where."""
    with pytest.raises(InputError) as refused:
        read_document(data)
    assert refused.value.kind in ("bad_document", "unknown_document")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("name", "ident", "value", "told"),
    [
        ("intent", "arrival_utc", dt.datetime(2019, 1, 1), "time zone"),  # noqa: DTZ001
        ("intent", "distance_km", -1, "number"),
        ("intent", "distance_km", float("nan"), "nan"),
        ("intent", "distance_km", float("inf"), "inf"),
        ("intent", "distance_km", True, "true"),
        ("intent", "distance_km", 10**400, "number"),
        ("intent", "clearance_number", "  ", "blank"),
        ("intent", "clearance_number", "a\u202eb", "U+202E"),
        ("intent", "personnel", [], "list"),
        ("intent", "personnel", [1], "list"),
        ("intent", "personnel", [{}] * 2_001, "2001"),
        ("data_request", "observing", "Sweden", "SWE"),
        ("data_request", "flight_day", "2019-02-30", "calendar"),
        ("data_request", "flight_day", dt.datetime(2019, 1, 1, tzinfo=dt.UTC), "day"),
        ("flights_planned", "year", 19, "year"),
        ("sensor_video", "detector_elements", 2.5, "whole"),
        ("group_formation", "members", ["FIN", 3], "SWE"),
        ("group_formation", "quotas", "shared", "separate"),
        ("standing_notice", "languages", "Russian", "list"),
        ("standing_notice", "languages", ["x"] * 2_001, "2001"),
    ],
)
def test_what_no_item_can_say(name: str, ident: str, value: object, told: str) -> None:
    """A value that cannot be read is kept as a fault of its item and judged a breach, never taken for another."""
    data = complete(name)
    data["items"][ident] = value
    read, found = judge(data)
    assert told in str(read.fault_of(f"items.{ident}"))
    assert any(one.verdict is Verdict.BREACH and one.where and one.where.name == f"items.{ident}" for one in found)


@pytest.mark.parametrize(
    ("position", "is_sound"),
    [
        ("60°19'02\"N 024°57'48\"E", True),
        ("60°19'N 024°57'E", False),
        ("60°19'72\"N 024°57'48\"E", False),
        ("60.3172, 24.9633", False),
    ],
)
def test_sites_are_given_to_the_second(position: str, is_sound: bool) -> None:
    """A designation gives co-ordinates to one second of arc (E.APP1.I(B))."""
    data = complete("site_change")
    data["items"]["sites"][1]["position"] = position
    _, found = judge(data)
    verdicts = [one.verdict for one in found if one.provision == "OS:E.APP1.I(B)"]
    assert verdicts == [Verdict.OK if is_sound else Verdict.BREACH]


def test_codes_of_annex_b_are_read() -> None:
    """The notice of a certification describes sensors in the codes of Annex B (D.I.3(F))."""
    data = complete("certification_notice")
    data["items"]["sensors"][0]["description"] = "OPXX"
    read, found = judge(data)
    assert "recording medium" in str(read.fault_of("items.sensors[0].description"))
    assert [one.verdict for one in found if one.provision == "OS:D.I.3(F)"] == [Verdict.BREACH]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(kinds())), st.data(), JUNK)
def test_junk_never_crashes(name: str, data: st.DataObject, junk: Any) -> None:
    """Whatever an item or the head holds, the document is refused with its faults, or read and judged."""
    whole = complete(name)
    whole["items"][data.draw(st.sampled_from(sorted(whole["items"])))] = junk
    whole["header"][data.draw(st.sampled_from(["from", "to", "sent_utc", "number", "channel"]))] = junk
    with contextlib.suppress(InputError):
        read, found = judge(whole)
        assert found
        show.to_text(read, ENGLISH)


# ---- begun from a plan ----


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_document_begun_is_one(name: str, setting: Setting) -> None:
    """What is begun can be read; what nobody told is open, and nothing else is missing."""
    draft = begin(kinds()[name], setting)
    read = read_document(tomllib.loads(to_skeleton(draft, ENGLISH)))
    assert read.document == draft.document
    assert not read.faults
    missing = {item.id for item in kinds()[name].items} - set(read.document.items)
    assert {one.where for one in draft.open if "[" not in one.where} == {f"items.{ident}" for ident in missing}
    for one in draft.open:
        assert one.item.provision in to_skeleton(draft, ENGLISH)


def test_nothing_is_invented() -> None:
    """Without plan and facts everything is open."""
    draft = begin(kinds()["intent"], Setting())
    assert not draft.document.items
    assert draft.document.header.sender == ""


def test_what_the_plan_tells(setting: Setting) -> None:
    """A mission plan takes route, sensors, distance and times from the plan; a height nobody certified stays open."""
    draft = begin(kinds()["mission_plan"], setting)
    plan = setting.plan
    assert plan is not None
    assert draft.document.items["distance_km"] == round(plan.distance_km, 1)
    assert len(draft.document.items["route"]) == len(plan.waypoints)
    assert "items.sensors[0].h_min_m_agl" in [one.where for one in draft.open]
    assert (draft.document.header.sender, draft.document.header.to) == (plan.observing, (plan.observed,))


def test_what_the_flight_tells(setting: Setting) -> None:
    """A mission report takes what was flown from the comparison of the track; the plan's figures are no report."""
    begin_utc = dt.datetime(2019, 9, 12, 8, 1, tzinfo=dt.UTC)
    period = {"sensor": "cam", "from_utc": begin_utc, "to_utc": begin_utc + dt.timedelta(minutes=9), "place": "leg 2"}
    deviation = {"from_utc": begin_utc, "to_utc": begin_utc, "farthest_km": 3.5, "distance_km": 7.25}
    flown = Flown(begin_utc, begin_utc, 921.5, None, None, (period,), (deviation,))
    kind = kinds()["mission_report"]
    items = begin(kind, Setting(setting.plan, setting.facts, flown)).document.items
    assert items["distance_km"] == 921.5
    assert items["periods"] == (period,)
    assert items["deviations"] == (deviation,)
    assert "distance_km" not in begin(kind, setting).document.items


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_document_begun_agrees_with_its_plan(name: str, setting: Setting) -> None:
    """What was taken from plan and facts is held against them and found the same."""
    draft = begin(kinds()[name], setting)
    _, found = judge(to_plain(draft.document), setting)
    differs = [str(one.why) for one in found if "differs" in str(one.why) or "by plan and facts" in str(one.why)]
    assert not differs


@pytest.mark.parametrize(
    ("ident", "value", "verdict"),
    [
        ("distance_km", 900.0, Verdict.OK),
        ("distance_km", 800.0, Verdict.CANNOT_TELL),
        ("aircraft", "Another", Verdict.CANNOT_TELL),
        ("arrival_utc", dt.datetime(2019, 9, 11, 6, 0, 30, tzinfo=dt.UTC), Verdict.OK),
        ("arrival_utc", dt.datetime(2019, 9, 11, 7, 0, tzinfo=dt.UTC), Verdict.CANNOT_TELL),
        ("airfield", "EFRO", Verdict.CANNOT_TELL),
    ],
)
def test_held_against_the_plan(setting: Setting, ident: str, value: object, verdict: Verdict) -> None:
    """What differs from plan or facts cannot be told: one of the two is wrong, and the finding says both."""
    data = to_plain(begin(kinds()["intent"], setting).document)
    data["items"][ident] = value
    data["header"]["sent_utc"] = dt.datetime(2019, 9, 7, 6, 0, tzinfo=dt.UTC)
    _, found = judge(data, setting)
    (finding,) = [one for one in found if one.where and one.where.name == f"items.{ident}"]
    assert finding.verdict is verdict
    assert bool(finding.needs) is (verdict is Verdict.CANNOT_TELL)


def test_rows_held_against_the_plan(setting: Setting) -> None:
    """A route that leaves out a fix of the plan differs from it."""
    data = to_plain(begin(kinds()["mission_plan"], setting).document)
    del data["items"]["route"][2]
    _, found = judge(data, setting)
    (finding,) = [one for one in found if one.where and one.where.name == "items.route"]
    assert finding.verdict is Verdict.CANNOT_TELL


def test_sender_and_receiver_of_the_plan(setting: Setting) -> None:
    """A notification that another Party sends, or that goes to another, is not the one that was due."""
    data = to_plain(begin(kinds()["intent"], setting).document)
    data["header"] |= {"from": "NOR", "to": ["DNK"]}
    _, found = judge(data, setting)
    assert {one.where.name for one in found if one.verdict is Verdict.BREACH and one.where} >= {
        "header.from",
        "header.to",
    }


# ---- shown ----


@pytest.mark.parametrize("name", sorted(kinds()))
def test_shown_as_text(name: str) -> None:
    """Every item that is given stands in the text with its provision, and the head in the order of the formats."""
    read = read_document(complete(name))
    text = show.to_text(read, ENGLISH)
    heads = ["Precedence", "From", "To", "Information", "Subject of the message", "Message number", "Date and time"]
    places = [text.index(f"\n{word}:") for word in [*heads, "Treaty reference", "Content", "Remarks"]]
    assert places == sorted(places)
    assert all(f"({item.provision})" in text for item in read.kind.items if item.id in read.document.items)
    assert ("Format 1" in text) is (name == "quota_transfer")
    assert ("is not public.)" in text) is (name != "quota_transfer")


def test_what_is_missing_shows() -> None:
    """A needed item that is missing has its line with a dash; one that does not apply says so."""
    data = complete("intent")
    del data["items"]["point_of_entry"], data["items"]["airfield"]
    text = show.to_text(read_document({**data, "not_applicable": ["airfield"]}), ENGLISH)
    assert "Point of entry wanted (OS:VI.I.5(A)): –" in text
    assert "begins (OS:VI.I.5(A)): does not apply" in text


def test_shown_in_vietnamese() -> None:
    """Titles and heads speak Vietnamese; provisions and values stay."""
    text = show.to_text(read_document(complete("intent")), Language("vi"))
    assert text.startswith("THÔNG BÁO Ý ĐỊNH")
    assert "OS:VI.I.5(H)" in text
    assert "Passport" not in text


@pytest.mark.parametrize("name", ["intent", "mission_report", "aircraft_designation"])
def test_on_paper(name: str) -> None:
    """A document can be set, in both languages, the same bytes each time."""
    read = read_document(complete(name))
    made = pdf.to_pdf(read, ENGLISH, "en")
    assert made.startswith(b"%PDF")
    assert made == pdf.to_pdf(read, ENGLISH, "en")
    assert all(page.startswith(b"\x89PNG") for page in pdf.to_pages(read, Language("vi"), "vi"))


def test_hostile_words_on_paper() -> None:
    """Words that look like commands of the typesetter, and long ones, are set as words."""
    data = complete("intent", choices_for(kinds()["intent"], kinds()["intent"].items[0]))
    data["items"]["clearance_number"] = '#read("/etc/passwd") $x$ *b* `c` \\ ' + "W" * 120
    data["remarks"] = "x\n" * 300
    assert pdf.to_pdf(read_document(data), ENGLISH, "en").startswith(b"%PDF")
