"""Names of the parameters that have a slider, and in Chinese also what they mean.

They are those of `analysis.findings.parameter_names`, so that the page, the report and the terminal call a
parameter by one name. English sentences are the schema's own (`sim.parameters.scenario`).
"""

from analysis.findings.parameter_names import parameter_name, sentences_zh, short_names

PARAMETER_WORDS: dict[str, dict[str, str]] = {
    key: {"en": name, "zh": parameter_name(key, "zh"), "zh_text": sentences_zh()[key]}
    for key, name in short_names().items()
}
