"""The Export page: only what somebody has approved, unless one asks for the rest."""

from papers import paper
from window import Window, approved, submit, tables_of, to_review

from taxai_core import service

DOWNLOADS = ["Everything", "summary.csv", "documents.csv", "Tables"]


def metrics(window: Window) -> dict[str, str]:
    return {one.label: one.value for one in window.app.metric if one.label != "CPU"}


def downloads(window: Window) -> list[str]:
    return [one.label for one in window.app.get("download_button")]


def test_with_nothing_approved_the_page_says_what_to_do(window: Window) -> None:
    to_review()

    window.open("export")

    assert window.title == "Export"
    assert "Nothing is approved yet. Approve documents on the Review page" in window.text
    assert downloads(window) == []


def test_only_approved_papers_are_in_it(window: Window) -> None:
    approved()
    to_review()
    submit("waits.pdf")

    window.open("export")

    assert metrics(window) == {"Documents": "1", "Fields": "0", "Tables": "1"}
    assert downloads(window) == DOWNLOADS
    assert not window.app.main.warning


def test_the_rest_can_be_had_too_with_a_warning(window: Window) -> None:
    approved()
    to_review()
    submit("waits.pdf")

    window.open("export").app.toggle[0].set_value(True)
    window.draw()

    assert metrics(window)["Documents"] == "2"
    (warning,) = window.app.main.warning
    assert "nobody has approved" in warning.value


def test_a_dropped_table_is_not_counted(window: Window) -> None:
    document = to_review("two.pdf", paper("Two", [["a", "1"], ["b", "2"], ["c", "3"]], pages=2))
    service.drop_table(document.id, tables_of(document)[0].id, 0)
    service.approve(document.id)

    assert metrics(window.open("export"))["Tables"] == "1"


def test_cells_that_a_spreadsheet_would_run_are_told(window: Window) -> None:
    rows = [["Name", "Value"], ["=1+1", "@SUM(A1)"], ["plain", "-1,200.00"]]
    service.approve(to_review("formula.pdf", paper("Formula", rows)).id)

    assert "2 cells begin like a formula" in window.open("export").text
