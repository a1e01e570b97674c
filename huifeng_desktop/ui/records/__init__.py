"""Whole meetings: opened, merged, archived, kept for their term and deleted."""
