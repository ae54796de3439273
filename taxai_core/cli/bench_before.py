"""The predecessor's scenario: three workers, one model server, no caps and no slot."""

import sys
import time
from collections.abc import Sequence

from ..ai.options import ModelOptions
from ..jobs.queue import queue_of
from ..jobs.workplace import get_redis
from ..runtime.children import Program
from .bench_ask_plain import find_object
from .bench_before_job import ANSWERED, ASKED, READ
from .bench_home import private_home
from .bench_scene import STUCK_S, Result, ScenePaper, Standing, read_json
from .bench_watch import Watch, until_over

QUEUE, WORKERS = "before", 3
NO_TIMEOUT = -1
# `up` holds ours to one thread a library; nobody did that there.
FREE_OF_CAPS = ("env", "-u", "OMP_NUM_THREADS", "-u", "OPENBLAS_NUM_THREADS")


def run_before(
    papers: Sequence[ScenePaper], options: ModelOptions, limit_s: float, watch: Watch
) -> Result:
    """Have three workers of bare RQ read the papers.

    Raises:
        CannotStartError: there is no Redis for this machine.
    """
    with private_home() as home, get_redis() as redis:
        queue = queue_of(redis, QUEUE)
        worker = (sys.executable, "-m", "rq.cli", "worker", QUEUE, "--url", home.redis_url)
        words = (*FREE_OF_CAPS, *worker, "--serializer", "json", "--quiet")
        started = [
            home.start(Program(f"worker-{number}", words, grace_s=0.0))
            for number in range(1, WORKERS + 1)
        ]
        watch.look_at([*(child.pid or 0 for child in started), home.queue_pid])
        for number, paper in enumerate(papers):
            title = paper.document_type.title
            queue.enqueue(
                READ,
                args=(
                    str(paper.path),
                    paper.password,
                    title,
                    paper.wanted,
                    options.url,
                    options.model,
                ),
                job_id=str(number),
                job_timeout=NO_TIMEOUT,
                result_ttl=0,
            )

        def look() -> Standing:
            running = queue.started_job_registry.get_job_ids(cleanup=False)
            return Standing(queue.count, len(running), sum(map(is_stuck, running)))

        def is_stuck(job_id: str) -> bool:
            job = queue.fetch_job(job_id)
            return bool(
                job and job.started_at and time.time() - job.started_at.timestamp() > STUCK_S
            )

        seconds = until_over(look, limit_s, watch)
        standing = look()
        open_ids = {
            *queue.get_job_ids(),
            *queue.started_job_registry.get_job_ids(cleanup=False),
        }
        ended = [number for number in range(len(papers)) if str(number) not in open_ids]
        right = {number: _right(papers[number]) for number in ended}
        return Result(standing, right, seconds, max(map(_call_s, papers), default=0.0))


def _right(paper: ScenePaper) -> int:
    told = read_json(paper.path.with_suffix(ANSWERED))
    return paper.count_right(find_object(told["text"], [*paper.wanted])) if told else 0


def _call_s(paper: ScenePaper) -> float:
    if told := read_json(paper.path.with_suffix(ANSWERED)):
        return float(told["call_s"])
    asked = read_json(paper.path.with_suffix(ASKED))
    return time.time() - float(asked["at"]) if asked else 0.0
