"""What TaxAI consists of on one machine."""

import http.client
import os
import sys
from functools import partial
from pathlib import Path

from ..jobs.crew_size import EXTRACT
from ..settings import PREFIX, Settings, is_loopback
from .checks import reachable
from .children import Program

CHECKOUT = Path(__file__).resolve().parents[2]
HEALTH_WITHIN_S = 1.0
# A worker that is busy stops after its document; one that takes longer is read again at the
# next start.
WORKER_GRACE_S = 4.0


def programs(settings: Settings) -> list[list[Program]]:
    """Return the pages, the keeper and the workers, in the order in which they are stopped."""
    worker = os.fspath(CHECKOUT / "worker.py")
    pages = (
        *(sys.executable, "-m", "streamlit", "run", os.fspath(CHECKOUT / "app.py")),
        *("--server.port", str(settings.port)),
        *("--server.address", settings.address),
        *("--server.headless", "true"),
        # .streamlit/config.toml answers to this machine's own names only. Whoever opens the pages
        # to others knows by which names; a wrong guess here would leave them a dead page.
        *(() if is_loopback(settings.address) else ("--server.allowedHosts", "*")),
    )
    workers = [
        Program(
            f"{kind}-{number}",
            (sys.executable, worker, kind, str(number)),
            grace_s=WORKER_GRACE_S,
            number=number if kind == EXTRACT else None,
        )
        for kind, count in ((EXTRACT, settings.workers), ("ask", settings.ollama_slots))
        for number in range(1, count + 1)
    ]
    answers = partial(page_answers, settings.address, settings.port)
    # The keeper has the port itself, and on one host each needs its own.
    port = settings.metrics_port
    apart = {PREFIX + "METRICS_PORT": str(port + 1)} if port else {}
    return [
        [Program("app", pages, answers=answers, environment=apart)],
        [Program("keeper", (sys.executable, worker, "keep"))],
        workers,
    ]


def page_answers(address: str, port: int) -> bool:
    """Does the page server say that it is well?"""
    connection = http.client.HTTPConnection(reachable(address), port, timeout=HEALTH_WITHIN_S)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def child_environment(settings: Settings, redis_url: str) -> dict[str, str]:
    """Return this environment with what `up` was told or has decided."""
    types = settings.doctypes_path
    return os.environ | {
        **({PREFIX + "DOCTYPES_DIR": os.fspath(types)} if types else {}),
        PREFIX + "DATA_DIR": os.fspath(settings.data_path),
        PREFIX + "REDIS_URL": redis_url,
        PREFIX + "PORT": str(settings.port),
        PREFIX + "ADDRESS": settings.address,
        PREFIX + "WORKERS": str(settings.workers),
        # One document a process: more threads than processors only wait for each other.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # What a killed process printed last must be in its log.
        "PYTHONUNBUFFERED": "1",
        # macOS kills a forked job that touches the system's frameworks without this (rq's docs).
        "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
    }
