"""Papers as they came in, who may read them, and how long they are kept."""
