"""A calibrated city, and the modes in which the engine is checked against theory."""

TEXTS = """
city.folder | 校准城市的文件夹：其诉求由城市自己的队伍办结；为null时没有这样的城市。 | 填写时必须同时设demand.stream；社区的人、工作人员和单位都不参与。
city.origin | 从哪一天起什么都不知道：届时在办的就是起始积压；为null时取文件夹中训练期结束之日。
city.until | 文件中的诉求截止于哪一天之前；为null时到文件末尾。
city.draw | 后验抽样的序号；为null时等于重复的编号，用完后从头再来。
city.gamma | 队伍负荷在其办结风险率中的指数：0为纯粹的延迟，1为固定能力；为null时逐次按文件夹所述。
city.mobilisation | 城市紧急负荷在紧急诉求办结风险率中的指数，为0时不起作用；为null时逐次按文件夹所述。
city.put_off | 对其他诉求的同一指数，使其推后，为0时不起作用；为null时逐次按文件夹所述。
city.due_effect | 从到期前一个工作日起，风险率的对数的提高，为0时不起作用；为null时逐次按文件夹所述。
city.weekly_noise | 各队每周能力的变异系数所乘的倍数；0：没有波动。
city.staff | 按名称写各队的人员：为训练期的几倍（1.5、2.0），或增加几人（'+2'）；没有写的保持不变。 | 作用由gamma决定：gamma为0时没有作用。写增加几人时，文件夹中须有其人数。
city.staff_from | city.staff从哪一天起生效；为null时从起点算起。
city.merge | 并入另一队的各队名称：负荷相加，工作时间与波动用另一队的。
city.priority | 按名称写各类别的权重；它乘在办结风险率上，也乘在该诉求计入本队负荷的分量上，因此gamma为1时全队办结的总数不变。
city.officers | 按名称写各队逐件办理诉求的经办人数，所用工时为对应文件的work_hours，办完才开始延迟；没有写的队只有延迟。
city.order | 经办人员先办哪一件。 | 仅在写有city.officers时。
city.work | 工作量围绕对应文件所写工时的分布；lognormal：按demand.work_cv。
city.week_hours | 一名经办人员在本队一周工作时间内的工时。
verification.mode | 引擎简化成什么；none：完整模型。
verification.arrival_rate | 泊松到达的速率。
verification.servers | 服务台数，各台相同。
verification.service_distribution | 服务时间的分布。
verification.service_mean | 平均服务时间。
verification.service_cv | 服务时间的变异系数（erlang：阶段数 = 1/cv^2；lognormal）。 | 对exponential（恒为1）和deterministic（恒为0）无效。
verification.priority_shares | 各优先级到达所占比例，第一个最紧急。
verification.patience_mean | 等候者指数分布耐心的均值；为null时一直等下去。
verification.feedback | 服务之后回到队列的概率。
verification.second_stage | 第二阶段{servers, mean}；为null时没有。
verification.population | 扩散中的人数。
verification.p | 创新速率。
verification.q | 模仿速率。
verification.contact_rate | 采用者与人群接触的速率（逻辑斯蒂增长）。
verification.initial | 期初的采用者人数。
verification.network | 谁影响谁。
verification.mean_degree | 随机网络的平均度。
verification.network_file | 网络文件，每行一条边。
"""  # noqa: E501 - an entry stands in one line
