"""Write the versions of one resolution into pyproject.toml.

    uv lock --upgrade
    python scripts/pins.py

The lock file names a registry and so stays out of the repository; the pins take its place.  Every package of the lock
is pinned, indirect ones too, or it would float unnoticed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = re.compile(r"(?<=^constraint-dependencies = )\[.*?^\]", re.MULTILINE | re.DOTALL)


def pins(lock: str) -> list[str]:
    """Give ``name==version`` of every package in a lock file but our own, in the order of the file."""
    packages = tomllib.loads(lock)["package"]
    return [f"{package['name']}=={package['version']}" for package in packages if package["name"] != "skywitness"]


def pinned(project: str, lock: str) -> str:
    """Give the text of pyproject.toml with the versions of the lock file."""
    lines = "".join(f'  "{pin}",\n' for pin in pins(lock))
    return LIST.sub(f"[\n{lines}]", project, count=1)


def main() -> int:
    """Renew the pins."""
    project = ROOT / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    project.write_text(pinned(text, lock), encoding="utf-8")
    print(f"{len(pins(lock))} packages pinned")
    return 0


if __name__ == "__main__":
    sys.exit(main())
