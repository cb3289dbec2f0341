"""Records to answers: estimands, intervals, comparison, tables, figures and the report.

`analysis` reads data frames (the case ledger, the daily series, the people, the units) and imports nothing of
`sim` or `experiments`. Each finished run is reduced at once to a `Digest` of a few kilobytes, so that a study
never holds more than one ledger in memory::

    digests = {name: [] for name in arms}
    for each replication:
        runs = {name: simulate(...) for name in arms}          # one ledger an arm
        for name, records in runs.items():
            digests[name].append(digest(records))
        pairs.append(paired_cases(*runs.values()))             # two arms only
    comparison = compare_digests(digests, pairs)

=================  ==================================================================================
module             what to call
=================  ==================================================================================
`estimands`        ``estimate(records) -> dict[str, float]``; ``counted(records)``, one function an estimand
`digest`           ``digest(records) -> Digest``: the estimates and the curves of one run
`comparison`       ``compare(records)``, ``compare_digests(digests, pairs)``, ``table(estimates)``,
                   ``compare_tables(tables)``, ``arms(comparison)``
`twins`            ``paired_cases(a, b)``, ``case_differences(a, b)``, ``pair_summary(pairs)``
`summary`          ``summarise(records)``, ``summarise_digests(digests)``
`figures`          ``write_figures(...)``, ``write_break_even(...)``; ``main_figure``, ``forest_figure``,
                   ``participation_figure``, ``workload_figure``, ``break_even_figure``
`report`           ``write_report(path, comparison, figures, manifest, ...)``
`text_table`       ``render(comparison)``, ``render_summary(summary)``: aligned text for a terminal
`wording`          ``answer(comparison)``: the finding as a sentence, English or Chinese
`survival`         ``kaplan_meier``, ``restricted_mean``, ``aalen_johansen``
`clock`            ``WorkingClock``: working days between two times
`metrics`          every metric once: name, unit, group, labels
=================  ==================================================================================

Importing this package loads none of them; `figures` alone needs matplotlib.
"""

from pathlib import Path

from cogov_start import require

require(Path(__file__).resolve().parents[1], ("sim",))
