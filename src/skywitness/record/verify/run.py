"""Run all steps over one bundle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from skywitness.core.text import say
from skywitness.record.bundle.container import ContainerError
from skywitness.record.bundle.read import BundleFile, is_known, open_bundle
from skywitness.record.verify import entries, heads, history, links, parties, seal, times
from skywitness.record.verify.case import Case
from skywitness.record.verify.report import Report, Step
from skywitness.record.verify.steps import STEPS
from skywitness.record.verify.trust import Trust

_NEEDED = ("README.txt", "policy.txt", "verify.py")
_OF_A_LOG = ("checkpoint", "origin", "withheld.json")


def verify(path: Path, trust: Trust, now: dt.datetime) -> tuple[Step, ...]:
    """Verify the bundle at ``path`` and give its fifteen steps; ``now`` is an aware time.

    What is wrong with the bundle is told in the steps.  Raises ``InputError`` (``no_bundle``) only when there is no
    file that can be read.
    """
    report = Report()
    with open_bundle(path) as stream:
        try:
            bundle = BundleFile(stream)
        except ContainerError as error:
            report.fail(1, error.code, error.where, error.message)
            for number in STEPS:
                if number > 1:
                    report.doubt(number, "not_run", "", say("The file is no bundle that can be read."))
            return report.steps()
        _check_files(bundle, report)
        case = Case(bundle, report, trust, now)
        try:
            _run(case)
        finally:
            case.index.close()
    return report.steps()


def _run(case: Case) -> None:
    """Run the steps in the order in which each finds what it rests on; the report puts them by number."""
    parties.judge_parties(case)
    parties.judge_policy(case)
    for number in range(len(case.bundle.numbers())):
        heads.read_checkpoint(case, number)
    history.read_notes(case)
    case.logs = [log for log in case.logs if heads.judge_tree(case, log)]
    for log in case.logs:
        heads.judge_witnesses(case, log)
        entries.learn_keys(case, log)
    for log in case.logs:
        entries.walk(case, log)
    entries.finish(case)
    links.judge_objects(case)
    times.judge_times(case)
    history.judge_history(case)
    seal.judge_seal(case)


def _check_files(bundle: BundleFile, report: Report) -> None:
    """Compare the files with those that a bundle has."""
    known = [path for path in bundle.members if is_known(path)]
    for path in bundle.members:
        if not is_known(path):
            report.fail(1, "unknown", path, say("A bundle has no such file."))
    count = len({path.split("/")[1] for path in known if path.startswith("logs/")})
    needed = [*_NEEDED, *(f"logs/{n}/{name}" for n in range(max(1, count)) for name in _OF_A_LOG)]
    for path in needed:
        if path not in bundle.members:
            report.fail(1, "missing", path, say("A bundle has this file, and this one does not."))
