"""What this app tells whoever listens above it."""

from django.dispatch import Signal

# Sent inside the transaction that merges two categories, before the first is deleted, with `category`, `into`, `by` and
# `now`: whoever holds rows of the category moves them.
category_merged = Signal()
