"""Identity's tables, one file for each group; `every` has them all for the migrations."""
