"""An M/M/c queue in Ciw, with the record of each case that it keeps of its own accord."""

from typing import Any

import ciw


def queue(cases: int, arrival_rate: float, servers: int, service_mean: float, seed: int) -> list[Any]:
    """Serve a number of cases and return their records."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=arrival_rate)],
        service_distributions=[ciw.dists.Exponential(rate=1.0 / service_mean)],
        number_of_servers=[servers],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(cases)
    return list(simulation.get_all_records())


def waits_and_services(records: list[Any]) -> tuple[list[float], list[float]]:
    """Return how long each case waited, and was served."""
    return [one.waiting_time for one in records], [one.service_time for one in records]
