"""The mission plan on paper, its text taken out of the PDF again."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from skywitness.cli.language import Language
from skywitness.core.finding import Finding, UsedValue
from skywitness.core.text import ENGLISH, say
from skywitness.route.exports import pdf
from skywitness.route.exports.page_words import breakable
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Plan, SeenStrip, SetAside, Site


class Paper:
    """Just enough of a PDF reader: pages, and the words on each."""

    def __init__(self, data: bytes) -> None:
        found = re.findall(rb"(\d+) 0 obj\s(.*?)\sendobj", data, re.DOTALL)
        self._objects = {int(number): body for number, body in found}
        kids = re.search(rb"/Type/Pages/Count \d+/Kids\[([^\]]*)\]", data)
        assert kids
        self.pages = [self._page(int(number)) for number in re.findall(rb"(\d+) 0 R", kids[1])]

    @property
    def text(self) -> str:
        """All words, white space evened out."""
        return " ".join(" ".join(self.pages).split())

    def _stream(self, number: int) -> bytes:
        body = self._objects[number]
        raw = body[body.index(b"stream") + 6 :].lstrip(b"\r\n").split(b"endstream")[0]
        return zlib.decompressobj().decompress(raw)

    def _page(self, number: int) -> str:
        page = self._objects[number]
        contents, resources = (re.search(rb"/%s (\d+) 0 R" % key, page) for key in (b"Contents", b"Resources"))
        assert contents
        assert resources
        fonts = re.search(rb"/Font<<(.*?)>>", self._objects[int(resources[1])])
        assert fonts
        letters = {name: self._letters(int(font)) for name, font in re.findall(rb"/(\w+) (\d+) 0 R", fonts[1])}
        words: list[str] = []
        current: dict[int, str] = {}
        for token in _tokens(self._stream(int(contents[1]))):
            if token[:1] == b"/" and token[1:] in letters:
                current = letters[token[1:]]
            elif token == b"ET":
                words.append("\n")
            elif token[:1] in (b"(", b"<"):
                raw = token[1:] if token[:1] == b"(" else bytes.fromhex(token[1:].decode())
                codes = [raw[i] * 256 + raw[i + 1] for i in range(0, len(raw) - 1, 2)]
                words.append("".join(current.get(code, "") for code in codes))
        return "".join(words)

    def _letters(self, number: int) -> dict[int, str]:
        to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", self._objects[number])
        assert to_unicode
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", self._stream(int(to_unicode[1])))
        return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _tokens(stream: bytes) -> Iterator[bytes]:
    """Cut a content stream into names, operators and strings; a string starts with its opening bracket."""
    at = 0
    while at < len(stream):
        if stream[at : at + 1] == b"(":
            text, at = _literal(stream, at + 1)
            yield b"(" + text
            continue
        found = _TOKEN.match(stream, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        yield found[0].rstrip(b">")


_TOKEN = re.compile(rb"<[0-9A-Fa-f]*>|/[^\s/<>()\[\]]+|[A-Za-z*']+|[^\sA-Za-z/<(]+")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _literal(stream: bytes, at: int) -> tuple[bytes, int]:
    """Read a string in brackets, which may hold brackets in pairs; give it and where it ends."""
    found, depth = bytearray(), 1
    while True:
        sign = stream[at : at + 1]
        octal = re.match(rb"\\([0-7]{1,3})", stream[at : at + 4])
        if octal:
            found.append(int(octal[1], 8))
            at += len(octal[0])
        elif sign == b"\\":
            follow = stream[at + 1 : at + 2]
            found += _NAMED.get(follow, follow)
            at += 2
        else:
            depth += (sign == b"(") - (sign == b")")
            at += 1
            if depth == 0:
                return bytes(found), at
            found += sign


@pytest.fixture(scope="module")
def georgia_pdf(georgia: Plan, judged: tuple[Finding, ...]) -> bytes:
    """The mission plan over Georgia, set once."""
    return pdf.to_pdf(georgia, judged)


def test_the_paper_says_what_the_plan_says(georgia_pdf: bytes) -> None:
    """Parties, airfields, legs, provisions, verdicts, sources, reading and signatures are on the paper."""
    text = Paper(georgia_pdf).text
    for words in (
        "Observation flight: Germany (DEU) over Georgia (GEO), 2019-09-12",
        "UGTB Tbilisi, 41°40'09.1\"N 044°57'16.9\"E",
        "2019-09-12 07:00:00Z",
        "343.1 km, 5.7% of the limit of 6,000 km",
        "4 of 40 observed",
        "OS:VI.II.4(A)",
        "OS:VI.II.4(G)",
        "✗ breach",
        "? cannot tell",
        "measured 10.4 km ± 2 km",
        "a survey line of the border",
        "recollection, unchecked",
        "Interpretations chosen VI.II.4(G): any_crossing",
        "For the observed Party: Georgia (GEO)",
        "What this document cannot carry",
        "2,500 AGL 3,048 AMSL · FL100",
        "outside the territory",
        "What does not apply Provision Subject Why OS:VI.II.3 Stops No stop is planned.",
    ):
        assert words in text.replace("\u00a0", " "), words


def test_every_page_bears_the_hash_and_its_number(georgia: Plan, georgia_pdf: bytes) -> None:
    """The foot of each page has the whole hash of the plan and page n of m."""
    pages = Paper(georgia_pdf).pages
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert plan_hash(georgia) in page
        assert f"Page {number} of {len(pages)}" in page


def test_every_leg_is_on_paper(make_plan: Callable[..., Plan]) -> None:
    """A plan of 300 legs has 300 rows, and the columns are named on each page of the table."""
    plan = make_plan([(20.0 + 0.02 * i, 50.0 + 0.02 * (i % 2)) for i in range(301)])
    paper = Paper(pdf.to_pdf(plan))
    idents = re.findall(r"WP\d\d+", paper.text)
    assert set(idents) == {waypoint.ident for waypoint in plan.waypoints[1:-1]}
    assert sum("From / to" in page for page in paper.pages) >= 300 // 45


def test_the_same_plan_gives_the_same_bytes(georgia: Plan, judged: tuple[Finding, ...], georgia_pdf: bytes) -> None:
    """Neither clock nor machine is in the document; its date is the commencement."""
    assert georgia_pdf == pdf.to_pdf(georgia, judged)
    assert b"D:20190912070000" in georgia_pdf or b"2019-09-12T07:00:00" in georgia_pdf


def test_hostile_names_are_set_as_text(hostile: Plan) -> None:
    """No name is read as markup of the typesetter; what the fonts lack is counted among the gaps."""
    text = Paper(pdf.to_pdf(hostile)).text
    assert "<b>&]]>" in text
    assert "#let" in text
    assert "Điện Biên Phủ" in text
    assert any("fonts" in str(gap) for gap in pdf.gaps(hostile))


def test_missing_things_are_said(make_plan: Callable[..., Plan]) -> None:
    """One leg, no sites, no findings, no ground: each is said in words."""
    plan = make_plan([(27.3, 53.9), (30.2, 52.5)], amsl_m=None, observed="BLR", overflown=("BLR",))
    text = Paper(pdf.to_pdf(plan)).text
    for words in (
        "ground not known",
        "no sites were given",
        "no limit has been applied",
        "No provision has been applied",
        "No landing on the way is planned.",
        "No site is observed.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("strips", "told"),
    [
        (((8.0, 32.0),), "radar: 8.0–32.0 km to the right"),
        (((-32.0, -8.0),), "radar: 8.0–32.0 km to the left"),
        (((-12.5, 12.5),), None),
        (((-32.0, -8.0), (8.0, 32.0)), None),
    ],
)
def test_the_side_of_a_sensor_is_on_paper(
    make_plan: Callable[..., Plan], strips: tuple[tuple[float, float], ...], told: str | None
) -> None:
    """A crew must know to which side a radar looks on each leg; of what sees to both sides nothing is said."""
    plan = make_plan([(20.0, 50.0), (23.0, 50.2)])
    seen = tuple(SeenStrip("radar", *strip) for strip in strips)
    plan = replace(plan, legs=(replace(plan.legs[0], sensors=("radar",), strips=seen), *plan.legs[1:]))
    row = str(pdf.contents(plan, (), ENGLISH, "en")["legs"]["rows"][0])
    assert (told in row) if told else ("to the" not in row)


def test_long_lists_are_cut_and_counted(make_plan: Callable[..., Plan]) -> None:
    """Of many sites the most valuable are listed and the rest counted; reasons for leaving sites out are counted."""
    sites = tuple(Site(f"S{index}", 20.0 + index / 1000.0, 50.0, float(index)) for index in range(3000))
    plan = make_plan([(20.0, 50.0), (23.0, 50.2)], sites=sites, observed_sites=tuple(range(1, 3000)))
    plan = replace(plan, set_aside=(SetAside(sites[0], say("outside the territory")),) * 12)
    data = pdf.contents(plan, (), ENGLISH, "en")
    assert [row[0] for row in data["sites"]["rows"][:2]] == ["S2999", "S2998"]
    assert len(data["sites"]["rows"]) == 400
    assert "The 400 most valuable of 2999" in data["sites"]["note"]
    assert data["sites"]["aside"] == ["Set aside before planning: 12. Reason: outside the territory"]


def test_the_distance_is_set_against_the_limit(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """Without a limit the paper claims none."""
    rows = {row["label"]: row["value"] for row in pdf.contents(georgia, (), ENGLISH, "en")["front"]["rows"]}
    assert rows["Distance"] == "343.1 km; no limit has been applied"
    unlimited = [replace(judged[0], limit=None)]
    rows = {row["label"]: row["value"] for row in pdf.contents(georgia, unlimited, ENGLISH, "en")["front"]["rows"]}
    assert rows["Distance"] == "343.1 km; the limit cannot be told"


class Marked:
    """A language that changes every sentence and makes it half as long again, as German does at its worst."""

    def gettext(self, message: str) -> str:
        """Mark a template."""
        return f"«{message}{'ạ' * (len(message) // 2)}»"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Mark a template."""
        return self.gettext(plural)

    def number(self, value: float, spec: str) -> str:
        """Write a decimal comma."""
        return format(value, spec).translate(str.maketrans(".,", ",."))


def test_all_words_come_from_the_catalogue(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """The template holds no words of its own: in another language no English is left, and long words still fit."""
    paper = Paper(pdf.to_pdf(georgia, judged, catalogue=Marked(), language="vi"))
    data = pdf.contents(georgia, judged, Marked(), "vi")
    for key in ("legs", "stops", "findings", "needs", "idle", "sites", "values", "reading"):
        assert all(column.startswith("«") for column in data[key]["columns"])
        assert data[key]["heading"].startswith("«")
    assert "343,1" in paper.text
    template = pdf.TEMPLATE.read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", template)
    assert not re.findall(r"\[[^\]#*]*[A-Za-z]{3,}[^\]#]*\]", code)


def test_pages_can_be_looked_at(georgia: Plan, judged: tuple[Finding, ...], georgia_pdf: bytes) -> None:
    """Pages come as pictures too, one each."""
    pages = pdf.to_pages(georgia, judged)
    assert len(pages) == len(Paper(georgia_pdf).pages)
    assert all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize("notes", [0, 17, 34, 51])
def test_signatures_never_stand_alone(georgia: Plan, judged: tuple[Finding, ...], notes: int) -> None:
    """However long the paper is, the page with the signatures says what is signed, and what the paper cannot carry."""
    plan = replace(georgia, notes=tuple(say("note") for _ in range(notes)))
    last = " ".join(Paper(pdf.to_pdf(plan, judged)).pages[-1].split())
    assert last.index("What this document cannot carry") < last.index("Signatures") < last.index("For the observing")
    assert "A signature belongs to the plan whose hash" in last
    assert f"2019-09-12: {len(plan.legs)} legs, {plan.distance_km:.1f} km, 2019-09-12 07:00:00Z to " in last


def test_values_of_the_law_are_named_and_their_sources_can_be_found(georgia: Plan, judged: tuple[Finding, ...]) -> None:
    """No key of a data file is printed; words and units follow the language; numbered sources have an address."""
    cited = (
        UsedValue("group", "BLR-RUS", "common_quota", "", dt.date(2002, 1, 1), "OS Annex A; practice S10", "text"),
        UsedValue("panoramic_cameras", "optical", 1, "cameras", dt.date(2002, 1, 1), "OS Art. IV.2(A)", "text"),
    )
    told = replace(judged[0], values=cited, measured=1, limit="party", unit="flights", uncertainty=0.0, margin=2.0)
    english = pdf.contents(georgia, (told,), ENGLISH, "en")
    assert [row["key"] for row in english["values"]["rows"]] == ["What the group is", "Panoramic cameras at most"]
    assert [row["value"] for row in english["values"]["rows"]] == ["group with common quotas", "1 camera"]
    assert english["findings"]["rows"][0]["numbers"] == ["measured 1 flight", "margin 2 flights"]
    numbered = [line.replace("\u200b", "") for line in english["values"]["numbered"]]  # addresses may be broken
    assert numbered == ["S10: tass.com/politics/1377561 (Russian exit 18 Dec 2021)"]
    vietnamese = pdf.contents(georgia, (told,), Language("vi"), "vi")
    assert [row["value"] for row in vietnamese["values"]["rows"]] == ["nhóm có hạn ngạch chung", "1 máy ảnh"]
    assert vietnamese["values"]["rows"][1]["subject"] == "máy ảnh quang học"


def test_the_title_of_a_planner_is_said_in_the_language_of_the_reader(georgia: Plan) -> None:
    """What the planner calls a plan is a sentence like others; what a person calls it stays as it is."""
    planned = replace(georgia, title="DEU over GEO, UGTB, 2019-09-12")
    named = replace(georgia, title="DEU over GEO, spring")
    titles = [pdf.contents(plan, (), Language("vi"), "vi")["front"]["title"] for plan in (planned, named)]
    assert titles == ["DEU bay trên GEO, UGTB, 2019-09-12", "DEU over GEO, spring"]


def test_long_words_break_where_they_have_joints() -> None:
    """The name of a fact or a path breaks after its signs, and only then in the middle."""
    assert breakable("aircraft.designated_by") == "aircraft.\u200bdesignated_\u200bby"
    assert breakable("x" * 20) == "x" * 18 + "\u200bxx"
    assert breakable("short words stay") == "short words stay"
