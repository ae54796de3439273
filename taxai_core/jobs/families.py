"""The families of metrics of the whole system; docs/metrics.md lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from ..errors import CONTRACT_CODES, TaxAIError
from ..store.document import STATES
from .crew_size import EXTRACT
from .kinds import ASK, ASK_QUEUE, DOCUMENT, REREAD
from .points import Point
from .service_use import ServiceUse
from .sums import BOUNDS_S, Sums
from .workers import LivingWorker, count_of

BREAKER_STATES = ("closed", "open", "half-open")
COUNTED = (DOCUMENT.name, REREAD.name, ASK.name)
# Told before they come: an increase is from one sample to the next, so the first one would be lost.
FORESEEN = (
    *((kind, "finished", "") for kind in COUNTED),
    *((DOCUMENT.name, "failed", code) for code in CONTRACT_CODES),
    *((kind, "failed", TaxAIError.code) for kind in COUNTED),
    (DOCUMENT.name, "cancelled", ""),
)
Labelled = Mapping[tuple[str, ...], float]


@dataclass(frozen=True)
class RowsSeen:
    """What the database and its folder tell."""

    documents: Mapping[str, int]
    oldest_wait_s: float
    free_bytes: int


@dataclass(frozen=True)
class QueueSeen:
    """What Redis tells."""

    sums: Sums
    waiting: Mapping[str, int]
    workers: Sequence[LivingWorker]
    breaker: str
    does_model_answer: bool
    points: Mapping[str, Point]
    uses: Sequence[ServiceUse]


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    """One figure that goes up and down."""
    return GaugeMetricFamily(name, meaning, value=float(value))


def _gauges(name: str, meaning: str, labels: Sequence[str], values: Labelled) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for label_values, value in values.items():
        family.add_metric(label_values, value)
    return family


def _counters(name: str, meaning: str, labels: Sequence[str], values: Labelled) -> Metric:
    family = CounterMetricFamily(name, meaning, labels=labels)
    for label_values, value in values.items():
        family.add_metric(label_values, value)
    return family


def of_rows(seen: RowsSeen) -> Iterator[Metric]:
    """What the rows tell."""
    yield _gauges(
        "taxai_documents",
        "Documents by their state.",
        ["state"],
        {(state,): seen.documents.get(state, 0) for state in STATES},
    )
    yield gauge(
        "taxai_oldest_wait_seconds",
        "How long the document has waited that waits longest; 0 where none does.",
        seen.oldest_wait_s,
    )
    yield gauge("taxai_data_free_bytes", "Free space where the data folder lies.", seen.free_bytes)


def of_queue(seen: QueueSeen) -> Iterator[Metric]:
    """What Redis tells."""
    yield _gauges(
        "taxai_queue_depth",
        "Jobs that wait, by queue.",
        ["queue"],
        {(queue,): number for queue, number in seen.waiting.items()},
    )
    kinds = (EXTRACT, ASK_QUEUE)
    busy = [worker for worker in seen.workers if worker.job_id]
    yield _gauges(
        "taxai_workers",
        "Workers that live.",
        ["kind"],
        {(kind,): count_of(kind, seen.workers) for kind in kinds},
    )
    yield _gauges(
        "taxai_workers_busy",
        "Workers that have a job.",
        ["kind"],
        {(kind,): count_of(kind, busy) for kind in kinds},
    )
    yield from _of_jobs(seen.sums)
    yield from _of_model(seen)
    yield from _of_machines(seen.points)
    yield from _of_services(seen.uses)


def _of_jobs(sums: Sums) -> Iterator[Metric]:
    jobs: dict[tuple[str, ...], float] = dict.fromkeys(FORESEEN, 0)
    jobs.update(sums.jobs)
    yield _counters(
        "taxai_jobs_total",
        "Jobs that have ended, by kind and outcome; of those that failed the error's code.",
        ["kind", "outcome", "code"],
        jobs,
    )
    yield _counters(
        "taxai_jobs_lost_total",
        "Jobs that a dead worker left behind and that were given to another.",
        ["kind"],
        {(kind,): sums.lost.get(kind, 0) for kind in COUNTED},
    )
    stages = HistogramMetricFamily(
        "taxai_stage_duration_seconds", "How long each stage of the work took.", labels=["stage"]
    )
    for stage, spread in sums.stages.items():
        reached = zip((*BOUNDS_S, inf), (*spread.within, spread.count), strict=True)
        buckets = [("+Inf" if bound == inf else str(bound), number) for bound, number in reached]
        stages.add_metric([stage], buckets, sum_value=spread.seconds)
    yield stages


def _of_model(seen: QueueSeen) -> Iterator[Metric]:
    yield gauge("taxai_model_up", "Did the model server answer last?", seen.does_model_answer)
    yield _gauges(
        "taxai_model_breaker_state",
        "1 for the state of the breaker before the model server.",
        ["state"],
        {(state,): state == seen.breaker for state in BREAKER_STATES},
    )
    sums = seen.sums
    yield _counters("taxai_model_questions_total", "Questions answered.", [], {(): sums.questions})
    yield _counters(
        "taxai_model_tokens_total",
        "Tokens of questions answered.",
        ["direction"],
        {("prompt",): sums.prompt_tokens, ("answer",): sums.answer_tokens},
    )
    yield _counters(
        "taxai_model_seconds_total",
        "Time that answers took.",
        [],
        {(): sums.model_s},
    )


def _of_machines(points: Mapping[str, Point]) -> Iterator[Metric]:
    yield _gauges(
        "taxai_machine_memory_bytes",
        "Memory of a machine in use, without page cache.",
        ["host"],
        {(machine,): point.memory_used_bytes for machine, point in points.items()},
    )
    yield _gauges(
        "taxai_machine_memory_limit_bytes",
        "Memory of a machine.",
        ["host"],
        {(machine,): point.memory_total_bytes for machine, point in points.items()},
    )


def _of_services(uses: Sequence[ServiceUse]) -> Iterator[Metric]:
    labels = ["service", "host"]

    def told(figure: str) -> Labelled:
        values = {(one.service, one.machine): getattr(one, figure) for one in uses}
        return {key: value for key, value in values.items() if value is not None}

    yield _gauges(
        "taxai_memory_bytes",
        "Memory of a service, without page cache.",
        labels,
        told("memory_bytes"),
    )
    yield _gauges("taxai_memory_limit_bytes", "Its cap.", labels, told("memory_limit_bytes"))
    yield _counters(
        "taxai_cpu_seconds_total", "Processor time of a service.", labels, told("cpu_s")
    )
    yield _gauges("taxai_cpu_limit_cores", "Its quota.", labels, told("cpu_limit_cores"))
    yield _counters(
        "taxai_cpu_throttled_seconds_total",
        "Time in which its quota held a service back.",
        labels,
        told("throttled_s"),
    )
    yield _counters(
        "taxai_oom_kills_total",
        "Processes that the kernel ended for want of memory.",
        labels,
        told("oom_kills"),
    )
