"""Who takes up the platform, who operates it, and what its points do."""
