"""A PostgreSQL server of one's own while something runs: it may be killed, started again, and run out of room.

    with own_server() as server:
        server.url; server.kill(); server.start()

It lies in a temporary folder and listens on a unix socket there alone.  A server never runs as root: root makes it run
as ``nobody``.  Needs the programs of PostgreSQL (``initdb``, ``pg_ctl``).
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NoServer", "Server", "own_server"]

OPTIONS = "-h '' -c max_connections=30 -c shared_buffers=16MB -c dynamic_shared_memory_type=mmap"
SMALL = 'mount -t tmpfs -o "$2" none "$1" && shift 2 && exec setpriv --clear-groups "$@"'


class NoServer(Exception):  # noqa: N818 - it is no error of the program
    """There is no server here: why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a folder."""

    folder: Path
    binaries: Path
    user: str | None

    @property
    def url(self) -> str:
        """Give its address."""
        return f"postgresql:///postgres?host={self.folder}&user=sky"

    @property
    def small(self) -> Path:
        """Give the folder that ``start`` can make a small disk of."""
        return self.folder / "small"

    def run(self, program: str, *arguments: str, before: tuple[str, ...] = ()) -> str:
        """Run a program of the server; gives its complaint or nothing."""
        command = [*before, str(self.binaries / program), "-D", str(self.folder / "data"), *arguments]
        user = None if before else self.user
        done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, timeout=120, check=False)
        return f"{done.stdout}{done.stderr}"[-400:] if done.returncode else ""

    def start(self, small_mib: int = 0) -> None:
        """Start it; with ``small_mib`` the folder ``small`` is, for it alone, a disk of this size (root only)."""
        before: tuple[str, ...] = ()
        if small_mib:
            if self.user is None or not all(map(shutil.which, ("unshare", "setpriv"))):
                raise NoServer("a small disk needs root, unshare and setpriv")
            who = pwd.getpwnam(self.user)
            disk = f"size={small_mib}m,uid={who.pw_uid},gid={who.pw_gid},mode=0700"
            before = ("unshare", "--mount", "sh", "-c", SMALL, "sh", str(self.small), disk)
            before = (*before, f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}")
        options = f"-k {self.folder} {OPTIONS}"
        wrong = self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start", before=before)
        if wrong:
            raise NoServer(f"PostgreSQL does not start here: {wrong}")

    def kill(self) -> None:
        """Stop it at once, as if the machine had failed: it writes nothing more, and recovers from its log later."""
        self.run("pg_ctl", "-m", "immediate", "-w", "stop")


def programs() -> Path | None:
    """Find where the programs of the server are."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextlib.contextmanager
def own_server(start: bool = True) -> Iterator[Server]:
    """Make a server and start it.

    :raises NoServer: when there are no programs of PostgreSQL, or it does not start.
    """
    binaries = programs()
    if binaries is None:
        raise NoServer("no PostgreSQL here (initdb is not found)")
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="skywitness-pg-", ignore_cleanup_errors=True) as name:
        server = Server(Path(name), binaries, user)
        server.small.mkdir()
        if user:
            who = pwd.getpwnam(user)
            for folder in (server.folder, server.small):
                os.chown(folder, who.pw_uid, who.pw_gid)
        wrong = server.run("initdb", "-U", "sky", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        if wrong:
            raise NoServer(f"PostgreSQL cannot be made here: {wrong}")
        try:
            if start:
                server.start()
            yield server
        finally:
            server.kill()
