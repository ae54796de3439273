"""The key, and what can be read without it."""

import base64
import os
import shutil
from pathlib import Path

import pytest

from taxai_core.errors import DamagedError, KeyMissingError, WrongKeyError
from taxai_core.store import documents
from taxai_core.store.blobs import Blobs
from taxai_core.store.database import Store, migrate, open_store
from taxai_core.store.vault import KEY_BYTES, Vault

PAPER = b"%PDF-1.7 what the paper says"
OTHER_KEY = base64.b64encode(b"\x01" * KEY_BYTES).decode()


class Place:
    """A data folder with its key beside it, on SQLite."""

    def __init__(self, parent: Path, key: str | None = None) -> None:
        self.folder, self.key_path, self.key = parent / "data", parent / "data.key", key
        self.url = f"sqlite:///{self.folder / 'taxai.db'}"

    def migrate(self) -> None:
        migrate(self.url, self.folder, key=self.key, key_path=self.key_path)

    def open(self) -> Store:
        return open_store(self.url, self.folder, key=self.key, key_path=self.key_path)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    place.migrate()
    documents.add(place.open(), "a.pdf", PAPER, None, "tester")
    return place


def test_the_first_start_makes_a_key_that_only_its_owner_reads(place: Place) -> None:
    assert place.key_path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(place.key_path.read_text())) == KEY_BYTES
    assert place.key_path.parent == place.folder.parent
    assert place.folder.stat().st_mode & 0o777 == 0o700


def test_a_lost_key_is_told_with_its_place_and_never_replaced(place: Place) -> None:
    place.key_path.unlink()

    for use in (place.migrate, place.open):
        with pytest.raises(KeyMissingError, match=r"Put the key\s+file back at .*data\.key"):
            use()

    assert not place.key_path.exists()


def test_a_key_put_back_opens_everything_again(place: Place) -> None:
    saved = place.key_path.read_text()
    place.key_path.unlink()
    with pytest.raises(KeyMissingError):
        place.migrate()

    place.key_path.write_text(saved)
    place.migrate()

    assert [document.name for document in documents.listing(place.open())] == ["a.pdf"]


@pytest.mark.parametrize(
    "text", [OTHER_KEY, "not base64 at all!", base64.b64encode(b"short").decode(), ""]
)
def test_a_wrong_key_file_is_told_by_its_name(place: Place, text: str) -> None:
    place.key_path.write_text(text)

    with pytest.raises(WrongKeyError, match=r"data\.key does not belong to this data folder"):
        place.open()


def test_a_wrong_taxai_key_is_told_by_its_name(place: Place) -> None:
    place.key = OTHER_KEY

    with pytest.raises(WrongKeyError, match="in TAXAI_KEY does not belong"):
        place.open()


def test_a_key_from_the_environment_leaves_no_key_file(tmp_path: Path) -> None:
    place = Place(tmp_path, key=OTHER_KEY)
    place.migrate()

    documents.add(place.open(), "a.pdf", PAPER, None, "tester")

    assert not place.key_path.exists()
    assert [document.name for document in documents.listing(place.open())] == ["a.pdf"]


def test_a_copy_of_the_data_folder_alone_cannot_be_opened(place: Place, tmp_path: Path) -> None:
    thief = Place(tmp_path / "elsewhere")
    shutil.copytree(place.folder, thief.folder)

    with pytest.raises(KeyMissingError):
        thief.open()
    with pytest.raises(KeyMissingError):
        thief.migrate()


def test_what_was_sealed_for_one_place_does_not_open_in_another() -> None:
    vault = Vault(os.urandom(KEY_BYTES))
    sealed = vault.seal(b"12,345.00", "document-1/1/1")

    assert vault.open(sealed, "document-1/1/1") == b"12,345.00"
    with pytest.raises(WrongKeyError):
        vault.open(sealed, "document-2/1/1")


@pytest.mark.parametrize("spot", [0, 20, -1])
def test_a_changed_byte_is_noticed(spot: int) -> None:
    vault = Vault(os.urandom(KEY_BYTES))
    sealed = bytearray(vault.seal(b"12,345.00", "here"))
    sealed[spot] ^= 1

    with pytest.raises(WrongKeyError):
        vault.open(bytes(sealed), "here")


def test_the_same_value_sealed_twice_looks_different() -> None:
    vault = Vault(os.urandom(KEY_BYTES))

    assert vault.seal(b"nil", "here") != vault.seal(b"nil", "here")


def test_a_fingerprint_does_not_tell_which_public_file_it_is() -> None:
    mine, yours = Vault(b"\x01" * KEY_BYTES), Vault(b"\x02" * KEY_BYTES)

    assert mine.fingerprint(PAPER) == mine.fingerprint(PAPER)
    assert mine.fingerprint(PAPER) != yours.fingerprint(PAPER)


def test_a_blob_is_written_whole_and_gone_when_deleted(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs", Vault(os.urandom(KEY_BYTES)))

    blobs.put("d1", "run1/p1.webp", b"first")
    blobs.put("d1", "run1/p1.webp", b"second")

    assert blobs.get("d1", "run1/p1.webp") == b"second"
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["p1.webp"]
    blobs.delete("d1")
    with pytest.raises(DamagedError):
        blobs.get("d1", "run1/p1.webp")


def test_a_wrong_key_stops_the_start_before_anything_is_changed(tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path / 'data' / 'taxai.db'}", tmp_path / "data"
    migrate(url, folder, key=None, key_path=tmp_path / "data.key")
    other = base64.b64encode(os.urandom(KEY_BYTES)).decode()

    with pytest.raises(WrongKeyError, match="TAXAI_KEY"):
        migrate(url, folder, key=other, key_path=tmp_path / "data.key")


def test_a_stored_file_that_was_changed_is_damaged_and_blames_no_key(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs", Vault(os.urandom(KEY_BYTES)))
    blobs.put("d1", "paper.pdf", b"a paper")
    path = tmp_path / "blobs" / "d1" / "paper.pdf"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(DamagedError):
        blobs.get("d1", "paper.pdf")
