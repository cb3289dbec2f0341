"""Records to answers: estimands, intervals, comparison, tables, figures and the report.

`analysis` reads data frames (the case ledger, the daily series, the people, the units) and imports nothing of
`sim` or `experiments`. Each finished run is reduced at once to a `RunSummary` of a few kilobytes, so that a
study never holds more than one ledger in memory::

    summaries = {name: [] for name in arms}
    for each replication:
        runs = {name: simulate(...) for name in arms}          # one ledger an arm
        for name, records in runs.items():
            summaries[name].append(summarise_run(records))
        pairs.append(paired_cases(*runs.values()))             # two arms only
    comparison = compare_summaries(summaries, pairs)

==============  =====================================================================================
folder          what to call, from the bottom up: a folder imports those above it in this table
==============  =====================================================================================
`metrics`       a module: every metric once, with name, unit, group, labels
`safe_text`     texts of others on a screen or in a spreadsheet: ``visible``, ``to_csv``
`statistics`    ``survival.kaplan_meier``, ``restricted_mean``, ``aalen_johansen``; ``intervals``; indices
`inputs`        ``ledger.counted(records)``; ``working_day_clock.WorkingClock``
`estimates`     ``estimands.estimate(records) -> dict[str, float]``, one function an estimand
`summaries`     ``run_summary.summarise_run(records) -> RunSummary``: the estimates and the curves of one run
`comparison`    ``table.compare(records)``, ``compare_summaries(summaries, pairs)``, ``arms(comparison)``;
                ``twins.paired_cases(a, b)``; ``scenario_summary.summarise(records)``;
                ``by_group.by_group_table(summaries)``: every measure by group, in long form
`validation`    what the model is held against: ``ROWS``, ``judge``, ``table``
`findings`      ``three_lines.first_words(comparison)``, ``who_gains``: what is said; ``text_table.render``;
                ``remarks``: what stands in the way of reading a result
`figures`       ``write_figures(...)``, ``main_figure``, ``forest_figure``, ``break_even_figure``, …
`report`        ``comparison_report.write_report(path, comparison, figures, manifest, ...)``
==============  =====================================================================================

Importing this package loads none of them; `figures` alone needs matplotlib.
"""

from pathlib import Path

from cogov_start import require

require(Path(__file__).resolve().parents[1], ("sim",))
