"""What each service of TaxAI uses, and what was counted of it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ..service.resources import ServiceState
from ..sizes import MB
from .words import moment
from .work_tables import ROW_PX, Text, grid_px

Number = st.column_config.NumberColumn


def service_table(services: Sequence[ServiceState]) -> None:
    """One row a service."""
    st.dataframe(
        pd.DataFrame([_row(one) for one in services]),
        key="services",
        hide_index=True,
        row_height=ROW_PX,
        height=grid_px(len(services)),
        column_config={
            "service": Text("Service", width=84),
            "cpu": Number("CPU, cores", format="%.2f", width=80),
            "quota": Number("Quota", format="%.2f", width=56, help="cores that it may use"),
            "memory": Number("Memory, MB", format="localized", width=84),
            "cap": Number("Cap, MB", format="localized", width=72, help="that it may use"),
            "cache": Number("Cache, MB", format="localized", width=76),
            "held": Number(
                "Held back, s", format="%.0f", width=84, help="by its CPU quota, in all"
            ),
            "kills": Number("Kills", format="%d", width=52, help="by the kernel, at its cap"),
            "since": Text("Up since", width=92),
            "id": Text("Id", width=92),
        },
        placeholder="",
        alt="What each service uses",
    )


def _row(one: ServiceState) -> dict[str, Any]:
    usage = one.usage
    return {
        "service": one.name,
        "cpu": usage.cores,
        "quota": usage.quota_cores,
        "memory": usage.memory_bytes // MB,
        "cap": usage.cap_bytes // MB if usage.cap_bytes else None,
        "cache": usage.cache_bytes // MB,
        "held": one.throttled_s,
        "kills": one.oom_kills,
        "since": moment(one.since) if one.since else "",
        "id": one.id,
    }
