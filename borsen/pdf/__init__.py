"""What every PDF of the product is made with: faces, text, symbols, the document around the pages, and the process that
draws it (`worker.render_apart`).

Nothing in here asks the database.
"""
