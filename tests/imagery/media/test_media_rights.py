"""Decisions of the Commission on media, agreements of the Parties, and who may get what before anything happened."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.imagery.media.check import judge, rights
from skywitness.imagery.media.model import MEDIA, MediaRecord
from skywitness.imagery.media.read import read_record

HEAD = """\
observing = "SWE"
observed = "FIN"
provider = "observing"
"""
CAMERA = """
[[sensor]]
id = "camera"
category = "optical_framing_vertical"
"""
LATE = """
arrival_at_exit_utc = 2019-09-12T10:00:00Z
departure_from_territory_utc = 2019-09-12T10:00:00Z
[development]
by = "observed"
facility_of = "observed"
[[sensor]]
id = "camera"
category = "optical_framing_vertical"
medium = "film-panchromatic"
[[roll]]
id = "roll"
of = "camera"
developed_utc = 2019-09-25T10:00:00Z
[[original]]
id = "negative"
of = "camera"
film_size_mm = 127
frame_format = "square"
[[copy]]
id = "duplicate"
of = "negative"
to = "observed"
film_size_mm = 70
frame_format = "square"
"""


def agreement(provision: str, parties: str = '"SWE", "FIN"', day: str = "2019-09-01") -> str:
    """Write an agreement of a record, as facts have it."""
    return (
        f'[[agreement]]\nprovision = "{provision}"\nparties = [{parties}]\nfrom = {day}\n'
        'scope = "as the two see fit"\nsource = "invented protocol"\n'
    )


def record_of(*parts: str) -> MediaRecord:
    """Read a record from TOML."""
    return read_record(tomllib.loads(HEAD + "".join(parts)))


def one(record: MediaRecord, ident: str, at: str = "2019-09-12", known: str | None = None) -> Finding:
    """Judge a record by one provision that gives one finding."""
    reading = Reading(at=dt.date.fromisoformat(at), known=dt.date.fromisoformat(known) if known else None)
    (found,) = judge(record, reading, (ident,))
    return found


# ---- decisions of the Commission ----


@pytest.mark.parametrize(
    ("category", "medium", "at", "verdict", "resting_on"),
    [
        ("optical_framing_vertical", "digital", "2019-09-12", Verdict.OK, "digital_recording"),
        ("optical_panoramic", "digital", "2015-06-01", Verdict.OK, "digital_recording"),
        ("optical_framing_vertical", "digital", "2014-06-01", Verdict.CANNOT_TELL, "decision"),
        ("optical_framing_vertical", "digital", "2003-06-01", Verdict.CANNOT_TELL, "decision"),
        ("video", "digital", "2019-09-12", Verdict.CANNOT_TELL, "decision"),
        ("sar", "digital", "2019-09-12", Verdict.CANNOT_TELL, "decision"),
        ("optical_framing_vertical", "film-colour", "2019-09-12", Verdict.BREACH, "recording_medium"),
        ("sar", "film", "2019-09-12", Verdict.BREACH, "recording_medium"),
        ("infrared", "film", "2019-09-12", Verdict.CANNOT_TELL, "recording_medium"),
    ],
)
def test_digital_media_rest_on_decisions(
    category: str, medium: str, at: str, verdict: Verdict, resting_on: str
) -> None:
    """A digital medium is kept where practice attests a decision, open where one may exist; colour film has none."""
    letter = {"optical": "A", "video": "B", "infrared": "C", "sar": "D"}[category.split("_")[0]]
    found = one(
        record_of(f'[[sensor]]\nid = "it"\ncategory = "{category}"\nmedium = "{medium}"\n'), f"OS:IX.I.1({letter})", at
    )
    assert found.verdict is verdict, str(found.why)
    assert resting_on in {value.key for value in found.values}
    assert all(value.source for value in found.values)


def test_a_decision_counts_from_when_it_is_known() -> None:
    """By what was known before 2013 no decision on digital media is cited, only that on the format of 2005."""
    digital = record_of(CAMERA, 'medium = "digital"\n')
    numbers = {value.subject for value in one(digital, "OS:IX.I.1(A)", "2015-06-01", "2010-01-01").values}
    assert "12/05" in numbers
    assert "digital-cameras" not in numbers
    assert one(digital, "OS:IX.I.1(A)", "2004-06-01", "2004-06-01").verdict is Verdict.BREACH


@pytest.mark.parametrize(
    ("at", "category", "verdict"),
    [
        ("2019-09-12", "video", Verdict.OK),
        ("2018-12-31", "video", Verdict.BREACH),
        ("2019-09-12", "sar", Verdict.BREACH),
    ],
)
def test_a_decision_that_the_file_tells_of(at: str, category: str, verdict: Verdict) -> None:
    """A decision told with its source permits its medium to its category from its day on, and to no other."""
    told = f"""
[[sensor]]
id = "video"
category = "video"
medium = "film-colour"
[[decision]]
number = "x/19"
category = "{category}"
medium = "film-colour"
from = 2019-01-01
source = "minutes that the Parties hold"
"""
    found = one(record_of(told), "OS:IX.I.1(B)", at)
    assert found.verdict is verdict
    sources = {value.source for value in found.values}
    assert ("minutes that the Parties hold" in sources) is (verdict is Verdict.OK)


@pytest.mark.parametrize(
    ("at", "line", "verdicts"),
    [
        ("2019-09-12", "", {Verdict.OK, Verdict.CANNOT_TELL}),
        ("2019-09-12", "as_decided = true", {Verdict.OK}),
        ("2019-09-12", "as_decided = false", {Verdict.OK, Verdict.BREACH}),
        ("2004-01-01", "", {Verdict.CANNOT_TELL}),
    ],
)
def test_the_format_of_digital_data(at: str, line: str, verdicts: set[Verdict]) -> None:
    """Decision 12/05 asks for a format of digital data from its day on; before it nobody asks."""
    record = record_of(CAMERA, 'medium = "digital"\n', line)
    found = judge(record, Reading(at=dt.date.fromisoformat(at)), ("OS:IX.I.1",))
    assert {finding.verdict for finding in found} == verdicts
    assert len(found) == 1 + (at > "2005-12-12")


# ---- agreements ----


@pytest.mark.parametrize(
    ("told", "agreed", "verdict", "says"),
    [
        ("", "OS:IX.II.3(A)", Verdict.BREACH, "after 2019-09-15"),
        (agreement("OS:IX.II.3(A)"), "OS:IX.II.3(A)", Verdict.OK, "agreed otherwise"),
        (agreement("OS:IX.II.3(A)", '"SWE", "NOR"'), "OS:IX.II.3(A)", Verdict.BREACH, "FIN did not agree"),
        (agreement("OS:IX.II.3(A)", day="2019-09-13"), "OS:IX.II.3(A)", Verdict.BREACH, "begins on 2019-09-13"),
        (agreement("OS:IX.II.6(B)"), "OS:IX.II.3(A)", Verdict.BREACH, "after 2019-09-15"),
        ("", "OS:IX.II.6(B)(1)", Verdict.BREACH, "another film size"),
        (agreement("OS:IX.II.6(B)"), "OS:IX.II.6(B)(1)", Verdict.OK, "agreed otherwise"),
        (agreement("OS:IX.II.6(B)", '"SWE"'), "OS:IX.II.6(B)(1)", Verdict.BREACH, "FIN did not agree"),
    ],
)
def test_what_yields_to_agreement(told: str, agreed: str, verdict: Verdict, says: str) -> None:
    """Three days and the format of the duplicate yield to an agreement of both Parties that holds on the day."""
    found = one(record_of(LATE, told), agreed)
    assert found.verdict is verdict, str(found.why)
    assert found.by_agreement == ("invented protocol" if verdict is Verdict.OK else None)
    assert says in str(found.why)


def test_ten_days_yield_to_nobody() -> None:
    """The text has no room for an agreement on film that the observing Party develops, and the finding says so."""
    record = record_of(
        LATE.replace('facility_of = "observed"', 'facility_of = "observing"'), agreement("OS:IX.II.3(B)")
    )
    found = one(record, "OS:IX.II.3(B)")
    assert found.verdict is Verdict.BREACH
    assert "leaves no room" in str(found.why)


@pytest.mark.parametrize(("parties", "verdict"), [('"SWE", "FIN"', Verdict.OK), ('"SWE", "NOR"', Verdict.BREACH)])
def test_procedures_may_be_an_agreement(parties: str, verdict: Verdict) -> None:
    """An agreement of both Parties on I.5 is what that paragraph asks for; one with somebody else is not."""
    sensor = CAMERA + "handled = false\nprocedures = false\n"
    assert one(record_of(sensor, agreement("OS:IX.I.5", parties)), "OS:IX.I.5").verdict is verdict


# ---- who may get what ----

SECTIONS = [
    # medium, originals, aircraft of, provision, who may
    ("film", 1, "observing", "OS:IX.II.6(A)", "SWE"),
    ("film", 1, "observed", "OS:IX.II.6(A)", "SWE"),
    ("film", 1, "observed", "OS:IX.II.6(B)", "FIN"),
    ("film", 2, "observing", "OS:IX.II.7(A)", "FIN"),
    ("film", 2, "NOR", "OS:IX.II.7(A)", "FIN"),
    ("film", 2, "observed", "OS:IX.II.7(B)", "SWE"),
    ("tape", 1, "observing", "OS:IX.III.2(A)", "SWE FIN"),
    ("tape", 1, "observed", "OS:IX.III.2(B)", "SWE FIN"),
    ("tape", 2, "SWE", "OS:IX.III.3(A)", "FIN"),
    ("tape", 2, "FIN", "OS:IX.III.3(B)", "SWE"),
]


@pytest.mark.parametrize(("medium", "count", "provider", "ident", "who"), SECTIONS)
def test_rights_before_anything_happened(medium: str, count: int, provider: str, ident: str, who: str) -> None:
    """Medium, number of originals and aircraft alone say who may keep, receive or choose what."""
    sensor = f'[[sensor]]\nid = "it"\ncategory = "infrared"\nmedium = "{medium}"\noriginals = {count}\n'
    record = replace(record_of(sensor), provider=provider)
    found = rights(record, Reading(at=dt.date(2019, 9, 12))).findings
    allowed: dict[str, list[str]] = {}
    for finding in found:
        if finding.effect is not None and finding.effect.modality == "may":
            allowed.setdefault(finding.provision, []).append(finding.effect.who)
    assert allowed.pop(ident, []) == who.split()
    assert set(allowed) <= {"OS:IX.II.6(A)", "OS:IX.II.6(B)"} - ({ident} if count == 2 else set())


@pytest.mark.parametrize(("provider", "ident", "who"), [("SWE", "OS:IX.III.4", "FIN"), ("FIN", "OS:IX.III.5", "SWE")])
def test_radar_is_had_in_the_form_chosen(provider: str, ident: str, who: str) -> None:
    """Who did not bring the aircraft may choose the form of radar data."""
    record = replace(record_of('[[sensor]]\nid = "it"\ncategory = "sar"\nmedium = "tape"\n'), provider=provider)
    found = rights(record, Reading(at=dt.date(2019, 9, 12)), ("OS:IX.III.4", "OS:IX.III.5")).findings
    assert [(one.provision, one.effect.who) for one in found if one.effect is not None] == [(ident, who)]


@pytest.mark.parametrize(
    ("category", "medium", "ident", "words"),
    [
        ("optical_panoramic", "film-colour", "OS:IX.I.1(A)", "record on black and white film"),
        ("video", "film-panchromatic", "OS:IX.I.1(B)", "record on magnetic tape"),
        ("infrared", "other", "OS:IX.I.1(C)", "record on black and white film or magnetic tape"),
        ("sar", "film-panchromatic", "OS:IX.I.1(D)", "record on magnetic tape"),
    ],
)
def test_who_records_on_which_medium(category: str, medium: str, ident: str, words: str) -> None:
    """Whoever brings the aircraft must record on the medium of the category."""
    found = one(record_of(f'[[sensor]]\nid = "it"\ncategory = "{category}"\nmedium = "{medium}"\n'), ident)
    assert found.effect is not None
    assert (found.effect.who, found.effect.modality, str(found.effect.what)) == ("SWE", "must", words)


def test_duties_before_anything_happened() -> None:
    """Whoever develops the film owes its quality, its days, test strips and the admission of officials."""
    record = record_of(LATE)
    found = rights(record, Reading(at=dt.date(2019, 9, 12))).findings
    owed = {f.provision: f.effect.who for f in found if f.effect is not None and f.effect.modality == "must"}
    duties = ("OS:IX.II.2", "OS:IX.II.3(A)", "OS:IX.II.4", "OS:IX.II.5")
    assert {ident: owed.get(ident) for ident in duties} == dict.fromkeys(duties, "FIN")


def test_what_has_to_be_told_first() -> None:
    """Without medium, number of originals, aircraft or developer the facts that are missing are named."""
    told = record_of(CAMERA, 'medium = "film"\n')
    bare = replace(told, provider=None)
    needs = " ".join(str(need) for need in rights(bare, Reading(at=dt.date(2019, 9, 12))).needs)
    for field in ("sensor.originals", "development.by", "development.facility_of"):
        assert field in needs
    assert "sensor.medium" in str(rights(record_of(CAMERA), Reading(at=dt.date(2019, 9, 12))).needs)


def test_members_of_a_group_stand_for_it() -> None:
    """A Belarusian aircraft is that of the group of Belarus and Russia."""
    text = 'observing = "DEU"\nobserved = "BLR-RUS"\nprovider = "BLR"\n'
    sensor = '[[sensor]]\nid = "it"\ncategory = "sar"\nmedium = "tape"\noriginals = 2\n'
    record = read_record(tomllib.loads(text + sensor))
    verdicts = {f.provision: f.verdict for f in judge(record, Reading(at=dt.date(2010, 9, 12)))}
    assert verdicts["OS:IX.III.3(A)"] is Verdict.NOT_APPLICABLE
    assert verdicts["OS:IX.III.3(B)"] is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("by", "copied", "verdict", "bearer", "who"),
    [
        ('by = "observing"', "generation = 2\nreceived = true", Verdict.BREACH, "SWE", "SWE"),
        ('by = "observing"', "generation = 1\nreceived = false", Verdict.BREACH, "SWE", "SWE"),
        # what the observed Party makes for itself nobody owes it, unless it is kept from making it
        ('by = "observed"', "generation = 2\nreceived = true", Verdict.NOT_APPLICABLE, None, None),
        ('by = "observed"', "generation = 1\nreceived = true", Verdict.OK, None, None),
        ('by = "observed"', "received = false", Verdict.BREACH, "SWE", "SWE"),
        ("", "generation = 2\nreceived = true", Verdict.BREACH, None, "film_developer"),
    ],
)
def test_who_develops_the_film_owes_the_duplicate(
    by: str, copied: str, verdict: Verdict, bearer: str | None, who: str | None
) -> None:
    """The observed Party that develops the film itself made the duplicate that it has (II.2, II.6(B))."""
    negative = '[[original]]\nid = "negative"\nof = "camera"\n[[copy]]\nid = "copy"\nof = "negative"\nto = "observed"\n'
    record = record_of("[development]\n", by, CAMERA, 'medium = "film-panchromatic"\n', negative, copied)
    found = one(record, "OS:IX.II.6(B)")
    assert (found.verdict, found.bearer) == (verdict, bearer)
    assert (found.effect.who if found.effect else None) == who


def test_an_aircraft_of_a_third_state_is_provided_by_the_observing_party() -> None:
    """Who brings an aircraft that another State designated provides it (VI.I.1), and owes what is recorded (III.1)."""
    radar = '[[sensor]]\nid = "it"\ncategory = "sar"\nmedium = "film"\n'
    tape = '[[sensor]]\nid = "eye"\ncategory = "video"\nmedium = "tape"\noriginals = 0\n'
    record = replace(record_of(radar, tape), provider="DEU")
    for ident in ("OS:IX.I.1(D)", "OS:IX.III.1"):
        found = one(record, ident)
        assert (found.verdict, found.bearer) == (Verdict.BREACH, "SWE")
        assert found.effect is not None
        assert found.effect.who == "SWE"


# ---- what holds for every record ----


def test_no_law_no_verdict() -> None:
    """Before the Treaty was in force nothing is judged."""
    with pytest.raises(NotInForceError):
        judge(record_of(CAMERA), Reading(at=dt.date(1999, 1, 1)))


def test_codes_need_the_parties() -> None:
    """Where the Parties are not named, a code could be either, and all such places are told."""
    text = '[development]\nby = "FIN"\nfacility_of = "SWE"\n' + CAMERA
    with pytest.raises(InputError) as refused:
        judge(read_record(tomllib.loads(text)), Reading(at=dt.date(2019, 9, 12)))
    assert [fault.where for fault in refused.value.faults] == ["development.by", "development.facility_of"]


SIDES = st.sampled_from(["observing", "observed", "NOR", None])


@st.composite
def records(draw: st.DrawFn) -> MediaRecord:
    """Draw records whose tables fit together."""
    sensors, originals, copies = [], [], []
    for number in range(draw(st.integers(1, 3))):
        category = draw(st.sampled_from(["optical_panoramic", "video", "infrared", "sar"]))
        sensor = {"id": f"s{number}", "category": category, "medium": draw(st.sampled_from([*MEDIA]))}
        sensors.append(sensor)
        for which in range(draw(st.integers(0, 3))):
            row = {"id": f"o{number}{which}", "of": sensor["id"], "to": draw(SIDES), "chosen_by": draw(SIDES)}
            originals.append({key: value for key, value in row.items() if value is not None})
            if draw(st.booleans()):
                received = draw(st.sampled_from([True, False]))
                copies.append({"id": f"c{number}{which}", "of": row["id"], "to": "observed", "received": received})
    data = {"sensor": sensors, "original": originals, "copy": copies, **tomllib.loads(HEAD)}
    data["provider"] = draw(st.sampled_from(["observing", "observed", "NOR"]))
    return read_record(data)


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_tables_changes_nothing(record: MediaRecord, chance: random.Random) -> None:
    """Sensors, originals and copies in another order give the same findings."""
    sensors, originals, copies = list(record.sensors), list(record.originals), list(record.copies)
    chance.shuffle(sensors)
    chance.shuffle(originals)
    chance.shuffle(copies)
    shuffled = replace(record, sensors=tuple(sensors), originals=tuple(originals), copies=tuple(copies))
    reading = Reading(at=dt.date(2019, 9, 12))
    assert judge(shuffled, reading) == judge(record, reading)


@given(records())
def test_cannot_tell_always_says_what_is_missing(record: MediaRecord) -> None:
    """Every finding that cannot be told names a fact, every breach its reason; no effect is without a bearer."""
    for finding in judge(record, Reading(at=dt.date(2019, 9, 12))):
        assert bool(finding.needs) is (finding.verdict is Verdict.CANNOT_TELL)
        assert str(finding.why)
        assert finding.effect is None or finding.effect.who


@given(records())
def test_a_right_is_of_one_kind(record: MediaRecord) -> None:
    """Of one sensor at most one of the paragraphs on one and on two originals of its kind of medium applies."""
    found = judge(record, Reading(at=dt.date(2019, 9, 12)))
    for section, pairs in (("II", ("6", "7")), ("III", ("2", "3"))):
        names = [
            {
                f.where.name
                for f in found
                if f.where is not None
                and f.provision.startswith(f"OS:IX.{section}.{number}(")
                and f.verdict in (Verdict.OK, Verdict.BREACH)
            }
            for number in pairs
        ]
        assert not names[0] & names[1]
