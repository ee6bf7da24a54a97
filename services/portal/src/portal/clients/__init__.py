"""Whom the portal calls: identity, and the services as the signed-in person."""
