"""Routes of identity: the management API, OpenID Connect, and the pages of signing in."""
