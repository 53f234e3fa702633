"""Frozen values, addresses, slugs and diagnostics: what every other layer speaks in. Imports nothing of cogen's."""
