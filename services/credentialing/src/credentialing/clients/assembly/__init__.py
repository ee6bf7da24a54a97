"""Puts a packet together: a program of its own, since what it opens came from outside.

`python -m credentialing.clients.assembly` reads a line of JSON (which PDFs are wanted, with what on their covers, and
what files follow), then these files one after another; it writes a line of JSON (the size, pages and hash of each PDF,
or which files do not open) and then the PDFs. It opens no file, no connection and no database, is bounded in memory
and time, and gives the same bytes for the same question.
"""
