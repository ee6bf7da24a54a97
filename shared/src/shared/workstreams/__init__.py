"""How a department tells the house where it stands: its workstream and its work items, kept from one pure value."""
