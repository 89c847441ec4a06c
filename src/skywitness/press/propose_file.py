"""A proposal written as a case file for ``skywitness case check``, with what a person must judge in comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.core.toml_text import write_toml
from skywitness.press.fingerprint import fingerprint
from skywitness.press.propose import SOURCE, Proposal

__all__ = ["case_file"]

_UNDATED: Final = "undated"


def case_file(
    proposal: Proposal,
    name: str,
    title: str,
    language: str,
    at: dt.date | None,
    text: str,
    catalogue: Catalogue = ENGLISH,
) -> str:
    """Write a whole case file; only comments where no event is proposed, nothing where nothing is to be said.

    ``name`` is that of the file of the article, ``title`` its own, ``at`` its day where it is known, ``text`` what it
    says: its hashes are kept, so that the case is never taken to confirm the article that it was made of.
    """
    if not proposal.events and not proposal.notes:
        return ""
    source = {**_source(name, title, language, at), "fingerprint": list(fingerprint(text))}
    return "\n".join(_parts(proposal, source, at, catalogue)).rstrip("\n") + "\n"


def _parts(proposal: Proposal, source: dict[str, Any], at: dt.date | None, catalogue: Catalogue) -> Iterator[str]:
    yield _comment(
        say("Proposed by a program that read an article. Nothing here is accepted: a person judges each event."),
        catalogue,
    )
    yield from (_comment(note, catalogue) for note in proposal.notes)
    if not proposal.events:
        return
    treaties = list(dict.fromkeys(str(one.fields["treaty"]) for one in proposal.events))
    day = at.isoformat() if at else _UNDATED
    yield ""
    yield write_toml(
        {
            "case": {
                "key": f"{treaties[0]}/article-{day}",
                "title": "Events that an article tells of",
                "treaties": treaties,
            },
            "sources": [source],
        }
    )
    for event in proposal.events:
        yield from (_comment(one, catalogue) for one in event.judge)
        yield write_toml({"events": [dict(event.fields)]})


def _source(name: str, title: str, language: str, at: dt.date | None) -> dict[str, Any]:
    """Describe the article; who published it is for a person to fill in."""
    found: dict[str, Any] = {
        "id": SOURCE,
        "title": title.strip() or "News article",
        "publisher": "to be filled in",
        "side": "press",
        "kind": "article",
    }
    if at is not None:
        found["date"] = at
    return {**found, "language": language, "address": name or "article"}


def _comment(words: Text, catalogue: Catalogue) -> str:
    """Write a sentence as a comment on one line; control characters have no place in TOML comments."""
    plain = "".join(one if one.isprintable() else " " for one in words.render(catalogue))
    return f"# {' '.join(plain.split())}"
