"""The letters of Annex B, Appendix 1 as the law data have them, and the law values that findings cite."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from skywitness.core.dated import Settled
from skywitness.core.errors import DataError
from skywitness.core.finding import UsedValue
from skywitness.core.text import say
from skywitness.law.instrument import load
from skywitness.law.value import outcome_of, used


@cache
def codes(key: str) -> Mapping[str, str]:
    """Return code by word of a kind of code: ``codes("category_code")["sar"]`` is ``"SAR"``.

    :raises DataError: when the law data do not settle a code: a bug of ours.
    """
    law = load()
    return MappingProxyType({subject: str(_settled(key, subject).value) for subject in law.subjects(key)})


@cache
def words(key: str) -> Mapping[str, str]:
    """Return word by code, the other way round."""
    return MappingProxyType({code: word for word, code in codes(key).items()})


@cache
def number(key: str) -> float:
    """Return a figure of Appendix 1, such as ``vertical_tilt`` (degrees)."""
    return _settled(key, "").number


@cache
def cite(key: str, subject: str = "") -> UsedValue:
    """Cite a value of the law as findings do."""
    return used(_settled(key, subject), key, subject)


def either(key: str) -> str:
    """List the codes of a kind for a message."""
    return ", ".join(words(key))


def _settled(key: str, subject: str) -> Settled:
    law = load()
    day = law.heading.full_implementation or law.heading.entry_into_force.on
    found = outcome_of(law.of(key, subject), day)
    if not isinstance(found, Settled):
        raise DataError("bad_data", say("The law data give no code for {key} {subject}.", key=key, subject=subject))
    return found
