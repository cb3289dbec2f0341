"""What happens in a community: a folder an idea, each above those it builds on; `moments` is below all."""
