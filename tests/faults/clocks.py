"""A clock that is set while processes run."""

from pathlib import Path

import pytest


class Clock:
    """The time of day that the processes started from here on see; the test itself sees another."""

    def __init__(self, library: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = file
        self.set_by(0)
        for name, value in {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            # What does not depend on the time of day goes on as it does on a real machine.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }.items():
            monkeypatch.setenv(name, value)

    def set_by(self, hours: int) -> None:
        """Set the clock so many hours off."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{hours * 3600:+d}\n")
        new.replace(self._file)
