"""``skywitness cfe classify`` and ``protocols`` as their users meet them."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Skywitness

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "cfe"


def test_the_example_of_items(skywitness: Skywitness) -> None:
    """Each item has its answer; what is open ends with 3 and says what would settle it, in both languages."""
    file = EXAMPLES / "items.toml"
    document = skywitness("cfe", "classify", file, "--json")
    assert document.code == 3
    items = {one["item"]: one for one in document.json["items"]}
    assert items["tanks-of-the-7th"]["category"] == "battle_tank"
    gun = items["new-wheeled-gun"]
    assert gun["possible"] == ["battle_tank", "heavy_armament_combat_vehicle"]
    assert (gun["category"], gun["limited"]) == (None, "yes")
    assert items["workshop-carriers"]["limited"] == "no"
    assert items["export-howitzers"]["counts"] == "yes"
    page = skywitness("cfe", "classify", file)
    assert "III.1(E)" in page.out
    steps = skywitness("cfe", "classify", file, "--steps")
    assert len(steps.out) > len(page.out)
    other = skywitness("cfe", "classify", file, "--steps", lang="vi")
    assert other.code == 3
    assert "a battle tank" not in other.out


def test_items_told_counted_wrong_and_refused(skywitness: Skywitness, tmp_path: Path) -> None:
    """What is told ends with 0, counted as something else with 1, a broken file with 2 and all its faults."""
    file = tmp_path / "items.toml"
    text = 'at = 1996-06-01\n[[item]]\nid = "x"\nstate = "POL"\nmedium = "land"\ntype = "T-72"\nlocated = "POL"\n'
    file.write_text(text, encoding="utf-8")
    assert skywitness("cfe", "classify", file).code == 0
    file.write_text(text + 'counted_as = "artillery"\n', encoding="utf-8")
    found = skywitness("cfe", "classify", file)
    assert found.code == 1
    assert "II.1" in found.out
    file.write_text(text.replace('"land"', '"sea"') + "wheels = 3\n", encoding="utf-8")
    refused = skywitness("cfe", "classify", file, "--json")
    assert refused.code == 2
    assert len(refused.json["error"]["faults"]) == 2


def test_the_example_of_protocols(skywitness: Skywitness, tmp_path: Path) -> None:
    """The example breaks nothing, in both languages; one trainer too many ends with 1."""
    file = EXAMPLES / "protocols.toml"
    document = skywitness("cfe", "protocols", file, "--json")
    assert (document.code, document.json["verdict"]) == (0, "ok")
    other = skywitness("cfe", "protocols", file, lang="vi")
    assert other.code == 0
    assert "KEPT" not in other.out
    broken = tmp_path / "told.toml"
    text = file.read_text(encoding="utf-8")
    broken.write_text(text.replace("taken_from_limits = 40", "taken_from_limits = 551"), encoding="utf-8")
    found = skywitness("cfe", "protocols", broken, "--json", "--provision", "RECLASS.I.2")
    assert (found.code, [one["verdict"] for one in found.json["findings"]]) == (1, ["breach"])
