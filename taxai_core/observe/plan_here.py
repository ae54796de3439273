"""The plan of the machine we run on: what the settings and the Model page go by."""

from ..errors import MachineTooSmallError, ModelTooLargeError
from .machine import cpu_count, memory_total_bytes
from .plan import Plan, plan
from .services import LEAST_JOB_MB, MOST_JOB_MB, job_memory_mb


def plan_here(model: str | None = None) -> Plan | None:
    """How this machine, or its container, is shared; None where it is too small for any plan.

    Args:
        model: as `plan` takes it; one that does not fit gives way to the largest that does.
    """
    machine = memory_total_bytes(), cpu_count()
    try:
        return plan(*machine, model=model)
    except ModelTooLargeError:
        return plan(*machine)
    except MachineTooSmallError:
        return None


def workers_here(model: str | None = None) -> int:
    """How many documents are read at once; one where there is no plan."""
    made = plan_here(model)
    return made.workers if made else 1


def job_memory_here_mb(workers: int, model: str | None = None) -> int:
    """What one document may take where so many workers share what the plan gives all of its own."""
    made = plan_here(model)
    if made is None:
        return LEAST_JOB_MB
    extract = made.share("extract")
    share_mb = job_memory_mb(extract.replicas * extract.memory_mb // workers)
    return min(max(share_mb, LEAST_JOB_MB), MOST_JOB_MB)
