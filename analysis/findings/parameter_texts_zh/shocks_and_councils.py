"""Shocks from outside, and councils of residents with what they decide."""

TEXTS = """
shocks.rain_per_year | 使排水不畅的市场内涝的降雨次数；为0时不起作用。 | 苍南年降雨量1,768.9毫米；市场内涝过多少次，未见报道。
shocks.rain_season_amplitude | 致涝降雨频率全年余弦波动的幅度。
shocks.rain_peak_day | 致涝降雨最频繁的时候是一年中的第几天（从梅雨到台风）。
shocks.flooded_markets | 有这种市场的社区数，按编号取最前面的。
shocks.flood_merchants | 市场中的商户数（社区商户较少时取其全部）。
shocks.flood_neighbours | 市场旁边看得到内涝的居民人数。
shocks.flood_severity | 内涝的严重程度，以反映率的对数为尺度。
shocks.flood_work_hours | 社区的工时：抽水（占其中的referral.shelved_cost_share）、施工和调解。
shocks.flood_days | 积水自行退去所需的时间。
shocks.flood_accept_probability | 治理该市场所需的单位之一在基准负荷下接受函件的概率；为null时与其他件相同。
shocks.flood_link_effect | 询问者对该单位有职权时，其答复的对数优势的提高；为null时与其他件相同。 | 不理会社区函件的单位，仍可能服从命令。
shocks.loss_per_day | 市场的一家商户被淹一天的损失。
shocks.give_hours | 一家出力的商户为共同解决贡献的量，折合成社区工时；为0时不起作用。 | 出场地、出钱，按所省的工时折算。
shocks.give_intercept | 信任居中、尚无损失时，商户出力概率的对数优势。
shocks.give_trust_weight | 信任从0升到1时，该对数优势的提高。
shocks.give_loss_weight | 到目前为止每损失1,000元，该对数优势的提高。
shocks.mobilisation | 抽走工作人员的专项行动，写作{start_day, days, share}的列表。 | 在工作日先于办件从每人工时中扣除；当天排不下的顺延。
shocks.surges | 诉求激增，写作{start_day, days, factor}的列表。 | 激增的诉求加在其他诉求之上，其他诉求不变；使用诉求文件时，从文件自身的日子中抽取。
deliberation.electorate | 由谁的业主表决：议题首件所在楼栋的，或全社区的。
deliberation.owner_share | 本地户中业主所占比例。
deliberation.owner_share_migrant | 外来户中业主所占比例。
deliberation.area_sigma | 住房面积的对数的标准差。
deliberation.turnout | 事不关己的业主在上门征求时投票的概率。
deliberation.turnout_stake | 看到其中某一件的业主，该概率的提高。
deliberation.yes_above | 意见高于多少时业主投赞成票。
deliberation.quorum | 必须参与表决的业主人数和面积的比例；大于1时什么也定不了。
deliberation.majority | 按哪种多数决定；by_matter：改建、重建（建设类）须达到重大事项的多数。
deliberation.ordinary_majority | 一般事项须超过的、参与表决的业主人数和面积的比例。
deliberation.major_majority | 重大事项须达到的、参与表决的业主人数和面积的比例。
deliberation.budget_per_year | 街道为一个社区各次议事会所决定事项提供的经费；为0时什么也不落实。
deliberation.cost_per_hour | 落实的费用，按该件每小时工作计。
deliberation.mediation_hours | 每落实一件，工作人员调解所用的工时。
deliberation.implementation_days | 落实至少需要的时间。
deliberation.enabled | 定期召开居民议事会。
deliberation.every_weeks | 一个社区两次议事会之间的时间；第一次也隔这么久。
deliberation.weekday | 议事会在星期几，0为星期一。
deliberation.hour | 开始的时刻。
deliberation.hours | 一次议事会的时长。
deliberation.preparation_hours | 准备一次议事会所用的工作人员工时，不含到会。
deliberation.agenda | 议题按民意数据库中的关注程度确定，或由上级选定。
deliberation.topics_above | 由上级选定时，上级给各议题的权重。 | 代表一份专项行动的清单：环境面貌、秩序、停车。
deliberation.topics | 一次议事会议程上的议题数；为0时什么也不决定。
deliberation.weight_mailbox | 居民信箱的权重。
deliberation.weight_web | 网络舆情的权重。
deliberation.weight_petitions | 信访记录的权重。
deliberation.coverage_mailbox | 已注册者未解决的诉求中进入信箱的比例。
deliberation.coverage_web | 声量为平均值的人未解决的诉求中出现在网上的比例。
deliberation.web_loudness | 个人行动倾向和诉求严重程度使其在网上更响的指数；0：各件一样响。
deliberation.web_factor_60plus | 网络对60岁及以上的人的覆盖，相对于其他人的倍数。
deliberation.coverage_petitions | 60岁及以上的人久拖未决的件中最后走到信访的比例。
deliberation.petition_factor_young | 60岁以下的人的同一比例，相对于60岁及以上的倍数。
deliberation.misfiled | 渠道收到的内容中，被归到随机一类的比例；为0时没有差错。
deliberation.stuck_after_days | 反映后多久仍未解决算久拖；搁置件一律算。
deliberation.cases_per_topic | 一个议题汇集的久拖件数，公共的优先。
deliberation.invited | 一次议事会邀请的人数，沿各楼栋均匀邀请，另加上次来过的人。
deliberation.size | 议事席位数；应答晚的人没有座位。
deliberation.attend_probability | 行动倾向为平均值的人应邀到会的概率。
deliberation.attend_cap | 该概率的上限。
deliberation.app_factor | 对已注册者用应用邀请，相对于在信箱里投通知的倍数。
deliberation.motivation_gain | 积极性满分的人到会意愿的相对提高；为0时不起作用。
deliberation.learning | 每参加一次议事会，积极性和议事能力向1靠近的步长；为0时不起作用。 | 小河报告说，居民学会规则后更热心；提高多少没有给出。
deliberation.support_mean | 对一项提议的初始意见的均值。
deliberation.support_width | 初始意见均匀分布的区间宽度。
deliberation.stake | 看到其中某一件的人，其意见的提高。
deliberation.opinion_rule | 每一轮中，人人听所有人的意见（Hegselmann-Krause），或两两交谈（Deffuant）。
deliberation.rounds | 一个议题的交流轮数。
deliberation.confidence | 意见相差多少以内，人们才听得进彼此的话。 | 形式出自已发表的研究（Deffuant等，2000），数值不是。
deliberation.openness | 向听得进的意见靠拢的步长。
deliberation.skill_confidence | 议事能力满分的人，该距离的增大；为0时不起作用。
deliberation.facilitator | 由主持人主持议事会。
deliberation.facilitator_confidence | 有主持人时，人们听得进的距离的增大；为0时不起作用。
deliberation.facilitator_focus | 主持人归并意见，每轮使各人意见向全场均值靠拢的步长；为0时不起作用。
deliberation.facilitator_hours | 主持人为一次议事会付出的志愿工时。
deliberation.outreach | 未到会的业主向议事会意见靠拢的步长，乘以其共识程度；为0时不起作用。
deliberation.tie_probability | 两个陌生人同坐一次议事会后彼此认识的概率；为0时不起作用。
"""  # noqa: E501 - an entry stands in one line
