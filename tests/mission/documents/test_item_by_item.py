"""Every document, item by item: a whole one keeps its provisions, one that lacks an item breaks its letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.mission.documents.samples import choices_for, complete, judge, sent_of

from skywitness.core.finding import Finding, Verdict
from skywitness.law.agreement import Agreement
from skywitness.law.told import Told
from skywitness.mission.documents.check import faults_of
from skywitness.mission.documents.kinds import kinds
from skywitness.mission.documents.model import Item, Kind, Timing
from skywitness.mission.documents.setting import Setting
from skywitness.route.facts import AircraftFacts, Facts

NOTE = Told("note", "note of 3 May", "reported", None)

ITEMS = [(kind.id, item.id, item.provision) for kind in kinds().values() for item in kind.items]
NEEDED = [
    (kind.id, item.id, item.provision)
    for kind in kinds().values()
    for item in kind.items
    if item.need in ("always", "when")
]
FIELDS = [
    (kind.id, f"{item.id}.{field.id}", field.provision)
    for kind in kinds().values()
    for item in kind.items
    for field in item.fields
    if field.need == "always"
]
WAIVABLE = [(kind.id, item.id) for kind in kinds().values() for item in kind.items if item.need == "if_applicable"]
MUST = [(kind.id, item.id, item.provision) for kind in kinds().values() for item in kind.items if item.must]
ABOVE = [(kind.id, above) for kind in kinds().values() for above in (*kind.sums, *kind.also)]
TIMINGS = [(kind.id, timing) for kind in kinds().values() for timing in kind.timings]
AT = {name: kind for name, kind in kinds().items() if kind.by_days}
LIMITS = [(kind.id, limit.of, limit.provision) for kind in kinds().values() for limit in kind.limits]


def of(found: tuple[Finding, ...], provision: str, where: str | None = None) -> list[Verdict]:
    """Give the verdicts on a provision, or on one place of a document."""
    return [
        one.verdict
        for one in found
        if one.provision == provision and (where is None or (one.where is not None and one.where.name == where))
    ]


def item_of(name: str, ident: str) -> tuple[Kind, Item]:
    """Find an item of a kind."""
    kind = kinds()[name]
    item = kind.item(ident)
    assert item is not None
    return kind, item


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_whole_document_keeps_everything(name: str) -> None:
    """A whole document of the kind breaks nothing and leaves nothing open."""
    read, found = judge(complete(name))
    assert not read.faults
    wrong = [f"{one.provision}: {one.why}" for one in found if one.verdict in (Verdict.BREACH, Verdict.CANNOT_TELL)]
    assert not wrong
    assert {one.provision for one in found if one.verdict is Verdict.OK} >= {kinds()[name].provision}


@pytest.mark.parametrize(("name", "ident", "provision"), ITEMS)
def test_an_item_that_is_given_keeps_its_letter(name: str, ident: str, provision: str) -> None:
    """Given in its form, and where it is due, the item keeps the provision that asks for it."""
    kind, item = item_of(name, ident)
    _, found = judge(complete(name, choices_for(kind, item)), None, provision)
    assert {one.provision for one in found} == {provision}
    assert of(found, provision, f"items.{ident}") in ([Verdict.OK], [Verdict.OK, Verdict.OK])


@pytest.mark.parametrize(("name", "ident", "provision"), NEEDED)
def test_an_item_left_out_is_a_fault_of_its_letter(name: str, ident: str, provision: str) -> None:
    """Without the item its provision is broken, and so is every provision that the whole document fulfils."""
    kind, item = item_of(name, ident)
    data = complete(name, choices_for(kind, item))
    del data["items"][ident]
    read, found = judge(data, None, provision)
    assert of(found, provision, f"items.{ident}") == [Verdict.BREACH]
    assert (f"items.{ident}", provision) in [(one.where, one.provision) for one in faults_of(read, found)]


@pytest.mark.parametrize(("name", "above"), ABOVE)
def test_a_document_that_is_not_whole(name: str, above: str) -> None:
    """What the whole document fulfils is kept by a whole one, and broken when one of its items is missing."""
    kind = kinds()[name]
    _, found = judge(complete(name), None, above)
    assert set(of(found, above)) == {Verdict.OK}
    below = [
        item.id
        for item in kind.items
        if above in kind.also
        or any(one.provision.startswith((f"{above}(", f"{above}.")) for one in (item, *item.fields))
    ]
    assert below
    for ident in below:
        data = complete(name)
        data["items"][ident] = {"a": 1}
        _, found = judge(data, None, above)
        assert Verdict.BREACH in of(found, above)


@pytest.mark.parametrize(("name", "path", "provision"), FIELDS)
def test_a_field_left_out_is_a_fault_of_its_letter(name: str, path: str, provision: str) -> None:
    """Without a field in one of the rows its provision is broken, and the fault names the row."""
    ident, field = path.split(".")
    kind, item = item_of(name, ident)
    data = complete(name, choices_for(kind, item))
    del data["items"][ident][1][field]
    _, found = judge(data, None, provision)
    assert of(found, provision, f"items.{ident}[1].{field}") == [Verdict.BREACH]


@pytest.mark.parametrize(("name", "ident", "provision"), ITEMS)
def test_a_value_in_another_form_is_a_fault_of_its_letter(name: str, ident: str, provision: str) -> None:
    """What is there in another form than asked for breaks the provision, and the fault says what was met."""
    kind, item = item_of(name, ident)
    data = complete(name, choices_for(kind, item))
    data["items"][ident] = {"a": 1}
    read, found = judge(data, None, provision)
    assert of(found, provision, f"items.{ident}") == [Verdict.BREACH]
    assert [fault.where for fault in read.faults] == [f"items.{ident}"]


@pytest.mark.parametrize(("name", "ident"), WAIVABLE)
def test_what_may_not_apply(name: str, ident: str) -> None:
    """Left out nobody can tell; said not to apply it is not due."""
    _, item = item_of(name, ident)
    data = complete(name)
    del data["items"][ident]
    _, found = judge(data)
    assert of(found, item.provision, f"items.{ident}") == [Verdict.CANNOT_TELL]
    assert any(one.needs for one in found)
    _, found = judge({**data, "not_applicable": [ident]})
    assert of(found, item.provision, f"items.{ident}") == [Verdict.NOT_APPLICABLE]


@pytest.mark.parametrize(("name", "ident", "provision"), MUST)
def test_what_a_document_must_say(name: str, ident: str, provision: str) -> None:
    """A report that says that it is not so does not state what it has to."""
    data = complete(name)
    data["items"][ident] = False
    _, found = judge(data, None, provision)
    assert of(found, provision, f"items.{ident}") == [Verdict.BREACH]


def test_an_item_whose_condition_is_open() -> None:
    """What is due on a condition cannot be told while the condition is open, and is not due where it may be open."""
    data = complete("mission_plan_answer", {"accepted": "false", "because": "weather"})
    del data["items"]["because"], data["items"]["weather"]
    _, found = judge(data)
    assert of(found, "OS:VIII.I.4", "items.weather") == [Verdict.CANNOT_TELL]
    data = complete("sensor_mismatch")
    del data["items"]["choice"], data["items"]["other_sensors"]
    _, found = judge(data)
    assert of(found, "OS:F.II.8(A)") == [Verdict.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("who", "transport", "aircraft"),
    [
        (None, Verdict.CANNOT_TELL, Verdict.CANNOT_TELL),
        ("observing", Verdict.NOT_APPLICABLE, Verdict.BREACH),
        ("third", Verdict.NOT_APPLICABLE, Verdict.BREACH),
        ("observed", Verdict.BREACH, Verdict.NOT_APPLICABLE),
    ],
)
@pytest.mark.parametrize("by_facts", [False, True])
def test_who_brings_the_aircraft_decides(
    who: str | None, transport: Verdict, aircraft: Verdict, by_facts: bool
) -> None:
    """Travel is told when the observed Party provides the aircraft, the aircraft when another does (VI.I.5, VI.I.6)."""
    data = complete("intent")
    for ident in ("aircraft_provided_by", "transport", "aircraft"):
        data["items"].pop(ident, None)
    facts = None
    if who and by_facts:
        facts = Facts(aircraft=AircraftFacts(provided_by="NOR" if who == "third" else who))
    elif who:
        data["items"]["aircraft_provided_by"] = who
    _, found = judge(data, Setting(facts=facts))
    assert of(found, "OS:VI.I.5(D)") == [transport]
    assert of(found, "OS:VI.I.5(F)") == [aircraft]


# ---- clocks ----


@pytest.mark.parametrize(("name", "timing"), TIMINGS, ids=lambda value: value if isinstance(value, str) else value.key)
def test_too_late(name: str, timing: Timing) -> None:
    """Sent too late, or with too little notice, the provision is broken."""
    data = complete(name)
    start = timing.start
    if timing.end == "header.sent_utc" and timing.relation == "at_least":
        item = kinds()[name].item(start)
        assert item is not None
        data = complete(name, choices_for(kinds()[name], item))
        data["items"][start] = sent_of(kinds()[name]) - dt.timedelta(hours=1)
    elif timing.relation == "at_least":
        item = kinds()[name].item(timing.end)
        assert item is not None
        soon = sent_of(kinds()[name]) + dt.timedelta(hours=1)
        data["items"][timing.end] = soon.date() if item.form == "day" else soon
    elif start.startswith("law."):
        data["header"]["sent_utc"] += dt.timedelta(days=200)
    elif timing.end != "header.sent_utc" and timing.relation == "at_most":
        data["items"][timing.end] = data["items"][start] + dt.timedelta(days=400)
    else:
        data["items"][start] -= dt.timedelta(days=400)
    _, found = judge(data)
    missed = Verdict.NOT_APPLICABLE if timing.relation == "within" else Verdict.BREACH
    assert missed in of(found, timing.provision)
    broken = [one for one in found if one.provision == timing.provision and one.verdict is missed]
    assert timing.relation == "same" or timing.key in [one.values[0].key for one in broken if one.values]


@pytest.mark.parametrize(
    ("name", "ground", "late", "verdict"),
    [
        ("prohibition", "VIII.I.2", 24, Verdict.OK),
        ("prohibition", "VIII.I.2", 23, Verdict.BREACH),
        ("prohibition", "VIII.I.1", None, Verdict.NOT_APPLICABLE),
        ("decline", "VIII.I.5", 8, Verdict.OK),
        ("decline", "VI.II.6", 7, Verdict.BREACH),
        ("decline", "F.I.8", None, Verdict.NOT_APPLICABLE),
    ],
)
def test_a_refusal_waits_for_its_right(name: str, ground: str, late: int | None, verdict: Verdict) -> None:
    """A late arrival may be prohibited after 24 hours, a flight declined after eight without agreement (VIII.I)."""
    provision, item = {"prohibition": ("VIII.I.2", "arrival_utc"), "decline": ("VIII.I.5", "plan_submitted_utc")}[name]
    data = complete(name, {"ground": ground})
    data["items"].pop(item, None)
    if late is not None:
        data["items"][item] = data["header"]["sent_utc"] - dt.timedelta(hours=late)
    _, found = judge(data)
    assert [one.verdict for one in found if one.provision == f"OS:{provision}" and one.where is None] == [verdict]


def test_a_chief_is_a_national_of_the_party_that_appoints() -> None:
    """A chief flight monitor of another nationality breaks G.I.2; of a chief representative nobody asks it."""
    data = complete("chief_on_board", {"role": "flight_monitor"})
    data["items"]["national_of"] = "FIN"
    _, found = judge(data)
    assert of(found, "OS:G.I.2", "items.national_of") == [Verdict.BREACH]
    _, found = judge(complete("chief_on_board", {"role": "representative"}))
    assert Verdict.BREACH not in [one.verdict for one in found]


def test_a_photograph_of_another_size() -> None:
    """Photographs measure 18 by 24 cm (D.I.6(B)(2))."""
    data = complete("certification_sensors")
    data["items"]["photographs"][1]["size_cm"] = "10 x 15"
    _, found = judge(data)
    assert of(found, "OS:D.I.6(B)(2)") == [Verdict.BREACH]


@pytest.mark.parametrize(
    ("arrival", "verdict"),
    [
        (dt.datetime(2018, 9, 23, 6, 0, tzinfo=dt.UTC), Verdict.OK),
        (dt.datetime(2018, 9, 23, 5, 59, tzinfo=dt.UTC), Verdict.BREACH),
    ],
)
def test_seventy_two_hours(arrival: dt.datetime, verdict: Verdict) -> None:
    """Notice is 72 hours before arrival, to the minute (VI.I.5)."""
    data = complete("intent")
    data["items"]["arrival_utc"] = arrival
    _, found = judge(data)
    (finding,) = [one for one in found if one.provision == "OS:VI.I.5" and one.unit == "h"]
    assert finding.verdict is verdict
    assert finding.limit == 72


@pytest.mark.parametrize(
    ("leaves", "verdict"), [(dt.date(2019, 3, 20), Verdict.OK), (dt.date(2019, 3, 19), Verdict.BREACH)]
)
def test_six_months_are_calendar_months(leaves: dt.date, verdict: Verdict) -> None:
    """Withdrawal needs six months: from 20 September to 20 March (XV.2)."""
    data = complete("withdrawal")
    data["items"]["leaves"] = leaves
    _, found = judge(data)
    assert of(found, "OS:XV.2").count(Verdict.BREACH) == (verdict is Verdict.BREACH)


@pytest.mark.parametrize(
    ("minutes", "verdict"), [(0, Verdict.OK), (40, Verdict.CANNOT_TELL), (24 * 60, Verdict.BREACH)]
)
def test_at_the_same_time(minutes: int, verdict: Verdict) -> None:
    """All others are told at the same time; how near that is the text leaves open within a day (VI.I.8)."""
    data = complete("intent_to_all")
    data["items"]["notified_observed_utc"] -= dt.timedelta(minutes=minutes)
    _, found = judge(data)
    assert verdict in of(found, "OS:VI.I.8")
    assert (Verdict.BREACH in of(found, "OS:VI.I.8")) is (verdict is Verdict.BREACH)


@pytest.mark.parametrize(
    ("name", "last"), [("flights_planned", dt.date(2018, 11, 1)), ("quota_wishes", dt.date(2018, 10, 1))]
)
def test_by_a_day_of_the_year_before(name: str, last: dt.date) -> None:
    """Plans are due by 1 November (H.1), wishes by 1 October (L.II.1) of the year before."""
    provision = kinds()[name].by_days[0].provision
    data = complete(name)
    for day, verdict in ((last, Verdict.OK), (last + dt.timedelta(days=1), Verdict.BREACH)):
        data["header"]["sent_utc"] = dt.datetime.combine(day, dt.time(23, 0), tzinfo=dt.UTC)
        _, found = judge(data)
        assert verdict in of(found, provision)
        assert (Verdict.BREACH in of(found, provision)) is (verdict is Verdict.BREACH)
    del data["items"]["year"]
    _, found = judge(data)
    assert Verdict.CANNOT_TELL in of(found, provision)


def test_a_clock_without_its_times() -> None:
    """Without the time of sending the notice cannot be measured, and the missing time is named."""
    data = complete("intent")
    del data["header"]["sent_utc"]
    _, found = judge(data)
    (finding,) = [one for one in found if one.provision == "OS:VI.I.5" and one.verdict is Verdict.CANNOT_TELL]
    assert [str(need) for need in finding.needs] == ["header.sent_utc in the document"]


# ---- numbers ----


@pytest.mark.parametrize(("name", "ident", "provision"), LIMITS)
def test_no_more_than_so_many(name: str, ident: str, provision: str) -> None:
    """Ten and five inspectors, four participants of a Party, 400 designated persons; one more breaks the provision."""
    data = complete(name)
    most = {"inspection_of_aircraft": 10, "inspection_of_sensors": 5, "personnel_list": 400}.get(name, 4)
    for count, verdict in ((most, Verdict.OK), (most + 1, Verdict.BREACH)):
        rows = data["items"][ident]
        data["items"][ident] = rows[:1] * count if isinstance(rows, list) else count
        _, found = judge(data)
        (finding,) = [one for one in found if one.provision == provision and one.limit == most]
        assert finding.verdict is verdict
        assert finding.measured == count


def test_more_inspectors_by_agreement() -> None:
    """Where the Parties agreed, eleven inspectors are no breach, and the finding names the agreement."""
    data = complete("inspection_of_aircraft")
    data["items"]["inspectors"] = data["items"]["inspectors"][:1] * 11
    agreement = Agreement(NOTE, ("DEU", "FIN"), "OS:F.I.2(A)", "eleven inspectors")
    _, found = judge(data, Setting(facts=Facts(agreements=(agreement,))))
    (finding,) = [one for one in found if one.limit == 10]
    assert (finding.verdict, finding.by_agreement) == (Verdict.OK, "note of 3 May")


def test_shorter_notice_by_agreement() -> None:
    """An agreement on the notice turns a breach into a finding that names it."""
    data = complete("mission_plan")
    data["items"]["commencement_utc"] = data["header"]["sent_utc"] + dt.timedelta(hours=20)
    agreement = Agreement(NOTE, ("DEU", "FIN"), "OS:VI.II.4(E)", "20 hours")
    _, found = judge(data, Setting(facts=Facts(agreements=(agreement,))))
    (finding,) = [one for one in found if one.provision == "OS:VI.II.4(E)"]
    assert (finding.verdict, finding.by_agreement) == (Verdict.OK, "note of 3 May")


@pytest.mark.parametrize(
    "agreement",
    [
        Agreement(NOTE, ("DEU", "FIN"), "OS:VI.I.5", "20 hours"),
        Agreement(NOTE, ("SWE", "FIN"), "OS:VI.II.4(E)", "20 hours"),
        Agreement(NOTE, ("DEU", "FIN"), "OS:VI.II.4(E)", "20 hours", end=dt.date(2018, 9, 20)),
    ],
    ids=["no room", "others", "over"],
)
def test_agreements_that_change_nothing(agreement: Agreement) -> None:
    """An agreement of others, one that has ended, and one on what the text leaves no room for change nothing."""
    facts = Facts(agreements=(agreement,))
    for name, ident, provision in (
        ("mission_plan", "commencement_utc", "OS:VI.II.4(E)"),
        ("intent", "arrival_utc", "OS:VI.I.5"),
    ):
        data = complete(name)
        data["items"][ident] = data["header"]["sent_utc"] + dt.timedelta(hours=20)
        _, found = judge(data, Setting(facts=facts))
        assert Verdict.BREACH in of(found, provision)


# ---- who tells whom ----


@pytest.mark.parametrize(
    ("name", "header", "provision", "verdict"),
    [
        ("intent", {"from": ""}, "OS:VI.I.5", Verdict.BREACH),
        ("intent", {"from": "CHE"}, "OS:VI.I.5", Verdict.BREACH),
        ("intent", {"from": "BLR-RUS"}, "OS:VI.I.5", Verdict.OK),
        ("intent", {"to": []}, "OS:VI.I.5", Verdict.BREACH),
        ("personnel_list", {"to": ["FIN"]}, "OS:XIII.I.1", Verdict.BREACH),
        ("quota_transfer", {"to": ["ALL"]}, "OS:III.I.9", Verdict.BREACH),
        ("withdrawal", {"to": ["ALL"]}, "OS:XV.2", Verdict.OK),
        ("amendment", {"to": ["FIN"]}, "OS:XVI.1", Verdict.BREACH),
        ("amendment", {"to": ["HUN"]}, "OS:XVI.1", Verdict.OK),
        ("accession_request", {"from": "CHE"}, "OS:XVII.4", Verdict.OK),
        ("intent", {"channel": "diplomatic"}, "OS:XI", Verdict.OK),
        ("intent", {"channel": "other"}, "OS:XI", Verdict.BREACH),
        ("intent", {"channel": ""}, "OS:XI", Verdict.CANNOT_TELL),
        ("intent", {"channel": "handed_over"}, "OS:XI", Verdict.BREACH),
        ("mission_plan", {"channel": "handed_over"}, "OS:XI", Verdict.NOT_APPLICABLE),
        ("data_request", {"from": "CHE"}, "OS:IX.IV.1", Verdict.BREACH),
    ],
)
def test_who_tells_whom(name: str, header: dict[str, Any], provision: str, verdict: Verdict) -> None:
    """The sender is the one who has to tell, those who must be told are told, and an official channel is used."""
    data = complete(name)
    data["header"] = {key: value for key, value in {**data["header"], **header}.items() if value != ""}
    _, found = judge(data, None, provision)
    verdicts = [one.verdict for one in found if one.where is not None]
    assert verdict in verdicts
    assert (Verdict.BREACH in verdicts) is (verdict is Verdict.BREACH)


def test_all_parties_may_be_named_one_by_one() -> None:
    """Whoever names every other Party has told all; whoever forgets one is told which."""
    from skywitness.law.legal_day import LegalDay

    data = complete("aircraft_deletion")
    everybody = sorted(LegalDay(data["header"]["sent_utc"].date()).parties() - {"DEU"})
    data["header"]["to"] = everybody
    _, found = judge(data)
    assert not [one for one in found if one.verdict is Verdict.BREACH]
    data["header"]["to"] = [code for code in everybody if code != "ISL"]
    _, found = judge(data)
    (finding,) = [one for one in found if one.verdict is Verdict.BREACH]
    assert str(finding.why) == "Not told are ISL."


def test_who_bears_the_duty() -> None:
    """What is missing is missing from its sender, and the finding says when the law value began and where it stands."""
    data = complete("intent")
    del data["items"]["clearance_number"]
    _, found = judge(data)
    assert {one.bearer for one in found} == {"DEU"}
    (notice,) = [one for one in found if one.unit == "h"]
    assert notice.values[0].source.startswith("OS Art. VI.I.5")


@pytest.mark.parametrize(
    ("name", "path", "provision"),
    [row for row in FIELDS if row[2] != (kinds()[row[0]].item(row[1].split(".")[0]) or kinds()[row[0]]).provision],
)
def test_a_field_that_is_given_keeps_its_letter(name: str, path: str, provision: str) -> None:
    """A field with a letter of its own, given in every row, keeps it."""
    kind, item = item_of(name, path.split(".")[0])
    _, found = judge(complete(name, choices_for(kind, item)), None, provision)
    assert of(found, provision) == [Verdict.OK]
