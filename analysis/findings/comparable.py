"""What may be compared where ways of governing replay a city's own requests: one verdict from all remarks."""

from collections.abc import Collection

#: Remarks that leave nothing to compare: what differs is then the state of the place, not its governing.
NOTHING = ("no_staff", "idle", "saturated", "backlog", "restless")
#: Remarks that leave the direction of a difference, and not its size.
DIRECTION = ("defaults", "unlike_file")

_TEXTS: dict[str, tuple[str, str]] = {
    "may_compare_nothing": (
        (
            "What may be compared on your requests: nothing yet. Teams that are idle, overrun or not at rest "
            "(above) make scenarios alike, or their times depend on the length of the run; an empty "
            "difference says nothing of ways of governing. Set the staff first."
        ),
        (
            "就贵方诉求可比较的：暂无。人员空闲、超负荷或未达平稳（见上）时，各情景要么彼此相近，要么时间取决"
            "于运行时长；没有差别并不说明治理方式无差别。请先设定人员。"
        ),
    ),
    "may_compare_direction": (
        (
            "What may be compared on your requests: which scenario is ahead, under assumed work (above); not "
            "by how many days or hours. Those are not your city's."
        ),
        (
            "就贵方诉求可比较的：在假定的工作内容之下（见上）哪一情景占先；不可比较相差多少天、多少小时，"
            "这些并非贵市实情。"
        ),
    ),
    "may_compare_differences": (
        (
            "What may be compared on your requests: the differences between the scenarios, as far as hours, "
            "organisations and staff are those of your city."
        ),
        "就贵方诉求可比较的：各情景之间的差值，前提是工时、所需单位数与人员配置符合贵市实情。",
    ),
}


def may_compare(keys: Collection[str]) -> tuple[str, str, str]:
    """Return key, English and Chinese of what may be compared, given the keys of all other remarks."""
    if any(key in NOTHING for key in keys):
        key = "may_compare_nothing"
    elif any(key in DIRECTION for key in keys):
        key = "may_compare_direction"
    else:
        key = "may_compare_differences"
    return (key, *_TEXTS[key])
