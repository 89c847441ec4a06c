"""Every value of the Treaty: where it stands, what it is, whom it bounds and from when it is counted.

The table can be read beside the text.  ``test_values_against_the_text.py`` reads the text itself.
"""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.cli.language import Language
from skywitness.core.dated import Settled
from skywitness.core.errors import InputError, NotInForceError
from skywitness.law.instrument import load
from skywitness.law.key import ANCHORS, BOUNDS
from skywitness.law.listing import elsewhere, held_on, kinds, read_place
from skywitness.law.provisions import BEARERS, provisions
from skywitness.law.value import law_value, outcome_of

LATER = dt.date(2019, 9, 12)
"""A day on which the phases are over and all groups stand."""

TABLE = """
III.I.7      quota_review                      3 weeks        commission   at_most  after  review_opened
III.I.10     share_over_one_party              50 %           observing    at_most  -      -
III.II.1(A)  group_members                     2 States       group        at_least -      -
III.II.1(A)  group_notice                      6 months       group        at_least after  notification
III.II.2(C)  group_extra_flights               50 %           observing    at_most  -      -
III.II.2(C)  group_flights_without_quota       2 flights      observing    at_most  -      -
III.II.7     group_change_effective            01-01          group        exactly  -      -
IV.12        sensor_change                     90 d           state_party  at_least before change_effective
V.2          aircraft_designation              30 d           state_party  at_least before change_effective
V.3          aircraft_deletion                 90 d           state_party  at_least before change_effective
V.4          exemplars                         1 aircraft     state_party  at_least -      -
VI.I.1       provided_range_share              50 %           observed     at_least -      -
VI.I.3       flights_at_once                   1 flights      observed     at_most  -      -
VI.I.3       demonstration_overlap             24 h           observed     at_most  -      -
VI.I.4       clearance_notice                  90 d           state_party  at_most  after  signature
VI.I.5       notification_before_arrival       72 h           observing    at_least before estimated_arrival
VI.I.6       acknowledgement                   24 h           observed     at_most  after  notification_received
VI.I.9       mission_period                    96 h           observing    at_most  after  estimated_arrival
VI.I.11      inspection_end_before_flight      4 h            parties      at_least before commencement
VI.I.12      linguists                         1 persons      observing    at_least -      -
VI.I.20      departure_after_flight            24 h           observing    at_most  after  completion
VI.I.21      mission_report                    7 d            observing    at_most  after  departure_from_exit
VI.II.2      border_distance                   10 km          observing    at_least -      -
VI.II.4(E)   plan_before_commencement          24 h           observing    at_least after  plan_submitted
VI.II.4(G)   passes_over_a_point               1 passes       observing    at_most  -      -
VI.II.6      plan_answer                       4 h            observed     at_most  after  plan_submitted
VI.II.6      plan_agreement                    8 h            parties      at_most  after  plan_submitted
VI.III.1     flight_monitors                   2 persons      observed     at_most  -      -
VI.III.1     monitors_per_station              1 persons      observed     at_most  -      -
VI.III.1     interpreters                      1 persons      parties      at_most  -      -
VI.III.2     light_aircraft_mass               35000 kg       observing    at_most  -      -
VI.III.2     light_aircraft_distance           1500 km        observing    at_most  -      -
VI.III.2     light_aircraft_monitors           2 persons      observing    at_most  -      -
VI.III.4     flight_representatives            2 persons      observing    at_most  -      -
VI.III.4     flight_representatives_per_station 1 persons     observing    at_most  -      -
VI.III.5     representatives                   2 persons      observing    at_most  -      -
VI.III.5     representatives_per_station       1 persons      observing    at_most  -      -
VIII.I.2     late_arrival                      24 h           observing    at_most  after  estimated_arrival
VIII.I.3     prohibition_explained             7 d            observed     at_most  after  prohibition
VIII.I.5     plan_agreement                    8 h            parties      at_most  after  plan_submitted
VIII.I.6     declining_explained               7 d            observing    at_most  after  departure_from_territory
VIII.II.3    deviation                         50 km          observing    at_most  -      -
IX.II.3(A)   film_by_observed                  3 d            observed     at_most  after  arrival_at_exit
IX.II.3(B)   film_by_observing                 10 d           observing    at_most  after  departure_from_territory
IX.II.4      film_monitors                     2 persons      state_party  at_most  -      -
IX.II.5      sensitometric_steps               21 steps       state_party  exactly  -      -
IX.III.1     original_sets                     1 sets         provider     at_least -      -
XIII.I.1     designated_personnel              400 persons    state_party  at_most  -      -
XIII.I.1     personnel_list_open               30 d           state_party  at_most  after  entry_into_force
XIII.I.1     personnel_list_interval           6 months       state_party  exactly  -      -
XIII.I.2     personnel_objection               30 d           state_party  at_most  after  list_received
XIII.I.3(A)  visa_issued                       30 d           observed     at_most  after  accepted
XIII.I.3(A)  visa_validity                     24 months      observed     at_least -      -
XIII.I.3(B)  visa_on_arrival                   1 h            observed     at_most  after  arrival
XIV.2        benelux_termination               60 d           state_party  at_least after  notification
XIV.2        benelux_termination_day           12-31          state_party  exactly  -      -
XV.2         withdrawal_notice                 6 months       state_party  at_least before withdrawal
XV.3         conference_earliest               30 d           depositary   at_least after  notice_received
XV.3         conference_latest                 60 d           depositary   at_most  after  notice_received
XVI.1        amendment_requests                3 States       state_party  at_least -      -
XVI.1        amendment_requests_period         90 d           state_party  at_most  after  amendment_circulated
XVI.1        amendment_conference_earliest     30 d           depositary   at_least after  third_request
XVI.1        amendment_conference_latest       60 d           depositary   at_most  after  third_request
XVI.2        amendment_approval                90 d           state_party  at_most  after  amendment_circulated
XVI.2        amendment_in_force                60 d           state_party  exactly  after  deposits
XVI.3        review_requests                   3 States       state_party  at_least -      -
XVI.3        first_review                      3 years        depositary   exactly  after  entry_into_force
XVI.3        review_interval                   5 years        depositary   exactly  after  last_review
XVII.2       ratifications_needed              20 instruments state_party  at_least -      -
XVII.2       ratifying_quota                   8 per_year     state_party  at_least -      -
XVII.6       entry_into_force_after_deposit    60 d           state_party  exactly  after  deposit
XVII.4       accession_applications            6 months       state        at_most  after  entry_into_force
XVII.5       accession_of_any_state            6 months       commission   at_least after  entry_into_force
XVIII.I.2    provisional_application           12 months      state_party  exactly  after  signature
XVIII.II.1   phase_years                       3 years        state_party  exactly  -      -
A.II.3       full_distribution_share           100 %          state_party  at_most  -      -
B.I.2(F)(4)  resolving_power_contrast          1000 to_1      state_party  exactly  -      -
B.APP1.1     flight_reference_length           6 characters   provider     exactly  -      -
B.APP1.2     sensor_description_length         6 characters   provider     at_most  -      -
B.APP1.3     sensor_configuration_length       9 characters   provider     at_most  -      -
B.APP1.3(B)(1) vertical_tilt                   5 deg          provider     at_most  -      -
B.APP1.5     annotation_time_step              1 min          provider     exactly  -      -
B.APP1.6     annotation_height_digits          5 digits       provider     exactly  -      -
B.APP1.7     annotation_position_degrees       0.01 deg       provider     exactly  -      -
B.APP1.12    annotation_speed_digits           3 digits       provider     exactly  -      -
D.I.3        certification_notice              60 d           state_party  at_least before certification_begins
D.I.3        certification_period              7 d            state_party  exactly  -      -
D.I.4        certification_participation       10 d           state_party  at_most  after  notification_received
D.I.4        certification_participants        40 persons     commission   at_most  -      -
D.I.4        certification_participants_each   4 persons      state_party  at_most  -      -
D.I.5        certification_names               30 d           state_party  at_least before certification_begins
D.I.6        certification_sensor_information  14 d           state_party  at_least before certification_begins
D.I.6(B)(1)  photograph_fill                   80 %           state_party  at_least -      -
D.I.6(B)(2)  photograph_short_side             18 cm          state_party  exactly  -      -
D.I.6(B)(2)  photograph_long_side              24 cm          state_party  exactly  -      -
D.II.2       ground_examination_periods        3 periods      state_party  at_most  -      -
D.II.2       ground_examination_period         8 h            state_party  exactly  -      -
D.III.1      in_flight_examinations            1 examinations state_party  exactly  -      -
D.APP1.I.2   target_bars                       2 bars         state_party  at_least -      -
E.1          entry_to_airfield                 5 h            observed     at_most  -      -
E.4          airfield_change_notice            90 d           state_party  at_least before change_effective
E.5(A)       reach_share                       35 %           state_party  at_most  -      -
E.5(B)(2)    separated_portion                 600 km         state_party  -        -      -
E.7(A)       equipment_inventory_begin         1 h            parties      at_most  after  equipment_arrived
E.7(A)       equipment_inventory               1 h            parties      at_most  after  inventory_begun
E.7(B)       inventory_witnesses               1 persons      parties      at_least -      -
F.I.2(A)     inspectors_of_observed            10 persons     observed     at_most  -      -
F.I.4        preflight_inspection              8 h            parties      at_most  -      -
F.I.7(F)     testing_equipment_film            35 mm          observed     exactly  -      -
F.II.2(A)    inspectors_of_observing           5 persons      observing    at_most  -      -
F.III.3(B)   demonstration_flight              2 h            provider     at_most  -      -
F.III.4      demonstration_extension           24 h           observing    at_most  -      -
G.I.2        chief_flight_monitors             1 persons      observed     exactly  -      -
G.I.2        chief_flight_representatives      1 persons      observing    exactly  -      -
G.II.2       chief_representatives             1 persons      observing    exactly  -      -
H.1          notice_of_plans                   11-01          state_party  at_most  -      -
H.2          planned_flights_per_quarter       16 flights     state_party  at_most  -      -
H.4          own_aircraft_notice               7 d            observed     at_most  after  sequence_notified
ANNEX-I.1    airspace_request_earliest         90 d           state_party  at_least after  entry_into_force
ANNEX-I.1    airspace_information              30 d           state_party  at_most  after  request_received
ANNEX-I.3    airspace_source                   90 d           state_party  at_most  after  entry_into_force
K.I.3        film_samples                      30 d           state_party  at_most  after  request_received
L.I.2        commission_first_session          60 d           commission   at_most  after  signature
L.I.3        commission_sessions               4 per_year     commission   at_least -      -
L.I.3        extraordinary_session             15 d           commission   at_most  after  request_received
L.I.4        session_length                    4 weeks        commission   at_most  -      -
L.II.1       request_of_change                 10-01          state_party  at_most  -      -
"""

ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_times_and_counts(row: list[str]) -> None:
    """Value, unit, whom it bounds, how, and from which moment it is counted, each under its provision."""
    place, key, value, *rest = row
    unit = rest.pop(0).replace("_", " ") if len(rest) == 5 else ""
    bearer, bound, counted, anchor = rest
    told = law_value("open-skies", key, "", LATER).to_json()
    assert (str(told["value"]), told["unit"], told["status"]) == (value, unit, "text")
    assert f"OS:{place}" in told["provisions"]
    found = [told["bearer"], told["bound"], told["counted"], told["anchor"]]
    assert [word or "-" for word in found] == [bearer, bound, counted, anchor]


@pytest.mark.parametrize(
    ("key", "subject", "expected"),
    [
        ("consultations_begin", "q2", "02-01"),
        ("consultations_end", "q2", "02-15"),
        ("consultations_begin", "q3", "05-01"),
        ("consultations_end", "q3", "05-15"),
        ("consultations_begin", "q4", "08-01"),
        ("consultations_end", "q4", "08-15"),
        ("sequence_of_flights", "q1", "11-15"),
        ("sequence_of_flights", "q2", "02-15"),
        ("sequence_of_flights", "q3", "05-15"),
        ("sequence_of_flights", "q4", "08-15"),
        ("quarter_begins", "q4", "10-01"),
        ("category_code", "optical_panoramic", "OP"),
        ("category_code", "optical_framing", "OF"),
        ("category_code", "infrared", "IRLS"),
        ("category_code", "radar", "SAR"),
        ("medium_code", "film-panchromatic", "BP"),
        ("medium_code", "tape-digital", "TD"),
        ("installation_code", "podded", "POD"),
        ("pod_code", "centre-line", "C"),
        ("installation_type_code", "fan", "F"),
        ("direction_code", "pitch-down", "D"),
        ("unit_code", "nautical-miles", "NM"),
        ("ground_resolution_limit", "optical", 0.3),
        ("ground_resolution_limit", "sar", 3.0),
        ("object_separation_provided", "sar", 6.0),
        ("target_contrast", "optical", 5),
        ("target_modulation", "optical", 0.66),
        ("calculation_contrast_least", "optical", 1.6),
        ("calculation_contrast_most", "optical", 4),
        ("calculation_modulation_least", "optical", 0.23),
        ("calculation_modulation_most", "optical", 0.6),
        ("agreed_resolution", "video", 0.3),
        ("agreed_resolution", "infrared", 0.5),
        ("agreed_temperature_difference", "infrared", 3),
        ("certification", "infrared", "required"),
    ],
)
def test_values_of_one_thing(key: str, subject: str, expected: object) -> None:
    """Days of a quarter, codes, and limits of one category of sensors."""
    assert law_value("open-skies", key, subject, LATER).to_json()["value"] == expected


@pytest.mark.parametrize(
    ("key", "count", "among"),
    [
        ("authentic_languages", 6, "Russian"),
        ("working_languages", 6, "Italian"),
        ("open_to_signature", 9, "KGZ"),
        ("provisionally_applied", 11, "OS:VI.I.4"),
        ("testing_equipment", 6, "ultrasonic imaging"),
        ("examination_equipment", 3, "hand-held sound recorders"),
        ("film_monitoring_equipment", 7, "stopwatches"),
        ("film_information", 4, "effective speed"),
        ("depositaries", 2, "HUN"),
    ],
)
def test_lists(key: str, count: int, among: str) -> None:
    """What the text lists is a list for scripts, too."""
    told = law_value("open-skies", key, "", LATER).to_json()["value"]
    assert isinstance(told, list)
    assert len(told) == count
    assert among in told


@pytest.mark.parametrize(
    ("key", "subject", "day", "status"),
    [
        ("signature", "", "1992-03-24", "text"),
        ("entry_into_force", "", "2002-01-01", "reported"),
        ("full_implementation", "", "2006-01-01", "text"),
        ("first_distribution_end", "", "2003-12-31", "text"),
        ("first_quota_flight", "", "2002-08-08", "reported"),
        ("deposited", "RUS", "2001-11-02", "reported"),
        ("deposited", "FIN", "2002-12-12", "recollection"),
        ("in_force_for", "FIN", "2003-02-10", "recollection"),
        ("in_force_for", "BEL", "2002-01-01", "reported"),
        ("signed", "KGZ", "1992-12-15", "recollection"),
        ("applied", "CYP", "2002-12-31", "reported"),
        ("notice_of_withdrawal", "USA", "2020-05-22", "reported"),
        ("withdrawn", "USA", "2020-11-22", "reported"),
        ("withdrawn", "RUS", "2021-12-18", "reported"),
        ("review_conference", "first", "2005-02", "recollection"),
        ("review_conference", "second", "2010-06-07", "reported"),
        ("review_conference", "fifth", "2025-10", "reported"),
        ("withdrawal_conference", "USA", "2020-07-06", "reported"),
        ("withdrawal_conference", "RUS", "2021-07-20", "recollection"),
        ("further_testing_equipment", "", "1992-06-30", "text"),
        ("methods_due", "", "1992-06-30", "text"),
        ("cost_distribution_due", "", "1992-06-30", "text"),
    ],
)
def test_days(key: str, subject: str, day: str, status: str) -> None:
    """Days of the Treaty and of its States, and whether somebody has checked them."""
    told = law_value("open-skies", key, subject, dt.date(2026, 1, 1)).to_json()
    assert (told["value"], told["status"]) == (day, status)
    assert ("recollection" in told["why"]) == (status == "recollection")


@pytest.mark.parametrize(
    ("key", "at", "expected"),
    [
        # Applied provisionally from signature, for twelve months by the text.
        ("working_languages", "1992-03-23", "none"),
        ("working_languages", "1992-03-24", "text"),
        ("working_languages", "1993-03-23", "text"),
        # That the signatories extended it without a gap is not confirmed.
        ("working_languages", "1993-03-24", "recollection"),
        ("working_languages", "2001-12-31", "recollection"),
        ("working_languages", "2002-01-01", "text"),
        ("clearance_notice", "1992-06-22", "text"),
        ("designated_personnel", "1996-01-01", "recollection"),
        ("commission_sessions", "1992-05-01", "text"),
        # Not among the provisions of Article XVIII, Section I.
        ("notification_before_arrival", "1992-05-01", "none"),
        ("visa_issued", "1992-05-01", "none"),
        # The phases end with 2005.
        ("phase_panoramic_cameras", "2005-12-31", "text"),
        ("phase_panoramic_cameras", "2006-01-01", "none"),
        ("full_distribution_share", "2005-12-31", "none"),
        ("first_distribution_share", "2005-12-31", "text"),
        ("provided_range_share", "2005-12-31", "none"),
    ],
)
def test_when_a_value_holds(key: str, at: str, expected: str) -> None:
    """Provisional application, the phases, and nothing before or after."""
    outcome = outcome_of(load().of(key), dt.date.fromisoformat(at))
    assert (outcome.status if isinstance(outcome, Settled) else "none") == expected


@pytest.mark.parametrize(
    ("key", "subject", "at", "known", "expected"),
    [
        ("deposited", "FIN", "2003-01-01", "2002-12-11", "none"),
        ("in_force_for", "FIN", "2003-01-01", "2002-12-12", "2003-02-10"),
        ("withdrawn", "RUS", "2021-07-01", "2021-06-17", "none"),
        ("withdrawn", "RUS", "2021-07-01", "2021-06-18", "2021-12-18"),
        ("entry_into_force", "", "2001-12-01", "2001-11-01", "none"),
        ("entry_into_force", "", "2001-12-01", "2001-11-02", "2002-01-01"),
        ("withdrawal_conference", "USA", "2020-08-01", "2020-07-01", "none"),
    ],
)
def test_what_was_known_of_a_day(key: str, subject: str, at: str, known: str, expected: str) -> None:
    """A day that lies ahead is known from the deposit or notice that sets it, and not before."""
    days = dt.date.fromisoformat(at), dt.date.fromisoformat(known)
    if expected == "none":
        with pytest.raises(NotInForceError):
            law_value("open-skies", key, subject, *days)
    else:
        assert law_value("open-skies", key, subject, *days).to_json()["value"] == expected


@pytest.mark.parametrize("key", ["cost_scale", "annotation_interval", "languages_notified"])
def test_what_no_source_gives_is_told_as_such(key: str) -> None:
    """That there is a value and nobody published it is an answer, never a zero and never an error."""
    told = law_value("open-skies", key, "", dt.date(2022, 1, 1)).to_json()
    assert (told["value"], told["verdict"], told["exhaustive"]) == (None, "cannot_tell", False)
    assert told["note"]


def test_every_provision_of_a_value_has_a_key_or_a_reason() -> None:
    """Each row of the kind *value* is answered for by ``law value``, or says which command shows it and why."""
    treaty = load()
    named = {ident for kind in kinds(treaty) for ident in kind.provisions}
    reasons = {ident: one.why for one in elsewhere() for ident in one.provisions}
    assert {row.id for row in provisions("value")} - named - set(reasons) == set()
    assert not named & set(reasons)
    assert all(str(why) for why in reasons.values())


def test_every_provision_named_is_one() -> None:
    """No value and no reason points at a provision that the Treaty does not have."""
    treaty, known = load(), {row.id for row in provisions()}
    named = {ident for kind in kinds(treaty) for ident in kind.provisions}
    named |= {ident for one in elsewhere() for ident in one.provisions}
    assert named - known == set()
    assert len(named) > 150


def test_every_kind_of_value_answers_on_some_day() -> None:
    """No key is declared for nothing: each has a value in force on one of a few days."""
    treaty = load()
    days = [dt.date(1992, 5, 1), dt.date(2003, 8, 1), LATER, dt.date(2022, 1, 1), dt.date(2026, 1, 1)]
    silent = [kind.key.name for kind in kinds(treaty) if not any(held_on(treaty, kind, at) for at in days)]
    assert silent == []


def test_moments_and_bounds_are_all_in_use() -> None:
    """No word of the vocabulary is left over, and a time always says from when it is counted or that it is a length."""
    keys = load().keys.values()
    assert {key.anchor for key in keys if key.anchor} == set(ANCHORS)
    assert {key.bound for key in keys if key.bound} == set(BOUNDS)
    assert {key.bearer for key in keys if key.bearer} <= set(BEARERS)


def test_passive_quotas_of_later_parties_begin_when_the_treaty_does() -> None:
    """A corrected day of deposit moves the quota with it: the typed first day is the computed one."""
    treaty = load()
    for code, party in treaty.parties.items():
        since = party.since(treaty.heading.entry_into_force, None)
        for row in treaty.of("passive_quota", code):
            if row.dated.start is not None and since is not None and code != "BLR":
                assert row.dated.start == since.on, code


@pytest.mark.parametrize(
    ("words", "expected"),
    [("VI", "OS:VI"), ("os:vi.i.5", "OS:VI.I.5"), ("Annex I", "OS:ANNEX-I"), ("Annex D", "OS:D"), ("L.II", "OS:L.II")],
)
def test_a_place_of_the_text_is_read(words: str, expected: str) -> None:
    """Articles, annexes and what is below them are named as people do."""
    assert read_place(words) == expected


def test_a_place_that_is_none_is_refused() -> None:
    """The refusal shows how a place is written."""
    with pytest.raises(InputError) as refused:
        read_place("paragraph five", "--provision")
    assert "VI.II.4(A)" in str(refused.value)


def test_values_of_a_place() -> None:
    """An article holds everything below it and nothing beside it: VI is not VIII."""
    treaty = load()
    names = {kind.key.name for kind in kinds(treaty, "OS:VI")}
    assert {"border_distance", "plan_agreement", "clearance_notice"} <= names
    assert "deviation" not in names
    assert {kind.key.name for kind in kinds(treaty, "OS:H.4")} == {"own_aircraft_notice"}
    assert kinds(treaty, "OS:J") == ()


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("language", "working_languages"),
        ("languages", "authentic_languages"),
        ("notification before arrival", ""),
        ("Border-Distance", ""),
        ("cost", "cost_scale"),
        ("swallow_speed", "annotation_speed_digits"),
        ("xyzzy", "law values open-skies"),
    ],
)
def test_a_key_is_found_by_what_people_type(word: str, told: str) -> None:
    """Spaces, hyphens and capitals do not matter; an unknown key leads to near ones and to the list of all."""
    if not told:
        assert law_value("open-skies", word, "", LATER).key.name == word.lower().replace(" ", "_").replace("-", "_")
        return
    with pytest.raises(InputError) as refused:
        law_value("open-skies", word, "", LATER)
    assert refused.value.kind == "unknown_key"
    assert told in str(refused.value)


def test_a_value_that_belongs_to_somebody_asks_for_whom() -> None:
    """Without a subject the refusal says what is missing and which there are."""
    with pytest.raises(InputError) as refused:
        law_value("open-skies", "category_code", "", LATER)
    assert refused.value.kind == "missing_subject"
    assert "optical_panoramic" in str(refused.value)


def test_notes_titles_and_words_have_their_vietnamese() -> None:
    """Whatever an answer shows in words, it shows in the language of the reader."""
    treaty, vietnamese = load(), Language("vi")
    shown = {key.title for key in treaty.keys.values()}
    shown |= {row.dated.note for rows in treaty.entries.values() for row in rows if row.dated.note}
    shown |= set(treaty.words)
    assert {words for words in shown if vietnamese.gettext(words) == words} == set()


@pytest.mark.parametrize(
    ("key", "subject", "expected"),
    [
        ("withdrawal_notice", "", "Thời gian thông báo rút khỏi tối thiểu: 6 tháng."),
        ("working_languages", "", "tiếng Anh"),
        ("notice_of_plans", "", "1 tháng 11"),
        ("ground_resolution_limit", "optical", "0,3 m"),
    ],
)
def test_answers_are_told_in_vietnamese(key: str, subject: str, expected: str) -> None:
    """Titles, units, words, days of the year and decimal marks are those of the language."""
    told = law_value("open-skies", key, subject, LATER).to_json(Language("vi"))
    assert expected in told["why"]
