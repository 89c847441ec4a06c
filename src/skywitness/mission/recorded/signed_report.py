"""Whether the mission report that all Parties are given is one that the observed Party signed (II.26, VI.I.21).

A mission report is what both Parties signed at the point of exit; only then it goes to all.  In a record its author has
signed it as its entry.  The observed Party signs it by an event ``report_signed`` that answers the text laid before it,
whose address is the hash of what it signs.  A report that lacks that is told of, not refused: the other Parties are
owed it within seven days, whether or not the observed Party agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skywitness.core.text import Text, say
from skywitness.mission.recorded import audience, names
from skywitness.mission.recorded.flight_stream import entries_of
from skywitness.mission.recorded.standing import standing
from skywitness.mission.recorded.whom import reaches
from skywitness.record.discrepancy.model import Discrepancy, Kind, Known
from skywitness.record.entry.entry import Entry
from skywitness.record.store.model import Reader

REPORT: Final = names.of_document("mission_report")
SIGNED: Final = "report_signed"
_SIGNERS: Final = frozenset({"signed_observing", "signed_observed"})
UNSIGNED, OTHER_TEXT = "report_unsigned", "report_other_text"


def discrepancies(reader: Reader, logs: Iterable[Known], only: str | None = None) -> Iterator[Discrepancy]:
    """Go through the reports given to all Parties and name those that the observed Party has not signed as they are."""
    known = tuple(logs)
    for stream, _ in reader.streams():
        if only in (None, stream):
            yield from of_stream(entries_of(reader, stream), known)


def of_stream(held: Iterable[Entry], logs: Iterable[Known]) -> Iterator[Discrepancy]:
    """Go through the entries of one stream; ``logs`` says how far the log of each Party is held."""
    every = tuple(held)
    texts = {one.address: one for one in every if one.type == REPORT}
    left, known = standing(every), tuple(logs)
    signatures = [one for one in left if one.type == names.EVENT and one.body.get("kind") == SIGNED]
    for entry in left:
        observed = audience.observed_in(entry)
        if entry.type == REPORT and observed is not None and not audience.is_laid_before(entry):
            own = [one for one in signatures if _speaks(one, observed)]
            yield from _of_report(entry, observed, own, texts, known)


def _of_report(
    entry: Entry, observed: str, signatures: list[Entry], texts: Mapping[str, Entry], logs: tuple[Known, ...]
) -> Iterator[Discrepancy]:
    answered = {address: one for one in signatures for address in _answered(one)}
    if any(address in texts and _is_same(texts[address], entry) for address in answered):
        return
    words = {"author": entry.author, "observed": observed}
    others = tuple(address for address in answered if address in texts)
    if others:
        why = say(
            "{author} gave all Parties another text of the mission report than {observed} signed (VI.I.21).", **words
        )
        yield _row(entry, why, OTHER_TEXT, observed, (entry.address, *others))
    elif signatures:
        why = say(
            "{observed} recorded that the mission report was signed, and not which text, or one that is not held here: "
            "whether it signed the one that {author} gave all Parties cannot be told (VI.I.21).",
            **words,
        )
        yield _row(entry, why, UNSIGNED, observed, (entry.address,), certain=False)
    else:
        why = say(
            "{author} gave all Parties a mission report, and no entry of {observed} says that it signed it; both sign "
            "it (II.26, VI.I.21).",
            **words,
        )
        yield _row(entry, why, UNSIGNED, observed, (entry.address,), certain=_is_whole(entry, observed, logs))


def _speaks(entry: Entry, observed: str) -> bool:
    return reaches((observed,), entry.author, entry.time_utc.date(), audience.REPORT)


def _answered(entry: Entry) -> Iterator[str]:
    return (one.entry for one in entry.refers_to if one.relation == "answers")


def _is_same(signed: Entry, given: Entry) -> bool:
    """Tell whether two entries are one report: the same content and files, but for the names of who signed."""
    files = [{(one.name, one.sha256) for one in entry.objects} for entry in (signed, given)]
    return _content(signed) == _content(given) and files[0] == files[1] and signed.author == given.author


def _content(entry: Entry) -> dict[str, object]:
    items = entry.body.get("items")
    return {name: one for name, one in items.items() if name not in _SIGNERS} if isinstance(items, Mapping) else {}


def _is_whole(entry: Entry, observed: str, logs: tuple[Known, ...]) -> bool:
    """Tell whether a signature given before the report went to all would be seen here."""
    speaking = [one for one in logs if reaches((observed,), one.party, entry.time_utc.date(), audience.REPORT)]
    return bool(speaking) and all(
        not one.withheld and one.until_utc is not None and one.until_utc >= entry.time_utc for one in speaking
    )


def _row(
    entry: Entry, why: Text, code: str, observed: str, addresses: tuple[str, ...], *, certain: bool = True
) -> Discrepancy:
    return Discrepancy(
        Kind.DOUBTFUL,
        why,
        entry.stream,
        entry.author,
        observed,
        certain=certain,
        entries=addresses,
        type=code,
        recorded_utc=entry.time_utc,
    )
