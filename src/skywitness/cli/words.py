"""Words for the states of things that the data name by a key."""

from __future__ import annotations

from skywitness.core.text import Text, say, verbatim

_STATUSES = {
    "text": say("treaty text"),
    "decision": say("decision"),
    "reported": say("reported"),
    "attested": say("seen in use"),
    "recollection": say("recollection, unchecked"),
    "assumed": say("assumed"),
}

TITLES = (say("Treaty on Open Skies"),)
"""Titles of treaties, which the law data hold in English; named here so that they are translated."""


def status_words(status: str) -> Text:
    """Say how well a value is founded; a status that has no word here is shown as it is."""
    return _STATUSES.get(status) or verbatim(status)


def title_words(title: str) -> Text:
    """Give the title of a treaty as a text that can be translated."""
    return Text(title.replace("{", "{{").replace("}", "}}"))
