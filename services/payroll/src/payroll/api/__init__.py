"""The HTTP door of payroll."""
