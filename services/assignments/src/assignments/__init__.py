"""The front door: clinicians, facilities, clients, offers, dated terms, the lifecycle and readiness."""
