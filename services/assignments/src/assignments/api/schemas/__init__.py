"""Bodies of the requests and answers of assignments."""
