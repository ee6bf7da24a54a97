"""The database of one service: engine, unit of work, and the tables of the mechanism."""
