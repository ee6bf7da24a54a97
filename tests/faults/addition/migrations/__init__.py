"""Its lineage, beside those of the mechanism and of the services."""
