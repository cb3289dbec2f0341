"""Suppliers beside the staff: those whom the community asks, those whom residents call first."""
