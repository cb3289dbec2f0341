"""The life of a case: one incident of a need, time standards, trust, closing."""
