"""Draws one page of a file that nobody trusts, as a picture: a program of its own, that may die of it.

`python -m credentialing.clients.picturing` reads a line of JSON (what the file is, which page, how wide) and then the
file, and writes a PNG, or nothing where there is no such page. It is bounded as `credentialing.clients.inspection` is.
"""
