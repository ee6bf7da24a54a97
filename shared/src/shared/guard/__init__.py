"""What keeps a service whole whoever calls it: how much a request may bring, how often one may ask, safe headers."""
