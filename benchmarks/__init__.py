"""Benchmarks against peers: the same work, side by side in one run, as ratios.

``python -m benchmarks`` prints the table; docs/benchmarks.md says how to read it. Nothing imports this
package.
"""
