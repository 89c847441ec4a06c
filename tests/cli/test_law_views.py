"""``skywitness law views``, and commands under the view of a Party."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Skywitness = Callable[..., Any]


def test_the_page_says_what_is_counted_to_whom_since_when(skywitness: Skywitness) -> None:
    """Each position has its area, State, days, act and status; what is not stored is said to follow another view."""
    ran = skywitness("law", "views", "--view", "rus")
    words = " ".join(ran.out.split())
    assert ran.code == 0
    assert "Crimea (X-CRIMEA): RUS, from 2014-03-18" in words
    assert "Donetsk oblast (X-DONETSK): a State of its own, from 2022-02-21 and before 2022-09-30" in words
    assert "recollection, unchecked" in words
    assert "No line of it is at hand; rules near it answer: cannot tell." in words
    assert "Everywhere else: as un, for want of a position stored here." in words


def test_a_day_leaves_out_what_is_not_held_on_it(skywitness: Skywitness) -> None:
    """On a day only its positions and holders are listed."""
    ran = skywitness("law", "views", "--at", "2008-03-01", "--json").json
    views = {view["name"]: view for view in ran["views"]}
    assert ran["total"] == len(views) >= 9
    assert [one["area"] for one in views["rus"]["positions"]] == ["XKX"]
    assert not views["rus"]["without_line"]
    holders = [one["party"] for one in views["kosovo_recognised"]["held_by"]]
    assert "FRA" in holders
    assert "PRT" not in holders
    before = skywitness("law", "views", "--at", "2008-01-01", "--view", "kosovo_recognised")
    assert "Held by no Party on that day." in before.out


def test_json_has_the_fields_of_a_position(skywitness: Skywitness) -> None:
    """Positions are data: area, State, days, act, status."""
    (view,) = skywitness("law", "views", "--view", "tur", "--json").json["views"]
    (cyprus,) = [one for one in view["positions"] if one["area"] == "X-NCYPRUS"]
    assert (cyprus["to"], cyprus["from"], cyprus["until"]) == ("X-NCYPRUS", "1983-11-15", None)
    assert cyprus["status"] == "recollection"
    assert view["rest"] == "un"


def test_the_list_in_vietnamese(skywitness: Skywitness) -> None:
    """Holders, acts and sentences are spoken in the language asked for; codes are not."""
    ran = skywitness("law", "views", "--view", "rus", lang="vi")
    assert "Liên bang Nga" in ran.out
    assert "Sắc lệnh tổng thống 1260" in ran.out
    assert "recognised as a State" not in ran.out
    assert "X-ABKHAZIA" in ran.out


def test_a_party_without_a_view_is_refused(skywitness: Skywitness) -> None:
    """The refusal names the views there are, wherever a view is asked for."""
    for call in (("law", "views", "--view", "esp"), ("law", "reach", "--at", "2015-01-01", "--view", "esp")):
        ran = skywitness(*call)
        assert ran.code != 0
        assert "un, natural_earth, rus" in " ".join(ran.err.split())


def test_reach_depends_on_the_view_and_the_day(skywitness: Skywitness) -> None:
    """Ukraine's worst placed point lies in Crimea or elsewhere, by view and by day."""
    found = {}
    for view, day in (("un", "2016-06-01"), ("rus", "2016-06-01"), ("rus", "2014-03-17")):
        document = skywitness("law", "reach", "--at", day, "--party", "UKR", "--view", view, "--json").json
        assert document["view"] == view
        found[view, day] = document["rows"][0]["distance_km"]
    assert found["un", "2016-06-01"] == found["rus", "2014-03-17"]
    assert found["rus", "2016-06-01"] < found["un", "2016-06-01"] - 10.0


def test_reach_names_the_positions_it_rests_on(skywitness: Skywitness) -> None:
    """Positions on land of the Party that is asked about are named with act and status, on the page and in JSON."""
    call = ("law", "reach", "--at", "2016-06-01", "--party", "UKR", "--view", "ukr")
    words = " ".join(skywitness(*call).out.split())
    assert "The view counts X-CRIMEA to UKR: Constitution of 28 June 1996" in words
    named = {one["area"]: one["status"] for one in skywitness(*call, "--json").json["positions"]}
    assert named["X-CRIMEA"] == "recollection"
    assert "X-ABKHAZIA" not in named


def test_all_faults_of_a_view_file_are_shown(skywitness: Skywitness, tmp_path: Path) -> None:
    """A broken view file is refused with every fault and its place."""
    path = tmp_path / "broken.toml"
    path.write_text('[[view]]\nname = "Mine"\nrest = "nobody"\n', encoding="utf-8")
    ran = skywitness("law", "reach", "--at", "2015-01-01", "--party", "GEO", "--view", path)
    assert ran.code != 0
    assert all(where in ran.err for where in ("view[1].name", "view[1].holder", "view[1].rest"))
