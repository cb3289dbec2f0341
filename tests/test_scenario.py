"""Loading scenarios: names, files, overrides, and who wins."""

import concurrent.futures
import pickle
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten, parameters_by_key
from sim.scenario.loading import load_scenario, scenario_names
from sim.scenario.overrides import compose, parse, written
from tests.each import each

ABOUT = ("name", "title.en", "title.zh", "description", "evidence")


def changes(scenario: Scenario) -> dict[str, object]:
    baseline = flatten(Scenario())
    return {
        key: value for key, value in flatten(scenario).items() if key not in ABOUT and value != baseline[key]
    }


def write(folder: Path, text: str, name: str = "mine.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_baseline_is_the_defaults() -> None:
    assert changes(load_scenario()) == {}
    assert load_scenario().name == "administration_led"


def test_co_governance_changes_these_and_nothing_else() -> None:
    assert changes(load_scenario("co_governance")) == {
        "platform.enabled": True,
        "intake.merge_probability": 0.9,
        "reporting.published_status": True,
        "routing.authority_table": True,
        "paperwork.platforms": 3,
        "paperwork.integration": 0.5,
        "joint_session.enabled": True,
        "mutual_aid.enabled": True,
    }


def test_equal_acceptance_differs_from_co_governance_in_the_convener_alone() -> None:
    full, equal = (
        changes(load_scenario("co_governance")),
        changes(load_scenario("co_governance_equal_acceptance")),
    )
    assert equal == {**full, "referral.convener_effect": 0.0}


def test_paperwork_costs_the_same_in_both_regimes() -> None:
    shares = []
    for name in ("administration_led", "co_governance"):
        paper = load_scenario(name).paperwork
        shares.append(
            paper.base_share + paper.share_per_platform * (paper.platforms - 1) * (1 - paper.integration)
        )
    assert shares[0] == pytest.approx(shares[1])


@each("name", scenario_names())
def test_shipped_scenarios_load_and_are_titled_in_two_languages(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title.en
    assert scenario.title.zh
    assert scenario.description
    assert scenario.evidence


@pytest.mark.parametrize("name", ["verification/queue", "verification/adoption"])
def test_verification_runs_round_the_clock_without_warm_up(name: str) -> None:
    scenario = load_scenario(name)
    assert (scenario.warmup_days, scenario.followup_days) == (0, 0)
    assert scenario.calendar.round_the_clock
    assert scenario.verification.mode == name.split("/")[1]


def test_overrides_beat_the_scenario_and_the_last_wins() -> None:
    scenario = load_scenario("co_governance", ["intake.merge_probability=.1", "intake.merge_probability=.2"])
    assert scenario.intake.merge_probability == 0.2
    assert scenario.platform.enabled


def test_a_file_lists_only_what_differs(tmp_path: Path) -> None:
    file = write(tmp_path, "staff:\n  per_10k: 12\n")
    scenario = load_scenario(file, ["staff.hours_year=1800"])
    assert changes(scenario) == {"staff.per_10k": 12.0, "staff.hours_year": 1800.0}
    assert scenario.name == "mine"


def test_a_file_may_build_on_a_scenario_or_on_a_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "based_on: co_governance\nstaff:\n  per_10k: 12\n", "first.yaml")
    second = write(tmp_path, "based_on: first.yaml\nstaff:\n  hours_year: 1800\n", "second.yaml")
    expected = {**changes(load_scenario("co_governance")), "staff.per_10k": 12.0, "staff.hours_year": 1800.0}
    assert changes(load_scenario(second)) == expected
    assert load_scenario(second).title.en == ""


def test_files_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "based_on: b.yaml\n", "a.yaml")
    with pytest.raises(InputError, match="based_on"):
        load_scenario(write(tmp_path, "based_on: a.yaml\n", "b.yaml"))


REQUESTS = "opened,category\n2024-05-01 08:00,light\n"
MAPPING = "residents: 100\ncolumns: {opened: opened, category: category}\n"


def test_paths_in_a_file_are_meant_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "requests.csv").write_text(REQUESTS, encoding="utf-8")
    (folder / "requests.yaml").write_text(MAPPING, encoding="utf-8")
    file = write(folder, "demand:\n  stream: requests.csv\n")
    monkeypatch.chdir(tmp_path)
    assert load_scenario(file).demand.stream == str((folder / "requests.csv").resolve())


HARD_NAMES = [
    "数据(1).csv",
    "with space.csv",
    "a=b.csv",
    "it's.csv",
    "a,b.csv",
    "{x}.csv",
    "[1].csv",
    "a#b.csv",
    "back\\",
]
#: Inside the user's own quotes the grammar's escapes apply, so names with quotes or backslashes stay out.
QUOTED = [(name, q) for name in HARD_NAMES for q in ("", "'", '"') if not q or not set(name) & set("'\\")]


@each(("name", "quotes"), QUOTED)
def test_paths_are_taken_literally(tmp_path: Path, name: str, quotes: str) -> None:
    path = tmp_path / name
    path.write_text(REQUESTS, encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    words = [f"demand.stream={quotes}{path}{quotes}", f"demand.mapping={tmp_path}/mapping.yaml"]
    assert load_scenario(overrides=words).demand.stream == str(path)


@each("value", ["a\\", "a\\'b", "\\\\", "'", "a'", "\\'", "x\\\\y"])
def test_texts_are_taken_literally(value: str) -> None:
    values = Scenario().model_dump(mode="json")
    assert compose(values, written([f"title.en={value}"]))["title"]["en"] == value


def test_null_means_none_where_there_may_be_none() -> None:
    scenario = load_scenario(overrides=["staff.patience_days=null", "demand.stream=null"])
    assert scenario.staff.patience_days is None
    assert scenario.demand.stream is None


def test_lists_mappings_and_entries_of_mappings() -> None:
    scenario = load_scenario(
        overrides=[
            "trust.standard_days=[3,7,15]",
            "adoption.campaigns=[{start_day: 5, days: 20}]",
            "verification.second_stage.servers=2",
            "demand.category_shares.market=0.247",
            "demand.category_shares.property=0.05",
        ]
    )
    assert scenario.trust.standard_days == (3, 7, 15)
    assert scenario.adoption.campaigns[0].days == 20
    assert scenario.verification.second_stage is not None
    assert scenario.verification.second_stage.servers == 2
    assert scenario.demand.category_shares["market"] == 0.247


def test_a_mapping_of_python_values() -> None:
    text = load_scenario(overrides=["community.residents=500", "demand.work_hours=[1,2,3]", "demand.rate=.5",
                                    "joint_session.enabled=true", "title.en=A, b", "staff.patience_days=null",
                                    "demand.category_shares.market=0.247",
                                    "demand.category_shares.property=0.05",
                                    "verification.second_stage.servers=2"])  # fmt: skip
    flat = {
        "community.residents": np.int64(500),
        "demand.work_hours": np.array([1.0, 2.0, 3.0]),
        "demand.rate": np.float64(0.5),
        "joint_session.enabled": np.True_,
        "title.en": "A, b",
        "staff.patience_days": None,
        "demand.category_shares.market": 0.247,
        "demand.category_shares.property": 0.05,
        "verification.second_stage.servers": 2,
    }
    deep = {
        "community": {"residents": 500},
        "demand": {
            "work_hours": (1, 2, 3),
            "rate": 0.5,
            "category_shares": {"market": 0.247, "property": 0.05},
        },
        "joint_session": {"enabled": True},
        "title": {"en": "A, b"},
        "staff": {"patience_days": None},
        "verification.second_stage.servers": 2,
    }
    assert load_scenario(overrides=flat) == text
    assert load_scenario(overrides=deep) == text
    assert load_scenario(overrides={}) == load_scenario()


def test_an_override_costs_milliseconds() -> None:
    load_scenario(overrides=["demand.rate=1"])
    began = time.process_time()
    for number in range(20):
        load_scenario(overrides=[f"demand.rate={number}"])
    assert (time.process_time() - began) / 20 < 0.1


def test_many_threads_at_once() -> None:
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        rates = list(pool.map(lambda n: load_scenario(overrides=[f"demand.rate={n}"]).demand.rate, range(24)))
    assert rates == list(range(24))


def test_a_callers_own_hydra_is_left_alone() -> None:
    from hydra import compose as hydra_compose
    from hydra import initialize
    from hydra.core.global_hydra import GlobalHydra

    with initialize(version_base=None, config_path=None):
        mine = GlobalHydra.instance().hydra
        load_scenario(overrides=["demand.rate=1"])
        assert GlobalHydra.instance().hydra is mine
        hydra_compose()
    load_scenario(overrides=["demand.rate=1"])
    assert not GlobalHydra.instance().is_initialized()


def test_hydra_is_loaded_only_for_overrides() -> None:
    code = "import sys; from sim.scenario.loading import load_scenario; print('hydra' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[1])  # fmt: skip
    assert done.stdout.strip() == "False"


def test_scenarios_travel_between_processes() -> None:
    scenario = load_scenario("co_governance")
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_every_parameter_can_be_overridden_with_its_own_default() -> None:
    from experiments.arguments.key_values import shown

    texts = [f"{row.key}={shown(row.default)}" for row in parameters_by_key().values() if row.key != "name"]
    assert changes(load_scenario(overrides=texts)) == {}


def test_a_topic_that_had_no_weight_can_be_given_one() -> None:
    weights = ["deliberation.topics_above.labour=.3", "deliberation.topics_above.order=0"]
    scenario = load_scenario("co_governance", weights)
    assert scenario.deliberation.topics_above == {
        "construction": 0.5,
        "traffic": 0.2,
        "order": 0,
        "labour": 0.3,
    }
    with pytest.raises(InputError, match="sum to 1"):
        load_scenario("co_governance", ["deliberation.topics_above={labour: 1}"])
    with pytest.raises(InputError, match="did you mean"):
        load_scenario("co_governance", ["deliberation.topics_above.labor=1"])
    with pytest.raises(InputError):
        load_scenario("co_governance", ["deliberation.topics_above=null"])


@pytest.mark.parametrize(
    "value",
    ["0", "-0", "7", "-12", "999999999999999", "0.5", "-0.0", "12.250", "1.000000000000001", "true", "null"]
    + ["1e3", "007", "+3", "1_000", "1.", ".5", "True", "inf", "a", "0x10", "1234567890123456", " 3"],
)
def test_a_plain_value_is_read_as_the_grammar_reads_it(value: str) -> None:
    (_, read), by_grammar = written([f"staff.per_10k={value}"])[0], parse("staff.per_10k", value).value()
    assert (type(read), repr(read)) == (type(by_grammar), repr(by_grammar))
