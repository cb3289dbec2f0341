"""Help that is organised: patrols, clean-ups, visits, to which the same people come again."""
