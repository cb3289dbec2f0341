"""The words of the lives of cases and people, in English and Chinese."""

from analysis.metrics import SOLVER_LABELS
from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "arisen": ("the problem arises", "问题发生"),
    "reported": ("first report{}", "首次反映{}"),
    "found": ("found by {}", "由{}发现"),
    "accepted": ("taken in", "受理"),
    "responded": ("first response", "首次回应"),
    "served": ("work begins", "开始办理"),
    "closed": ("closed on the books", "账面办结"),
    "withdrawn": ("withdrawn", "撤回"),
    "due": ("due by the standard", "服务时限"),
    "solved": ("truly solved, {}", "真实解决，{}"),
    "never_reported": ("nobody reports it", "无人反映"),
    "never_solved": ("not truly solved by the end of the run", "到运行结束仍未真实解决"),
    "day": ("day {:.1f}", "第{:.1f}天"),
    "after": ("+{:.1f} d", "+{:.1f}天"),
    "status": ("stands as: {}", "状态：{}"),
    "hours": (
        "hours: staff {:.1f}, units {:.1f}, volunteers {:.1f}",
        "工时：社区{:.1f}，单位{:.1f}，志愿者{:.1f}",
    ),
    "counts": (
        "handed on {}, sent back {}, reported again {}, reopened {}",
        "流转{}次，退回{}次，重复反映{}次，重开{}次",
    ),
    "need": (
        "{category}; {organisations} organisation(s) needed, level {level}; {hours:.1f} h of work; {kind}",
        "{category}；需{organisations}个单位，层级{level}；工作量{hours:.1f}小时；{kind}",
    ),
    "public": ("seen by others too", "他人也可见"),
    "private": ("seen by its owner alone", "仅本人可见"),
    "by_channel": (" ({})", "（{}）"),
    "channel_office": ("at the office", "窗口"),
    "channel_phone": ("by telephone", "电话"),
    "channel_app": ("in the app", "应用"),
    "found_cadre": ("a cadre on patrol", "巡查干部"),
    "found_courier": ("a courier", "骑手"),
    "found_merchant": ("a merchant before the shop", "门前商户"),
    "status_open": ("open", "在办"),
    "status_solved": ("solved", "已解决"),
    "status_paper_closed": ("closed on paper only", "仅纸面办结"),
    "status_shelved": ("shelved", "搁置"),
    "status_withdrawn": ("withdrawn", "撤回"),
    "status_silent": ("never reported", "未反映"),
    "sooner": ("truly solved {:.1f} days sooner under B than under A", "乙侧比甲侧早{:.1f}天真实解决"),
    "later": ("truly solved {:.1f} days later under B than under A", "乙侧比甲侧晚{:.1f}天真实解决"),
    "same": ("truly solved at the same time under both", "两侧同时真实解决"),
    "only": ("truly solved only under {}", "仅在{}侧真实解决"),
    "neither": ("truly solved under neither", "两侧均未真实解决"),
    "age_60plus": ("60 and over", "60岁以上"),
    "age_adult": ("14 to 59", "14至59岁"),
    "age_under14": ("under 14", "14岁以下"),
    "age_merchant": ("merchant", "商户"),
    "migrant": ("registered elsewhere", "外来人口"),
    "local": ("registered here", "本地户籍"),
    "state_age": ("Age", "年龄"),
    "state_origin": ("Registration", "户籍"),
    "state_trust": ("Trust (0 to 1)", "信任（0至1）"),
    "state_expectation": ("Expected performance (0 to 1)", "期望（0至1）"),
    "state_propensity": ("Propensity to act (mean 1)", "行动倾向（均值1）"),
    "state_platform": ("Platform", "平台"),
    "state_channel": ("Cost of the cheapest channel", "最低反映成本"),
    "state_reports": ("Reports so far", "已反映次数"),
    "state_helps": ("Needs of others helped", "帮助他人次数"),
    "state_ties": ("Ties", "关系人"),
    "platform_none": ("cannot use it alone", "无法独立使用"),
    "platform_able": ("able, not registered", "有能力，未注册"),
    "platform_registered": ("registered", "已注册"),
    "platform_active": ("registered, active", "已注册且活跃"),
    "more": ("and {} more", "另{}人"),
    "watching": ("Open problems this person sees on day {}", "第{}天此人看到的未解决问题"),
    "watching_none": ("None on this day.", "当天没有。"),
    "under14_silent": ("Those under 14 do not report.", "14岁以下不反映。"),
    "own_watch": ("own", "本人"),
    "others_watch": ("somebody else's", "他人"),
    "pace": (
        "Hazard {rate:.4f} a day = {base:g} × propensity {propensity:.2f} × exp(severity {severity:+.2f} "
        "{trust:+.2f} from trust − {cost:.2f} for the channel){learned}{readiness}{published}.",
        "反映强度每天{rate:.4f} = {base:g} × 行动倾向{propensity:.2f} × exp(严重程度{severity:+.2f} "
        "{trust:+.2f}（信任） − {cost:.2f}（渠道成本）){learned}{readiness}{published}。",
    ),
    "learned": (" × {:.3g} for how their own reports ended", " × {:.3g}（本人以往反映的结果）"),
    "readiness": (" × {:.3g} as readiness has faded since", " × {:.3g}（意愿随时间减弱）"),
    "published": (" × {:.3g} since its status is published", " × {:.3g}（进度已公开）"),
    "rings": (
        "Not reported by this person yet: at this pace on day {:.0f}, unless it is solved before.",
        "此人尚未反映：按此强度将在第{:.0f}天反映，除非此前已解决。",
    ),
    "rings_late": (
        "Not reported by this person: at this pace only on day {:.0f}, after the run ends.",
        "此人未反映：按此强度要到第{:.0f}天，超出运行期。",
    ),
    "again": (
        "Reported by this person on day {:.0f}; again on day {:.0f} if still open.",
        "此人已于第{:.0f}天反映；若仍未解决，第{:.0f}天再次反映。",
    ),
    "known_already": ("Known since day {:.0f} from somebody else.", "他人已于第{:.0f}天反映。"),
    "own": ("This person's own problems over the whole run", "此人在整个运行期内的问题"),
    "own_none": ("None.", "无。"),
    "own_reported": ("reported by themselves on day {:.0f}", "本人于第{:.0f}天反映"),
    "own_by_other": ("made known by somebody else on day {:.0f}", "由他人于第{:.0f}天反映"),
    "own_silent_solved": ("solved on day {:.0f} before anybody reported it", "第{:.0f}天在无人反映前已解决"),
    "own_silent": (
        "not reported: the hazard was too low to ring before the run ended",
        "未反映：强度太低，到运行结束仍未触发",
    ),
    "own_solved": ("truly solved on day {:.0f}", "第{:.0f}天真实解决"),
    "own_unsolved": ("not truly solved", "未真实解决"),
}


def sentence(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]


def solver(name: str | None, language: str) -> str:
    """Return who solved a case."""
    return SOLVER_LABELS[name][LANGUAGES.index(language)] if name in SOLVER_LABELS else ""


def known(key: str, language: str, otherwise: str) -> str:
    """Return a piece of text if there is one: labels of a request file have none."""
    return sentence(key, language) if key in _WORDS else otherwise
