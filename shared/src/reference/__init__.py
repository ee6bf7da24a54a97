"""Dated public data and pure look-ups: ZIP geography, holidays, minimum wages, federal rates."""
