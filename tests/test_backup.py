"""A backup made while papers are read, and what it is worth."""

import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from papers import INTEREST, paper
from redis import Redis
from sqlalchemy import create_engine
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import BackupError, KeyMissingError, OtherVersionError, StorageError
from taxai_core.service.backup import back_up, restore
from taxai_core.store.schema import MIGRATIONS, own_revision

Start = Callable[..., "subprocess.Popen[bytes]"]
PAPERS = [paper(f"Statement {number}", INTEREST, pages=4) for number in range(8)]


def states() -> list[str]:
    return [document.state for document in service.list_documents()]


def what_is_kept(document_id: str) -> tuple[bytes, list[str], list[bool]]:
    """The export, the history, and which tables a person has dropped."""
    opened = service.open_document(document_id)
    told = [line.summary for line in opened.history]
    dropped = [table.content.dropped for table in opened.reading.tables]
    return service.choose_export().documents_csv(), told, dropped


def bring_key(data: Path, to: Path) -> None:
    shutil.copy(data.with_name("data.key"), to.with_name(f"{to.name}.key"))


def in_another_folder(file: Path, data: Path, configure: Callable[..., None]) -> Path:
    """Restore it there, with the key, as somebody does whose disk is gone."""
    fresh = data.with_name("fresh")
    bring_key(data, fresh)
    configure(data_dir=fresh)
    restore(file)
    return fresh


def test_a_backup_made_while_papers_are_read_brings_all_of_them_back(
    data: Path, start: Start, redis: Redis, configure, taxai, tmp_path: Path
) -> None:
    processes = [start("keep"), start("extract", "1")]
    ids = {service.submit(f"{number}.pdf", one).document.id for number, one in enumerate(PAPERS)}
    wait_until(lambda: "review" in states() and "extracting" in states(), "some are read")

    made = taxai("backup", tmp_path / "backup.tar")

    assert (made.returncode, made.stderr) == (0, "")
    assert "Documents: 8." in made.stdout
    for process in processes:
        process.kill()
        process.wait()
    redis.flushall()  # the queue is not in a backup
    in_another_folder(tmp_path / "backup.tar", data, configure)
    assert {document.id for document in service.list_documents()} == ids
    assert "queued" in states(), "it was made in the middle"
    for words in (("keep",), ("extract", "1")):
        start(*words)
    wait_until(lambda: set(states()) == {"review"}, "the others are read again", patience_s=120)
    for document in service.list_documents():
        opened = service.open_document(document.id)
        assert [table.page for table in opened.reading.tables] == [1, 2, 3, 4]
        assert service.page_picture(opened.document, 4)


def test_neither_key_nor_logs_nor_text_are_in_it(
    data: Path, read_paper: Callable[..., str], tmp_path: Path
) -> None:
    document_id = read_paper(PAPERS[0], "a-telling-name.pdf")

    back_up(tmp_path / "backup.tar")

    with tarfile.open(tmp_path / "backup.tar") as tar:
        names = tar.getnames()
    whole = (tmp_path / "backup.tar").read_bytes()
    assert {name.split("/")[0] for name in names} == {"manifest.json", "taxai.db", "blobs"}
    assert {name.split("/")[1] for name in names if "/" in name} == {document_id}
    assert data.with_name("data.key").read_bytes().strip() not in whole
    assert b"a-telling-name" not in whole
    assert b"Statement" not in whole


def test_a_paper_that_is_deleted_while_it_is_made_is_not_in_it(
    data: Path, read_paper: Callable[..., str], configure, tmp_path: Path
) -> None:
    kept, deleted = read_paper(PAPERS[0]), read_paper(PAPERS[1])
    shutil.rmtree(data / "blobs" / deleted)  # as far as a deletion comes between two looks

    assert back_up(tmp_path / "backup.tar") == 1

    in_another_folder(tmp_path / "backup.tar", data, configure)
    assert [document.id for document in service.list_documents()] == [kept]


def test_a_folder_that_is_not_empty_and_a_file_that_is_no_backup_are_refused(
    data: Path, read_paper: Callable[..., str], configure, tmp_path: Path
) -> None:
    document_id = read_paper(PAPERS[0])
    back_up(tmp_path / "backup.tar")
    whole = (tmp_path / "backup.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "other.tar").write_bytes(b"no backup")

    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "backup.tar")
    assert [document.id for document in service.list_documents()] == [document_id]
    configure(data_dir=tmp_path / "fresh")
    for name in ("cut.tar", "other.tar", "not_there.tar"):
        with pytest.raises(BackupError, match="no backup"):
            restore(tmp_path / name)
    assert not (tmp_path / "fresh").exists()


def test_what_would_be_written_outside_of_the_folder_is_refused(
    data: Path, configure, tmp_path: Path
) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("blobs/../../outside"))
    configure(data_dir=tmp_path / "deep" / "fresh")

    with pytest.raises(BackupError):
        restore(tmp_path / "evil.tar")

    assert not list(tmp_path.rglob("outside"))


def test_without_its_key_it_is_restored_and_waits_for_it(
    data: Path, read_paper: Callable[..., str], configure, tmp_path: Path
) -> None:
    document_id = read_paper(PAPERS[0])
    back_up(tmp_path / "backup.tar")
    fresh = tmp_path / "fresh"
    configure(data_dir=fresh)

    with pytest.raises(KeyMissingError):
        restore(tmp_path / "backup.tar")

    bring_key(data, fresh)
    service.prepare_store()
    assert [document.id for document in service.list_documents()] == [document_id]


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(
    data: Path, read_paper: Callable[..., str], tmp_path: Path
) -> None:
    read_paper(PAPERS[0])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "backup.tar").mkdir()

    with pytest.raises(StorageError):
        back_up(tmp_path / "folder" / "backup.tar")

    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["backup.tar"]


def test_documents_in_other_places_are_left_to_their_own_tools(
    data: Path, configure, tmp_path: Path
) -> None:
    configure(store_url="s3://papers/firm")

    with pytest.raises(BackupError, match="own tools"):
        back_up(tmp_path / "backup.tar")
    with pytest.raises(BackupError, match="own tools"):
        restore(tmp_path / "backup.tar")


@pytest.mark.parametrize("revision", ["0004", "0005", "0006"])
def test_what_an_earlier_version_kept_comes_up_whole_and_so_does_its_backup(
    data: Path,
    read_paper: Callable[..., str],
    configure,
    taxai,
    tmp_path: Path,
    revision: str,
) -> None:
    document_id = read_paper(PAPERS[0])
    (first, *_) = service.open_document(document_id).reading.tables
    service.drop_table(document_id, first.id, first.content.seq)
    service.approve(document_id)
    before = what_is_kept(document_id)
    _downgrade(data / "taxai.db", revision)
    back_up(tmp_path / "before.tar")

    upgraded = taxai("migrate")

    assert (upgraded.returncode, upgraded.stderr) == (0, "")
    assert _revision(data / "taxai.db") == own_revision()
    assert what_is_kept(document_id) == before
    in_another_folder(tmp_path / "before.tar", data, configure)
    assert what_is_kept(document_id) == before


def test_a_backup_of_a_newer_version_is_refused(
    data: Path, read_paper: Callable[..., str], configure, tmp_path: Path
) -> None:
    read_paper(PAPERS[0])
    with sqlite3.connect(data / "taxai.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    back_up(tmp_path / "newer.tar")
    configure(data_dir=tmp_path / "fresh")

    with pytest.raises(OtherVersionError):
        restore(tmp_path / "newer.tar")

    assert not (tmp_path / "fresh").exists()


def _downgrade(database: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine(f"sqlite:///{database}").connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def _revision(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
