"""The report as a PDF: `render.render` makes it, in a process of its own (borsen/pdf/worker.py).

Nothing in here asks the database: what is drawn comes as an `agreements.report.Report`.
"""
