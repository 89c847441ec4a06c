"""Openings and closings of the streams of one name: which of them count, for whom, and what they show at the end.

Names of streams belong to nobody: Parties that know nothing of one another may open streams of one name, and a Party
may do so to disturb others.  So a stream is what one opening opens: the name, and the Parties that all signed the
opening.  An opening or closing that a Party it names has not signed is a fault of its author and changes nothing else.
Whoever is named at fault is so by its own signatures alone: the author of an entry, or a Party whose log shows other
entries than the closing that it signed itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from skywitness.core.text import say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.remark import Remark

OPENED_KINDS: Final = frozenset({"flight"})
"""Streams of these kinds are opened and closed by their Parties; others, such as a year's quotas, need not be."""

_NO_ADDRESS: Final = bytes(32)

Seen = tuple[dt.datetime, dt.datetime]
"""When the first and the last of the witnesses saw a log."""


@dataclass(slots=True)
class Author:
    """How far one author's sequence in one stream was read."""

    next: int = 0
    head: str | None = None
    ordinary: int = 0  # entries up to the last one that does not refer to another
    last_ordinary: str = ""  # its address
    written: int = 0  # entries up to the last one that only an open stream may hold
    closed: bool = False
    tail: bytearray = field(default_factory=bytearray)  # addresses of the entries after the last ordinary one

    def advance(self, entry: Entry) -> None:
        """Take the next entry."""
        if not may_follow_closing(entry):
            self.ordinary, self.last_ordinary = entry.sequence + 1, entry.address
            self.tail.clear()
        elif not self.closed:
            self.tail += _NO_ADDRESS * (entry.sequence - self.next) + bytes.fromhex(entry.address)
        if entry.kind == "entry" and not entry.refers_to:
            self.written = entry.sequence + 1
        self.next, self.head = entry.sequence + 1, entry.address

    def address(self, sequence: int) -> str | None:
        """Give the address of an entry not before the last ordinary one; ``None`` where it is not known."""
        if sequence == self.ordinary - 1:
            return self.last_ordinary or None
        start = (sequence - self.ordinary) * 32
        raw = bytes(self.tail[start : start + 32]) if start >= 0 else b""
        return raw.hex() if raw and raw != _NO_ADDRESS else None


@dataclass(slots=True)
class Mark:
    """An opening or closing that may count; ``certain``: all Parties have signed it, not only perhaps.

    ``met``: of a closing, the addresses of the entries that it names the last ones, as the logs show them.
    """

    entry: Entry
    parties: frozenset[str]
    signed: frozenset[str]
    met: dict[str, str] = field(default_factory=dict)

    @property
    def certain(self) -> bool:
        """Tell whether all have signed it."""
        return self.parties <= self.signed


@dataclass(slots=True)
class Stream:
    """All of one name.

    ``awaited``: closings that name an entry not read yet the last one of its author.  ``spoiled``: Parties that an
    opening names which not all have signed: only its author is at fault for what they write.
    """

    name: str
    authors: dict[str, Author] = field(default_factory=dict)
    openings: list[Mark] = field(default_factory=list)
    closings: list[Mark] = field(default_factory=list)
    awaited: dict[tuple[str, int], list[Mark]] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)

    def feed(self, entry: Entry, signed: frozenset[str], doubtful: frozenset[str]) -> list[Remark]:
        """Take an entry that its author's sequence has taken."""
        for mark in self.awaited.pop((entry.author, entry.sequence), ()):
            mark.met[entry.author] = entry.address
        if entry.kind not in ("opening", "closing"):
            return []
        remarks = []
        if entry.kind == "opening" and entry.sequence != 0:
            text = say("the opening is not the first entry of {author} in the stream", author=entry.author)
            remarks.append(Remark("opening_not_first", text, entry.place))
        parties = frozenset(entry.parties or entry.counts)
        if parties <= signed | doubtful:
            mark = Mark(entry, parties, signed)
            (self.openings if entry.kind == "opening" else self.closings).append(mark)
            self._meet(mark)
        else:
            self.spoiled |= set(entry.parties)
        return remarks + _unsigned(entry, parties, signed, doubtful)

    def _meet(self, closing: Mark) -> None:
        """Look up the entries a closing names the last ones, or wait for them."""
        for who, count in closing.entry.counts.items():
            author = self.authors.setdefault(who, Author())
            if count and who != closing.entry.author and author.next < count:
                self.awaited.setdefault((who, count - 1), []).append(closing)
            elif count and (found := author.address(count - 1)):
                closing.met[who] = found
            if closing.certain:
                author.closed = True
                author.tail.clear()


@dataclass(frozen=True, slots=True)
class End:
    """What is known at the end; ``absent``: Parties whose logs are not at hand.

    ``whole(by)``: whether all that ``by`` knew of is here.  ``held(party, by)``: the same of one log; see ``held_by``.
    ``fill(party, count)``: whether withheld entries may be those missing.
    """

    whole: Callable[[str], bool]
    held: Callable[[str, str], bool]
    fill: Callable[[str, int], bool]
    absent: frozenset[str]


def may_follow_closing(entry: Entry) -> bool:
    """Tell whether an entry may stand after the closing: it receives, corrects or answers another."""
    return entry.kind == "entry" and bool(entry.refers_to)


def finish(stream: Stream, end: End) -> Iterator[Remark]:
    """Say what the end shows of all streams of one name."""
    must = stream.name.split("/", 1)[0] in OPENED_KINDS
    if must:
        yield from _strangers(stream, end)
    yield from _twice("opening_twice", stream.name, stream.openings)
    closings: dict[frozenset[str], list[Mark]] = defaultdict(list)
    for mark in stream.closings:
        closings[mark.parties].append(mark)
    for parties in sorted(closings, key=sorted):
        yield from _twice("closing_twice", stream.name, closings[parties])
        for mark in sorted(closings[parties], key=lambda mark: (mark.entry.author, mark.entry.sequence)):
            yield from _closing(stream, mark, end)
    open_still = [one.entry.place for one in stream.openings if one.parties not in closings]
    if must and not stream.openings and not stream.closings:
        open_still = [stream.name]
    for place in sorted(open_still):
        text = say("the stream is not closed: whether more belongs to it cannot be told")
        yield Remark("no_closing", text, place, certain=False)


def _strangers(stream: Stream, end: End) -> Iterator[Remark]:
    """Go through those who write what only an open stream may hold, and whom no opening names."""
    named = stream.spoiled.union(*(one.parties for one in stream.openings))
    for who, author in sorted(stream.authors.items()):
        if not author.written or who in named:
            continue
        code = "author_not_named" if stream.openings else "no_opening"
        text = say("{author} writes into the stream, and no opening that all its Parties signed names it", author=who)
        yield Remark(code, text, f"{stream.name} {who}", end.whole(who))


def _twice(code: str, name: str, marks: Iterable[Mark]) -> Iterator[Remark]:
    """Name the author of a second one in its own log, and who signed those of several authors; nobody else."""
    firsts: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.entry.author, mark.entry.sequence)):
        author = mark.entry.author
        if firsts.setdefault(author, mark) is not mark:
            text = say(
                "{author} has put one into its log before: {place}", author=author, place=firsts[author].entry.place
            )
            yield Remark(code, text, mark.entry.place, mark.certain)
    signers: dict[str, list[str]] = defaultdict(list)
    for author, mark in firsts.items():
        for who in mark.signed & mark.parties:
            signers[who].append(author)
    for who, authors in sorted(signers.items()):
        if len(authors) > 1:
            text = say(
                "{party} has signed more than one: those of {authors}", party=who, authors=", ".join(sorted(authors))
            )
            yield Remark(code, text, f"{name} {who}")


def _closing(stream: Stream, mark: Mark, end: End) -> Iterator[Remark]:
    entry = mark.entry
    if all(one.parties != mark.parties for one in stream.openings):
        certain = mark.certain and end.whole(entry.author)
        if any(one.parties & mark.parties for one in stream.openings):
            text = say("it counts the entries of other Parties than the opening names")
            yield Remark("closing_parties_differ", text, entry.place, certain)
            return
        yield Remark("no_opening", say("the stream was never opened"), entry.place, certain)
    for who, count in sorted(entry.counts.items()):
        yield from _count(stream, mark, who, count, end)


def _count(stream: Stream, mark: Mark, who: str, count: int, end: End) -> Iterator[Remark]:
    """Hold what a Party signed of its own entries against its log."""
    author, place, by = stream.authors[who], mark.entry.place, mark.entry.author
    if author.written > count:
        text = say("the entry follows the closing by {author}; only what receives, corrects or answers another may",
                   author=by)  # fmt: skip
        yield Remark("after_closing", text, f"{stream.name} {who} {author.written - 1}", mark.certain)
    elif author.next < count and who in end.absent:
        text = say("the log of {author} is not here: its {count} entries cannot be counted", author=who, count=count)
        yield Remark("author_absent", text, place, certain=False)
    elif author.next < count:
        certain = not end.fill(who, count - author.next) and mark.certain and end.held(who, by)
        text = say("the closing {place}, which {author} signed, counts {count} entries of it, and there are {seen}",
                   place=place, author=who, count=count, seen=author.next)  # fmt: skip
        yield Remark("closing_count_differs", text, f"{stream.name} {who}", certain)
    elif who in mark.met and who != by and mark.met[who] != mark.entry.heads.get(who):
        text = say("the closing {place}, which {author} signed, names {met} as its last entry, which is {right}",
                   place=place, author=who, met=mark.entry.heads.get(who), right=mark.met[who])  # fmt: skip
        yield Remark("closing_head_differs", text, f"{stream.name} {who} {count - 1}", mark.certain)


def _unsigned(entry: Entry, parties: Iterable[str], signed: frozenset[str], doubtful: frozenset[str]) -> list[Remark]:
    remarks = []
    for who in sorted(frozenset(parties) - signed):
        if who in doubtful:
            text = say("whether {party} signed it cannot be told: its key is not known or was lost", party=who)
        else:
            text = say("{party} has not signed it, so it counts for nothing", party=who)
        remarks.append(Remark(f"{entry.kind}_unsigned", text, entry.place, certain=who not in doubtful))
    return remarks


def held_by(seen: Mapping[str, Seen | None] | None) -> Callable[[str, str], bool]:
    """Tell whether a log reaches as far as what another says of it; without ``seen`` all logs do.

    ``seen``: when the first and the last witness of each log saw it as it is here, ``None`` where too few did.  A Party
    knows of another's log what that held before its own log was seen; so one that was seen later holds all of it.
    """

    def held(party: str, by: str) -> bool:
        if seen is None or party == by:
            return True
        first, last = seen.get(party), seen.get(by)
        return first is not None and last is not None and first[0] >= last[1]

    return held
