"""The run, its calendar, and the place: communities, people and ties."""

TEXTS = """
name | 情景的名称，用于文件名、列名和图例。
title.en | 英文标题。
title.zh | 中文标题。
description | 情景代表什么。
evidence | 情景有多少证据支持。
warmup_days | 开始计数之前先模拟的天数。
horizon_days | 计入结果的天数。
followup_days | 计数结束后继续模拟的天数，好让已计入的诉求有时间解决。
ledger | 哪些件逐件保留；各项矩始终保留。
ledger_sample_share | ledger为sample时保留的件的比例。
calendar.start_date | 运行的第一天，含预热；时刻0是该日或之前最近一个星期一的00:00。
calendar.round_the_clock | 工作人员全天全周上班（用于与理论核对）。
calendar.working_days_per_week | 每周工作日数，从星期一算起。
calendar.shift_start_hour | 上班的时刻。
calendar.shift_hours | 一班的时长。
calendar.holidays | 法定节假日及调休上班的周末：填china，或一个有date和day两列的CSV文件（day为off或worked）；填none则每周都一样。 | 全年工时仍以staff.hours_year为准：有节假日时，每班的产出略多一些。
calendar.holiday_dates | calendar.holidays所指文件的内容，按顺序写作“日期 off”或“日期 worked”；载入情景时从文件读入，使结果自带这些日期。
county.communities | 一起模拟的社区数。 | 苍南县有171个。
county.residents | 全部社区的居民总数，按规模分摊；为null时等于社区数乘以community.residents。 | 苍南县有843,962人。
county.size_sigma | 合成社区规模的对数标准差；为0时各社区一样大。 | 苍南最大的镇有384,390人，全县843,962人。
county.communities_per_street | 同属一个街道或乡镇的社区数。
community.residents | 一个社区的居民人数。
community.household_size | 平均每户人数。
community.building_residents | 一栋楼（微网格）的居民人数。
community.grid_residents | 一个网格（一名网格员负责的范围）的居民人数。
community.merchants | 店铺和企业数。 | 钟埭社区据报道有店铺1,000多家、企业约400家。
community.migrant_share | 没有本地户籍的居民所占比例。 | 钟埭社区据报道为0.8。
community.share_60plus | 60岁及以上居民所占比例。 | 低于全省普查的比例，因为外来人口更年轻。
community.share_under14 | 14岁以下居民所占比例；他们从不计入参与。
community.extra_inert_residents | 额外加入的居民，谁也看不见他们，他们也没有任何需要；供测试用：加入后结果必须不变。
world.fixed | 各次重复用同样的人和地方，只有诉求与运气不同。
ties.mean_degree | 熟到可以开口求助的邻居的平均人数。 | 上海和西安的调查从“不认识邻居”这一面给出了界限。
ties.local_share | 熟人关系中同住一栋楼的比例。
ties.after_help | 一次帮忙做成后，原本陌生的两人结识的概率。 | 为0时不起作用。
ties.after_meeting | 两个陌生人在活动中碰面之后彼此认识的概率；为0时不起作用。
ties.fading_days | 运行中新结识的关系若不再来往，平均多久淡去；为null时不会淡去。
"""  # noqa: E501 - an entry stands in one line
