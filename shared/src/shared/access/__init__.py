"""Who a token says that somebody is, and whether it is still good."""
