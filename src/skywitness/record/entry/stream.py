"""The rules of streams: nothing is missing, nothing comes twice, and what was opened by all is closed by all.

A ``StreamRules`` is fed the entries of any number of authors.  The entries of one author come in the order of its log;
those of different authors in any interleaving, as logs have no common order.  It keeps a few numbers for each author of
a stream, not the entries: only of entries that refer to others and stand at the end of an author's sequence are the
addresses kept (32 bytes each), until the closing tells which of them it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from skywitness.core.text import Text, say, say_n
from skywitness.record.entry.entry import KEY_STREAM, Entry
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

OPENED_KINDS: Final = frozenset({"flight"})
"""Streams of these kinds are opened and closed by their Parties; others, such as a year's quotas, need not be."""

_NO_ADDRESS: Final = bytes(32)


@dataclass(slots=True)
class _Author:
    """How far one author's sequence in one stream was read."""

    next: int = 0
    head: str | None = None
    ordinary: int = 0  # entries up to the last one that only a stream not yet closed may hold
    last_ordinary: str = ""  # its address
    tail: bytearray = field(default_factory=bytearray)  # addresses of the entries after it

    def address(self, sequence: int) -> str | None:
        """Give the address of an entry not before the last ordinary one; ``None`` where it is not known."""
        if sequence == self.ordinary - 1:
            return self.last_ordinary or None
        start = (sequence - self.ordinary) * 32
        raw = bytes(self.tail[start : start + 32]) if start >= 0 else b""
        return raw.hex() if raw and raw != _NO_ADDRESS else None


@dataclass(slots=True)
class _Stream:
    authors: dict[str, _Author] = field(default_factory=dict)
    opening: Entry | None = None
    closing: Entry | None = None
    closed_by: frozenset[str] = frozenset()
    closed_in_doubt: frozenset[str] = frozenset()


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
        self._streams: dict[str, _Stream] = {}
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
        signed, doubtful = frozenset(signed), frozenset(doubtful)
        stream = self._streams.setdefault(_name(entry), _Stream())
        author = stream.authors.setdefault(entry.author, _Author())
        remarks = self._check_references(entry)
        if entry.sequence < author.next:
            return (*remarks, _twice(entry, author.next))
        remarks += self._check_sequence(entry, author)
        self._advance(entry, author)
        if entry.stream == KEY_STREAM:
            return tuple(remarks)
        if entry.kind == "opening":
            remarks += _open(entry, stream, signed, doubtful)
        elif entry.kind == "closing":
            remarks += _close(entry, stream, signed, doubtful)
        elif stream.closing is not None:
            remarks += _check_late(entry, stream.closing)
        return tuple(remarks)

    def _check_sequence(self, entry: Entry, author: _Author) -> list[Remark]:
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

    def _advance(self, entry: Entry, author: _Author) -> None:
        if not _may_follow_closing(entry):
            author.ordinary, author.last_ordinary = entry.sequence + 1, entry.address
            author.tail.clear()
        elif entry.stream != KEY_STREAM and self._streams[_name(entry)].closing is None:
            author.tail += _NO_ADDRESS * (entry.sequence - author.next) + bytes.fromhex(entry.address)
        author.next, author.head = entry.sequence + 1, entry.address

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

    def finish(self, absent: Iterable[str] = frozenset()) -> tuple[Remark, ...]:
        """Say what the end shows; ``absent`` are Parties whose logs are not at hand as a whole."""
        gone = frozenset(absent)
        remarks: list[Remark] = []
        for name, stream in sorted(self._streams.items()):
            if not name.startswith(f"{KEY_STREAM} "):
                remarks += self._finish_stream(name, stream, gone)
        certain = not (gone or self._any_withheld)
        for one in self._wanted:
            found = self._look_up(one.entry)
            if found is None:
                text = say("it refers to the entry {address}, which is not here", address=one.entry)
                remarks.append(Remark("unknown_reference", text, one.place, certain))
            else:
                remarks += _check_correction(one, found)
        return tuple(remarks)

    def _look_up(self, address: str) -> str | None:
        return self._find(address) if self._find else self._addresses.get(bytes.fromhex(address))

    def _finish_stream(self, name: str, stream: _Stream, gone: frozenset[str]) -> list[Remark]:
        remarks: list[Remark] = []
        if stream.opening is None and stream.closing is None and name.split("/", 1)[0] not in OPENED_KINDS:
            return remarks
        if stream.opening is None:
            certain = not (gone or self._any_withheld)
            remarks.append(Remark("no_opening", say("the stream was never opened"), name, certain))
        else:
            strangers = stream.authors.keys() - set(stream.opening.parties)
            for who in sorted(who for who in strangers if stream.authors[who].ordinary):
                text = say("{author} writes into the stream, and its opening does not name it", author=who)
                remarks.append(Remark("author_not_named", text, name))
        if stream.closing is None:
            text = say("the stream is not closed: whether more belongs to it cannot be told")
            return [*remarks, Remark("no_closing", text, name, certain=False)]
        return [*remarks, *_finish_closing(stream.closing, stream), *self._count(stream.closing, stream, gone)]

    def _count(self, closing: Entry, stream: _Stream, gone: frozenset[str]) -> list[Remark]:
        """Compare how many entries the closing counts with how many there are."""
        remarks = []
        for who, count in sorted(closing.counts.items()):
            seen = stream.authors[who].next if who in stream.authors else 0
            if seen >= count:
                continue
            if who in gone:
                text = say(
                    "the log of {author} is not here: its {count} entries cannot be counted", author=who, count=count
                )
                remarks.append(Remark("author_absent", text, closing.place, certain=False))
                continue
            certain = not self._fill(who, count - seen)
            text = say(
                "it counts {count} entries of {author}, and there are {seen}", count=count, author=who, seen=seen
            )
            remarks.append(Remark("closing_count_differs", text, closing.place, certain))
        return remarks


def _name(entry: Entry) -> str:
    """Name a stream; every Party has its own stream of keys."""
    return f"{KEY_STREAM} {entry.author}" if entry.stream == KEY_STREAM else entry.stream


def _may_follow_closing(entry: Entry) -> bool:
    """Tell whether an entry may stand after the closing: it receives, corrects or answers another."""
    return entry.kind == "entry" and bool(entry.refers_to)


def _twice(entry: Entry, following: int) -> Remark:
    text = say(
        "entry {sequence} of {author} comes again or too late, after entry {last}",
        sequence=entry.sequence,
        author=entry.author,
        last=following - 1,
    )
    return Remark("sequence_twice", text, entry.place)


def _open(entry: Entry, stream: _Stream, signed: frozenset[str], doubtful: frozenset[str]) -> list[Remark]:
    if stream.opening is not None:
        text = say("the stream was opened before, by {author}", author=stream.opening.author)
        return [Remark("opening_twice", text, entry.place)]
    stream.opening = entry
    remarks = []
    if entry.sequence != 0:
        text = say("the opening is not the first entry of {author} in the stream", author=entry.author)
        remarks.append(Remark("opening_not_first", text, entry.place))
    return remarks + _unsigned("opening_unsigned", entry, entry.parties, signed, doubtful)


def _unsigned(
    code: str, entry: Entry, parties: Iterable[str], signed: frozenset[str], doubtful: frozenset[str]
) -> list[Remark]:
    remarks = []
    for who in sorted(set(parties) - signed):
        if who in doubtful:
            text = say("whether {party} signed it cannot be told: its key is not known or was lost", party=who)
        else:
            text = say("{party} has not signed it", party=who)
        remarks.append(Remark(code, text, entry.place, certain=who not in doubtful))
    return remarks


def _close(entry: Entry, stream: _Stream, signed: frozenset[str], doubtful: frozenset[str]) -> list[Remark]:
    if stream.closing is not None:
        text = say("the stream was closed before, by {author}", author=stream.closing.author)
        return [Remark("closing_twice", text, entry.place)]
    stream.closing, stream.closed_by, stream.closed_in_doubt = entry, signed, doubtful
    remarks = []
    for who, author in sorted(stream.authors.items()):
        count = entry.counts.get(who, 0)
        if author.ordinary > count:
            place = f"{entry.stream} {who} {author.ordinary - 1}"
            remarks.append(Remark("after_closing", _late_text(entry), place))
        elif count and who != entry.author and author.next >= count:
            remarks += _check_head(entry, who, author.address(count - 1))
        author.tail.clear()
    return remarks


def _check_head(closing: Entry, who: str, address: str | None) -> list[Remark]:
    head = closing.heads.get(who)
    if address is None or address == head:
        return []
    text = say("it names {met} as the last entry of {author}, which is {right}", met=head, author=who, right=address)
    return [Remark("closing_head_differs", text, closing.place)]


def _check_late(entry: Entry, closing: Entry) -> list[Remark]:
    count = closing.counts.get(entry.author, 0)
    if entry.sequence == count - 1 and entry.author != closing.author:
        return _check_head(closing, entry.author, entry.address)
    if entry.sequence >= count and not _may_follow_closing(entry):
        return [Remark("after_closing", _late_text(closing), entry.place)]
    return []


def _late_text(closing: Entry) -> Text:
    return say(
        "the entry follows the closing by {author}; only what receives, corrects or answers another may",
        author=closing.author,
    )


def _check_correction(wanted: _Wanted, found: str) -> list[Remark]:
    if wanted.relation != "corrects" or found == wanted.author:
        return []
    text = say("it corrects an entry of {other}; each Party corrects its own only", other=found)
    return [Remark("corrects_other", text, wanted.place)]


def _finish_closing(closing: Entry, stream: _Stream) -> list[Remark]:
    opening = stream.opening
    parties = opening.parties if opening else tuple(closing.counts)
    remarks = []
    if set(parties) != closing.counts.keys():
        text = say("it counts the entries of other Parties than the opening names")
        remarks.append(Remark("closing_parties_differ", text, closing.place))
    return remarks + _unsigned("closing_unsigned", closing, parties, stream.closed_by, stream.closed_in_doubt)
