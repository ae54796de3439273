"""Two windows that save in the same moment, on each kind of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from papers import INTEREST, paper
from reviewed_fields import Review

from taxai_core import service
from taxai_core.errors import EditConflictError
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


def test_of_edits_of_one_field_in_the_same_moment_one_is_kept_and_the_others_are_told(
    any_database,
) -> None:
    review = Review()

    def save(amount: int) -> bool:
        try:
            service.set_field(review.id, 1, "gross_salary", f"{amount}.00", 0)
        except EditConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as windows:
        kept = list(windows.map(save, [1, 2, 3, 4]))

    assert kept.count(True) == 1
    assert review.value("gross_salary") == f"{kept.index(True) + 1}.00"


def test_edits_of_different_fields_in_the_same_moment_are_all_kept_and_listed(
    any_database,
) -> None:
    review = Review()
    edits = {"employee_name": "Ravi Rao", "employee_pan": "ABCPE9999F", "financial_year": "2021-22"}

    with ThreadPoolExecutor(3) as windows:
        list(windows.map(lambda edit: service.set_field(review.id, 1, *edit, 0), edits.items()))

    assert {name: review.value(name) for name in edits} == edits
    (listed,) = service.list_documents()[0].records
    assert [listed.taxpayer_name, listed.taxpayer_pan, listed.financial_year] == [*edits.values()]
