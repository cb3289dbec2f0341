"""A made-up hotline's file with persons in it, in Chinese or with English headings; the same rows in both."""

import csv
import io
import random
from datetime import datetime, timedelta

CHINESE = ("工单编号", "受理时间", "办结时间", "诉求类别", "承办单位", "联系电话", "诉求人", "来源")
ENGLISH = (
    "Case number", "Opened at", "Closed at", "Request category", "Department", "Telephone",
    "Caller name", "Channel",
)  # fmt: skip
#: Category, unit, weight, days until closing on average.
MATTERS = (
    ("路灯不亮", "供电所", 5, 3.0),
    ("道路坑洼", "市政所", 4, 6.0),
    ("垃圾清运", "环卫所", 6, 1.5),
    ("违章搭建", "综合执法队", 2, 14.0),
    ("噪音扰民", "综合执法队", 3, 4.0),
    ("占道经营", "综合执法队", 3, 2.0),
)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", ("建国", "秀英", "志强", "丽娟", "晓东", "玉兰")
FIRST = datetime(2025, 1, 6)


def made_file(rows: int = 500, english: bool = False, seed: int = 5) -> str:
    """A CSV of so many rows over 26 weeks: one number twice, one time that is none, some still open."""
    luck = random.Random(seed)
    days = 182.0
    opened = sorted(luck.uniform(0, days) for _ in range(rows))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(ENGLISH if english else CHINESE)
    for number, day in enumerate(opened):
        matter, unit, _, mean = luck.choices(MATTERS, [weight for _, _, weight, _ in MATTERS])[0]
        begun = FIRST + timedelta(days=int(day), hours=luck.uniform(8, 20))
        closed = begun + timedelta(days=luck.expovariate(1 / mean), hours=1)
        at = begun.strftime("%Y-%m-%d %H:%M")
        done = closed.strftime("%Y-%m-%d %H:%M") if closed < FIRST + timedelta(days=days) else ""
        table.writerow(
            [
                f"T{max(0, number - (number == 7)):05d}",
                "昨天上午" if number == 11 else at,
                done,
                matter,
                unit,
                phone(number),
                person(luck),
                luck.choice(["12345热线", "微信小程序", "来访"]),
            ]
        )
    return text.getvalue()


def phone(number: int) -> str:
    return f"139{70000000 + 7919 * number:08d}"


def person(luck: random.Random) -> str:
    return luck.choice(_SURNAMES) + luck.choice(_GIVEN)


def persons() -> list[str]:
    """What of persons is in the file, for a search that must find none of it elsewhere."""
    return [phone(0), phone(42), phone(499), *(a + b for a in _SURNAMES for b in _GIVEN)]
