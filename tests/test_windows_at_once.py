"""Two windows that save in the same moment, on each kind of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from papers import INTEREST, paper

from taxai_core import service
from taxai_core.jobs import workplace
from taxai_core.settings import get_settings


@pytest.fixture
def any_database(data, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if database_url.startswith("postgresql"):
        monkeypatch.setenv("TAXAI_DATABASE_URL", database_url)
        get_settings.cache_clear()
        workplace.get_store.cache_clear()
        workplace.prepare_store()


def test_edits_of_different_cells_in_the_same_moment_are_all_kept(any_database, read_paper) -> None:
    document_id = read_paper(paper("Interest", INTEREST))
    table = service.open_document(document_id).reading.tables[0]

    def save(row: int) -> None:
        rows = [list(cells) for cells in INTEREST]
        rows[row][1] = f"edit {row}"
        service.save_rows(document_id, table.id, 0, rows)

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(save, [1, 2, 3, 4]))

    cells = service.open_document(document_id).reading.tables[0].content.rows
    assert [row[1] for row in cells[1:]] == ["edit 1", "edit 2", "edit 3", "edit 4"]
