"""Payroll's rules and values: pay packages, pay periods, onboarding pieces, and the profile they make up."""
