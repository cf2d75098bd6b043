"""A PostgreSQL server for one test run: empty, on a free loopback port, gone afterwards.

As a command it runs another one beside such a server: postgres_server.py COMMAND [ARGUMENT ...]
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class PostgresMissing(RuntimeError):
    """The server programs are not on this machine."""


def server_programs() -> Path:
    """The folder with initdb and pg_ctl; Debian keeps them off PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgresMissing("PostgreSQL's initdb and pg_ctl were not found; on Debian, install postgresql.")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def temporary_postgres() -> Iterator[dict[str, str]]:
    """Yield the AGENT_KPIS_PG_* variables that lead the project's postgres target to the server."""
    programs = server_programs()
    # PostgreSQL refuses to run as root; Debian's package brings the user postgres.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="agent_kpis_postgres_") as folder:
        if user:
            shutil.chown(folder, user)
        data = Path(folder) / "data"

        def call(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [programs / program, "-D", data, *arguments],
                cwd=folder,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                env=os.environ | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
            )
            if done.returncode != 0:
                raise RuntimeError(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")

        port = free_port()
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        call("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
        call("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-p {port} {options}", "start")
        try:
            yield {
                "AGENT_KPIS_PG_HOST": "127.0.0.1",
                "AGENT_KPIS_PG_PORT": str(port),
                "AGENT_KPIS_PG_USER": "postgres",
                "AGENT_KPIS_PG_PASSWORD": "",
                "AGENT_KPIS_PG_DATABASE": "postgres",
            }
        finally:
            call("pg_ctl", "-m", "immediate", "-w", "stop")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with temporary_postgres() as variables:
        return subprocess.run(command, env=os.environ | variables).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
