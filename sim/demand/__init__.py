"""The tape: what goes wrong, when and for whom, fixed before any rule runs."""
