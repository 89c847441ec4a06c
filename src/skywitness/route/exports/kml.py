"""KML 2.2 (OGC 07-147r2) of a plan, for globes and for pilots' programs.

Heights above mean sea level are written where they are known (``absolute``), else heights above ground
(``relativeToGround``), else the line lies on the ground (``tessellate``).  What is observed and what is not differs by
icon and by folder, never by colour alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skywitness.core.finding import Finding, overall
from skywitness.core.geodesy import Position
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import lines
from skywitness.route.exports.account import (
    findings_by_leg,
    leg_ends,
    leg_from,
    plan_title,
    utc,
    verdict_sentence,
)
from skywitness.route.exports.words import (
    CANNOT_CARRY,
    LEG_WORDS,
    STOP_WORDS,
    SWATHS_ARE_APPROXIMATE,
    TURN_WORDS,
    VERDICT_WORDS,
    changed_names_text,
    clean,
    xml_safe,
)
from skywitness.route.model import Leg, Plan, Site, Waypoint

NAMESPACE = "http://www.opengis.net/kml/2.2"

_ICONS = "http://maps.google.com/mapfiles/kml/shapes/"
"""Icons that every globe program knows by this address and draws without fetching it."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A line colour (aabbggrr), a width, an icon and the colour of that icon."""

    ident: str
    colour: str
    width: float
    icon: str
    fill: bool = False


# Okabe-Ito colours, written aabbggrr as KML wants them.
_STYLES = (
    _Style("observation", "ffb27200", 3.0, "placemark_circle.png"),
    _Style("transit", "ff555555", 1.5, "placemark_circle.png"),
    _Style("waypoint", "ffb27200", 1.0, "placemark_circle.png"),
    _Style("airfield", "ff000000", 1.0, "airports.png"),
    _Style("observed", "ff739e00", 1.0, "square.png"),
    _Style("missed", "ff005ed5", 1.0, "cross-hairs.png"),
    _Style("swath", "40e9b456", 1.0, "square.png", fill=True),
)


def gaps(plan: Plan) -> tuple[Text, ...]:
    """Say what the KML cannot carry."""
    said = [
        say("Findings are told in words only; the values of the law behind them are in the PDF."),
        SWATHS_ARE_APPROXIMATE,
    ]
    if any(leg.height_m_amsl is None and leg.height_m_agl is not None for leg in plan.legs):
        said.append(
            say(
                "Where the ground is not known, heights stand above whatever ground the viewer has,"
                " not above the highest ground under the leg."
            )
        )
    if any(leg.height_m_amsl is None and leg.height_m_agl is None for leg in plan.legs):
        said.append(say("Legs without a planned height lie on the ground."))
    return (*said, *changed_names_text(plan))


def to_kml(
    plan: Plan, findings: Sequence[Finding] = (), *, catalogue: Catalogue = ENGLISH, language: str = "en"
) -> str:
    """Write a plan as a KML document, UTF-8."""
    writer = _Writer(plan, findings, catalogue)
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    writer.head(document, language)
    writer.route(writer.folder(document, say("Route")))
    writer.waypoints(writer.folder(document, say("Waypoints")))
    writer.stops(writer.folder(document, say("Stops")))
    writer.sites(document)
    writer.swaths(writer.folder(document, say("Swaths (approximate)")))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


class _Writer:
    """Adds the parts of one plan to a KML document."""

    def __init__(self, plan: Plan, findings: Sequence[Finding], catalogue: Catalogue) -> None:
        self._plan = plan
        self._findings = findings
        self._by_leg = findings_by_leg(findings)
        self._catalogue = catalogue

    def _words(self, text: Text) -> str:
        return text.render(self._catalogue)

    def _child(self, parent: ET.Element, tag: str, words: str) -> ET.Element:
        child = ET.SubElement(parent, tag)
        child.text = xml_safe(words)
        return child

    def head(self, document: ET.Element, language: str) -> None:
        """Name the document, say what is found and what is missing, and define the styles."""
        self._child(document, "name", clean(self._words(plan_title(self._plan, language))))
        paragraphs = [verdict_sentence(self._findings), *self._told(self._findings)]
        paragraphs += [CANNOT_CARRY, *gaps(self._plan)]
        self._child(document, "description", "\n".join(clean(self._words(text)) for text in paragraphs))
        for style in _STYLES:
            _add_style(document, style)

    def _told(self, findings: Iterable[Finding]) -> list[Text]:
        return [
            say(
                "{provision}: {verdict}. {why}",
                provision=finding.provision,
                verdict=VERDICT_WORDS[finding.verdict],
                why=finding.why,
            )
            for finding in findings
        ]

    def folder(self, parent: ET.Element, name: Text) -> ET.Element:
        """Open a folder."""
        folder = ET.SubElement(parent, "Folder")
        self._child(folder, "name", self._words(name))
        return folder

    def _placemark(
        self, folder: ET.Element, name: str, about: Sequence[Text], style: str, *, visible: bool = True
    ) -> ET.Element:
        placemark = ET.SubElement(folder, "Placemark")
        self._child(placemark, "name", clean(name))
        if not visible:
            self._child(placemark, "visibility", "0")
        if about:
            self._child(placemark, "description", "\n".join(clean(self._words(text)) for text in about))
        self._child(placemark, "styleUrl", f"#{style}")
        return placemark

    def route(self, folder: ET.Element) -> None:
        """Draw the legs, each a line of its own with its times."""
        for leg in self._plan.legs:
            start, end = leg_ends(self._plan, leg)
            name = f"{leg.number}: {start.ident} - {end.ident}"
            placemark = self._placemark(folder, name, self._leg_words(leg), leg.kind.value)
            span = ET.Element("TimeSpan")
            self._child(span, "begin", utc(leg.start_utc))
            self._child(span, "end", utc(leg.end_utc))
            placemark.insert(-1, span)  # TimeSpan stands before styleUrl in the schema
            parts = lines.cut_at_180(lines.leg_path(self._plan, leg))
            parent = placemark if len(parts) == 1 else ET.SubElement(placemark, "MultiGeometry")
            for part in parts:
                self._line(parent, part, leg)

    def _leg_words(self, leg: Leg) -> list[Text]:
        about = [
            LEG_WORDS[leg.kind],
            say(
                "{distance:.1f} km, true course {course:05.1f}°", distance=leg.distance_km, course=leg.course_start_deg
            ),
        ]
        if leg.height_m_agl is not None:
            about.append(say("height {height:.0f} m above the highest ground under the leg", height=leg.height_m_agl))
        if leg.height_m_amsl is not None:
            about.append(say("height {height:.0f} m above mean sea level", height=leg.height_m_amsl))
        if leg.sensors and (sensors := lines.sensors_on(self._plan, leg)):
            start_km, end_km = lines.observation_km(leg)
            idents = ", ".join(clean(sensor.ident) for sensor in sensors)
            about.append(
                say("sensors {idents} from km {start:.1f} to km {end:.1f}", idents=idents, start=start_km, end=end_km)
            )
        judged = self._by_leg.get(leg.number, ())
        if judged:
            about.append(say("verdict on this leg: {verdict}", verdict=VERDICT_WORDS[overall(judged)]))
        return about + self._told(judged)

    def _line(self, parent: ET.Element, part: Sequence[Position], leg: Leg) -> None:
        line = ET.SubElement(parent, "LineString")
        mode, height_m = _height(leg)
        if mode == "clampToGround":
            self._child(line, "tessellate", "1")
        self._child(line, "altitudeMode", mode)
        self._child(line, "coordinates", " ".join(_coordinates(position, height_m) for position in part))

    def waypoints(self, folder: ET.Element) -> None:
        """Mark the waypoints: airfields on the ground, the others at the height of the leg that starts there."""
        for index, waypoint in enumerate(self._plan.waypoints):
            about = [say("waypoint {number}", number=index + 1)]
            if waypoint.turn is not None:
                about.append(TURN_WORDS[waypoint.turn])
            style = "airfield" if waypoint.airfield else "waypoint"
            placemark = self._placemark(folder, _name(waypoint), about, style)
            mode, height_m = _height(leg_from(self._plan, index))
            if waypoint.airfield:
                mode, height_m = "clampToGround", None
            self._point(placemark, (waypoint.lon, waypoint.lat), mode, height_m)

    def stops(self, folder: ET.Element) -> None:
        """Mark where the flight is interrupted on the ground, with arrival and departure."""
        for stop in self._plan.stops:
            waypoint = self._plan.waypoints[stop.waypoint - 1]
            about = [STOP_WORDS[stop.kind]]
            placemark = self._placemark(folder, _name(waypoint), about, "airfield")
            span = ET.Element("TimeSpan")
            self._child(span, "begin", utc(stop.arrive_utc))
            self._child(span, "end", utc(stop.depart_utc))
            placemark.insert(-1, span)
            self._point(placemark, (waypoint.lon, waypoint.lat))

    def sites(self, document: ET.Element) -> None:
        """Mark the sites, those observed and those not in folders of their own."""
        observed = frozenset(self._plan.observed_sites)
        seen = self.folder(document, say("Sites observed"))
        missed = self.folder(document, say("Sites not observed"))
        for index, site in enumerate(self._plan.sites):
            self._site(seen if index in observed else missed, site, index in observed)
        if self._plan.set_aside:
            folder = self.folder(document, say("Sites set aside before planning"))
            for aside in self._plan.set_aside:
                self._site(folder, aside.site, False, aside.reason)

    def _site(self, folder: ET.Element, site: Site, observed: bool, reason: Text | None = None) -> None:
        about = [say("value {value:g}", value=site.value)]
        if site.p_clear is not None:
            about.append(say("chance of a clear sky {chance:.0%}", chance=site.p_clear))
        if reason is not None:
            about.append(reason)
        placemark = self._placemark(folder, site.name, about, "observed" if observed else "missed")
        self._point(placemark, (site.lon, site.lat))

    def swaths(self, folder: ET.Element) -> None:
        """Draw what the sensors see, flat on the ground; hidden until the viewer switches it on."""
        for leg in self._plan.legs:
            rings = lines.swath_rings(self._plan, leg)
            parts = [part for ring in rings for part in lines.ring_parts(ring) or ()]
            if not parts:
                continue
            name = self._words(say("swath of leg {leg}", leg=leg.number))
            placemark = self._placemark(folder, name, [], "swath", visible=False)
            parent = placemark if len(parts) == 1 else ET.SubElement(placemark, "MultiGeometry")
            for part in parts:
                polygon = ET.SubElement(parent, "Polygon")
                self._child(polygon, "tessellate", "1")
                boundary = ET.SubElement(ET.SubElement(polygon, "outerBoundaryIs"), "LinearRing")
                self._child(boundary, "coordinates", " ".join(_coordinates(position, None) for position in part))

    def _point(
        self, placemark: ET.Element, position: Position, mode: str = "clampToGround", height_m: float | None = None
    ) -> None:
        point = ET.SubElement(placemark, "Point")
        self._child(point, "altitudeMode", mode)
        self._child(point, "coordinates", _coordinates(position, height_m))


def _add_style(document: ET.Element, style: _Style) -> None:
    element = ET.SubElement(document, "Style", id=style.ident)
    icon_style = ET.SubElement(element, "IconStyle")
    ET.SubElement(icon_style, "color").text = style.colour
    ET.SubElement(icon_style, "scale").text = "0.8"
    icon = ET.SubElement(icon_style, "Icon")
    ET.SubElement(icon, "href").text = _ICONS + style.icon
    line = ET.SubElement(element, "LineStyle")
    ET.SubElement(line, "color").text = style.colour
    ET.SubElement(line, "width").text = str(style.width)
    if style.fill:
        area = ET.SubElement(element, "PolyStyle")
        ET.SubElement(area, "color").text = style.colour


def _height(leg: Leg) -> tuple[str, float | None]:
    """Choose how the height of a leg is told: above the sea, above ground, or not at all."""
    if leg.height_m_amsl is not None:
        return "absolute", leg.height_m_amsl
    if leg.height_m_agl is not None:
        return "relativeToGround", leg.height_m_agl
    return "clampToGround", None


def _coordinates(position: Position, height_m: float | None) -> str:
    """Write longitude, latitude and height; nine decimals are a tenth of a millimetre."""
    lon, lat = position
    return f"{lon:.9f},{lat:.9f}" if height_m is None else f"{lon:.9f},{lat:.9f},{height_m:.1f}"


def _name(waypoint: Waypoint) -> str:
    return f"{waypoint.ident} {waypoint.name}".strip()
