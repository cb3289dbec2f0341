"""What a notebook shows of a scenario and of the records of a run."""

import re
from html.parser import HTMLParser

from sim import load_scenario, simulate


def cells(page: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

    Reader().feed(page)
    return found


def test_a_scenario_shows_what_it_changes() -> None:
    page = load_scenario("co_governance", ["staff.per_10k=12"])._repr_html_()
    told = cells(page)
    assert told[0].startswith("co_governance: Digital multi-party co-governance")
    assert "staff.per_10k" in told
    assert "12.0 persons per 10,000" in told
    assert "18.0" in told
    assert "joint_session.enabled" in told
    (counted,) = [text for text in told if "parameters differ" in text]
    assert int(counted.split()[0]) == page.count("<tr>") - 1
    plain = cells(load_scenario("administration_led")._repr_html_())
    assert "All parameters have their defaults." in plain


def test_a_title_is_no_markup() -> None:
    scenario = load_scenario("administration_led").model_copy(update={"description": "<script>x</script>"})
    assert "<script>" not in scenario._repr_html_()


def test_records_show_how_the_needs_stand() -> None:
    words = ["community.residents=200", "warmup_days=5", "horizon_days=20", "followup_days=5"]
    records = simulate(load_scenario("administration_led", words), seed=1)
    told = cells(records._repr_html_())
    assert told[0] == "Records of administration_led"
    numbers = [int(told[k + 1].replace(",", "")) for k, text in enumerate(told) if text.startswith("needs, ")]
    assert sum(numbers) == len(records.cases)
    assert any(re.match("rows of daily", text) for text in told)
