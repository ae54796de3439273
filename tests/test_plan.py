"""How a machine is shared: it always fits, and what it is too small for is said."""

import json
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from taxai_core.ai.recommend import recommend
from taxai_core.errors import MachineTooSmallError, ModelTooLargeError
from taxai_core.jobs.scaling import Load, Scaler
from taxai_core.model_sizes import FOR_GPU, SIZES, size_of
from taxai_core.observe import plan_here
from taxai_core.observe.plan import NO_MODEL, Plan, plan
from taxai_core.observe.services import (
    EXTRAS,
    LEAST_JOB_MB,
    MOST_JOB_MB,
    WORKER_OWN_MB,
    job_memory_mb,
)
from taxai_core.settings import get_settings

GB = 1 << 30
# What each holds when idle, in MB: ./taxai bench start; the app with visitors.
IDLE_MB = {"redis": 7, "app": 250, "extract": 110, "ask": 81, "keeper": 92, "ollama": 60}
MODELS = [
    *(None, None, None, NO_MODEL, "mistral", "gemma3:270m", "llama3.1:8b"),
    *(size.name for size in SIZES + FOR_GPU),
]


def machines() -> Iterator[tuple[int, float, int, str | None, list[str]]]:
    """Of all kinds: memory, processors, graphics memory, the wish, and what runs beside."""
    chance = random.Random(7)
    for _ in range(3000):
        memory = int(GB * 2 ** chance.uniform(1, 8.5))
        gpu = chance.choice([0, 0, int(GB * 2 ** chance.uniform(0, 6))])
        cpus = chance.choice([0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 64])
        yield (
            memory,
            cpus,
            gpu,
            chance.choice(MODELS),
            [one for one in EXTRAS if chance.random() < 0.2],
        )


def made() -> Iterator[tuple[Plan, int]]:
    """The plans of those that are large enough, and the graphics memory of each."""
    for memory, cpus, gpu, model, extras in machines():
        try:
            yield plan(memory, cpus, gpu, model, extras), gpu
        except (MachineTooSmallError, ModelTooLargeError):
            continue


def model_place(found: Plan) -> float:
    size = size_of(found.model) if found.model else None
    return size.weights if size else 0


def test_no_machine_is_promised_twice() -> None:
    count = 0
    for found, _gpu in made():
        count += 1
        together = sum(share.replicas * share.memory_mb for share in found.shares)
        assert together + found.left_mb == found.memory_mb
        assert found.left_mb >= 512
        assert all(0 < one.memory_reserved_mb <= one.memory_mb for one in found.shares)
        assert sum(one.replicas * one.cpus_reserved for one in found.shares) <= found.cpus
        assert all(one.cpus_reserved <= one.cpus <= found.cpus for one in found.shares)
    assert count > 2000


def test_every_service_has_what_it_was_measured_to_need() -> None:
    for found, gpu in made():
        for share in found.shares:
            assert share.memory_mb >= share.expected_mb
            assert share.expected_mb >= IDLE_MB.get(share.name, 0)
        assert LEAST_JOB_MB <= found.job_memory_mb <= MOST_JOB_MB
        assert found.job_memory_mb + WORKER_OWN_MB < found.share("extract").memory_mb
        assert found.redis_maxmemory_mb <= found.share("redis").memory_mb / 2
        if found.model and (size := size_of(found.model)):
            held = size.works_in <= gpu * 0.9
            needs = size.needs_beside_gpu if held else size.needs
            assert found.share("ollama").memory_mb << 20 >= needs


def test_the_model_is_the_one_that_is_recommended_for_its_share() -> None:
    for memory, cpus, *_ in machines():
        if memory > 3 * GB:
            found = plan(memory, cpus)
            assert recommend(found.share("ollama").memory_mb << 20).model == found.model


@pytest.mark.parametrize("cpus", [1, 2, 4, 8, 32])
@pytest.mark.parametrize("gpu_gb", [0, 4, 24])
def test_more_memory_never_brings_less(cpus: int, gpu_gb: int) -> None:
    plans = [plan(mb << 20, cpus, gpu_gb * GB) for mb in range(3072, 80_000, 97)]

    for smaller, larger in pairwise(plans):
        assert larger.workers >= smaller.workers
        assert model_place(larger) >= model_place(smaller)
        assert larger.share("app").memory_mb >= smaller.share("app").memory_mb
        assert larger.share("redis").memory_mb >= smaller.share("redis").memory_mb


def test_more_processors_never_bring_fewer_workers_nor_a_larger_card_a_smaller_model() -> None:
    for memory, *_ in list(machines())[:200]:
        if memory < 3 * GB:
            continue
        for fewer, more in pairwise([plan(memory, cpus) for cpus in (1, 2, 4, 8, 16)]):
            assert more.workers >= fewer.workers
        for smaller, larger in pairwise([plan(memory, 4, gb * GB) for gb in (0, 2, 4, 8, 16, 48)]):
            assert model_place(larger) >= model_place(smaller)


def test_a_machine_with_16_gb_has_8_for_the_model_and_2_for_each_of_two_workers() -> None:
    found = plan(16 * GB, 8)

    assert (found.share("ollama").memory_mb, found.share("ollama").memory_reserved_mb) == (
        8192,
        6144,
    )
    assert (found.workers, found.share("extract").memory_mb) == (2, 2048)
    assert sum(found.share(name).memory_mb for name in ("redis", "app", "ask", "keeper")) == 2048
    assert found.left_mb == 2048
    assert (found.model, found.given_up) == ("qwen2.5:3b", ())


@pytest.mark.parametrize(
    ("memory_gb", "model", "workers", "said"),
    [
        (4, None, 1, ["No model", "One worker", "A document may take 1.4 GB"]),
        (5, "qwen2.5:0.5b", 1, ["A small model, qwen2.5:0.5b", "One worker"]),
        (8, "qwen2.5:1.5b", 2, ["A small model, qwen2.5:1.5b", "A document may take 1.4 GB"]),
        (16, "qwen2.5:3b", 2, []),
        (32, "qwen2.5:3b", 7, []),
        (64, "qwen2.5:3b", 7, []),
    ],
)
def test_what_a_small_machine_gives_up_is_said(
    memory_gb: int, model: str | None, workers: int, said: list[str]
) -> None:
    found = plan(memory_gb * GB, 8)

    assert (found.model, found.workers) == (model, workers)
    assert [one for one in said if not any(one in given for given in found.given_up)] == []
    assert len(found.given_up) == len(said)


def test_what_is_said_to_be_enough_is_enough() -> None:
    small = " ".join(plan(4 * GB, 8).given_up)

    assert "a machine with 4.5 GB" in small
    assert plan(int(4.5 * GB), 8).model is not None
    assert "A machine with 6.5 GB has two" in small
    assert plan(int(6.5 * GB), 8).workers == 2
    assert "qwen2.5:3b needs a machine with 9.0 GB" in " ".join(plan(8 * GB, 8).given_up)
    assert plan(9 * GB, 8).model == "qwen2.5:3b"


def test_what_nothing_is_left_for_is_said_where_it_is_so() -> None:
    for found, _gpu in made():
        said = " ".join(found.given_up)
        assert ("One worker" in said) == (found.workers == 1)
        assert ("are left for the system" in said) == (found.left_mb < 1024)
        assert ("A document may take" in said) == (found.share("extract").memory_mb < 2048)


def test_one_processor_is_named_as_the_reason_for_one_worker() -> None:
    assert "A second processor brings another." in " ".join(plan(16 * GB, 1).given_up)


def test_too_small_a_machine_is_told_what_would_do() -> None:
    with pytest.raises(MachineTooSmallError, match=r"2\.0 GB of memory .* TaxAI needs 3\.0 GB"):
        plan(2 * GB, 4)

    assert plan(3 * GB, 4).workers == 1


def test_a_model_that_is_too_large_is_told_what_fits() -> None:
    with pytest.raises(ModelTooLargeError, match=r"qwen2\.5:14b needs .* qwen2\.5:3b fits"):
        plan(16 * GB, 8, model="qwen2.5:14b")
    with pytest.raises(ModelTooLargeError, match="no model fits"):
        plan(4 * GB, 8, model="qwen2.5:3b")


def test_a_model_in_the_graphics_card_leaves_the_memory_to_the_workers() -> None:
    beside_card, without = (
        plan(32 * GB, 16, 24 * GB, "qwen2.5:3b"),
        plan(32 * GB, 16, 0, "qwen2.5:3b"),
    )

    assert beside_card.share("ollama").memory_mb < without.share("ollama").memory_mb
    assert beside_card.workers > without.workers
    assert plan(32 * GB, 16, 24 * GB).model == "qwen2.5:14b"


def test_a_card_that_does_not_hold_the_model_is_said() -> None:
    assert "do not hold qwen2.5:3b" in " ".join(plan(16 * GB, 8, 2 * GB).given_up)


def test_what_follows_from_a_cap_that_somebody_has_set_is_planned_with_it(taxai) -> None:
    given = ("--memory", "16G", "--cpus", "8", "--cap", "extract=3000m", "--cap", "redis=512m")
    lines = dict(one.split("=", 1) for one in taxai("plan", *given, "--env").stdout.splitlines())

    assert (lines["EXTRACT_MEMORY"], lines["REDIS_MEMORY"]) == ("3000m", "512m")
    assert lines["JOB_MEMORY_MB"] == str(job_memory_mb(3000))
    assert lines["REDIS_MAXMEMORY"] == "256mb"
    assert lines["EXTRACT_MEMORY_RESERVED"] == "750m"
    too_much = taxai("plan", "--memory", "4G", "--cpus", "2", "--cap", "extract=8G").stdout
    assert "more than there are: lower some" in too_much


def test_a_cap_of_a_service_that_nobody_knows_is_refused(taxai) -> None:
    done = taxai("plan", "--cap", "worker=3G")

    assert (done.returncode, done.stderr) == (2, "No service is called worker.\n")


def test_a_name_that_does_not_tell_the_size_is_said() -> None:
    found = plan(16 * GB, 8, model="mistral")

    assert found.model == "mistral"
    assert "mistral does not say how large it is" in " ".join(found.given_up)


def test_without_a_model_nothing_is_said_of_one() -> None:
    found = plan(16 * GB, 8, model=NO_MODEL)

    assert (found.model, found.given_up) == (None, ())
    assert found.workers > plan(16 * GB, 8).workers


@pytest.fixture
def on_machine(monkeypatch: pytest.MonkeyPatch, configure):
    """Play a machine of so many GB with eight processors, and set what its user sets."""

    def play(memory_gb: float, **settings: object) -> None:
        monkeypatch.setattr(plan_here, "memory_total_bytes", lambda: int(memory_gb * GB))
        monkeypatch.setattr(plan_here, "cpu_count", lambda: 8)
        configure(**settings)

    return play


@pytest.fixture(params=[3, 4, 8, 16, 32, 64])
def planned(request: pytest.FixtureRequest, on_machine) -> Plan:
    """The plan of the machine that is played, of so many GB."""
    on_machine(request.param)
    return plan(request.param * GB, 8)


def test_without_containers_workers_and_their_caps_are_those_of_the_plan(planned: Plan) -> None:
    settings = get_settings()

    assert (settings.workers, settings.job_memory_mb) == (planned.workers, planned.job_memory_mb)


def test_the_scaler_bears_the_workers_of_the_plan_beside_its_other_services(
    planned: Plan,
) -> None:
    others = [share for share in planned.shares if share.name != "extract"]
    others_mb = sum(share.memory_mb for share in others)
    busy = Load(99, 0, planned.memory_mb << 20, used_bytes=others_mb << 20, held_bytes=0)

    bears = Scaler.of(get_settings()).bears(busy)

    # On the smallest the system gives up of its own.
    assert bears >= planned.workers or planned.memory_mb == 3 * 1024
    assert bears * (planned.job_memory_mb + WORKER_OWN_MB) <= planned.memory_mb - others_mb


def test_more_workers_than_planned_share_what_the_plan_gives_to_all(on_machine) -> None:
    on_machine(32, workers=8)
    extract = plan(32 * GB, 8).share("extract")
    settings = get_settings()

    assert settings.workers == 8
    together_mb = settings.workers * (settings.job_memory_mb + WORKER_OWN_MB)
    assert together_mb <= extract.replicas * extract.memory_mb
    on_machine(16, workers=100)
    assert get_settings().job_memory_mb == LEAST_JOB_MB


def test_a_model_server_elsewhere_leaves_its_memory_to_the_workers(on_machine) -> None:
    on_machine(16, ollama_url="http://big.lan:11434")

    assert get_settings().workers == plan(16 * GB, 8, model=NO_MODEL).workers


def test_a_machine_too_small_for_any_plan_reads_one_document_at_a_time(on_machine) -> None:
    on_machine(2)
    assert (get_settings().workers, get_settings().job_memory_mb) == (1, LEAST_JOB_MB)


def test_a_model_that_does_not_fit_takes_no_worker_away(on_machine) -> None:
    on_machine(16, ollama_model="qwen2.5:14b")

    assert get_settings().workers == plan(16 * GB, 8).workers


def test_the_command_shares_this_machine_or_another_one(taxai) -> None:
    here, small = taxai("plan"), taxai("plan", "--memory", "4G", "--cpus", "2")

    assert here.returncode == 0
    assert "of memory" in here.stdout
    assert "4.0 GB of memory, 2 processors" in small.stdout
    assert "No model" in small.stdout


def test_the_command_prints_the_lines_of_the_containers(taxai) -> None:
    found = plan(16 * GB, 8, extras=["postgres"])

    done = taxai("plan", "--memory", str(16 * GB), "--cpus", "8", "--postgres", "--env")

    lines = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert lines["OLLAMA_MODEL"] == "qwen2.5:3b"
    assert lines["EXTRACT_WORKERS"] == "2"
    assert lines["JOB_MEMORY_MB"] == str(found.job_memory_mb)
    assert lines["REDIS_MAXMEMORY"] == f"{found.redis_maxmemory_mb}mb"
    assert (lines["OLLAMA_MEMORY"], lines["OLLAMA_MEMORY_RESERVED"]) == (
        f"{found.share('ollama').memory_mb}m",
        f"{found.share('ollama').memory_reserved_mb}m",
    )
    assert (lines["APP_CPUS"], lines["APP_CPUS_RESERVED"]) == ("2.00", "1.60")
    assert lines["APP_CPU_SHARES"] == "1638"
    for share in found.shares:
        for end in ("MEMORY", "MEMORY_RESERVED", "CPUS", "CPUS_RESERVED"):
            assert f"{share.name.upper()}_{end}" in lines


def test_the_command_prints_one_object(taxai) -> None:
    done = taxai("plan", "--memory", "16G", "--cpus", "8", "--gpu", "24G", "--json")

    figures = json.loads(done.stdout)
    assert (figures["memory_mb"], figures["cpus"], figures["gpu_mb"]) == (16384, 8, 24576)
    assert {share["name"] for share in figures["shares"]} >= set(IDLE_MB)
    assert figures["expected_mb"] < figures["memory_mb"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--memory", "1G"], 1, "TaxAI needs 3.0 GB"),
        (["--memory", "8G", "--model", "qwen2.5:14b"], 1, "into which qwen2.5:1.5b fits"),
        (["--memory", "much"], 2, "say 16G, 8192M or bytes"),
        (["--cpus", "0"], 2, "say 8"),
    ],
)
def test_the_command_says_what_does_not_do(taxai, words: list[str], code: int, said: str) -> None:
    done = taxai("plan", *words)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
