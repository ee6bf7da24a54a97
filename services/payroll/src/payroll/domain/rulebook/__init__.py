"""Dated tables of law: each row has the day it holds from, its source and its value."""
