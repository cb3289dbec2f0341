"""The residents' platform, its adoption, and trust."""

TEXTS = """
platform.enabled | 居民可注册并在应用中反映。
platform.apps | 居民用来反映的应用个数，受欢迎程度相同。在一个应用中的反映，另一个看不到，除非数据共享（paperwork.integration）；为1时不起作用。 | 记者在三个城市几乎每个社区的应用中都找到了投诉功能。
platform.start_day | 首批社区可以上线的日子，从时刻0算起；为0时不起作用。
platform.rollout_innovation_per_year | 一个社区自发上线的速率；0：全部在第一天上线。
platform.rollout_imitation_per_year | 所有社区都已上线时再增加的速率（Bass）；自发速率为0时没有。
adoption.innovation_per_year | 符合条件的人自发注册的速率。
adoption.imitation_per_year | 一个人的熟人全部注册时再增加的速率。
adoption.initial_registered | 期初已注册者占有能力使用者的比例（成熟平台）。 | 上海报告，推广之初为3.4%。
adoption.initial_active | 期初已注册者中活跃者所占比例。
adoption.contact_probability | 与工作人员接触一次后注册的概率。
adoption.campaigns | 推广活动，写作{start_day, days}的列表。
adoption.campaign_rate_per_day | 推广期间增加的注册速率。
adoption.retention | 变为活跃后30天、90天和180天仍活跃的比例。
adoption.success_factor | 办成一次之后，流失（变为不活跃）的速率所乘的系数；为1时不起作用。
adoption.net_use | 14至59岁居民中上网者所占比例。
adoption.net_use_60plus | 60岁及以上居民中上网者所占比例。
adoption.able | 60岁以下网民中能独立使用政务应用者所占比例。
adoption.able_60plus | 60岁及以上网民中能独立使用政务应用者所占比例。
adoption.verified_share | 应用核验身份时，本地户籍居民能通过的比例；为1时不起作用。
adoption.verified_share_migrants | 没有本地户籍的居民的同一比例：租户须由房东登记；为1时不起作用。
trust.enabled | 信任随经历变化；为false时保持原样。
trust.initial_mean | 期初信任的均值。
trust.initial_sd | 期初信任的标准差。
trust.gain | 一次好的经历之后，信任向1靠近的步长；为0时不起作用。
trust.loss | 一次坏的经历之后，信任向0靠近的步长；为0时不起作用。 | 大于增长的步长：坏消息分量更重（Slovic 1993）。
trust.own_weight | 本人的件的权重。
trust.story_weight | 熟人讲述的经历的权重。
trust.published_weight | 公开的办理进度的权重。
trust.expectation_initial | 期初对办理效果的期望。
trust.expectation_step | 期望向所经历的办理效果靠近的步长。
trust.satisfaction_performance | 满意度中办理效果的系数。 | 模型的形式出自已发表的研究（Van Ryzin 2006），这里的系数为假设。
trust.satisfaction_disconfirmation | 满意度中“办理效果减去期望”的系数。
trust.satisfaction_expectation | 满意度中期望的系数。
trust.standard_days | 需要1个、2个、3个及以上单位时，人们预期多久解决。 | 各地规定在3至30个工作日之间。
"""  # noqa: E501 - an entry stands in one line
