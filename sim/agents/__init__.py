"""The four kinds of agent: for each its decision rules and its Mesa class.

A rule takes numbers and returns a number; the engine and the agent's own method call the same function.
"""
