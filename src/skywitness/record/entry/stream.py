"""The rules of streams: nothing is missing, nothing comes twice, and what was opened by all is closed by all.

A ``StreamRules`` is fed the entries of any number of authors.  The entries of one author come in the order of its log;
those of different authors in any interleaving, as logs have no common order.  It keeps a few numbers for each author of
a stream, not the entries: only of entries that refer to others and stand at the end of an author's sequence are the
addresses kept (32 bytes each), until the closing tells which of them it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from skywitness.core.text import say, say_n
from skywitness.record.entry.entry import KEY_STREAM, Entry
from skywitness.record.entry.marks import Author, End, Seen, Stream, finish, held_by
from skywitness.record.entry.remark import Remark

SEQUENCE_CODES: Final = ("previous_differs", "sequence_gap", "sequence_twice")
OPENING_CLOSING_CODES: Final = (
    "after_closing",
    "author_absent",
    "author_not_named",
    "closing_count_differs",
    "closing_head_differs",
    "closing_parties_differ",
    "closing_twice",
    "closing_unsigned",
    "no_closing",
    "no_opening",
    "opening_not_first",
    "opening_twice",
    "opening_unsigned",
)
REFERENCE_CODES: Final = ("corrects_other", "unknown_reference")
CODES: Final[dict[str, int]] = {
    **dict.fromkeys(SEQUENCE_CODES, 10),
    **dict.fromkeys(OPENING_CLOSING_CODES, 11),
    **dict.fromkeys(REFERENCE_CODES, 12),
}
"""All codes of remarks on streams, with the number of the step of a verification they belong to."""


class _Wanted(NamedTuple):
    """A reference to an entry that was not found yet."""

    entry: str
    relation: str
    author: str
    place: str


class StreamRules:
    """Checks streams as their entries come; ``finish`` says what only the end can show.

    ``find`` gives the author of the entry at an address, or ``None`` where there is none: a look-up in a store.
    Without it all addresses are kept here, about 150 bytes an entry.
    """

    def __init__(self, find: Callable[[str], str | None] | None = None) -> None:
        self._streams: dict[str, Stream] = {}
        self._withheld: dict[str, int] = {}
        self._any_withheld = False
        self._addresses: dict[bytes, str] = {}
        self._find = find
        self._wanted: list[_Wanted] = []

    def withheld(self, author: str, count: int = 1) -> None:
        """Say that the log of ``author`` holds ``count`` more entries of which only the hash is at hand.

        Gaps that they may fill are not told as certain.  Say it before the entries that follow them.
        """
        self._withheld[author] = self._withheld.get(author, 0) + count
        self._any_withheld = self._any_withheld or count > 0

    def feed(self, entry: Entry, signed: Iterable[str], doubtful: Iterable[str] = frozenset()) -> tuple[Remark, ...]:
        """Take the next entry of its author, and say what it shows.

        ``signed``: the Parties whose signature on it is good; ``doubtful``: those of whom it cannot be told (see
        ``keyring.signed_by``).
        """
        name = _name(entry)
        stream = self._streams.setdefault(name, Stream(name))
        author = stream.authors.setdefault(entry.author, Author())
        remarks = self._check_references(entry)
        if entry.sequence < author.next:
            return (*remarks, _twice(entry, author.next))
        remarks += self._check_sequence(entry, author)
        author.advance(entry)
        return (*remarks, *stream.feed(entry, frozenset(signed), frozenset(doubtful)))

    def _check_sequence(self, entry: Entry, author: Author) -> list[Remark]:
        gap = entry.sequence - author.next
        if gap:
            certain = not self._fill(entry.author, gap)
            text = say_n(
                "{count} entry of {author} before this one is missing",
                "{count} entries of {author} before this one are missing",
                gap,
                author=entry.author,
            )
            return [Remark("sequence_gap", text, entry.place, certain)]
        if entry.previous != author.head:
            text = say("it names {met} as the entry before it, which is {right}", met=entry.previous, right=author.head)
            return [Remark("previous_differs", text, entry.place)]
        return []

    def _fill(self, author: str, gap: int) -> bool:
        """Tell whether withheld entries may fill a gap; those that do fill no other."""
        left = self._withheld.get(author, 0)
        if left < gap:
            return False
        self._withheld[author] = left - gap
        return True

    def _check_references(self, entry: Entry) -> list[Remark]:
        """Look up what the entry refers to; what is not here yet may come, and is looked up again at the end."""
        if self._find is None:
            self._addresses[bytes.fromhex(entry.address)] = entry.author
        remarks: list[Remark] = []
        for one in entry.refers_to:
            wanted = _Wanted(one.entry, one.relation, entry.author, entry.place)
            found = self._look_up(one.entry)
            if found is None:
                self._wanted.append(wanted)
            else:
                remarks += _check_correction(wanted, found)
        return remarks

    @property
    def named(self) -> frozenset[str]:
        """Name the Parties of all openings and closings that may count."""
        marks = (mark for stream in self._streams.values() for mark in (*stream.openings, *stream.closings))
        return frozenset[str]().union(*(mark.parties for mark in marks))

    def finish(
        self, absent: Iterable[str] = frozenset(), seen: Mapping[str, Seen | None] | None = None
    ) -> tuple[Remark, ...]:
        """Say what the end shows; ``absent`` are Parties whose logs are not at hand as a whole.

        ``seen``: when witnesses saw each log as it is at hand, so that it may go on; without it none does (``marks``).
        """
        gone, held = frozenset(absent), held_by(seen)
        known = not (gone or self._any_withheld)

        def whole(by: str) -> bool:
            return known and all(held(party, by) for party in seen or ())

        end, remarks = End(whole, held, self._fill, gone), list[Remark]()
        for name, stream in sorted(self._streams.items()):
            if not name.startswith(f"{KEY_STREAM} "):
                remarks += finish(stream, end)
        for one in self._wanted:
            found = self._look_up(one.entry)
            if found is None:
                text = say("it refers to the entry {address}, which is not here", address=one.entry)
                remarks.append(Remark("unknown_reference", text, one.place, whole(one.author)))
            else:
                remarks += _check_correction(one, found)
        return tuple(remarks)

    def _look_up(self, address: str) -> str | None:
        return self._find(address) if self._find else self._addresses.get(bytes.fromhex(address))


def _name(entry: Entry) -> str:
    """Name a stream; every Party has its own stream of keys."""
    return f"{KEY_STREAM} {entry.author}" if entry.stream == KEY_STREAM else entry.stream


def _twice(entry: Entry, following: int) -> Remark:
    text = say(
        "entry {sequence} of {author} comes again or too late, after entry {last}",
        sequence=entry.sequence,
        author=entry.author,
        last=following - 1,
    )
    return Remark("sequence_twice", text, entry.place)


def _check_correction(wanted: _Wanted, found: str) -> list[Remark]:
    if wanted.relation != "corrects" or found == wanted.author:
        return []
    text = say("it corrects an entry of {other}; each Party corrects its own only", other=found)
    return [Remark("corrects_other", text, wanted.place)]
