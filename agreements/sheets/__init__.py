"""Sheets of paper, A4 and good in black and white: `filled.render` draws agreements (agreements/deeds.py), and
`blank.render` forms to fill in by hand (agreements/blanks.py), both in a process of their own (borsen/pdf/worker.py).

Nothing in here asks the database.
"""
