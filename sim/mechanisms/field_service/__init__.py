"""Staff serve cases: the order of work, visits, closing on paper, what the end of a service leads to."""
