"""What crosses a service's wall: events, the catalogue of topics, and the preview call."""
