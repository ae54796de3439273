"""Fictional tax papers in the layouts of many issuers, each with the truth of what it prints."""
