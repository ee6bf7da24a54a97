"""Who works here and may do what: people, their sign-in, tokens, grants, API clients, and the agency's settings."""
