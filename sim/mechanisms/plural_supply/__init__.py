"""Suppliers beside the staff."""
