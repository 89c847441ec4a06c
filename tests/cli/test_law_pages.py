"""``law pages``: every provision on one page of each language, whole, found by the search, safe to open anywhere."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from skywitness.cli import lawbook
from skywitness.cli.language import Language
from skywitness.cli.law_pages import judges
from skywitness.cli.lawbook import book
from skywitness.cli.lawbook.markup import script_data, tag
from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.law.dossier import Dossier, dossiers
from skywitness.law.instrument import load
from skywitness.law.names import folded
from skywitness.law.provisions import parts, provision, provisions
from skywitness.law.slips import slips

if TYPE_CHECKING:
    from tests.conftest import Skywitness

HERE = Path(lawbook.__file__).parent
VOID = {"br", "hr", "input", "link", "meta"}
LOADING = {"src", "srcset", "data", "poster", "background", "formaction", "ping", "manifest", "style"}


@dataclass
class Seen(HTMLParser):
    """What stands in a page: elements in order, identifiers, links, text; every start tag has its end tag."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    codes: dict[str, list[str]] = field(default_factory=dict)
    open_ones: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((name, dict(attrs)))
        if name not in VOID:
            self.open_ones.append(name)
        if name in ("script", "style"):
            self.codes.setdefault(name, []).append("")

    def handle_endtag(self, name: str) -> None:
        """Hold it against the element that is open."""
        assert self.open_ones.pop() == name

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        if self.open_ones and self.open_ones[-1] in ("script", "style"):
            self.codes[self.open_ones[-1]][-1] += data
        else:
            self.words.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        """Give the attributes of all elements of one name."""
        return [attributes for element, attributes in self.elements if element == name]

    @property
    def ids(self) -> list[str]:
        """Every identifier, in order."""
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(" ".join(self.words).split())


def parsed(text: str) -> Seen:
    """Read a page."""
    seen = Seen()
    seen.feed(text)
    seen.close()
    assert not seen.open_ones
    return seen


Pages = Mapping[str, str]


@pytest.fixture(scope="module")
def pages() -> Pages:
    """All pages as they are written."""
    return book.pages(load(), dossiers(load(), judges()))


@pytest.fixture(scope="module")
def seen(pages: Pages) -> Mapping[str, Seen]:
    """All pages as a browser reads them."""
    return {name: parsed(text) for name, text in pages.items()}


def of_language(pages: Mapping[str, Any], code: str) -> set[str]:
    """Name the pages of one language."""
    return {name for name in pages if (name.count(".") == 1) is (code == "en")}


@pytest.mark.parametrize("code", ["en", "vi"])
def test_every_provision_is_on_exactly_one_page(seen: Mapping[str, Seen], code: str) -> None:
    """In each language each identifier is an anchor on one page, that of its article, in the Treaty's order."""
    names = of_language(seen, code)
    assert len(names) == len(parts()) + 1
    known = {row.id for row in provisions()}
    places = Counter(ident for name in names for ident in seen[name].ids if ident in known)
    assert places == Counter(known)
    on_page = [ident for ident in seen["article-VI.html"].ids if ident in known]
    assert on_page == [row.id for row in provisions(part="VI")]


def test_identifiers_are_unique_on_a_page(seen: Mapping[str, Seen]) -> None:
    """No page has two elements of one identifier."""
    assert not {
        name: twice for name, page in seen.items() if (twice := [i for i, n in Counter(page.ids).items() if n > 1])
    }


def test_every_link_resolves(seen: Mapping[str, Seen]) -> None:
    """Each link leads to a page that is there, and to an anchor on it; none leads out."""
    broken: list[str] = []
    for name, page in seen.items():
        for link in page.all("a"):
            file, _, anchor = (link["href"] or "").partition("#")
            there = seen.get(unquote(file) or name)
            if there is None or (anchor and unquote(anchor) not in there.ids):
                broken.append(f"{name}: {link['href']}")
        broken += [f"{name}: {form['action']}" for form in page.all("form") if form.get("action", name) not in seen]
    assert not broken
    assert sum(len(page.all("a")) for page in seen.values()) > 3000


def test_nothing_is_loaded(pages: Pages, seen: Mapping[str, Seen]) -> None:
    """No page loads anything: no address of another machine, no picture, no file, no frame."""
    for name, page in seen.items():
        assert not {element for element, _ in page.elements} & {
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "svg",
        }
        assert not [attributes for _, attributes in page.elements if LOADING & attributes.keys()], name
        assert not [attributes for _, attributes in page.elements if any(key.startswith("on") for key in attributes)]
        assert "url(" not in "".join(page.codes["style"])
        assert "@import" not in pages[name]


def test_the_policy_allows_our_code_alone(seen: Mapping[str, Seen]) -> None:
    """The policy of each page names the hash of each script and style in it, and allows nothing else."""
    for page in seen.values():
        policy = next(meta["content"] or "" for meta in page.all("meta") if meta.get("http-equiv"))
        ours = [
            code
            for code, attributes in zip(page.codes["script"], page.all("script"), strict=True)
            if attributes.get("type") != "application/json"
        ]
        for code in (*ours, *page.codes["style"]):
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert policy.count("sha256-") == len(ours) + 1


def test_pages_can_be_read_by_everyone(seen: Mapping[str, Seen]) -> None:
    """A language, one first heading, no level left out, tables with captions and heads, fields with names."""
    for name, page in seen.items():
        assert page.all("html")[0]["lang"] == ("vi" if ".vi." in name else "en")
        levels = [int(element[1]) for element, _ in page.elements if re.fullmatch(r"h[1-6]", element)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert len(page.all("table")) == len(page.all("caption"))
        assert all(head.get("scope") for head in page.all("th"))
        labels = {label.get("for") for label in page.all("label")}
        assert all(box.get("aria-label") or box.get("id") in labels for box in page.all("input"))
        assert len(page.all("main")) == 1


def brightness(colour: str) -> float:
    """Compute the relative luminance of a colour ``#rrggbb`` (WCAG 2)."""
    parts_of_one = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts_of_one)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_can_be_told_apart() -> None:
    """Every colour of words stands out from what is behind it by 4.5 to 1 at least."""
    css = (HERE / "lawbook.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", css))
    pairs = [(named[words], behind) for words in ("ink", "soft", "link") for behind in ("#ffffff", named["mark"])]
    pairs += re.findall(r"^\.\w+ \{ color: (#\w{6}); background: (#\w{6}); \}", css, re.M)
    assert len(pairs) == 6 + 4
    for words, behind in pairs:
        light, dark = sorted((brightness(words), brightness(behind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, behind)


def entries(page: str) -> list[dict[str, Any]]:
    """Read what the search of an index page looks through."""
    found: list[dict[str, Any]] = json.loads(
        next(code for code in parsed(page).codes["script"] if code.startswith("["))
    )
    return found


@pytest.mark.parametrize("index", ["index.html", "index.vi.html"])
@pytest.mark.parametrize(
    ("asked", "ident"),
    [
        ("quota", "OS:III.I.4"),
        ("hạn ngạch", "OS:III.I.4"),
        ("HAN NGACH", "OS:III.I.4"),
        ("hm_nothing_like_it", None),
        ("VI.II.4(A)", "OS:VI.II.4(A)"),
        ("kubinka", "OS:A.III"),
        ("Đức", "OS:A.I.1"),
        ("maximum_flight_distance", "OS:A.III"),
        ("Annex I hazardous", "OS:ANNEX-I.1(B)"),
    ],
)
def test_what_is_searched_finds_it(pages: Pages, index: str, asked: str, ident: str | None) -> None:
    """In the index of either language the words of both are found, with and without their marks."""
    wanted = folded(asked).split()
    found = [entry["id"] for entry in entries(pages[index]) if all(word in entry["words"] for word in wanted)]
    assert (ident in found) if ident else not found
    assert len(found) < len(provisions()) / 4


def test_the_index_lists_every_provision(pages: Pages, seen: Mapping[str, Seen]) -> None:
    """Each is there once, with its title in the language of the page and a page that holds it."""
    for code in ("en", "vi"):
        rows = entries(pages["index.html" if code == "en" else "index.vi.html"])
        titles = {row.id: row.title.render(Language(code)) for row in provisions()}
        assert {row["id"]: row["title"] for row in rows} == titles
        assert len(rows) == len(titles)
        assert all(row["id"] in seen[row["page"]].ids for row in rows)


BROWSER = """
const [script, entries, query, hash] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const made = (more) => ({
  dataset: {}, children: [], textContent: "", listeners: {},
  append(...parts) { this.children.push(...parts); },
  replaceChildren(...parts) { this.children = parts; },
  addEventListener(name, call) { this.listeners[name] = call; },
  ...more,
});
const parts = {
  entries: made({ textContent: entries }), found: made(), search: made(),
  count: made({ dataset: { none: "none", some: "# found", more: "# found, too many" } }),
  q: made({ value: "", form: made() }),
};
const went = [];
const location = { search: query, hash, replace: (place) => went.push(place) };
const document = { getElementById: (id) => parts[id], createElement: () => made() };
const window = made();
new Function("document", "location", "window", script)(document, location, window);
const links = parts.found.children.map((item) => item.children[0].href);
console.log(JSON.stringify({ links, told: parts.count.textContent, went }));
"""


def browsed(pages: Pages, query: str, anchor: str = "") -> dict[str, Any]:
    """Run the script of the search, where there is something to run it with."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no JavaScript to run here")
    listed = json.dumps(entries(pages["index.html"]))
    given = json.dumps([(HERE / "search.js").read_text(encoding="utf-8"), listed, query, anchor])
    done = subprocess.run([node, "-e", BROWSER], input=given, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_script_finds_and_ranks(pages: Pages) -> None:
    """An identifier comes first, then titles; marks and capitals do not matter; what is not there is said."""
    by_ident = browsed(pages, "?q=vi.ii.4")["links"]
    assert by_ident[0] == "article-VI.html#OS%3AVI.II.4"
    assert browsed(pages, "?q=quota")["links"][0] == "article-II.html#OS%3AII.9"
    marked, plain = (browsed(pages, f"?q={words}") for words in ("h%E1%BA%A1n+ng%E1%BA%A1ch", "HAN+NGACH"))
    assert marked == plain
    assert len(marked["links"]) > 30
    assert browsed(pages, "?q=zzz") == {"links": [], "told": "none", "went": []}
    assert browsed(pages, "?q=party")["told"].endswith("too many")
    assert browsed(pages, "") == {"links": [], "told": "", "went": []}


@pytest.mark.parametrize(
    ("anchor", "went"),
    [
        ("#OS:VI.II.4(A)", ["article-VI.html#OS%3AVI.II.4(A)"]),
        ("#VI.II.4(A)", ["article-VI.html#OS%3AVI.II.4(A)"]),
        ("#OS%3AE.5(B)(1)", ["annex-E.html#OS%3AE.5(B)(1)"]),
        ("#DEC:16/02", ["decisions.html#DEC%3A16%2F02"]),
        ("#articles", []),
        ("#%E0%A4%A", []),
        ("", []),
    ],
)
def test_an_identifier_behind_the_index_leads_to_its_page(pages: Pages, anchor: str, went: list[str]) -> None:
    """The identifier of a finding, written behind the index, opens its page; nonsense does nothing."""
    assert browsed(pages, "", anchor)["went"] == went


def test_what_a_page_tells(seen: Mapping[str, Seen]) -> None:
    """Title, kind, modality, bearer, rule, tests, value, days, source, slip: all of VI.II.4(A) and of A.III."""
    article, annex = seen["article-VI.html"].text, seen["annex-A.html"].text
    for words in (
        "OS:VI.II.4(A) The flight does not exceed the maximum flight distance",
        "prohibition · Who: observing Party",
        "skywitness.route.rules.distance.",
        "kept: tests/route/rules/",
        "broken: tests/route/rules/",
        "Printed: Annex A, Section I",
        "No software can judge",
    ):
        assert (words in article) is (words != "No software can judge"), words
    for words in (
        "Kubinka (UUMB) 5500 km seen in use 2012-08-13 , 2016-08-01 , no longer on 2021-12-18",
        "S49",
        "reported",
    ):
        assert words in annex
    assert "Why people Only an inspection on board can show" in seen["article-IV.html"].text
    assert "Vì sao cần con người" in seen["article-IV.vi.html"].text
    assert "Hạn ngạch thụ động" in seen["annex-A.vi.html"].text


def test_values_of_one_day() -> None:
    """With a day only the values of that day are there, and what nobody can tell is said to be so."""
    source, day = load(), dt.date(2005, 6, 1)
    made = book.pages(source, dossiers(source, {}, day), day, ("en",))
    annex = parsed(made["annex-A.html"]).text
    assert "Kubinka (UUMB) 5000 km cannot tell: this or another" in annex
    assert "Finland (FIN) 5 per year" in annex
    assert "2005-06-01; the Treaty is in force" in parsed(made["index.html"]).text
    before = book.pages(source, dossiers(source, {}, dt.date(1999, 1, 1)), dt.date(1999, 1, 1), ("en",))
    assert "the Treaty is not in force" in parsed(before["index.html"]).text
    assert "Kubinka" not in parsed(before["annex-A.html"]).text


HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)> "'&amp; <!-- ]]> \u2028"""


def test_hostile_text_is_only_text() -> None:
    """Markup in a title, a reason, a rule or a slip is shown as it stands and never becomes an element."""
    row = replace(provision("OS:IV.7"), title=say(HOSTILE), why=say(HOSTILE), title_vi=HOSTILE)
    slip = replace(slips()[0], what=HOSTILE, printed=HOSTILE, taken=HOSTILE, states=())
    made = book.pages(load(), [Dossier(row, "people", (HOSTILE,), slips=(slip,))], None, ("en", "vi"))
    ours = {"index.html": 3, "article-IV.html": 1, "index.vi.html": 3, "article-IV.vi.html": 1}
    for name, text in made.items():
        page = parsed(text)
        assert len(page.all("script")) == ours[name]
        assert not page.all("img")
    assert parsed(made["article-IV.html"]).text.count(" ".join(HOSTILE.split())) == 6
    assert entries(made["index.html"])[0]["title"] == HOSTILE


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (tag("p", "<b>", tag("i", "a & b")), "<p>&lt;b&gt;<i>a &amp; b</i></p>"),
        (tag("p", str(tag("b", "x")) + ""), "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        (tag("input", value='"><script>', disabled=True), '<input value="&quot;&gt;&lt;script&gt;" disabled>'),
        (script_data("</script><!--"), "\\u003c/script\\u003e\\u003c!--"),
    ],
)
def test_markup_escapes_whatever_is_no_markup(made: str, text: str) -> None:
    """Only what was made as an element is one; text put together with it by other means is text again."""
    assert made == text


def test_the_same_law_gives_the_same_pages(pages: Pages) -> None:
    """Nothing in a page depends on the moment or the machine."""
    again = book.pages(load(), dossiers(load(), judges()))
    assert all(again[name] == text for name, text in pages.items())


def test_whatever_judges_is_named(skywitness_process: Skywitness, tmp_path: Path) -> None:
    """A program that has judged nothing yet knows the rules of plans, of reach and of acts, and their provisions."""
    assert skywitness_process("law", "pages", "open-skies", "--out", tmp_path / "pages").code == 0
    for page, rule in (
        ("article-VI", "skywitness.route.rules.borders."),
        ("annex-E", "skywitness.route.reach.rules."),
        ("article-XV", "skywitness.law.withdrawal."),
        ("annex-A", "skywitness.law.judge."),
    ):
        assert rule in (tmp_path / "pages" / f"{page}.html").read_text(encoding="utf-8")
    assert judges()["OS:VI.II.2"]


def test_pages_are_written(skywitness: Skywitness, tmp_path: Path) -> None:
    """The command writes every page into a new folder and says where to begin, in the language spoken."""
    folder = tmp_path / "new" / "pages"
    ran = skywitness("law", "pages", "open-skies", "--out", folder, "--at", "2019-09-12", "--json")
    assert ran.code == 0
    assert ran.json["provisions"] == len(provisions())
    assert ran.json["at"] == "2019-09-12"
    assert Path(ran.json["start"]) == folder / "index.html"
    assert sorted(ran.json["pages"]) == sorted(path.name for path in folder.iterdir())
    assert (folder / "article-VI.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    told = skywitness("law", "pages", "open-skies", "--out", folder, lang="vi")
    assert told.code == 0
    assert str(folder / "index.vi.html") in told.out


def test_a_folder_that_cannot_be_written_is_refused(skywitness: Skywitness, tmp_path: Path) -> None:
    """A file in the way, a link that leads nowhere: refused in one sentence, before anything is made."""
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("mine", encoding="utf-8")
    link.symlink_to(tmp_path / "nowhere")
    for place in (file, file / "below", link):
        ran = skywitness("law", "pages", "open-skies", "--out", place, "--json")
        assert ran.code == 2
        assert (ran.json["error"]["kind"], ran.json["error"]["where"]) == ("file", "--out")
    assert file.read_text(encoding="utf-8") == "mine"
    assert skywitness("law", "pages", "closed-skies", "--out", tmp_path / "x", "--json").code == 2
    assert not (tmp_path / "x").exists()


def test_all_pages_are_written_or_none(tmp_path: Path) -> None:
    """When one page cannot be put in its place, those that stood there stay, and no half is left."""
    (tmp_path / "a.html").write_text("old", encoding="utf-8")
    (tmp_path / "b.html").mkdir()
    with pytest.raises(InputError) as caught:
        book.write({"a.html": "new", "b.html": "new"}, tmp_path)
    assert caught.value.kind == "cannot_write"
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"a.html", "b.html"}
    book.write({"a.html": "new"}, tmp_path)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "new"
