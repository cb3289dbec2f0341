"""What groups of needs are called, in English and Chinese: divisions and their levels."""

from analysis.metrics import SOLVER_LABELS

DIVISIONS = {
    "all": ("the whole", "总体"),
    "category": ("category", "类别"),
    "organisations": ("organisations it takes", "所需单位数"),
    "level_needed": ("highest level it takes", "所需最高层级"),
    "community": ("community", "社区"),
    "month": ("month of arising", "发生月份"),
    "age": ("age", "年龄"),
    "tenure": ("tenure", "户籍"),
    "area": ("area", "网格"),
    "channel": ("channel", "渠道"),
    "carried_by": ("who carried it", "承办方"),
    "unit_kind": ("kind of unit", "单位类型"),
}
#: Names of categories in Chinese; one from a request file stays as it is.
CATEGORIES = {
    "market": "市场",
    "utilities": "水电气",
    "housing": "住房",
    "construction": "建设",
    "traffic": "交通",
    "order": "秩序",
    "labour": "劳动",
    "dispute": "纠纷",
    "property": "物业",
}
_LEVELS = {
    "all": ("the whole", "总体"),
    "unknown": ("no category", "无类别"),
    "under60": ("residents under 60", "60岁以下居民"),
    "60plus": ("residents of 60 and over", "60岁以上居民"),
    "merchant": ("merchants", "商户"),
    "no_owner": ("needs of nobody", "无主诉求"),
    "local": ("locals", "本地居民"),
    "migrant": ("migrants", "外来人口"),
    "office": ("at the office", "窗口"),
    "phone": ("by telephone", "电话"),
    "app": ("by app", "应用"),
    "not_reported": ("not reported", "未反映"),
    "nobody_yet": ("not solved, with no supplier", "未解决且无承接方"),
    "community": ("community", "社区"),
    "street": ("street", "街道"),
    "county": ("county", "县区"),
    "bureau": ("bureaus", "职能部门"),
    "utility": ("utilities", "公用事业单位"),
    "property_company": ("property companies", "物业公司"),
    "owners_committee": ("owners' committees", "业委会"),
    "social_organisation": ("social organisations", "社会组织"),
    "enterprise": ("enterprises", "企业"),
}
_NUMBERED = {"area": ("grid {}", "网格{}"), "community": ("community {}", "社区{}")}
_ORGANISATIONS = {
    "1": ("one organisation", "单一单位"),
    "2": ("two organisations", "两个单位"),
    "3+": ("three and more", "三个以上单位"),
}


def division_label(division: str, language: str = "en") -> str:
    """Return what a division is called."""
    return _chosen(DIVISIONS.get(division, (division, division)), language)


def level_label(division: str, level: str, language: str = "en") -> str:
    """Return what a group of a division is called; names from outside stay as they are."""
    if division == "category" and level != "unknown":
        return CATEGORIES.get(level, level) if language == "zh" else level
    if division == "organisations":
        return _chosen(_ORGANISATIONS.get(level, (level, level)), language)
    if division in _NUMBERED and level != "no_owner":
        return _chosen(_NUMBERED[division], language).format(level)
    if division == "carried_by" and level in SOLVER_LABELS:
        return _chosen(SOLVER_LABELS[level], language)
    return _chosen(_LEVELS.get(level, (level, level)), language)


def _chosen(pair: tuple[str, str], language: str) -> str:
    return pair[1 if language == "zh" else 0]
