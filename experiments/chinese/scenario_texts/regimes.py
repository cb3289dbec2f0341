"""Ways of governing a community, and platforms in general."""

import itertools

TEXTS = """
administration_led
description | 居民提出，工作人员排队受理，再以转办函在单位之间转办。
evidence | 混合——人员与诉求出自官方统计，转办与接受为假设
header | 行政主导的服务：一切比较的基线。这里没有列出任何改动，因为它就是默认值。
Represents | 一个9,000名居民的大型融合社区。居民到窗口或打电话提出；工作人员排队受理，件逐级上报，以转办函从一个单位转到下一个单位；被拒次数过多就搁置。
Evidence | 混合。地方与人员：官方统计。诉求：热线数字与假设。转办与接受：假设，带区间。`cogov explain KEY`给出每个参数的证据等级与来源。
Assumes | 要填报两个平台，互不打通；同一问题再次反映又要花时间；邻居互助在模型之外。

co_governance
description | 平台受理反映，邻居相互帮忙，各单位坐到一起。
evidence | 假设——各项机制有报道，强度没有测量
header | 数字化多元协同共治：全部机制打开。只列出与administration_led不同之处。
Represents | 同一个社区，另有平台受理、合并并公开反映，按权责清单派单，邻居帮助解决小诉求，每周有召集人召集的联席会商。
Evidence | 假设。有这样的平台和会商，这一点有报道；每一部分起多大作用没有测量。召集人的作用（referral.convener_effect = 1）没有来源：务必与co_governance_equal_acceptance比较，那里为0。
Assumes | 成熟的平台（符合条件的居民有35%注册）。它是要填报的第三个平台，打通一半，使填报负担与基线相同：胜负不由填报决定。
intake.merge_probability | 平台会显示已知的问题；十条反映中有一条漏过（假设）
paperwork.platforms | 工作人员本已填报两个，加上它自己
paperwork.integration | 所选数值使填报占用保持0.26，与基线相同

co_governance_equal_acceptance
description | 召集人不使任何单位更愿意受理的协同共治。
evidence | 基准——把过程与假设的召集人作用分开
header | 各单位的受理意愿不高于基线的协同共治：只看过程。
Represents | co_governance，去掉召集人对单位是否接受的作用。
Evidence | 是基准，不是论断：剩下的差异都不来自假设的意愿。
Assumes | 单位在会商中的答复，与它对转办函的答复遵循同样的规则、负荷与运气。

complaint_box
description | 行政照旧，前面加一个反映问题的应用。
evidence | 假设——这类应用有报道，效果没有测量
header | 数字投诉箱：应用受理反映，后面什么也没有变。
Represents | 居民在应用中反映更方便；此后照旧办理，有重复件、派错和转办函。应用是又一个要填报的平台，没有打通，每件还要再录入一次。
Evidence | 有报道：记者在浙江三个城市几乎每个融合社区的应用中都找到了投诉功能（2022），而问题仍要靠两条腿去解决。它带来多少变化为假设。
Assumes | 35%的居民注册，与co_governance相同；不合并，不公开进度，没有权责清单，没有互助。

closing_on_paper
description | 与基线相同，但工作人员与单位纸面办结的件多出一倍以上。
evidence | 假设——有此现象，见于报道；有多少，不知道
header | 行政主导的服务，工作人员纸面办结的件远多于基线。
Represents | 应付更重的基线：每次决定办结时，一支队伍可以只做最后一段工作的五分之一，就把件销掉；近来要办的越多、离期限越近，越倾向于这样做。没有人核查。
Evidence | 应付随负荷上升，早为人知（Lipsky 1980）。默认负荷下四件中有一件，而不是十件中有一件，是各种弱来源所说的上端。
Assumes | 反映人在时限届满时会看到真相；再次反映就使该件重开。请把hotline_evaluated与本情景比较。

hotline_evaluated
description | 每件办结都回访，各队排名，投诉可能传到上级。
evidence | 部分已发表——制度与官方比率已知，其激励的强度为假设
header | 实行考核的12345热线（接诉即办）：行政回应能力的标杆。
Represents | 如closing_on_paper那样可能纸面办结，但制度要求每次办结后回访，考核期限，每四周给各队排名，投诉可能传到上级。
Evidence | 部分已发表。北京报告，在此制度下解决率从53%升到97%（2019–2024年，官方数字，被考核者与之有利害关系）；上级可能得知时，回复增多（Chen, Pan and Xu 2016）。压力与威慑的强度为假设。
Assumes | 回访占用工作人员的时间：没有另加人员。热线自己的受理台不在其内，权责目录、首接者的计时、退单复核和黄红牌也不在其内：hotline_2019有这些。

hotline_2019
description | 答复慢、退单多；件件回访，退单须复核，2019年1月起打分、发牌。
evidence | 仅为假设——制度已知，三个数按2019年公布的比率拟合
header | 改革之初的北京热线（接诉即办，2019年1月）：每张工单都回访，开始排名。
Represents | 函件两周后才答复，多数被拒；每次办结、每件超期都回访，退单须复核，首接者一直计时。2019年1月起，公布比率最低的得牌。此前除黄红牌外，一切与此后相同。
Evidence | 仅为假设，制度（北京市2021年12月的标准征求意见稿）和2019年1月、10月公布的比率除外，三个数按这些比率拟合（experiments/hotline_path.py）。
Assumes | 答复慢、退单多是选定的，没有测量；黄红牌同样影响接受与答复时间，不影响纸面办结；回访中的回答除满意与否外都属实。四个社区，好有排名；没有季节，好让两个月可比。工作人员不增加。数量是到达热线的数量：物业和店铺先已解决的不计。

iron_soles
description | 工作人员在办件工时内走访网格，发现没有人反映的问题。
evidence | 校准——浙江网格2022年发现和办结的事项；巡查的小时数为假设
header | “铁脚板”：基线，另有工作人员走访网格，发现没有人反映的问题。
Represents | 网格员步行巡查，看到室外坏了的东西，在门口听到人们没有提出的事。巡查时间从办件工时中出。
Evidence | 校准。浙江网格2022年报告人均0.18件事项，办结91%；一小时巡查能发现多少，按前者设定，后者随之为0.88。
Assumes | 每名网格员每周两小时，走访不分年龄，各类问题一样容易发现。在默认人员下，几乎没有余力办理所发现的：巡查越多，发现越多，解决越少。

whistle_call
description | 社区召集一件所涉的单位，它们在几小时内报到。
evidence | 仅为假设——做法有文件可查，效果无从查考
header | 随时召集（吹哨报到）：社区吹哨，该件点到的单位在几小时内报到。
Represents | 基线，但社区可在任何一天把一件所涉的单位召到现场；没有每周会商。哪些件走这条路与会商相同：需要三个单位，或被拒之后需要两个单位。
Evidence | 做法有文件可查，效果无从查考。北京平谷要求各单位30分钟内到场，事情没办完谁也不走（《支部生活》2022年第8期）。
Assumes | 单位在四分之一个工作日内到场，缺席少于每周会商（缺席的对数优势低1）；召集者有威望，背后有县的职权。每召集一件，工时与会商相同：准备、会商、路途，由工作人员和每个单位的一名经办人员承担。召集次数没有上限，只受经办人员可用于会商的工时限制。“没办完谁也不走”不在其内：每一部分照常用它的工作日。

zheli_xingcun_zhishe
description | 行政任务在下到社区工作人员之前先经审核。
evidence | 仅为假设——做法有报道，效果未见报道
header | 减负闸口（浙里兴村治社，绍兴）：上级任务下到社区之前先经审核。
Represents | 行政主导的服务，但下到村和社区的任务都经过一道闸口，按职责清单审核：一部分退回，台账由已有的数据自动填写。
Evidence | 做法有报道（《农民日报》2024-09-12）；没有找到数字上的效果。
Assumes | 退回40%的任务，数据共享免除其余平台一半的负担。

unified_platform
description | 一个入口、数据共享的协同共治。
evidence | 仅为假设——有人提议，没有测量
header | 一个平台上的协同共治：一个入口，数据共享。
Represents | co_governance，面向政府的平台与面向社会的平台合而为一：不再为其他平台填报，按权责清单派单。
Evidence | 一项提议（沈永东，2022），也是浙江公众共治（浙里众治）和上海社区云宣称的目标；效果没有测量。
Assumes | 合并免除其余平台的全部负担：最好的情形。

unintegrated_platforms
description | 工作人员要填报五个互不共享的平台的协同共治。
evidence | 个例——负担见于报道，大小为假设
header | 几个互不相知的平台上的协同共治。
Represents | co_governance，但工作人员要填报五个没有共享数据的平台，每件在每个平台上都要录入。五个中有三个是居民用来反映的应用：一个知道的，另一个看不到。
Evidence | 个例：一名干部对多头报送、重复采集数据的提醒（2022）；新闻报道中有几十个应用，占去社工一天的25%至50%。
Assumes | 第一个平台以外，每个平台占全部时间的0.06，每个平台每件5分钟；各应用受欢迎程度相同。

service_menu_above
description | 工作人员之外的承接方接三类诉求，由上级选定。
evidence | 仅为假设——两种清单的对比是一种论断，两者都没有测量
header | 清单由上级固定的多元供给：行政主导供给的固定菜单。
Represents | administration_led，另有社会组织、物业公司、业委会和企业承接，但只接上级认为重要的三类。
Evidence | 仅为假设。行政主导的供给不再适应个性化需要，是一种论断（沈永东，2022）；没有公布过清单。
Assumes | 建设、秩序和交通，如同专项行动的清单（deliberation.topics_above）；承接方的工时与意愿与多元支撑的各组合相同。请与service_menu_learned比较。

service_menu_learned
description | 工作人员之外的承接方接近来需求最多的三类诉求。
evidence | 仅为假设——两种清单的对比是一种论断，两者都没有测量
header | 按需求的多元供给：清单就是需求最多的。
Represents | service_menu_above，但清单每四周重订：取社区本可独自办理的件来得最多的三类。
Evidence | 仅为假设。服务须跟着需求走，是一种论断（沈永东，2022）。
Assumes | 所要的就是所反映的：没有说出口的需要不在任何清单上。
"""  # noqa: E501 - a text stands in one line

#: The eight cells of three choices, whose files say the same but for these.
_INTEGRATION = {"integrated": "平台打通", "separate": "平台分立"}
_SUPPORT = {"plural": "多元支撑", "staff": "仅社区人员"}
_OPERATOR = {"government": "政府运营", "partner": "伙伴运营"}
_CELL = """
plural/cell_{0}_{1}_{2}
description | 协同共治：{3}、{4}、{5}。
evidence | 仅为假设
header | 平台打通、多元支撑与政府角色2 x 2 x 2组合中的一格：{3}、{4}、{5}。
Represents | co_governance，可能纸面办结，三项选择如下所设。
Evidence | 仅为假设。三项选择有人提议（沈永东，2022）；没有测量过结果。
Assumes | 八格中平台、居民和工作人员都相同；承接方和伙伴的工时另计，记在它们名下。
"""

CELLS = "".join(
    _CELL.format(*names, _INTEGRATION[names[0]], _SUPPORT[names[1]], _OPERATOR[names[2]])
    for names in itertools.product(_INTEGRATION, _SUPPORT, _OPERATOR)
)
