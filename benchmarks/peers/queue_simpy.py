"""An M/M/c queue in SimPy, with one record a case."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import simpy

COLUMNS = ("case_id", "channel", "status", "reported_at", "service_started_at", "closed_at")


def queue(cases: int, arrival_rate: float, servers: int, service_mean: float, seed: int) -> pd.DataFrame:
    """Serve a number of cases and return their records.

    One process a case, one `Resource`, random numbers drawn in bulk, a tuple a case, one frame at the end.
    """
    rng = np.random.default_rng(seed)
    gaps = rng.exponential(1.0 / arrival_rate, cases).tolist()
    services = rng.exponential(service_mean, cases).tolist()
    env = simpy.Environment()
    staff = simpy.Resource(env, capacity=servers)
    records: list[tuple[int, str, str, float, float, float]] = []

    def case(case_id: int, service: float) -> Iterator[simpy.Event]:
        reported_at = env.now
        with staff.request() as turn:
            yield turn
            started_at = env.now
            yield env.timeout(service)
        records.append((case_id, "phone", "solved", reported_at, started_at, env.now))

    def arrivals() -> Iterator[simpy.Event]:
        for case_id in range(cases):
            yield env.timeout(gaps[case_id])
            env.process(case(case_id, services[case_id]))

    env.process(arrivals())
    env.run()
    return pd.DataFrame.from_records(records, columns=list(COLUMNS))
