"""A real PostgreSQL for the tests, where its programs are installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

# Debian keeps them off the PATH, one folder a version.
DEBIAN = Path("/usr/lib/postgresql")
_numbers = count(1)


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


@contextmanager
def running_server(programs: Path) -> Iterator[Path]:
    """A server that listens in a folder only; gives that folder."""
    # PostgreSQL refuses to run as root; its packages make a user for it.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="taxai-pg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        cluster = folder / "cluster"
        init = [programs / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(init, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = [programs / "pg_ctl", "-D", cluster, "-w", "-l", folder / "log"]
        run = partial(subprocess.run, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        run([*control, "-o", options, "start"], check=True)
        try:
            yield folder
        finally:
            run([*control, "-m", "immediate", "stop"])


def new_database(folder: Path, programs: Path) -> str:
    """Make an empty database on the server in `folder`; return its address."""
    name = f"taxai{next(_numbers)}"
    subprocess.run(
        [programs / "createdb", "-h", folder, "-U", "postgres", name],
        check=True,
    )
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"
