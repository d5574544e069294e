"""A whole event as one file (docs/borsfil.md): handed out here, held elsewhere, given back.

Each app names its own tables in its `moving_tables.py`; nothing here knows what a participant or an agreement is.
"""
