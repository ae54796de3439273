"""What is kept: the database, the key that opens it, and the disk it lies on."""

from ..observe.folder import Folder
from ..sizes import DISK_MB, file_size
from .check import Check
from .facts import StoreSeen
from .work import START

PUT_BACK = "Put the key back beside the data folder, or set TAXAI_KEY. Without it nothing is read."


def database(seen: StoreSeen | str) -> Check:
    """Does it answer and take writes, with the tables of this program?"""
    if isinstance(seen, str):
        return Check("Database", "fail", "away", seen, START)
    condition = seen.condition
    figure = f"{condition.latency_ms:.1f} ms"
    if condition.revision is None:
        said, todo = "It has no tables yet.", "Run taxai migrate; ./taxai up does it by itself."
        return Check("Database", "fail", figure, said, todo)
    if condition.revision < condition.newest:
        said = f"It is older than this program: {condition.revision}, not {condition.newest}."
        return Check("Database", "fail", figure, said, "Stop TaxAI and run taxai migrate.")
    if condition.revision > condition.newest:
        said = f"It is newer than this program: {condition.revision}, not {condition.newest}."
        return Check("Database", "fail", figure, said, "Install the version that made it.")
    if condition.is_held:
        said = "Another program holds it, so nothing can be saved."
        todo = "End what else has it open, such as a backup or a database tool."
        return Check("Database", "fail", figure, said, todo)
    said = f"It answers and takes writes. Its tables are the newest, {condition.newest}."
    return Check("Database", "ok", figure, said)


def key(seen: StoreSeen | str) -> Check:
    """Does the key open what is stored?"""
    if isinstance(seen, str) or seen.condition.revision != seen.condition.newest:
        said = "It could not be tried on what is stored."
        return Check("Key", "warn", "unknown", said, "See Database.")
    if seen.key_trouble:
        return Check("Key", "fail", "shut", seen.key_trouble, PUT_BACK)
    return Check("Key", "ok", "opens", "It opens what is stored.")


def bucket(seen: bool | str | None) -> list[Check]:
    """Does the object store take what is put there? Nothing where there is none."""
    if seen is None:
        return []
    if isinstance(seen, str):
        todo = (
            "See that it runs, and that TAXAI_STORE_URL, AWS_ENDPOINT_URL and its keys are right."
        )
        return [Check("Object store", "fail", "away", seen, todo)]
    return [Check("Object store", "ok", "takes", "An object was written there and removed.")]


def folder(seen: Folder | str, *, low_mb: int, least_mb: int) -> Check:
    """Is there space for more papers? `low_mb` warns, `least_mb` fails."""
    name = "Data folder"
    if isinstance(seen, str):
        todo = "Look at the disk or the network share that holds it."
        return Check(name, "fail", "silent", seen, todo)
    if seen.trouble == "missing":
        return Check(name, "fail", "missing", "There is no data folder yet.", START)
    figure = f"{file_size(seen.free_bytes)} free"
    if seen.trouble == "refused":
        said, todo = "Nothing can be written there.", "Give the user who runs TaxAI the right to."
        return Check(name, "fail", figure, said, todo)
    todo = "Export and delete what is done, or make room on that disk."
    if seen.trouble == "full":
        return Check(name, "fail", figure, "The disk is full, so no paper is taken in.", todo)
    if seen.free_bytes < least_mb * DISK_MB:
        return Check(
            name, "fail", figure, f"Less than {file_size(least_mb * DISK_MB)} are left.", todo
        )
    if seen.free_bytes < low_mb * DISK_MB:
        return Check(
            name, "warn", figure, f"Less than {file_size(low_mb * DISK_MB)} are left.", todo
        )
    return Check(name, "ok", figure, "A file was written there and removed.")
