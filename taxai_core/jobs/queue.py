"""The queue of papers to be read, and of pages to be read again."""

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.command import send_stop_job_command
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from ..errors import QueueDownError
from .kinds import Kind, W

EXTRACT = "extract"
# Why a job failed is told by its document's row; RQ's own record is for whoever debugs today.
FAILURE_TTL_S = 24 * 3600
# A worker says every second that it still has the job. Longer than any pause of a busy machine,
# short enough that a killed worker's document is read again within half a minute.
LEASE_S = 15


def extract_queue(redis: Redis) -> Queue:
    """The queue that extract workers listen on; JSON, so that no job can smuggle an object in."""
    return Queue(EXTRACT, connection=redis, serializer=JSONSerializer)


def enqueue(redis: Redis, kind: Kind[W], work: W) -> None:
    """Put a row's present run into the queue, in place of an earlier job of that run.

    What is urgent goes to the front: a person waits for it.

    Raises:
        QueueDownError: Redis does not answer; the keeper will do it later.
    """
    try:
        _forget(redis, work.job_id)
        extract_queue(redis).enqueue(
            kind.task,
            args=(work.id, work.run),
            job_id=work.job_id,
            at_front=kind.is_urgent,
            job_timeout=kind.timeout_s(),
            result_ttl=0,
            failure_ttl=FAILURE_TTL_S,
            description=work.job_id,
        )
    except RedisError as error:
        raise QueueDownError() from error


def waiting_ids(redis: Redis) -> list[str]:
    """The ids of the jobs that wait, first in line first."""
    return list(extract_queue(redis).get_job_ids())


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


def hold_lease(redis: Redis, job_id: str) -> None:
    """Say that a living worker has this job."""
    redis.set(_lease(job_id), 1, ex=LEASE_S)


def drop_lease(redis: Redis, job_id: str) -> None:
    """Say that no worker has this job any more."""
    redis.delete(_lease(job_id))


def has_lease(redis: Redis, job_id: str) -> bool:
    """Does a living worker have this job?"""
    return bool(redis.exists(_lease(job_id)))


def _lease(job_id: str) -> str:
    return f"taxai:lease:{job_id}"


def _forget(redis: Redis, job_id: str) -> None:
    try:
        Job.fetch(job_id, connection=redis, serializer=JSONSerializer).delete()
    except NoSuchJobError:
        extract_queue(redis).remove(job_id)
