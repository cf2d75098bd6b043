"""Set-up shared by every script: the virtual environment and the dbt package, made once, checked each time.

Standard library only: this module is loaded before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import NoReturn

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
HUB_SECONDS = 4.0

# The child says when its slow imports are done: only the talk with the hub is timed.
ASK_HUB = """
import sys
from dbt.cli.main import dbtRunner
print("ready", flush=True)
sys.exit(0 if dbtRunner().invoke(["--quiet", "deps"]).success else 1)
"""


def say(text: str) -> None:
    print(text, flush=True)


def stop(sentence: str) -> NoReturn:
    """End the script with one sentence on stderr."""
    sys.stdout.flush()
    print(f"Error: {sentence}", file=sys.stderr, flush=True)
    sys.exit(1)


def one_line(message: str) -> str:
    """A message of dbt or an engine without its heading, call trace and small print."""
    lines = [line.strip() for line in message.strip().splitlines()]
    lines = [line for line in lines if not re.match(r"> (in|called by) |compiled code at |\^$", line)]
    if len(lines) > 1 and re.fullmatch(r"\w+ Error( in .*)?", lines[0]):
        lines = lines[1:]
    text = "\n".join(lines).strip().split("\n\n")[0]
    return " ".join(text.split())


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names and contents of files and folders."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(f"{file.relative_to(path.parent)}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_made(marker: Path, state: str) -> bool:
    return marker.is_file() and marker.read_text().split("\n")[0] == state


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two scripts started together wait for each other; the lock dies with its process."""
    with open(PROJECT / ".setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def enter_environment(script: str) -> None:
    """Go on inside the project's own virtual environment, made where it is missing or out of date.

    Outside it this call does not return: the script starts again inside.
    """
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}.")
    with one_at_a_time():
        make_environment()
        if Path(sys.prefix).resolve() == VENV.resolve():
            place_packages()
            return
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), script, *sys.argv[1:]])


def make_environment() -> None:
    """The marker is written last, so an environment whose making was killed is made again."""
    requirements = PROJECT / "requirements.txt"
    marker = VENV / "requirements.sha256"
    state = fingerprint([requirements])
    if is_made(marker, state) and VENV_PYTHON.exists():
        return
    say("Setting up: a virtual environment in .venv (once, about a minute) ...")
    base_python = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base_python, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode != 0:
        stop("Python could not make a virtual environment; on Debian and Ubuntu, install python3-venv.")
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    installed = subprocess.run(
        [*pip, "--no-deps", "--no-compile", "-r", str(requirements)], stderr=subprocess.PIPE, text=True
    )
    if installed.returncode != 0:
        errors = [line for line in installed.stderr.splitlines() if line.startswith("ERROR")]
        stop(f"The packages could not be installed: {errors[-1] if errors else installed.stderr.strip()}")
    marker.write_text(state)


def place_packages() -> None:
    """Fill dbt_packages: from the hub where it answers soon, else with the project's own small stand-in."""
    source = PROJECT / "packages" / "dbt_utils"
    target = PROJECT / "dbt_packages" / "dbt_utils"
    marker = PROJECT / "dbt_packages" / "made_from"
    state = fingerprint([PROJECT / "packages.yml", source])
    if is_made(marker, state) and (target / "dbt_project.yml").is_file():
        return
    marker.unlink(missing_ok=True)
    origin = "hub" if os.environ.get("AGENT_KPIS_OFFLINE") != "1" and ask_hub() else "packages/dbt_utils"
    if origin != "hub":
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    say(f"dbt package dbt_utils: taken from {'the hub' if origin == 'hub' else origin}.")
    marker.write_text(f"{state}\n{origin}\n")


def ask_hub() -> bool:
    child = subprocess.Popen(
        [sys.executable, "-c", ASK_HUB],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    limit = Timer(HUB_SECONDS, child.kill)
    limit.start()
    child.communicate()
    limit.cancel()
    return child.returncode == 0
