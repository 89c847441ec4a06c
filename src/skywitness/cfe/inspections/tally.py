"""Everything told of inspections, in order, to be counted: who inspected whom when, and which teams were where."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from skywitness.cfe.inspections.model import DECLARED, Inspection, PartyTold, Record, Stay

__all__ = ["Tally", "Teams", "whose"]


def whose(stay: Stay, one: Inspection) -> str:
    """Return whose quota an inspection uses: of a declared site its owner's, else that of the territory."""
    return one.owner if one.section == DECLARED else stay.inspected


@dataclass(slots=True)
class Teams:
    """When teams of one kind came and went; of some only that they came is told."""

    came: list[dt.datetime] = field(default_factory=list)
    went: list[dt.datetime] = field(default_factory=list)
    open: list[dt.datetime] = field(default_factory=list)

    def present(self, at: dt.datetime) -> tuple[int, int]:
        """Return how many were there for certain, and at most, when one came at ``at``, itself not among them."""
        certain = bisect_right(self.came, at) - bisect_right(self.went, at)
        return certain, certain + bisect_right(self.open, at)


class Tally:
    """The inspections of a record by whose quota they use and on whose territory, its teams, its States."""

    def __init__(self, record: Record) -> None:
        self._at: dict[int, int] = {}
        self._made: dict[tuple[str, ...], list[tuple[int, dt.date]]] = {}
        self._teams: dict[tuple[str, ...], Teams] = {}
        self._told: dict[str, list[PartyTold]] = {}
        stays = sorted(record.stays, key=lambda stay: stay.moment)
        for stay in stays:
            for one in stay.inspections:
                self._add(stay, one)
            self._note_team(stay)
        for teams in self._teams.values():
            for moments in (teams.came, teams.went, teams.open):
                moments.sort()
        for party in sorted(record.parties, key=lambda party: party.day):
            if "objects" in party.told:
                self._told.setdefault(party.state, []).append(party)

    def _add(self, stay: Stay, one: Inspection) -> None:
        place = self._at[id(one)] = len(self._at)
        if one.took_place and one.under_quota:
            of = whose(stay, one)
            keys: list[tuple[str, ...]] = [("of", of), ("by", of, stay.inspecting)]
            if one.section == DECLARED:
                keys += [("on", stay.inspected), ("owned", stay.inspected, one.owner)]
            else:
                keys.append(("challenges", of))
            for key in keys:
                self._made.setdefault(key, []).append((place, stay.day))

    def _note_team(self, stay: Stay) -> None:
        """Note a team that inspects under a quota, was let in, and told when it came."""
        kinds = team_kinds(stay)
        came, went = stay.told.time("arrived_utc"), stay.told.time("returned_utc")
        for kind in kinds if came else ():
            teams = self._teams.setdefault(kind, Teams())
            if went is None and came is not None:
                teams.open.append(came)
            elif went is not None and came is not None:
                teams.came.append(came)
                teams.went.append(went)

    def number(self, key: tuple[str, ...], one: Inspection, since: dt.date) -> int:
        """Count the inspections made before one, from a day on.

        ``key``: of a State (``of``), its challenges (``challenges``), by another State (``by``), on its territory
        (``on``), of one owner there (``owned``).
        """
        rows = self._made.get(key, [])
        end = bisect_left(rows, self._at[id(one)], key=lambda row: row[0])
        return end - bisect_left(rows, since, hi=end, key=lambda row: row[1])

    def others(self, kind: tuple[str, ...], stay: Stay, at: dt.datetime) -> tuple[int, int]:
        """Return how many other teams of a kind were present when a stay began: for certain, and at most."""
        certain, most = self._teams.get(kind, Teams()).present(at)
        if kind in team_kinds(stay) and "arrived_utc" in stay.told:
            mine = Teams()
            came, went = stay.told.time("arrived_utc"), stay.told.time("returned_utc")
            (mine.came if went else mine.open).extend([came] if came else [])
            mine.went.extend([went] if went else [])
            own_certain, own_most = mine.present(at)
            return certain - own_certain, most - own_most
        return certain, most

    def objects(self, state: str, day: dt.date) -> PartyTold | None:
        """Return what a State last told of its objects by a day."""
        told = self._told.get(state, [])
        place = bisect_right(told, day, key=lambda party: party.day)
        return told[place - 1] if place else None


def team_kinds(stay: Stay) -> Sequence[tuple[str, ...]]:
    """Name what a team counts as: on a territory, at the forces of each owner, in each district."""
    made = [one for one in stay.inspections if one.under_quota and one.let_in]
    if stay.inspections and not made:
        return ()
    kinds: list[tuple[str, ...]] = [("territory", stay.inspected)]
    kinds += [("forces", one.owner) for one in made]
    kinds += [("district", stay.inspected, one.told.word("district")) for one in made if "district" in one.told]
    return tuple(dict.fromkeys(kinds))
