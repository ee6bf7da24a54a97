"""The event backbone: at-least-once transport, effects once per consumer, in order per aggregate."""
