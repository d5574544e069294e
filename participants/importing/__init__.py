"""Participants from a list that somebody keeps in a spreadsheet: read, understood, tried, and then brought in.

The rooms, in the order that a file passes them: reading (with workbook and delimited, in a process of its own),
headings and mapping, rows (with fields, cells, people, splitting, sectors), identity, plan, bringing_in, result.
"""
