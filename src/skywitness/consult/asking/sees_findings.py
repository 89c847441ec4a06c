"""What is said of the sight of a portion: findings, the sentence of the table, notes, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, of_data, say
from skywitness.law.aircraft import Aircraft
from skywitness.law.drafting import draft
from skywitness.route.claims.journey import Journey
from skywitness.route.claims.plot import STEP_KM
from skywitness.route.claims.portion_rules import Asked
from skywitness.route.claims.sees import Sight, plot_json
from skywitness.route.rules.law_desk import Figure

__all__ = ["EACH_POINT", "POINTS", "TOGETHER", "WHOLE_FLIGHT", "Seen"]

POINTS: Final = "OS:VI.II.6"
WHOLE_FLIGHT: Final = "OS:VI.II.4(A)"

EACH_POINT, TOGETHER = "each_point", "points_together"
"""VI.II.6, changes that leave any point open to observation: each point by some flight, or all points by one flight."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a flight can see of a portion under one reading; ``own``: whose land the flight may cross."""

    asked: Asked
    journey: Journey
    own: tuple[str, ...]
    sights: tuple[Sight, ...]
    craft: Aircraft

    @property
    def _limit_km(self) -> float:
        return self.sights[0].limit_km

    @property
    def _figure(self) -> Figure:
        return self.asked.law.maximum_distances(self.journey.airfield)[""]

    def points(self) -> Iterator[Finding]:
        """Judge whether a path of the claimed length leaves every point of the portion open to observation."""
        if self.asked.reading.interpretation("VI.II.6", EACH_POINT) == EACH_POINT:
            yield self._each_point()
            return
        for one in self.sights:
            yield self._together(one)

    def _each_point(self) -> Finding:
        across_km, limit_km = self.asked.plot.across_km, self._limit_km
        why = say(
            "No straight path over {portion}, its land and waters, is longer than {across:.0f} km; so a path within "
            "{limit:g} km passes over any one point of it, at every half swath.",
            portion=self.asked.name,
            across=across_km,
            limit=limit_km,
        )
        verdict = Verdict.OK if across_km + self._band_km <= limit_km else Verdict.CANNOT_TELL
        if verdict is Verdict.CANNOT_TELL:
            why = say(
                "A straight path over {portion}, its land and waters, may be {across:.0f} km long, for {limit:g} km.",
                portion=self.asked.name,
                across=across_km,
                limit=limit_km,
            )
        needs = () if verdict is Verdict.OK else (say("which points no path within {limit:g} km sees", limit=limit_km),)
        return self._finding(POINTS, verdict, why, across_km, limit_km, needs, uncertainty=self._band_km)

    @property
    def _band_km(self) -> float:
        """Both ends of a way across may be wrong by the band of the borders."""
        return 2.0 * self.asked.view.band_km((self.asked.party,))

    def _together(self, one: Sight) -> Finding:
        words = {"portion": self.asked.name, "half": one.half_swath_km, "limit": one.limit_km}
        why = say(
            "Half swath {half:g} km: by area a path of {limit:g} km sees at most {most:.1f} % of the land of "
            "{portion}; the best one found sees {found:.1f} % ({turned:.1f} % where {aircraft} has to turn). To see "
            "all of it takes at least {least:,.0f} km; the shortest path found that does is {km:,.0f} km long.",
            most=100.0 * one.at_most(one.limit_km),
            found=100.0 * one.within.share,
            turned=100.0 * one.within.turned_share,
            aircraft=of_data(self.craft.name),
            least=one.least_km(),
            km=one.whole.km,
            **words,
        )
        verdict = one.whole_within
        need = say("a path of {limit:g} km that sees all the land at a half swath of {half:g} km", **words)
        needs = (need,) if verdict is Verdict.CANNOT_TELL else ()
        shown_km = one.least_km() if verdict is Verdict.BREACH else one.whole.km
        return self._finding(POINTS, verdict, why, shown_km, one.limit_km, needs)

    def whole_flight(self) -> Iterator[Finding]:
        """Judge whether a flight sees all of the portion and is home within the maximum flight distance."""
        figure = self._figure
        for one in self.sights:
            yield self._flight(one, figure)

    def _flight(self, one: Sight, figure: Figure) -> Finding:
        least_km = self.journey.least_both_km(one.half_swath_km) + one.least_km()
        found_km = self.journey.both_km(one.whole.points) + one.whole.km
        limits = figure.candidates if figure.exhaustive else ()
        verdict = Verdict.CANNOT_TELL
        if limits and found_km <= min(limits):
            verdict = Verdict.OK
        elif limits and least_km > max(limits):
            verdict = Verdict.BREACH
        words = {
            "half": one.half_swath_km,
            "airfield": self.journey.airfield,
            "portion": self.asked.name,
            "least": least_km,
            "found": found_km,
            "limit": ", ".join(f"{km:g}" for km in figure.candidates) or "-",
        }
        why = say(
            "Half swath {half:g} km: from {airfield} over all the land of {portion} and home takes at least "
            "{least:,.0f} km; the flight found takes {found:,.0f} km, for {limit} km.{left}",
            left=self._left_words(one, figure),
            **words,
        )
        needs = (say("a shorter flight that sees all the land of {portion}", portion=self.asked.name),)
        shown_km = least_km if verdict is Verdict.BREACH else found_km
        limit = min(figure.candidates, default=None)
        needed = needs if verdict is Verdict.CANNOT_TELL else ()
        return self._finding(WHOLE_FLIGHT, verdict, why, shown_km, limit, needed, values=figure.used)

    def _left_words(self, one: Sight, figure: Figure) -> Text:
        """Say what two flights leave for the rest of the territory."""
        if figure.settled is None:
            return say("")
        after = [figure.settled - self.journey.both_km(path.points) - path.km for path in (one.whole, one.within)]
        if after[0] < 0.0:
            return say(
                " With {limit:g} km over it {second:,.0f} km are left for the rest of the territory.",
                limit=one.limit_km,
                second=after[1],
            )
        return say(
            " That leaves {first:,.0f} km for the rest of the territory; with {limit:g} km over it {second:,.0f} km "
            "are left.",
            first=after[0],
            limit=one.limit_km,
            second=after[1],
        )

    def _finding(
        self,
        code: str,
        verdict: Verdict,
        why: Text,
        measured: float,
        limit: float | None,
        needs: tuple[Text, ...],
        **more: Any,
    ) -> Finding:
        margin = None if limit is None else limit - measured
        return draft(
            self.asked,
            code,
            verdict,
            why,
            measured=measured,
            limit=limit,
            margin=margin,
            unit="km",
            needs=needs,
            **more,
        )

    def answer(self, provisions: Sequence[str]) -> Text | None:
        """Write the sentence of the table; ``None`` where more than one provision is asked."""
        if len(provisions) != 1:
            return None
        if POINTS in provisions:
            each = self.asked.reading.interpretation("VI.II.6", EACH_POINT) == EACH_POINT
            return self._across_words() if each else self._share_words()
        return self._room_words()

    def _across_words(self) -> Text:
        words = {"across": self.asked.plot.across_km, "limit": self._limit_km}
        return say("any straight path over it is within {across:.0f} km, for {limit:g} km", **words)

    def _share_words(self) -> Text:
        """List what share a path of the claimed length sees at each half swath: found, and at most."""
        first, *others = (
            say(
                "half swath {half:g} km: {found:.1f} to {most:.1f} %",
                half=one.half_swath_km,
                found=100.0 * one.within.share,
                most=100.0 * one.at_most(one.limit_km),
            )
            for one in self.sights
        )
        for other in others:
            first = say("{one}; {other}", one=first, other=other)
        return first

    def _room_words(self) -> Text | None:
        """Say how much of a flight can run over the portion at most; else from which half swath on all is seen."""
        maximum = self._figure.settled
        if maximum is None or self.journey.counts is not None:
            half = [one.half_swath_km for one in self.sights if self._flight(one, self._figure).verdict is Verdict.OK]
            return (
                say("from a half swath of {half:g} km on a flight found sees all of it", half=min(half))
                if half
                else None
            )
        room_km = maximum - self.journey.least_both_km()
        return say(
            "at most {room:,.0f} of {maximum:,.0f} km ({percent:.0f} %) can run over it",
            room=room_km,
            maximum=maximum,
            percent=100.0 * room_km / maximum,
        )

    def notes(self) -> tuple[Text, ...]:
        """Say what the figures rest on."""
        plot, journey = self.asked.plot, self.journey
        size = say(
            "{portion}: {land:,.0f} square km of land in the border view {view}, at least {sure:,.0f} as its lines are "
            "right within {band:g} km, which bounds by area rest on; {axis:.1f} km along the longest axis; with its "
            "waters as derived {both:,.0f} square km.",
            portion=self.asked.name,
            land=plot.land_km2,
            sure=plot.sure_km2,
            view=self.asked.view.name,
            band=self.asked.view.band_km((self.asked.party,)),
            axis=plot.axis.km,
            both=plot.territory_km2,
        )
        way = say(
            "The geodesic from {airfield} to its nearest land is {km:,.0f} km long; land of others below it: {others}. "
            "Flights found go there and back by the positions of the case, {by:,.0f} km to the last of them.",
            airfield=journey.airfield,
            km=journey.least_km,
            by=journey.by_km,
            others=", ".join(f"{state} {km:.0f} km" for state, km in journey.others(self.own).items()) or "-",
        )
        sight = say(
            "A path sees the land abeam of it, no farther than the half swath, on flat ground; a camera that sees 45 "
            "degrees to either side has a half swath as great as its height above ground. Clouds are not counted, nor "
            "what is seen from beside the region."
        )
        path = say(
            "Paths found run to and fro in parallel strips, and every km of them counts, also what lies outside. "
            "Positions {step:g} km apart stand for the land. No better path is ruled out but by area.",
            step=STEP_KM,
        )
        return size, way, sight, path

    def figures(self) -> dict[str, Any]:
        """Write all figures, for scripts and maps."""
        maximum = self._figure.settled
        return {
            "claim": self.asked.claim.id,
            "limit_km": self._limit_km,
            **plot_json(self.asked.plot),
            "error_band_km": self.asked.view.band_km((self.asked.party,)),
            "view": self.asked.view.name,
            "maximum_flight_distance_km": maximum,
            "journey": self.journey.to_json(),
            "aircraft": {"ident": self.craft.id, "cruise_km_h": self.craft.cruise_kmh},
            "sights": [one.to_json(self.journey, maximum) for one in self.sights],
        }
