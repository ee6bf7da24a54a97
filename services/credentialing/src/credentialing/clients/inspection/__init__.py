"""Looks into a file that nobody trusts yet: a program of its own, that may die of it.

`python -m credentialing.clients.inspection` reads a line of JSON (what the file is, how much of it is lawful) and then
the file, and writes what it found as JSON (`credentialing.domain.documents.inspection`). It opens no file, no
connection and no database, and is bounded in memory and time.
"""
