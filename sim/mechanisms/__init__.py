"""What happens in a community: a folder for each idea, above those it builds on; `moments` is below all."""
