"""What a person can ask TaxAI to do, one verb a function."""

from ..jobs.workplace import has_store, prepare_store
from .alerts import ToldAlerts, alerts
from .asking import Ask, ask_model, ask_of, can_ask, documents_to_ask, need_model
from .documents import (
    OpenDocument,
    approve,
    cancel,
    delete,
    list_documents,
    open_document,
    page_picture,
    reopen,
)
from .download import Export, choose_export, table_csv, table_file_name
from .fields import clear_field, redo, reset_field, set_field, undo
from .find import Place, find_words, page_words
from .grid import letter
from .intake import Accepted, retry, submit
from .limits import Limits, limits
from .records import (
    RecordSummary,
    StoredField,
    StoredRecord,
    document_types,
    fields_in_review_order,
    review_order,
)
from .reread import Reread, Wish, list_rereads, read_again, withdraw_reread
from .resources import Resources, resources
from .state import SystemState, system_state
from .tables import (
    delete_column,
    delete_row,
    drop_table,
    insert_column,
    insert_row,
    mark_header,
    reset_table,
    restore_table,
    save_rows,
)
from .work import Work, count_documents, is_lighter_next, work

__all__ = [
    "Accepted",
    "Ask",
    "Export",
    "Limits",
    "OpenDocument",
    "Place",
    "RecordSummary",
    "Reread",
    "Resources",
    "StoredField",
    "StoredRecord",
    "SystemState",
    "ToldAlerts",
    "Wish",
    "Work",
    "alerts",
    "approve",
    "ask_model",
    "ask_of",
    "can_ask",
    "cancel",
    "choose_export",
    "clear_field",
    "count_documents",
    "delete",
    "delete_column",
    "delete_row",
    "document_types",
    "documents_to_ask",
    "drop_table",
    "fields_in_review_order",
    "find_words",
    "has_store",
    "insert_column",
    "insert_row",
    "is_lighter_next",
    "letter",
    "limits",
    "list_documents",
    "list_rereads",
    "mark_header",
    "need_model",
    "open_document",
    "page_picture",
    "page_words",
    "prepare_store",
    "read_again",
    "redo",
    "reopen",
    "reset_field",
    "reset_table",
    "resources",
    "restore_table",
    "retry",
    "review_order",
    "save_rows",
    "set_field",
    "submit",
    "system_state",
    "table_csv",
    "table_file_name",
    "undo",
    "withdraw_reread",
    "work",
]
