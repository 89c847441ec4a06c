"""Article IX, Section II, paragraph 4: officials of the other Party watch the film being processed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.imagery.media.desk import (
    NEED_DEVELOPER,
    NO_FILM,
    Desk,
    draft,
    must,
    none_recorded,
    number_of,
    other_side,
)
from skywitness.imagery.media.model import Official
from skywitness.law.provisions import provision

_IDENT: Final = "OS:IX.II.4"


@provision(_IDENT)
def officials(desk: Desk) -> Iterator[Finding]:
    """Judge that officials of the other Party were admitted, up to the number the text has, and shown every step."""
    if not desk.outputs(film=True):
        yield from none_recorded(desk, _IDENT, NO_FILM)
        return
    most, values, _ = number_of(desk, "film_monitors")
    developer = desk.developer
    if developer is None:
        why = say("Nobody has told which Party develops the film and so admits officials of the other.")
        yield draft(desk, _IDENT, Verdict.CANNOT_TELL, why, values=values, needs=(NEED_DEVELOPER,))
        return
    other = other_side(developer)
    verdict, why, needs = _judge(desk, int(most), other)
    what = say("admit up to {most:.0f} officials of {other} to every step", most=most, other=desk.name(other))
    nobody_told = verdict is Verdict.CANNOT_TELL and not desk.record.officials
    yield draft(
        desk,
        _IDENT,
        verdict,
        why,
        bearer=desk.code(developer),
        effect=must(desk, developer, what) if verdict is Verdict.BREACH or nobody_told else None,
        measured=sum(one.admitted is True for one in desk.record.officials),
        limit=int(most),
        unit="persons",
        values=values,
        needs=needs,
    )


def _judge(desk: Desk, most: int, other: str) -> tuple[Verdict, Text, tuple[Text, ...]]:
    """Judge by the officials who were sent."""
    sent = sorted(desk.record.officials, key=lambda one: one.id)
    told = desk.record.development.officials_sent
    if not sent and told == 0:
        return Verdict.OK, say("{other} sent nobody to watch the film being processed.", other=desk.name(other)), ()
    if not sent:
        why = say("Nobody has told whom {other} sent to watch the film being processed.", other=desk.name(other))
        return Verdict.CANNOT_TELL, why, (say("the officials sent ([[official]]), or development.officials_sent = 0"),)
    barred = sorted({step for one in sent if one.admitted is not False for step in one.kept_from})
    if barred:
        return Verdict.BREACH, say("Officials were kept from: {steps}.", steps=", ".join(barred)), ()
    admitted = sum(one.admitted is True for one in sent)
    words: dict[str, object] = {"admitted": admitted, "sent": len(sent), "most": most}
    if admitted >= most:
        return Verdict.OK, say("{admitted} of {sent} officials were admitted; {most} have to be.", **words), ()
    return _turned_away(sent, words, told)


def _turned_away(
    sent: list[Official], words: dict[str, object], told: int | None
) -> tuple[Verdict, Text, tuple[Text, ...]]:
    """Judge officials who were not admitted though there was room for them: only those on the list have a right."""
    refused = [one for one in sent if one.admitted is False]
    if any(one.listed for one in refused):
        names = ", ".join(one.id for one in refused if one.listed)
        words = {**words, "names": names}
        why = say("{names}: not admitted, though {admitted} were and up to {most} have to be.", **words)
        return Verdict.BREACH, why, ()
    needs = []
    if any(one.listed is None for one in refused):
        needs.append(say("whether those refused stand on the list of designated personnel (official.listed)"))
    if any(one.admitted is None for one in sent) or (told is not None and told > len(sent)):
        needs.append(say("whether each official was admitted (official.admitted)"))
    if needs:
        why = say("{admitted} of {sent} officials are known to have been admitted; up to {most} have to be.", **words)
        return Verdict.CANNOT_TELL, why, tuple(needs)
    if refused:
        why = say("Only officials who are not on the list of designated personnel were refused.")
        return Verdict.OK, why, ()
    return Verdict.OK, say("All officials sent were admitted ({admitted}).", **words), ()
