"""The report as a PDF: `render.render` makes it, `worker.render_apart` makes it in a process of its own.

Nothing in here asks the database: what is drawn comes as an `agreements.report.Report`.
"""
