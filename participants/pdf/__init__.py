"""Børskatalogen as a PDF to hang up: `render.render` makes it, in a process of its own (borsen/pdf/worker.py).

Nothing in here asks the database: what is drawn comes as a `participants.catalogue_print.Printed`.
"""
