"""The fixed words of case files: steps, capacities, grounds and their like, each with how people say it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.text import Text, say

STEPS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "baseline": say("baseline"),
        "claim": say("claim raised"),
        "evidence": say("evidence"),
        "consultation": say("consultation"),
        "response": say("response"),
        "counter_claim": say("counter-claim raised"),
        "finding": say("finding by a named assessor"),
        "statement": say("statement"),
        "ultimatum": say("ultimatum"),
        "intent": say("intent"),
        "suspension": say("suspension"),
        "resumption": say("resumption"),
        "notice": say("notice of withdrawal"),
        "effect": say("effect of a withdrawal"),
        "conference": say("conference"),
        "legal_act": say("act of a legislature"),
        "forum": say("word of another forum"),
        "proposal": say("proposal"),
        "objection": say("objection"),
        "objection_lifted": say("objection lifted"),
        "decision": say("decision"),
        "application": say("application to accede"),
        "deposit": say("deposit of an instrument"),
        "amendment": say("amendment circulated"),
        "approval": say("approval of an amendment"),
        "conference_request": say("request for a conference"),
        "session_request": say("request for an extraordinary session"),
        "session": say("session"),
        "quota_review": say("annual review of active quotas opens"),
        "closure": say("closure"),
        "aftermath": say("aftermath"),
    }
)
"""What an act is to a dispute."""

CLAIMS: Final = ("claim", "counter_claim")
"""Steps that stay open until they are closed."""

ACTS_OF_PARTIES: Final = ("suspension", "resumption", "notice", "effect", "objection", "objection_lifted", "approval")
"""Steps that only a Party to the treaty can take: the word of an ally or an organ is none of them."""

CAPACITIES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "party": say("Party"),
        "successor": say("successor"),
        "signatory": say("signatory"),
        "former_party": say("former Party"),
        "ally": say("ally that is no Party"),
        "organ": say("organ"),
        "third_state": say("third State"),
        "press": say("press"),
        "expert": say("expert"),
    }
)
"""As what somebody acts."""

DISPUTE_KINDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "duties": say("different reading of duties"),
        "evidence": say("different reading of evidence"),
        "verification": say("rules of verification too weak to settle it"),
        "mechanism": say("no agreed way to settle it"),
    }
)
"""What a dispute is about (GCSP report on assessing compliance, 2007)."""

BASES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "treaty_clause": say("a clause of the treaty"),
        "material_breach": say("the law on material breach, as its author invokes it"),
        "countermeasure": say("the law on countermeasures, as its author invokes it"),
        "general_law": say("the general law of treaties"),
        "national_law": say("national law"),
        "political": say("a political decision"),
        "none_given": say("no ground given"),
    }
)
"""The ground that an actor gives for an act of law; whether it holds is not said here."""

SIDES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "party": say("a Party to the dispute"),
        "other_party": say("another Party"),
        "ally": say("an ally"),
        "organ": say("an organ or depositary"),
        "press": say("press"),
        "scholar": say("scholar"),
        "recollection": say("recollection, unchecked"),
    }
)
"""Whose publisher a source is."""

SCOPES: Final = ("whole", "part", "duties")
SOURCE_KINDS: Final = (
    "note",
    "decree",
    "law",
    "statement",
    "report",
    "article",
    "treaty",
    "decision",
    "study",
    "vote",
    "none",
)
INSTRUMENTS: Final = ("note", "decree", "law", "statement", "report", "vote", "speech", "meeting", "display")
EVIDENCE_KINDS: Final = ("ntm", "inspection", "display", "press", "open_source", "statement")
ACCESS: Final = ("public", "shared", "withheld", "unknown")
OUTCOMES: Final = ("resolved", "withdrawn", "moot")
BODY_KINDS: Final = ("organ", "alliance", "union", "press", "expert", "state")
STATUSES: Final = ("text", "decision", "reported", "recollection")
