"""Needs, their reporting, intake and dispatch."""

TEXTS = """
demand.rate | 每名居民每年遇到的问题数，无论是否反映。 | 在北京和纽约，实际派出的诉求约为0.2件。
demand.merchant_rate | 每家商户每年遇到的问题数。
demand.season_amplitude | 诉求发生率全年正弦波动的幅度。
demand.weekly_cv | 全体社区共有的每周随机波动的变异系数。 | 指诉求发生率的波动；与demand.report_delay_days合用时指反映的波动，实测的正是后者。
demand.local_cv | 每个社区自有的另一层每周波动的变异系数；为0时不起作用。 | 与demand.weekly_cv一样，指诉求或反映的波动。
demand.report_delay_days | 从诉求发生到反映的平均间隔；每周波动据此放大，使反映的离散程度与实测一致；为0时，波动就是诉求自身的离散程度。 | 从诉求到反映，起伏会被抹平。应设为首次反映的平均间隔；它本身不推迟任何事，各情景下都相同。
demand.weekly_correlation | 相邻两周波动的对数之间的相关系数；为0时不起作用。 | 高峰会延续：每周件数的方差仍为m + m²·cv²，每月件数的方差变大。
demand.noticing | 一个人遇到问题的频率随其行动倾向变化的指数γ；为0时不起作用。 | 平均频率不变：每个人的频率∝ θ^γ。
demand.category_shares | 各类诉求所占比例。
demand.organisations_shares | 需要1个、2个、3个及以上单位的诉求所占比例。 | 某县的消防工单：42%需要多个部门。
demand.level_given_organisations | 诉求所需最高层级为社区、街道、县的比例；需要1个、2个、3个单位的各占一行。 | 所选数值使三个层级总体上占0.60、0.28、0.12。
demand.public_share | 受影响的不止当事人一人的诉求所占比例。 | 取在区间的低端：见reporting.base_rate_per_day。
demand.exposure_median | 一件公共诉求影响人数的中位数。 | 反映意愿会消退；人数再多，重复件就会超过实测：见reporting.base_rate_per_day。
demand.exposure_sigma | 受影响人数的对数标准差。
demand.severity_sd | 严重程度的标准差，以反映率的对数为尺度。
demand.urgent_share | 紧急诉求所占比例。
demand.helpable_share | 邻居花几个小时就能帮上的诉求所占比例。
demand.desk_share | 在窗口即可办结的诉求所占比例。
demand.work_hours | 需要1个、2个、3个及以上单位的诉求平均所耗的工作人员工时。 | 三个数要一起按0.5到2的倍数变动。
demand.work_cv | 单位数给定时，工时的变异系数。
demand.stream | 用来代替合成诉求的真实诉求文件；为null时用合成诉求。
demand.mapping | 怎样读取诉求文件各列：一个YAML文件，或随附对应文件的名称。
reporting.base_rate_per_day | 行动倾向为平均值、渠道无成本、信任为0.5的人每日反映的速率（风险率）。 | 与demand.rate、demand.exposure_median和fading_days一起设定，使每名居民每年反映0.20至0.25件、重复件占0.19：符合的是一条脊线，而不是一个点（docs/validation.md）。
reporting.fading_days | 从看到问题算起，反映意愿消退到1/e所需的时间：看到的人最终反映的概率为1 - exp(-反映率×此时间)；为null时不起作用，意愿永不消退。
reporting.seen_again_per_day | 未解决的问题被重新看到的频率（再次发生、变得更糟）：所有看到它的人重新有了反映的意愿；为0时不起作用。
reporting.trust_weight | 信任（与0.5之差）对反映率的对数的作用；为0时不起作用。
reporting.cost_office | 到窗口反映的成本，以反映率的对数计。
reporting.cost_phone | 打电话反映的成本，以反映率的对数计。
reporting.cost_app | 用应用反映的成本，以反映率的对数计。
reporting.phone_share | 60岁以下的人中会打电话反映的比例。
reporting.phone_share_60plus | 60岁及以上的人中会打电话反映的比例。
reporting.repeat_after_days | 同一个人隔多久可以就同一个未解决的问题再次反映。
reporting.published_status | 向所有用户公开反映与办理进度。
reporting.published_factor | 同一问题每公开一条反映，反映率所乘的系数；为1时不起作用。
reporting.learning_weight | 本人上一次反映的结局（解决为1，未解决为−1）对反映率的对数的作用；为0时不起作用。 | 大小出自已发表的研究，形式为假设。
reporting.learning_memory_days | 一个人平均多久忘记自己上一次反映的结局；为null时不起作用，一直记得。 | 已发表的效应指同一账号的再次反映，不论隔了多久；能持续多久没有测量。
reporting.propensity_sigma | 行动倾向的对数标准差（均值为1）。
reporting.sorting_share | 行动倾向的对数的方差中，同一网格居民共有的比例；为0时不起作用。 | 谁住在哪里与谁肯行动有关：取0.05时，各网格之间的差别大致相当于城市各片区之间的差别。
intake.minutes | 受理一件反映所用的工作人员分钟数。
intake.merge_probability | 同一问题再次反映时被识别并合并的概率。 | 有平台时设为0.9。
intake.repeat_recognised | 本人就自己反映过的问题再来询问时被认出的概率，无论有没有平台：认出后即合并；为0时不起作用。 | 热线把这类来电记为对在办工单的催办：工单上有来电号码。
intake.merged_minutes | 受理一件被合并的反映所用的工作人员分钟数。
intake.triage_hours | 再次反映而未合并时，甄别所用的工作人员工时。
intake.revisit_probability | 再次反映而未合并时，整个上门过程重来一遍的概率。
routing.misroute | 派单派错单位、被退回的概率。 | 各地报告从3.9%（宜春）到38%（广西某街道）不等，证据都弱。
routing.authority_table | 按权责清单派单，减少派错。
routing.misroute_with_table | 使用权责清单时派错的概率。
routing.misroute_hours | 派错一次损失的工作人员工时。
"""  # noqa: E501 - an entry stands in one line
