"""The media record of a flight: sensors and their media, originals and copies, film and its development.

``None`` is always what nobody has told.  Sides are ``observing``, ``observed`` or the code of another State.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skywitness.law.agreement import Agreement
from skywitness.law.category import Category, limit_subject

OBSERVING: Final = "observing"
OBSERVED: Final = "observed"

BLACK_AND_WHITE: Final = "black and white film"
COLOUR: Final = "colour film"
SOME_FILM: Final = "film"
TAPE: Final = "magnetic tape"
DIGITAL: Final = "digital"
OTHER: Final = "other"

MEDIA: Final = MappingProxyType(
    {
        "film-black-and-white": BLACK_AND_WHITE,
        "film-panchromatic": BLACK_AND_WHITE,
        "film-isopanchromatic": BLACK_AND_WHITE,
        "film-monochromatic": BLACK_AND_WHITE,
        "film-colour": COLOUR,
        "film-reversal": BLACK_AND_WHITE,
        "film": SOME_FILM,
        "tape": TAPE,
        "tape-analogue": TAPE,
        "tape-digital": TAPE,
        "digital": DIGITAL,
        "other": OTHER,
    }
)
"""Words for media in a file, those of the codes of Annex B among them, and the media that the text tells apart.

Of film alone the word does not say whether it shows colours.
"""

FILM: Final = frozenset({BLACK_AND_WHITE, COLOUR, SOME_FILM})

STEPS: Final = ("unsealing", "storage", "processing", "duplication", "handling")
"""What officials of the other Party watch (Article IX, Section II, paragraph 4)."""

RADAR_FORMS: Final = ("phase", "image")
"""Forms of radar data (Section III, paragraphs 4 and 5): initial phase information, or an image."""


@dataclass(frozen=True, slots=True)
class Sensor:
    """A sensor and its medium (a key of ``MEDIA``).  ``originals``: how many negatives or sets it recorded.

    ``duplicate_of`` names the camera that it doubles, ``exchanged`` whether the output of both is exchanged.
    ``handled``: the other Party's equipment can handle the medium; ``procedures``: if not, the two set procedures.
    ``as_decided``: what it recorded is in the format that the Commission decided.
    """

    id: str
    category: Category
    medium: str | None = None
    originals: int | None = None
    duplicate_of: str | None = None
    exchanged: bool | None = None
    camera_type: str | None = None
    film_type: str | None = None
    processing: str | None = None
    handled: bool | None = None
    procedures: bool | None = None
    as_decided: bool | None = None

    @property
    def kind(self) -> str | None:
        """The medium as the text tells media apart."""
        return None if self.medium is None else MEDIA[self.medium]

    @property
    def subject(self) -> str:
        """The subject under which the law keeps values of its category."""
        return limit_subject(self.category)


@dataclass(frozen=True, slots=True)
class Original:
    """A negative, or a set of recordings, of a sensor (``of``): who got it, chose it, asked for it, gave it up.

    ``form`` and ``asked_form``: of radar data, one of ``RADAR_FORMS``.
    """

    id: str
    of: str
    to: str | None = None
    chosen_by: str | None = None
    asked_by: tuple[str, ...] = ()
    given_up_by: tuple[str, ...] = ()
    frame_format: str | None = None
    film_size_mm: float | None = None
    form: str | None = None
    asked_form: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A duplicate of an original (``of``) that a Party (``to``) asked for, got or gave up.

    ``generation`` is 1 for one made of the original itself; ``extent`` is ``whole`` or ``part``, ``tone``
    ``positive`` or ``negative``; what was asked for stands beside what was made.
    """

    id: str
    of: str
    to: str
    generation: int | None = None
    received: bool | None = None
    given_up: bool = False
    extent: str | None = None
    asked_extent: str | None = None
    tone: str | None = None
    asked_tone: str | None = None
    frame_format: str | None = None
    film_size_mm: float | None = None
    form: str | None = None
    asked_form: str | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll of film of a sensor (``of``): when it was developed, ``developed`` false if never, its test strip."""

    id: str
    of: str
    developed_utc: dt.datetime | None = None
    developed: bool | None = None
    strip_steps: int | None = None
    strip_film_type: str | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """An official whom the other Party sent to watch.

    ``listed``: on the list of designated personnel (XIII.I); ``kept_from``: steps that were not shown (``STEPS``).
    """

    id: str
    listed: bool | None = None
    admitted: bool | None = None
    kept_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Development:
    """Who develops the film (``by``), whose facility it is (``facility_of``), and what came of it.

    ``good``: processing and duplicates came out as the film's characteristics have it (Annex K, Section I).
    ``answered_by``: whom the Parties hold to answer for the quality.  ``officials_sent``: 0 where nobody was sent.
    """

    by: str | None = None
    facility_of: str | None = None
    good: bool | None = None
    answered_by: str | None = None
    officials_sent: int | None = None


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision of the Commission that the file tells of: from a day on a category may record on a medium."""

    number: str
    category: str
    kind: str
    start: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """Everything a file tells.  ``provider``: whose aircraft it was, a side or the code of a third State."""

    observing: str | None = None
    observed: str | None = None
    day: dt.date | None = None
    provider: str | None = None
    arrival_at_exit_utc: dt.datetime | None = None
    departure_from_territory_utc: dt.datetime | None = None
    sensors: tuple[Sensor, ...] = ()
    originals: tuple[Original, ...] = ()
    copies: tuple[Copy, ...] = ()
    rolls: tuple[Roll, ...] = ()
    officials: tuple[Official, ...] = ()
    development: Development = field(default_factory=Development)
    decisions: tuple[ToldDecision, ...] = ()
    agreements: tuple[Agreement, ...] = ()
