"""All that is kept, as one file, and back."""

from pathlib import Path
from typing import Any

from ..errors import BackupError, NoDataError
from ..jobs.workplace import has_store, prepare_store
from ..settings import DATABASE, get_settings
from ..store.backup import read_backup, write_backup

ELSEWHERE = (
    "PostgreSQL and the object store are backed up with their own tools; docs/backup.md says how."
)


def back_up(file: Path) -> int:
    """Write the data folder to a file while it is in use; return how many documents are in it.

    Raises:
        BackupError: the documents do not lie in the data folder.
        NoDataError, StorageError
    """
    settings = get_settings()
    _refuse_elsewhere()
    if not has_store():
        raise NoDataError(settings.data_path)
    return write_backup(settings.data_path, settings.data_path / DATABASE, file.absolute())


def restore(file: Path) -> dict[str, Any]:
    """Make the data folder of a backup and bring it to this version; return its manifest.

    Papers that were being read then are read again by the workers.

    Raises:
        BackupError: it is no backup, or the data folder is not empty.
        KeyMissingError, WrongKeyError: it is restored, and waits for its key.
        OtherVersionError, StorageError
    """
    _refuse_elsewhere()
    manifest = read_backup(file.absolute(), get_settings().data_path)
    prepare_store()
    return manifest


def _refuse_elsewhere() -> None:
    settings = get_settings()
    if settings.database_url is not None or settings.store_url is not None:
        raise BackupError(ELSEWHERE)
