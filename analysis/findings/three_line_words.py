"""The words of `analysis.findings.three_lines`, in English and Chinese; a name in braces is a metric."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "{a} {first} → {b} {second}; paired replications: {runs}",
        "title_one": "{title}; replications: {runs}, brackets are 95 % intervals",
        "title_one_run": "{title}; one replication, which says nothing about the uncertainty",
        "head_heard": "Who gets heard",
        "head_fast": "How fast",
        "head_kinds": "  for whom",
        "head_same": "  same needs",
        "head_part": "Who takes part",
        "head_all": "All needs",
        "heard": "of 100 needs, {reported_180d} are reported within 180 days of arising.",
        "fast": (
            "half of all reports are truly solved within {report_to_solution_median}, 90 % within "
            "{report_to_solution_p90}; within 7 working days {solved_7wd_from_report}, within 30 days "
            "{solved_30d_from_report}."
        ),
        "kinds": "Solved within 30 days of the report: {}.",
        "kinds_of": "{} for {}",
        "kind_single": "needs of one organisation ({})",
        "kind_multi": "needs of two or more ({})",
        "kind_60plus": "residents of 60 and over ({})",
        "kind_under60": "residents under 60 ({})",
        "comma": ", ",
        "semicolon": "; ",
        "same": (
            "Needs reported under both, a selected group in which who reports plays no part: {size} days "
            "from report to solution{ends}{word}."
        ),
        "part": (
            "residents of 14 and over who reported {voice}, who contributed or decided {participation}; "
            "merchants that gave something {merchants_delivering}; of what units were asked, delivered "
            "{unit_delivery}."
        ),
        "all_divided": (
            "Reported or not: {difference} days = reporting {reporting} + service {service}. Mean time to a "
            "true solution {first} → {second} days; what is not solved within 180 days counts 180, so that "
            "silence cannot pass for speed."
        ),
        "all_whole": (
            "Reported or not: {difference} days. Mean time to a true solution {first} → {second} days; what "
            "is not solved within 180 days counts 180, so that silence cannot pass for speed. Not divided "
            "into reporting and service, which takes every need, followed for 180 days."
        ),
        "all_undefined": "The mean time to a true solution is not defined under both.",
        "divided": "all needs {difference} days",
        "divided_parts": " = reporting {reporting} + service {service}",
        "one_heard": "Of 100 needs, {reported_180d} are reported within 180 days of arising.",
        "one_fast": (
            "Half of all reports are truly solved within {report_to_solution_median}, 90 % within "
            "{report_to_solution_p90}; within 7 working days {solved_7wd_from_report}, within 30 days "
            "{solved_30d_from_report}."
        ),
        "one_part": (
            "Residents of 14 and over who reported {voice}, who contributed or decided {participation}; "
            "merchants that gave something {merchants_delivering}; of what units were asked, delivered "
            "{unit_delivery}."
        ),
        "one_all": (
            "Reported or not, mean time to a true solution {rmst180}, of which {days_unreported} not yet "
            "reported and {days_in_service} from report to solution. What is not solved within 180 days "
            "counts 180, so that silence cannot pass for speed."
        ),
        "days": " days",
        "hours": " h",
        "share": " %",
        "not_reached": "not reached",
        "never_reached": "a time beyond the run",
        "brackets": " ({})",
        "none_shown": "no difference shown",
        "faster": "faster",
        "slower": "slower",
        "more": "more",
        "fewer": "fewer",
        "longer": "longer",
        "shorter": "shorter",
        "unknown": "NOT KNOWN:",
        "open": "One replication, no finding yet:",
        "size_same": "NO DIFFERENCE SHOWN:",
        "size_more": "MORE under {b}:",
        "size_fewer": "FEWER under {b}:",
        "fast_same": "NO DIFFERENCE SHOWN:",
        "fast_faster": "FASTER under {b}:",
        "fast_slower": "SLOWER under {b}:",
        "fast_tail_slower": "MIXED under {b}, most reports faster, the longest slower:",
        "fast_tail_faster": "MIXED under {b}, most reports slower, the longest faster:",
        "fast_mixed": "MIXED under {b}:",
    },
    "zh": {
        "title": "{a} {first} → {b} {second}；配对重复{runs}次",
        "title_one": "{title}；重复{runs}次，方括号为95%区间",
        "title_one_run": "{title}；仅一次重复，不能说明不确定性",
        "head_heard": "谁被听见",
        "head_fast": "办得多快",
        "head_kinds": "  对谁而言",
        "head_same": "  同一批诉求",
        "head_part": "谁在参与",
        "head_all": "全部诉求",
        "heard": "每100件诉求中，发生后180天内被反映的有{reported_180d}件。",
        "fast": (
            "全部反映中，半数在{report_to_solution_median}内真实解决，九成在{report_to_solution_p90}内；"
            "7个工作日内解决{solved_7wd_from_report}，30天内解决{solved_30d_from_report}。"
        ),
        "kinds": "反映后30天内解决：{}。",
        "kinds_of": "{}：{}",
        "kind_single": "单一单位的诉求（{}）",
        "kind_multi": "需两个以上单位的诉求（{}）",
        "kind_60plus": "60岁以上居民（{}）",
        "kind_under60": "60岁以下居民（{}）",
        "comma": "、",
        "semicolon": "；",
        "same": "两种模式下均反映的诉求（经筛选，但与谁来反映无关），反映至解决相差{size}天{ends}{word}。",
        "part": (
            "14岁以上居民中，反映过问题的{voice}，有贡献或表决的{participation}；"
            "提供过资源的商户{merchants_delivering}；单位兑现所请求的{unit_delivery}。"
        ),
        "all_divided": (
            "无论是否反映：相差{difference}天＝反映环节{reporting}＋办理环节{service}。"
            "平均真实解决时间{first} → {second}天；180天内未解决的按180天计，使沉默不被当作高效。"
        ),
        "all_whole": (
            "无论是否反映：相差{difference}天。平均真实解决时间{first} → {second}天；"
            "180天内未解决的按180天计，使沉默不被当作高效。未拆分为反映与办理两部分：须每件诉求均追踪满180天。"
        ),
        "all_undefined": "平均真实解决时间并非在两种模式下均有定义。",
        "divided": "全部诉求相差{difference}天",
        "divided_parts": "＝反映{reporting}＋办理{service}",
        "one_heard": "每100件诉求中，发生后180天内被反映的有{reported_180d}件。",
        "one_fast": (
            "全部反映中，半数在{report_to_solution_median}内真实解决，九成在{report_to_solution_p90}内；"
            "7个工作日内解决{solved_7wd_from_report}，30天内解决{solved_30d_from_report}。"
        ),
        "one_part": (
            "14岁以上居民中，反映过问题的{voice}，有贡献或表决的{participation}；"
            "提供过资源的商户{merchants_delivering}；单位兑现所请求的{unit_delivery}。"
        ),
        "one_all": (
            "无论是否反映，平均真实解决时间为{rmst180}，其中尚未反映{days_unreported}，"
            "反映至解决{days_in_service}。180天内未解决的按180天计，使沉默不被当作高效。"
        ),
        "days": "天",
        "hours": "小时",
        "share": "%",
        "not_reached": "未达到",
        "never_reached": "超出运行期的时间",
        "brackets": "（{}）",
        "none_shown": "未见差异",
        "faster": "更快",
        "slower": "更慢",
        "more": "更多",
        "fewer": "更少",
        "longer": "更长",
        "shorter": "更短",
        "unknown": "无法判断：",
        "open": "仅一次重复，尚不构成结论：",
        "size_same": "未见差异：",
        "size_more": "{b}更多：",
        "size_fewer": "{b}更少：",
        "fast_same": "未见差异：",
        "fast_faster": "{b}更快：",
        "fast_slower": "{b}更慢：",
        "fast_tail_slower": "{b}多数更快、最久的更慢：",
        "fast_tail_faster": "{b}多数更慢、最久的更快：",
        "fast_mixed": "{b}有快有慢：",
    },
}
