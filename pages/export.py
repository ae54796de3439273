"""Export: the numbers as CSV files."""

import streamlit as st

from taxai_core import service
from taxai_core.service.clients import Wanted
from taxai_core.ui import start_page
from taxai_core.ui.attempt import need
from taxai_core.ui.client_filter import client_filter
from taxai_core.ui.export_tables import contents_table, summary_preview

start_page("Export")

with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    wanted = client_filter(need(service.list_documents))
    unapproved = st.toggle("With documents that nobody has approved yet", key="export-all")
export = wanted.narrow(need(service.choose_export, approved_only=not unapproved))
if unapproved:
    st.warning("This holds values that nobody has approved. Check them before you file anything.")
if not export.items and wanted != Wanted():
    st.info("Of this client and year nothing is approved yet.")
    st.stop()
if not export.items:
    st.info("Nothing is approved yet. Approve documents on the Review page, then come back.")
    st.stop()

header, *rows = export.summary_rows()
with st.container(horizontal=True):
    st.metric("Documents", len(export.items), border=True, width=160)
    st.metric("Fields", len(rows), border=True, width=160)
    st.metric("Tables", export.tables, border=True, width=160)

with st.container(horizontal=True):
    st.download_button(
        "Everything", export.everything_zip, "taxai-export.zip", "application/zip",
        icon=":material/folder_zip:", type="primary", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "summary.csv", export.summary_csv, "summary.csv", "text/csv", on_click="ignore"
    )
    st.download_button(
        "documents.csv", export.documents_csv, "documents.csv", "text/csv", on_click="ignore"
    )
    st.download_button(
        "Tables", export.tables_zip, "tables.zip", "application/zip", on_click="ignore"
    )

if cells := export.neutralised_cells:
    st.caption(
        f"{cells} cells begin like a formula; a leading ' keeps spreadsheets from running them."
    )
contents, preview = st.columns([2, 3])
with contents:
    st.subheader("What is in it", anchor=False)
    contents_table(export)
with preview:
    st.subheader("summary.csv, its first rows", anchor=False)
    summary_preview(header, rows)
