"""Time limits that a parser's `except Exception` cannot swallow."""

from types import FrameType

from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty


class OverTime(BaseException):
    """The job's time is up. RQ's own is an `Exception`, which Camelot catches (rq#2296)."""


class Deadline(UnixSignalDeathPenalty):
    """RQ's alarm, raising `OverTime` in a job and RQ's own exceptions everywhere else."""

    def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:
        """Called by SIGALRM."""
        if issubclass(self._exception, JobTimeoutException):
            raise OverTime
        super().handle_death_penalty(signum, frame)  # type: ignore[no-untyped-call]  # rq's
