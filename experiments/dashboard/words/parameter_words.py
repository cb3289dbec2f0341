"""Names of the parameters that have a slider.

They are those of `analysis.findings.parameter_names`, so that the page, the report and the terminal call a
parameter by one name. What a parameter means is in `analysis.findings.parameter_texts`.
"""

from analysis.findings.parameter_names import parameter_name, short_names

PARAMETER_WORDS: dict[str, dict[str, str]] = {
    key: {"en": name, "zh": parameter_name(key, "zh")} for key, name in short_names().items()
}
