"""Export: the numbers as CSV files."""

import pandas as pd
import streamlit as st

from taxai_core import service
from taxai_core.ui import start_page
from taxai_core.ui.attempt import need

start_page("Export")

unapproved = st.toggle("With documents that nobody has approved yet", key="export-all")
export = need(service.choose_export, approved_only=not unapproved)
if unapproved:
    st.warning("This holds values that nobody has approved. Check them before you file anything.")
if not export.items:
    st.info("Nothing is approved yet. Approve documents on the Review page, then come back.")
    st.stop()

types = pd.Series([item.document.document_type for item in export.items]).value_counts()
with st.container(horizontal=True):
    st.metric("Documents", len(export.items), border=True)
    st.metric("Tables", export.tables, border=True)
    st.metric("Fields", len(export.summary_rows()) - 1, border=True)
    st.metric("Types", ", ".join(f"{kind} {n}" for kind, n in types.items()), border=True)

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
header, *rows = export.summary_rows()
st.subheader("summary.csv, its first rows", anchor=False)
if rows:
    st.dataframe(pd.DataFrame(rows[:20], columns=header), hide_index=True)
else:
    st.caption("No fields yet: this version reads tables. " + ", ".join(header))
