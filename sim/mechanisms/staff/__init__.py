"""Cadres' hours: queues, shifts, visits, calls, absence, embedded cadres."""
