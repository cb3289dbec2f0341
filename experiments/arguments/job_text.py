"""What a command line comes to, as YAML: the scenario or scenarios with all their values."""

from collections.abc import Sequence

from experiments.arguments.key_values import name_list, split_words
from experiments.arguments.run_plan import CLUSTER_KEYS
from sim.errors import InputError
from sim.scenario.loading import BASELINE, load_scenario

#: Commands whose scenarios can be shown, and those of each where none is named.
SHOWN = {"run": (BASELINE,), "compare": (BASELINE, "co_governance")}


def job_text(command: str, words: Sequence[str]) -> str:
    """Return the scenarios that the words name, overrides applied, one document each."""
    import yaml

    if command not in SHOWN:
        hint = f"cogov explain scenario=NAME tells what a scenario changes; {command} has no configuration"
        raise InputError("--cfg", "job", f"for {' or '.join(SHOWN)}", hint=hint)
    own, overrides = split_words(
        [word for word in words if word not in ("-m", "--multirun")], ("scenario", "scenarios", *CLUSTER_KEYS)
    )
    key = "scenarios" if command == "compare" else "scenario"
    names = name_list(own.get(key, "")) or SHOWN[command]
    values = [load_scenario(name, overrides).model_dump(mode="json") for name in names]
    return "---\n".join(yaml.safe_dump(one, allow_unicode=True, sort_keys=False) for one in values).rstrip()
