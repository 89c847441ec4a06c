"""Step 13: the files that entries name."""

from __future__ import annotations

from skywitness.core.text import say
from skywitness.record.verify.case import Case


def judge_objects(case: Case) -> None:
    """Compare the objects of the bundle with what entries say of them."""
    here = {path.removeprefix("objects/"): case.bundle.members[path] for path in case.bundle.under("objects/")}
    named: set[str] = set()
    idle = not here
    for sha256, size, place in case.index.objects():
        idle = False
        if sha256 not in here:
            text = say("The file {sha256} that it names is not in the bundle.", sha256=sha256)
            case.report.doubt(13, "object_absent", place, text)
            continue
        named.add(sha256)
        if here[sha256].sha256 == sha256 and here[sha256].size != size:
            text = say(
                "It says that the file {sha256} has {size} bytes, and it has {met}.",
                sha256=sha256,
                size=size,
                met=here[sha256].size,
            )
            case.report.fail(13, "object_size", place, text)
    for sha256, member in here.items():
        if member.sha256 != sha256:
            text = say("The file was altered: it has another SHA-256 than its name.")
            case.report.fail(13, "object_altered", member.path, text)
        if sha256 not in named:
            text = say("No entry that can be read here names this file.")
            add = case.report.fail if case.whole else case.report.doubt
            add(13, "object_unnamed", member.path, text)
    if idle:
        case.report.idle(13)
