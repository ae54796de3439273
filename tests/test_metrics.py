"""What the keeper tells Prometheus of real papers that real workers read, and are killed at."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from ai.fault_server import FaultServer
from asked_papers import MODEL, PAN, ROWS, ask_here, copying, open_paper
from groups import MB, report
from papers import INTEREST, PREMIUMS, paper
from redis import Redis
from scraped import Target, free_port
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.connection import open_redis
from taxai_core.jobs.keeper import Keeper
from taxai_core.jobs.sums import BOUNDS_S, STAGES, Tally, sums
from taxai_core.service.model import choose_model

Start = Callable[..., "subprocess.Popen[bytes]"]
Configure = Callable[..., None]
GOOD = paper("Interest certificate", INTEREST)
# Two sources that hang take 0.9 s each; Prometheus waits for 5 s (docker/prometheus).
SCRAPED_IN_S = 2.0
LONG = paper("A long statement", INTEREST, pages=60)


@pytest.fixture
def keeper(start: Start, configure: Configure) -> Target:
    """A keeper on duty, and what it tells."""
    target = Target(free_port())
    configure(metrics_port=target.port)
    start("keep")
    target.wait("taxai_keeper_on_duty")
    return target


def submit(name: str, data: bytes) -> str:
    return service.submit(name, data).document.id


def is_half_read(document_id: str) -> bool:
    document = service.open_document(document_id).document
    return document.state == "extracting" and document.pages_done >= 3


def stages(target: Target) -> dict[str, float]:
    name = "taxai_stage_duration_seconds_count"
    return {stage: target.told(name, stage=stage) for stage in STAGES}


def fetched_in_s(target: Target) -> float:
    began = time.monotonic()
    target.text()
    return time.monotonic() - began


def test_documents_that_end_are_counted_once_with_their_outcome_and_times(
    keeper: Target, start: Start
) -> None:
    submit("a.pdf", GOOD)
    submit("b.pdf", paper("Premiums", PREMIUMS, pages=3))
    submit("broken.pdf", GOOD[: len(GOOD) // 2])
    submit("locked.pdf", paper("Locked", INTEREST, password="open sesame"))

    start("extract", "1")
    keeper.wait("taxai_jobs_total", 2, kind="document", outcome="finished")
    keeper.wait("taxai_jobs_total", 1, kind="document", outcome="failed", code="encrypted")

    failed = {"kind": "document", "outcome": "failed"}
    keeper.wait("taxai_jobs_total", 1, code="corrupt", **failed)
    keeper.wait("taxai_documents", 2, state="review")
    keeper.wait("taxai_documents", 2, state="failed")
    keeper.wait("taxai_documents", 0, state="queued")
    keeper.wait("taxai_queue_depth", 0, queue="extract")
    keeper.wait("taxai_oldest_wait_seconds", 0)
    assert stages(keeper) == {"queue": 2, "page": 4, "read": 2, "total": 2, "reread": 0, "ask": 0}


def test_all_of_a_histogram_fits_together(keeper: Target, redis: Redis) -> None:
    for seconds in (0.01, 0.05, 0.06, 7.5, 4000.0):
        Tally().took("read", seconds).write()

    found: dict[str, float] = {}

    def are_told() -> bool:
        for sample in keeper.samples():
            if sample.name.endswith("_bucket") and sample.labels["stage"] == "read":
                found[sample.labels["le"]] = sample.value
        return bool(found)

    wait_until(are_told, "the bounds are told")

    assert list(map(float, found)) == [*BOUNDS_S, float("inf")]
    assert list(found.values()) == sorted(found.values())
    assert (found["0.05"], found["0.1"], found["10.0"], found["3600.0"]) == (2, 3, 4, 4)
    assert found["+Inf"] == stages(keeper)["read"] == 5
    seconds = keeper.told("taxai_stage_duration_seconds_sum", stage="read")
    assert seconds == pytest.approx(4007.62)


@pytest.mark.parametrize("who", ["worker", "its child"])
def test_a_document_whose_reading_died_is_counted_once(
    keeper: Target, start: Start, who: str
) -> None:
    worker = start("extract", "1")
    document_id = submit("long.pdf", LONG)
    wait_until(lambda: is_half_read(document_id), "some pages are read")

    (child,) = psutil.Process(worker.pid).children()
    os.kill(worker.pid if who == "worker" else child.pid, signal.SIGKILL)
    start("extract", "2")
    keeper.wait("taxai_jobs_total", 1, kind="document", outcome="finished")

    keeper.wait("taxai_jobs_lost_total", 1, kind="document")
    told = stages(keeper)
    assert (told["queue"], told["read"], told["total"]) == (1, 1, 1)
    # The first reading took what it knew of its pages with it.
    assert 0 < told["page"] <= 60


def test_a_document_cancelled_is_counted_as_that_alone(keeper: Target, start: Start) -> None:
    start("extract", "1")
    document_id = submit("long.pdf", LONG)
    wait_until(lambda: is_half_read(document_id), "some pages are read")

    service.cancel(document_id)
    submit("a.pdf", GOOD)
    keeper.wait("taxai_jobs_total", 1, kind="document", outcome="finished")

    keeper.wait("taxai_jobs_total", 1, kind="document", outcome="cancelled")
    keeper.wait("taxai_jobs_total", 0, kind="document", code="internal")
    keeper.wait("taxai_jobs_lost_total", 0, kind="document")


def test_workers_and_what_waits_are_told(keeper: Target, start: Start) -> None:
    for number in range(2):
        submit(f"{number}.pdf", paper("Interest", INTEREST, pages=number + 1))
    keeper.wait("taxai_queue_depth", 2, queue="extract")
    keeper.wait("taxai_workers", 0, kind="extract")

    start("extract", "1")
    keeper.wait("taxai_workers", 1, kind="extract")
    keeper.wait("taxai_documents", 2, state="review")

    keeper.wait("taxai_workers_busy", 0, kind="extract")
    memory = keeper.told("taxai_memory_bytes", service="extract-1")
    assert 10 << 20 < memory < 2 << 30
    assert keeper.told("taxai_cpu_seconds_total", service="extract-1")


def test_containers_are_told_with_their_caps_and_what_they_count(
    start: Start, data: Path, tmp_path: Path, configure: Configure
) -> None:
    target, reports = Target(free_port()), tmp_path / "reports"
    configure(metrics_port=target.port, reports_dir=reports, machine="box")
    far = time.time() + 3600  # or what is reported would be old before it is read
    report(reports, "ollama", "a", used=300 * MB, cache=90 * MB, cap=800 * MB, quota=2, at=far)
    report(reports, "redis", "b", cap=None, quota=None, kills=2, throttled=30, cpu_s=7, at=far)

    start("keep")
    target.wait("taxai_memory_bytes", 300 * MB, service="ollama", host="box")
    target.wait("taxai_oom_kills_total", 2, service="redis")

    target.wait("taxai_memory_limit_bytes", 800 * MB, service="ollama")
    assert target.value("taxai_memory_limit_bytes", service="redis") is None
    target.wait("taxai_cpu_limit_cores", 2, service="ollama")
    target.wait("taxai_cpu_throttled_seconds_total", 3, service="redis")
    target.wait("taxai_cpu_seconds_total", 7, service="redis")
    assert target.told("taxai_machine_memory_limit_bytes", host="box")


def test_what_the_model_took_is_told(
    keeper: Target, data, redis: Redis, configure: Configure, read_paper
) -> None:
    with FaultServer(answer=copying) as server:
        configure(ollama_url=server.url, metrics_port=keeper.port)
        Keeper(redis).look_for_model()
        choose_model(MODEL)
        ask = ask_here(read_paper(open_paper()))
    configure(ollama_url=server.url, ollama_connect_s=1)
    assert ask.state == "done"

    put_off = ask_here(read_paper(open_paper(1)))

    assert put_off.state == "not_asked"
    keeper.wait("taxai_jobs_total", 1, kind="ask", outcome="finished")
    keeper.wait("taxai_jobs_total", 1, kind="ask", outcome="put_off")
    assert stages(keeper)["ask"] == 1
    assert len(server.bodies) == 1
    keeper.wait("taxai_model_questions_total", 1)
    counted = sums(redis)
    assert counted.prompt_tokens > 0
    keeper.wait("taxai_model_tokens_total", counted.prompt_tokens, direction="prompt")
    assert counted.answer_tokens > 0
    keeper.wait("taxai_model_tokens_total", counted.answer_tokens, direction="answer")
    keeper.wait("taxai_model_breaker_state", 1, state="open")
    keeper.wait("taxai_model_breaker_state", 0, state="closed")


def test_a_queue_that_hangs_or_is_gone_is_told_within_the_time_of_a_scrape(
    start: Start, data: Path, tmp_path: Path, configure: Configure, valkey_at
) -> None:
    target = Target(free_port())
    with valkey_at(str(tmp_path / "s")) as url:
        configure(redis_url=url, metrics_port=target.port)
        keeper = start("keep")
        target.wait("taxai_queue_up")
        with open_redis(url) as redis:
            server = psutil.Process(redis.info("server")["process_id"])

        server.suspend()
        target.wait("taxai_queue_up", 0)
        target.wait("taxai_documents", 0, state="review")
        wait_until(lambda: fetched_in_s(target) < SCRAPED_IN_S, "an answer comes in time")
        hanging = target.value("taxai_queue_up")
        server.resume()
        target.wait("taxai_queue_up")

    assert hanging == 0
    target.wait("taxai_keeper_on_duty", 0)
    assert keeper.poll() is None


def test_of_two_keepers_one_tells_of_the_system(
    keeper: Target, start: Start, configure: Configure
) -> None:
    other = Target(free_port())
    configure(metrics_port=other.port)

    start("keep")
    other.wait("taxai_keeper_on_duty", 0)

    assert other.value("taxai_documents", state="review") is None
    keeper.wait("taxai_documents", 0, state="review")


def test_a_port_that_is_taken_costs_the_figures_alone(
    keeper: Target, start: Start, redis: Redis
) -> None:
    second = start("keep")

    wait_until(lambda: redis.hlen("taxai:processes") == 2, "the second keeper works")

    assert second.poll() is None


def test_sums_that_redis_does_not_take_hurt_nobody(data: Path, configure: Configure) -> None:
    configure(redis_url="redis://127.0.0.1:1/0")

    Tally().ended("document", "finished").write()


def test_nothing_personal_is_told(
    keeper: Target, data, redis: Redis, configure: Configure, read_paper
) -> None:
    name = "Rohan Kulkarni's interest.pdf"
    read_paper(open_paper(), name)
    submit("Rohan again.pdf", open_paper(1))

    told = keeper.text()

    secrets = [
        PAN,
        name,
        "rohan",
        *(text for _, text in ROWS),
        *(t.replace(",", "") for _, t in ROWS),
    ]
    assert [secret for secret in secrets if secret.casefold() in told.casefold()] == []


def test_names_and_labels_keep_to_the_conventions(keeper: Target, read_paper) -> None:
    read_paper(GOOD)
    kinds = keeper.kinds()

    assert all(re.fullmatch(r"taxai_[a-z_]+[a-z]", name) for name in kinds)
    assert all(name.endswith("_total") == (kind == "counter") for name, kind in kinds.items())
    assert not [name for name in kinds if re.search(r"_(ms|kb|mb|minutes|percent)(_|$)", name)]
    told = keeper.text()
    if promtool := shutil.which("promtool"):
        words = [promtool, "check", "metrics"]
        found = subprocess.run(words, input=told, text=True, capture_output=True)
        assert (found.returncode, found.stdout + found.stderr) == (0, "")
