"""Adoption on a graph in Mesa: every agent asks itself every day."""

import math

import mesa
import numpy as np


class Person(mesa.Agent):
    """Somebody who may adopt."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.adopted = False
        self.ties: list[Person] = []

    def step(self) -> None:
        """Adopt with the day's probability."""
        if self.adopted:
            return
        hazard = self.model.p
        if self.ties:
            # A list is faster here than a generator.
            hazard += self.model.q * sum([tie.adopted for tie in self.ties]) / len(self.ties)  # noqa: C419
        if self.model.random.random() < 1.0 - math.exp(-hazard):
            self.adopted = True
            self.model.adopters += 1


class Adoption(mesa.Model):
    """People on a given graph; hazard p + q · (adopted share of ties) a day."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        super().__init__(rng=seed)
        self.p = p
        self.q = q
        self.adopters = 0
        persons = list(Person.create_agents(self, people))
        for a, b in edges.tolist():
            persons[a].ties.append(persons[b])
            persons[b].ties.append(persons[a])

    def step(self) -> None:
        """Let everybody decide once, in random order."""
        self.agents.shuffle_do("step")


def run(model: Adoption, days: int) -> list[int]:
    """Return the number of adopters at the end of each day."""
    adopters = []
    for _ in range(days):
        model.step()
        adopters.append(model.adopters)
    return adopters
