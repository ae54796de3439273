"""Health: how each part of TaxAI is, and what to do where one is not well."""

from taxai_core.ui import start_page
from taxai_core.ui.health_list import health_list
from taxai_core.ui.health_trial import token_trial

start_page("Health")

health_list()
token_trial()
