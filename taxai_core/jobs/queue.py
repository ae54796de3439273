"""The queues: of papers to be read and pages to be read again, and of what the model is asked."""

from collections.abc import Sequence

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, RateLimit
from rq.command import send_stop_job_command
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job, JobStatus
from rq.rate_limit import RateLimitRegistry
from rq.serializers import JSONSerializer

from ..errors import QueueDownError
from .crew_size import EXTRACT
from .kinds import ASK_QUEUE, Kind, W

# Why a job failed is told by its document's row; RQ's own record is for whoever debugs today.
FAILURE_TTL_S = 24 * 3600
# A worker says every second that it still has the job. Longer than any pause of a busy machine,
# short enough that a killed worker's document is read again within half a minute.
LEASE_S = 15


def queue_of(redis: Redis, name: str) -> Queue:
    """A queue that workers listen on; JSON, so that no job can smuggle an object in."""
    return Queue(name, connection=redis, serializer=JSONSerializer)


def extract_queue(redis: Redis) -> Queue:
    """The queue that extract workers listen on."""
    return queue_of(redis, EXTRACT)


def enqueue(redis: Redis, kind: Kind[W], work: W) -> None:
    """Put a row's present run into its queue, in place of an earlier job of that run.

    What is urgent goes to the front: a person waits for it.

    Raises:
        QueueDownError: Redis does not answer; the keeper will do it later.
    """
    try:
        slots = kind.slots(redis, work)
        _forget(redis, work.job_id)
        job = queue_of(redis, kind.queue).enqueue(
            kind.task,
            args=(work.id, work.run),
            job_id=work.job_id,
            at_front=kind.is_urgent(work),
            job_timeout=kind.timeout_s(),
            result_ttl=0,
            failure_ttl=FAILURE_TTL_S,
            description=work.job_id,
            rate_limit=RateLimit(kind.queue, slots) if slots else None,
        )
        if job.get_status(refresh=False) == JobStatus.RATE_LIMITED:
            held_back = RateLimitRegistry(kind.queue, redis).rate_limited_key
            redis.zadd(held_back, {job.id: kind.place(work)}, xx=True)
    except RedisError as error:
        raise QueueDownError() from error


def waiting_ids(redis: Redis) -> list[str]:
    """The ids of the jobs that wait to read, first in line first."""
    return _line(redis, EXTRACT)


def asking_ids(redis: Redis) -> list[str]:
    """The ids of the jobs that wait for the model, first in line first."""
    return _line(redis, ASK_QUEUE)


def _line(redis: Redis, name: str) -> list[str]:
    held_back = RateLimitRegistry(name, redis).get_rate_limited_job_ids()
    return [*queue_of(redis, name).get_job_ids(), *held_back]


def count_waiting(redis: Redis) -> int:
    """How many jobs wait to read."""
    held_back = RateLimitRegistry(EXTRACT, redis).get_rate_limited_job_count()
    return int(extract_queue(redis).count + held_back)


def count_reading(redis: Redis) -> int:
    """How many jobs to read are in the hands of workers."""
    started = extract_queue(redis).started_job_registry
    return int(started.get_job_count(cleanup=False))


def is_behind_others(redis: Redis, place: float) -> bool:
    """Would a document that stood at this place in the line to be read stand behind another?"""
    if extract_queue(redis).count:
        return True
    held_back = RateLimitRegistry(EXTRACT, redis).rate_limited_key
    return bool(redis.zcount(held_back, "-inf", place))


def is_asked_now(redis: Redis) -> bool:
    """Is a worker asking the model something?"""
    started = queue_of(redis, ASK_QUEUE).started_job_registry
    count: int = started.get_job_count(cleanup=False)
    return count > 0


def stop(redis: Redis, job_id: str) -> None:
    """Take a job out of the queue, or kill the process that runs it.

    Raises:
        QueueDownError
    """
    try:
        send_stop_job_command(redis, job_id, serializer=JSONSerializer)
    except (NoSuchJobError, InvalidJobOperation):
        _forget(redis, job_id)
    except RedisError as error:
        raise QueueDownError() from error


def hold_lease(redis: Redis, job_id: str, held_bytes: int = 0) -> None:
    """Say that a living worker has this job, whose processes hold so much memory."""
    redis.set(_lease(job_id), held_bytes, ex=LEASE_S)


def drop_lease(redis: Redis, job_id: str) -> None:
    """Say that no worker has this job any more."""
    redis.delete(_lease(job_id))


def has_lease(redis: Redis, job_id: str) -> bool:
    """Does a living worker have this job?"""
    return bool(redis.exists(_lease(job_id)))


def held_memory(redis: Redis, job_ids: Sequence[str]) -> dict[str, int]:
    """What the processes of these jobs hold, in bytes; without those that no worker has."""
    held = redis.mget([_lease(job_id) for job_id in job_ids]) if job_ids else []
    return {job: int(size) for job, size in zip(job_ids, held, strict=True) if size is not None}


def _lease(job_id: str) -> str:
    return f"taxai:lease:{job_id}"


def slot_holders(redis: Redis) -> list[str]:
    """The ids of the jobs that have a slot, of whatever kind."""
    return [
        job_id
        for name in (EXTRACT, ASK_QUEUE)
        for job_id in RateLimitRegistry(name, redis).get_allowed_job_ids()
    ]


def bury(redis: Redis, job_id: str) -> None:
    """Forget a job whose worker died, so that its slot is free for the next one."""
    for name in (EXTRACT, ASK_QUEUE):
        queue_of(redis, name).intermediate_queue.remove(job_id)
    try:
        job = Job.fetch(job_id, connection=redis, serializer=JSONSerializer)
    except NoSuchJobError:
        return
    # RQ keeps the slot of a deleted job that may still run; this one has no lease any more.
    job.execution_registry.delete(job=job, pipeline=redis)  # type: ignore[arg-type]  # as RQ does
    job.delete()


def _forget(redis: Redis, job_id: str) -> None:
    try:
        Job.fetch(job_id, connection=redis, serializer=JSONSerializer).delete()
    except NoSuchJobError:
        for name in (EXTRACT, ASK_QUEUE):
            queue_of(redis, name).remove(job_id)
