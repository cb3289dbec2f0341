"""What a study says about its request file: where every row went, the window, the communities.

Printed before anything is simulated, and written beside the results.
"""

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from experiments.arguments.run_plan import RunPlan
from experiments.chinese.terminal_words import tell
from experiments.output.output_folder import OutputFolder
from experiments.system.language import language
from sim.parameters.scenario import City, Scenario

if TYPE_CHECKING:
    import pandas as pd

    from sim.request_file.loading import RequestStream


def stream_of(plan: RunPlan) -> "RequestStream | None":
    """Return the request file of a study, which all its scenarios share, if there is one."""
    scenario = plan.scenarios[0]
    if scenario.demand.stream is None or scenario.verification.mode != "none":
        return None
    from sim.request_file.loading import cached_stream

    return cached_stream(scenario.demand.stream, scenario.demand.mapping)


def announce(plan: RunPlan) -> None:
    """Print the account of the request file, the window and how residents are shared out."""
    stream = stream_of(plan)
    if stream is not None:
        from analysis.findings.request_file_rows import account_text

        print(account_text(stream, language()))
        print(window_text(plan.scenarios[0], stream))
        shared = (
            "Communities: {}, with {:,} residents shared out in proportion to requests (assumed; "
            "communities.csv)"
        )
        print(tell(shared, len(stream.places), stream.residents), flush=True)


def window_text(scenario: Scenario, stream: "RequestStream") -> str:
    """Return one line that says from when to when a replay runs and counts."""
    if scenario.city.folder is not None:
        from sim.city.tape import city_stream, origin_of

        stream, origin = city_stream(scenario), origin_of(scenario)
        known = int((stream.arisen_at < (origin - stream.start_date).days).sum())
        return tell(
            "Window: day 0 is {} (a Monday), origin {}: {:,} requests are open, {:,} come in {} days; "
            "follow-up {} days",
            stream.start_date,
            origin,
            known,
            len(stream.arisen_at) - known,
            scenario.horizon_days,
            scenario.followup_days,
        )
    last = stream.start_date + timedelta(days=math.floor(stream.arisen_at[-1]))
    return tell(
        "Window: day 0 is {} (a Monday), last request {}; warm-up {}, counted {}, follow-up {} days",
        stream.start_date,
        last,
        scenario.warmup_days,
        scenario.horizon_days,
        scenario.followup_days,
    )


def communities(scenario: Scenario, stream: "RequestStream") -> "pd.DataFrame":
    """Return number, name, residents and requests of each community."""
    import numpy as np
    import pandas as pd

    from sim.world.population import community_sizes

    # A calibrated city has its residents as a number alone; here they are shared out as elsewhere.
    plain = scenario.model_copy(update={"city": City()})
    sizes, names = community_sizes(plain, stream)
    return pd.DataFrame(
        {
            "community": np.arange(len(names)),
            "name": names,
            "residents": sizes,
            "requests": np.bincount(stream.place, minlength=len(names)),
        }
    )


def stream_files(plan: RunPlan) -> list[str]:
    """Return the names of the files that `write_tables` writes."""
    return ["stream_account.csv", "communities.csv"] if stream_of(plan) is not None else []


def write_tables(output: OutputFolder, plan: RunPlan) -> None:
    """Write the account of the file and the table of its communities."""
    stream = stream_of(plan)
    if stream is not None:
        import pandas as pd

        from sim.request_file.loading import account

        table = pd.DataFrame(account(stream), columns=["reason", "rows", "explanation"])
        output.add_table("stream_account.csv", table)
        output.add_table("communities.csv", communities(plan.scenarios[0], stream))


def stream_manifest(plan: RunPlan) -> dict[str, Any]:
    """Return what the manifest says about the request file; empty without one."""
    stream = stream_of(plan)
    if stream is None:
        return {}
    from sim.request_file.loading import account

    table = communities(plan.scenarios[0], stream)
    return {
        "stream": {
            "file": stream.file,
            "mapping": stream.mapping_file,
            "sha256_of_content_and_mapping": stream.digest,
            "start_date": stream.start_date.isoformat(),
            "rows": int(sum(stream.counts.values())),
            "used": len(stream.arisen_at),
            "notes": [str(one) for one in stream.notes],
            "account": {reason: int(rows) for reason, rows, _ in account(stream)},
            "residents": stream.residents,
            "residents_by_community": "in proportion to requests (assumed)",
            "communities": table.to_dict(orient="records"),
        }
    }
