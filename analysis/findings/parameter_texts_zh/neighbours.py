"""Neighbours who help, others than staff who supply, crews, points and a shortage."""

TEXTS = """
mutual_aid.enabled | 邻居可承接适合的小诉求。
mutual_aid.invitation | 邀请谁：其中几人，熟人和最近的优先；或社区里所有活跃的人。
mutual_aid.answer | 应答如何产生：由个人的行动倾向决定，或按志愿者困境。 | 在志愿者困境中（Diekmann 1985），被问到的n人各以概率1 - (c/b)^(1/(n-1))帮忙，无论是谁。
mutual_aid.cost_over_benefit | 志愿者困境中，帮忙的成本与“有人帮忙”对每个人的价值之比。
mutual_aid.reciprocity_factor | 受过帮助的人，其帮忙概率所乘的系数；为1时不起作用。
mutual_aid.offline_ties | 与求助者相熟的邻居会被当面请求，不论他在不在平台上、有没有平台。
mutual_aid.act_probability | 一个行动倾向为平均值的陌生人应一次邀请的概率。 | 上限来自嘉兴：曾经参与的居民只占0.83%。
mutual_aid.invited | 一件诉求邀请的人数。
mutual_aid.tie_factor | 双方相识时概率所乘的系数；为1时不起作用。
mutual_aid.bystander_exponent | 概率随邀请人数下降的指数；为0时不起作用。
mutual_aid.probability_cap | 应答概率的上限。
mutual_aid.delay_days | 帮忙者应答前的平均时间。
mutual_aid.fatigue_halflife_days | 帮忙带来的疲劳减半所需的时间。
mutual_aid.weekly_hours_cap | 一人一周最多付出的小时数。
mutual_aid.unmatched_after_days | 没有人帮忙的诉求过多久转给工作人员。
mutual_aid.max_hours | 交给邻居的诉求最多需要的工时。
mutual_aid.cadre_entry_probability | 没有账号的人的诉求由工作人员代为录入的概率。
first_call.share | 物业公司或业委会可以处理的那几类居民问题中，居民先找它们的比例；为0时不起作用。 | 按问题而不是按人抽定。窗口可即办的问题不在其内；需要其他单位的在其内，因为住户看不出来。
first_call.accept_probability | 基准负荷下，被找到的一方承接自己能单独办的事的概率。 | 与其他单位一样，适用referral.frailty_sd、.load_slope和.load_reference；负荷指其未来一周已承诺出去的比例。
first_call.answer_days | 被找到的一方答复可否所用的工作日。
first_call.begin_within_days | 答复后几个工作日内必须开工，否则当事人转找社区。
first_call.property_company_hours | 物业公司可用于居民来找的小时数，按每万名居民计；没有工时就没有人找它。
first_call.owners_committee_hours | 业委会可用于居民来找的小时数，按每万名居民计；没有工时就没有人找它。
plural.enabled | 物业、业委会、社会组织与企业可承接社区能单独办理的件。
plural.accept_probability | 基准负荷下，承接方接下一件的概率；为0时不起作用。 | 与其他单位一样，适用referral.frailty_sd、.load_slope和.load_reference。
plural.menu | 承接方接哪几类诉求：职权所及的全部；只接上级固定清单上的，即deliberation.topics_above中权重最大的几类；或近来需求最多的几类。 | 行政主导的供给提供固定清单，需求导向的供给提供居民所要的（沈永东，2022）。诉求来自文件时，全部都可承接。
plural.menu_size | 清单上的类别数；等于全部类别数时不起作用。
plural.menu_weeks | 按需求学习的清单隔几周重订一次。
plural.longest_backlog_weeks | 承接方未来这么长的时间都已承诺出去时，不再询问它。
plural.property_company_hours | 物业公司用于办件的小时数，按每万名居民计；为0时不起作用。
plural.owners_committee_hours | 业委会用于办件的小时数，按每万名居民计；为0时不起作用。
plural.social_organisation_hours | 社会组织用于办件的小时数，按每万名居民计；为0时不起作用。
plural.enterprise_hours | 企业用于办件的小时数，按每万名居民计；为0时不起作用。
charity_sale.enabled | 用户拿物品参加定期义卖，所得进入公共资金池。
charity_sale.every_days | 两次义卖之间的时间。
charity_sale.take_part_probability | 一个行动倾向为平均值的活跃用户拿物品参加一次义卖的概率；为0时不起作用。
charity_sale.item_yuan | 一人拿来的物品平均卖得的钱。
charity_sale.hour_yuan | 社会组织帮忙一小时，资金池支付的钱。
charity_sale.service_days | 从资金池下单到得到帮助的时间。
donation.enabled | 社区把具名的困难人员介绍给用户，用户可以捐助。
donation.hardship_share | 成年人中生活困难者所占比例。
donation.appeals_per_year | 为一名困难人员发起求助的次数。
donation.asked_yuan | 一次求助平均所求的金额。
donation.asked_people | 看到一次求助的活跃用户数，最近的优先。
donation.give_probability | 一个行动倾向为平均值的陌生人捐助的概率；为0时不起作用。
donation.gift_yuan | 一笔捐助的金额，或尚缺的余额。
standing_pair.enabled | 有反复出现的需要的人，与愿意上门的邻居结对。
standing_pair.recurring_share | 60岁及以上的人中有反复出现的需要者所占比例。
standing_pair.every_days | 两次上门之间的时间。
standing_pair.visit_hours | 一次上门的时长。
standing_pair.kind_shares | 需要的种类：配药、照料、送餐、跑腿。 | 出自一段危机时期。
standing_pair.commit_probability | 一个行动倾向为平均值的陌生人被问到时愿意结对的概率；为0时不起作用。
standing_pair.life_days | 结对平均持续的时间。
standing_pair.reliability | 结对者如约上门一次的概率。
crews.organisers_per_10k | 每万名居民的组织者人数；为0时不起作用。 | 志愿者若像2022年的宁波那样活跃，约为13人：居民中0.22注册，每人每年1.33次，每场5.5人，每名组织者40场。
crews.events_per_year | 一名组织者平均每年召集的活动数。
crews.events_sigma | 各组织者召集频率的对数标准差；为0时人人一样频繁。
crews.seats_median | 一场活动人数的中位数。
crews.seats_sigma | 一场活动人数的对数标准差；为0时各场人数相同。
crews.newcomer_share | 给从未参加过活动的人的名额比例。 | 队里没有别人可来时也会有新人：两者合计占当地全部名额的0.036和0.048。
crews.visitor_share | 给其他队成员的名额比例。
crews.acts_exponent | 队员此前在本队参与次数的指数；为0时以往参与不计。
crews.memory_days | 队员不再露面后，其权重降到1/e所需的天数；为null时不降。
crews.propensity_exponent | 队员权重中行动倾向的指数；为0时人人相同。
crews.hours | 一场活动占用每名参加者的小时数。
points.enabled | 用户积攒积分并兑换。
points.daily_cap | 一人一天最多能得的积分。 | 微嘉园对每日积分设有上限，这一点见于一个公开的脚本，它一直点击到上限为止。
points.per_active_day | 普通活跃一天所得的积分。
points.per_help | 一次帮忙或捐助所得的积分。
points.redeem_at | 一次兑换物品或服务所用的积分。
points.activity_factor | 兑换之后，流失（变为不活跃）的速率所乘的系数；为1时不起作用。 | 奖励能让人略多保持活跃，这是假设；没有已发表的效应。
points.help_factor | 兑换之后，帮忙概率所乘的系数；为1时不起作用。 | 小于1：奖励会挤掉无偿帮忙的意愿。
points.effect_days | 兑换在多长时间内改变帮忙的意愿。
points.gaming_share | 用程序刷满每日积分的用户所占比例。 | 有人这么做，见于一个针对微嘉园的公开脚本；有多少人，不知道。
shortage.enabled | 发生物资短缺。
shortage.start_day | 短缺的第一天，从时刻0算起：默认预热期之后一个月。
shortage.days | 短缺的长度：其间什么也买不到。
shortage.stock_median | 期初每户存量的中位数。
shortage.stock_sigma | 各户存量的对数标准差。
shortage.use_per_day | 一人一天的用量。
shortage.ask_ahead_days | 一户在用完之前多久求助。
shortage.ask_units | 一次最多求助的数量。
shortage.ask_again_days | 仍然短缺的家庭过多久再次求助。
shortage.asked_holders | 被问到的有余量的家庭数，最近的优先，直到够用为止。
shortage.give_probability | 一个行动倾向为平均值的有余量者愿意匀出的概率；为0时不起作用。 | 上海有65%的人愿意把包裹托付给邻居；人们说的总比做的多。
shortage.reserve_share | 有余量者在自己将要用的之外再留多少，以占自用量的比例计。
"""  # noqa: E501 - an entry stands in one line
