"""Places, platforms and episodes that are reported, a city of one's own, and checks against theory."""

TEXTS = """
cangnan_embedded_cadres
description | 一个县，各社区有乡镇下沉的干部，带来劳力和职权。
evidence | 混合——人数见于报道；天数、分配和职权的作用为假设
header | 浙江苍南：2022年7月起，乡镇和基层站所的干部下沉到村和社区。
Represents | 一个有171个村和社区、843,962名居民、1,398名下沉干部的县；干部到岗的日子出力，并带来与本乡镇各单位的权责联系。
Evidence | 混合。社区数、居民数和干部数：有报道（《浙江日报》2022-11-30；2020年普查）。每周天数、干部如何分配、其职权起什么作用：假设。
Assumes | 每人每周一天半，平均分配；社区规模在均值上下散开；在这里付出的工时别处不缺（embedded.displaced=true则从乡镇经办人员中扣除）。

zhongdai
description | 一个有20,000名居民、五人中四人为外来人口、1,400家店铺和企业的地方。
evidence | 混合——地方见于报道，其余与administration_led相同
header | 浙江平湖钟埭社区：外来人口和店铺众多的大型融合社区，行政主导。
Represents | administration_led，放在一个比默认大一倍的地方：5平方公里，近20,000名居民，五人中四人户籍在外，店铺1,000多家，企业近400家。
Evidence | 地方见于报道（《浙江日报》2022-11-30）；治理方式是administration_led的。
Assumes | 店铺和企业合计1,400家商户，反映与别处的商户一样多；年龄与人际网络同默认的地方。请与诉求相同的zhongdai_co_governance比较。
community.residents | “近20,000”
community.merchants | 店铺1,000多家，企业近400家
community.migrant_share | 见于报道

zhongdai_co_governance
description | 协同共治，放在一个有20,000名居民、五人中四人为外来人口、1,400家店铺和企业的地方。
evidence | 混合——地方见于报道，各项机制的强度为假设
header | 协同共治下的浙江平湖钟埭社区。
Represents | co_governance，放在情景zhongdai的地方。
Evidence | 地方见于报道（《浙江日报》2022-11-30）；其余与co_governance的假设相同。
Assumes | 与zhongdai和co_governance相同。
community.residents | “近20,000”
community.merchants | 店铺1,000多家，企业近400家
community.migrant_share | 见于报道

weijiayuan
description | 居民应用，有反映、积分、邻里互助、义卖、捐助和结对。
evidence | 仅为假设——有这些事，见于报道；起多大作用，未见报道
header | 微嘉园（嘉兴）：带积分的居民应用，有四种互相帮助的方式。基于administration_led。
Represents | 微信小程序，居民在其中反映、查看办理情况、请邻居帮忙、为资金池义卖、向具名的人捐助，并与帮忙者上门结对。各单位仍以转办函询问：应用是居民这一端，不是召集的权力。
Evidence | 一切强度仅为假设。有报道：四种互助方式；472万居民中累计参与39,000多人（0.83%）；积分有每日上限，并有公开的脚本刷分；4,365个网格（《浙江日报》2022-11-30；嘉兴、嘉善2020年的报道）。没有找到：注册用户、数量、响应时间。
Assumes | 40%注册，其中5%活跃，2%的用户用脚本。要填报的第三个平台，打通一半，使填报负担与基线相同。积分使活跃和互助在兑换后的一个月里提高十分之一。按此假设，一年有3.3%的居民参与（六次运行），是历年累计报道数的四倍：义卖、求助和结对问得太勤，或人们答应得太爽快。

zheli_zhongzhi
description | 微嘉园的后继，与政府一端打通，社区一个接一个采用。
evidence | 仅为假设——计划见于报道，进程未见报道
header | 浙里众治：微嘉园的后继，在全省推广。基于weijiayuan。
Represents | 一个县的八个社区先后上线应用，上线的越多，其余的越快；与政府一端打通，因此反映按权责清单派单，只录入一次。
Evidence | 仅为假设：只找到计划推广这一点（《浙江日报》2022-11-30）。
Assumes | 社区按Bass模型上线（p 0.5，q 3，每年）。会注册的人在本社区上线那天注册。派单和填报从第一天起就是上线后的样子。比较时，请让其他情景也设county.communities=8。

fuchun_zhilian
description | 小区应用，严格核验身份；反映直达负责的一方。
evidence | 仅为假设——功能见于公开代码，使用与效果不得而知
header | 富春智联（杭州富阳）：小区的应用，核验谁住在那里。
Represents | 一家物业科技公司做的小区应用：业主经核验，租户须由业主登记；反映直达负责的一方，常常是物业公司，或一名具名的网格员。
Evidence | 它做什么仅为假设。公开代码中可见：2019年7月的支付宝小程序，有业主和住户核验、访客通行、由具名网格员巡查出租房、短信通知。没有找到数量。
Assumes | 身份核验通过本地户籍者的95%、其他人的一半；能参与的居民有一半参与。又一个系统，与政府的没有打通。反映只有本人看得到。没有积分，没有邻里互助。物业公司可以处理的问题，五件中有两件先找它，比别处多一倍，因为应用就是小区自己的。

shehui_zhiliyun
description | 件在一个后台按权责清单派出。
evidence | 仅为假设——存在见于报道，如何运作没有找到
header | 政府一端的后台（社会治理云，嘉兴）：派单和数据，前面什么也没有。
Represents | 行政主导的服务，件在一个后台合并，按权责清单派出，各部门系统的数据共享。居民照旧反映。
Evidence | 它与微嘉园配套，见于一篇摘要（Shen and Bi）；内部如何运作没有找到。
Assumes | 再次反映有一半被认出是同一件事，平台负担免除一半。

shequ_yun
description | 居民与居委会的一体化入口，3.4%的居民注册。
evidence | 混合——注册数由运营方统计，效果为假设
header | 社区云（上海）：各社区应用的统一入口，推广之初。基于administration_led。
Represents | 架在已有系统之上的一体化平台，注册居民还很少，将在几年里陆续加入；没有组织起来的邻里互助。
Evidence | 混合。已统计：某年九月底836,000名居民注册，占居民的3.4%，每个居委会约138人；到该年底6,077个居委会将全部上线（转载自一份上海日报，未注明年份）。它对受理、派单和填报的作用为假设；没有找到响应时间。
Assumes | “一体化、共享、协同”意味着数据只录入一次，按权责清单派单。用户看到别人反映的程度与其他应用相同。

xiaofa_jingling
description | 认出反映是什么事、交给对口一方的助手。
evidence | 仅为假设——除名称外对该系统一无所知
header | 小法精灵（重庆）：从名称看，是法律咨询与纠纷的助手。假设的情景。
Represents | 应用受理反映，询问是什么事，交给能处理的一方。在模型中就是这种分流：助手认得出的，不会走错。
Evidence | 仅为假设：没有找到该系统本身的任何情况。已知最接近的，是同一城市的网上调解服务，有13,187个调解组织、67,230名调解员，其中5,127人专职。
Assumes | 100件反映中，助手有2件交错地方。它不需要工作人员填表。用的人很少（10%）。调解员此后做什么没有建模：一件纠纷所需的工作与没有它时相同。

red_tea_council
description | 协同共治，另有每月一次的居民议事会，议程由数据形成。
evidence | 约两小时内达成共识，见于报道；到会、意见、经费仅为假设
header | 红茶议事会：协同共治，居民还要议事，业主作决定。
Represents | 杭州拱墅区小河街道。网上信箱、网络舆情和信访记录汇成每个社区的民意数据库；其中最受关注的议题交给有主持人的居民议事会，以短信和二维码邀请；由该楼业主表决；街道经费支付。
Evidence | 《浙江日报》2020-12-02：约两小时内达成共识，归功于主持人。议事会多常成功、花多少、谁来，没有公布：假设，带区间。表决按《中华人民共和国民法典》第278条。
Assumes | 每月一次议事会，两个议题；议事会的决定对本地单位有约束力，对上级单位则与函件一样提出；其余与co_governance相同。

red_tea_council_unanimous
description | 每月一次的居民议事会，其提议须由该楼每位业主签字。
evidence | 仅为假设——报道过一次成功，没有比例
header | 每位业主都须签字的红茶议事会：一栋楼的一票否决。
Represents | red_tea_council，但要求落实之前由该楼全体业主签字。
Evidence | 报道过一栋楼：第一次会后全体业主签字，违章车库被拆除（《浙江日报》，2020-12-02）。多常失败没有报道：仅为假设。
Assumes | 不投票就是不签字。n名业主各以概率p投票、以概率q同意，通过的概率为(pq)的n次方：在一整栋楼里几乎从不通过。

mask_shortage
description | 六周买不到口罩；人们向认识的邻居求助。
evidence | 仅为假设——存量和匀出的意愿从未统计
header | 行政主导服务下的口罩短缺：供mask_aid比较的基线。
Represents | 六周买不到一个口罩。有的家庭多于所需，有的用完了；快用完的人当面向认识的邻居求助。
Evidence | 仅为假设。2020年初有过这样的短缺，这是知道的；家庭存量没有统计。
Assumes | 每户存量的中位数15个，每人四天一个；有余量的人在自己将要用的之外再留一半。

mask_aid
description | 六周买不到口罩；人们既当面求助，也在应用中求助。
evidence | 仅为假设——转让总数见于报道，此外一无所知
header | 口罩援助：同样的短缺，另有应用，快用完的人在其中求助，附近的人匀出。
Represents | 微嘉园的口罩援助：缺口罩的人发布需求，有余量的人匀给附近的人。
Evidence | 一切强度仅为假设。有报道：几周内472万居民中至少转让了60,000个口罩，每10,000人127个（《浙江日报》2022-11-30）。这是核对，不是输入。
Assumes | 40%注册，其中5%活跃。最近的十名有余量的活跃者各以十分之一的概率匀出；仍缺的家庭三天后再求助。请与短缺相同的mask_shortage比较；mutual_aid.offline_ties=false可看应用本身转让了多少。

fenghua_waterlogging
description | 市场逢大雨就涝；社区独自办不了的，以函件求助。
evidence | 仅为假设——事情见于报道，没有数字
header | 市场内涝，行政主导：社区独自解决不了。
Represents | Fenghua社区（苍南灵溪镇）：浙闽两省交界的水产市场逢大雨就涝。根治需要县水务集团（方案）、镇（资金）和社区（施工、调解）。社区以函件求助；上面没有人接手。
Evidence | 有报道：反复内涝，商户和居民受损，社区既不是主管者也没有自己的资源，事情被搁置。苍南的降雨，一年1,768.9毫米，是实测。以下数字全为假设。
Assumes | 一年八场致涝的雨，多在夏季；300家商户；各单位对社区就此事发的函件几乎从不行动（0.5%），再发也一样，且不升级。由对它们有职权的人询问时，几乎总会行动（联系作用6；其他件为0.5）。事情是否被搁置由这些答复而来，并不是写定的。

fenghua_waterlogging_convened
description | 市场内涝，被搁置，直到对各相关方有职权的人把它们召集起来。
evidence | 仅为假设——事情见于报道，没有数字
header | 久被搁置的内涝市场，后来有职权的人开始召集。
Represents | fenghua_waterlogging_convener，按报道的先后：先发函件，事情被搁置；从七月中旬的一天起，各单位被召到现场，搁置的件被重新提起。
Evidence | 事情的经过见于报道，强度未见报道。假设。
Assumes | 与fenghua_waterlogging_convener相同。开始召集的人把搁置的件按诉求发生的先后过一遍，逐件召集其单位。40个社区中有一半在那天之后30天内得到根治，两个到运行结束时仍然内涝。
joint_session.start_day | 从时刻0算起第二年的七月中旬：第一年是预热

fenghua_waterlogging_convener
description | 对各相关单位有职权的人把它们召到市场。
evidence | 仅为假设——事情见于报道，没有数字
header | 内涝的市场，有职权的人把必须行动的单位召到现场。
Represents | fenghua_waterlogging，按报道的结局：商户找到社区；社区书记带县水务集团和镇的干部到市场，专为此事召集；商定新的泵排系统，镇和社区出钱、施工，很快建成。
Evidence | 事情的经过见于报道，强度和天数未见报道。假设。
Assumes | 随时召集：必须行动的单位在四分之一个工作日内到场，召集背后有县的职权；社区自己的函件没有。需要三个单位的件，或被拒之后需要两个单位的件，都这样召集，不只是市场。多快建成，由每个单位那部分的五个工作日及其队列而来；没有为凑合报道的几周而设任何数。40个社区中，从反映起平均27天［21, 33］，其中一半至多21天。召集背后没有职权时，40个市场中有36个到运行结束时仍然内涝，只有街道的职权时为29个。

fenghua_waterlogging_no_links
description | 各单位坐到一起，由对它们没有职权的人召集。
evidence | 仅为假设——只有一则弱报道，说开会没有进展
header | 内涝的市场，召集人对必须行动的单位没有职权。
Represents | fenghua_waterlogging，另有每周联席会商。有人召集所有单位；谁也指挥不了谁。
Evidence | 武汉一个街道据报道连续25周开会，没有进展（来源弱）。假设。
Assumes | 召集人如同在其他件中那样提高接受的优势（召集人作用1），市场的会商与其他件一起排队，每周六件。

fenghua_waterlogging_weekly
description | 各单位每周坐到一起一次，由对它们有职权的人召集。
evidence | 仅为假设——事情见于报道，没有数字
header | 内涝的市场，每周会商，由对必须行动的单位有职权的人召集。
Represents | fenghua_waterlogging_convener，换一种制度：市场与其他件一起排队，等每周六件的会商。这不是报道的情形；它显示排队的代价。
Evidence | 假设。各单位被召集，见于报道；每周一个席位，未见报道。
Assumes | 与fenghua_waterlogging_no_links相同，而召集人对与会各方有县的职权；社区自己的函件没有。40个社区中有一半在促成根治的那次反映之后97天内得到根治，四分之一要177天以上；随时召集时为21和29。

city
description | 城市文件中的诉求，由按该文件校准的队伍办结。
evidence | 城市自己的诉求文件，以它能识别的为限
header | 城市自己的队伍，按其诉求文件校准：某日在办的，和此后来的，由它们办结。
Represents | 城市自己的文件所示的城市（文件夹由cogov calibrate写出）：诉求一立就到所属的队，按其类别、办理天数、队伍和负荷的风险率办结。请设city.folder、demand.stream和demand.mapping；city.origin和city.until说明预测什么。
Evidence | 城市自己的文件，以及后验所说由它识别出的。
Assumes | 对社区不作任何假设：人、工作人员、单位和会商都不参与，在此关闭。没有city.folder，什么也不会办结。
staff.per_10k | 除队伍之外没有别人

city_311
description | 没有社区工作人员；窗口把每件诉求派给部门的作业队。
evidence | 仅为假设——形式是常识，没有一个数出自某个城市
header | 有311热线的城市：没有社区工作人员；诉求从受理台直达各部门的作业队。
Represents | 读过311数据的人所知道的地方。一个号码和一个应用受理诉求；每件立即到负责的部门，由其作业队做完全部工作。没有社区干部，没有干部的填报，没有会商，没有可以拒绝的函件，诉求的进度是公开的。
Evidence | 仅为假设。311热线如何组织是常识；这里没有一个数按某个城市拟合。有城市自己的文件时，请改读该文件：docs/guides/bring-your-own-requests.md以波士顿为例。
Assumes | 每件诉求需要一个部门，十件中有七件由本区的作业队办，其余由全市的队办。受理台不办结任何事，受理不计工时。作业队一半的时间用于诉求。问题种类、频率、人和应用的用户同默认的地方。时限是模型的，不是某个城市的。其中在城市自己的文件里有实测的：时间、种类、部门、地点。
demand.level_given_organisations | 从不由社区自己办
demand.public_share | 街道、路灯、垃圾、树木：人人看得见
intake.merge_probability | 别人的重复反映有一半被识别
staff.per_10k | 完全没有社区工作人员
standards.enabled | 为了计算按时比例
referral.accept_probability | 工单不是函件：没有人拒绝
referral.load_reference | work_days为1时：作业队为一件诉求用四小时
first_call.share | 打的就是热线，此前不找别人

verification/adoption
description | 只有扩散，与精确答案比较。
evidence | 精确理论
header | 引擎作为扩散，与精确结果比较。
Represents | 人群自发采用（速率p），并因模仿采用（速率q乘以采用者比例），按日计。每日采用者在daily.parquet的adopters列。
Evidence | 精确理论（Bass 1969；p = 0且contact_rate大于0时为逻辑斯蒂曲线）。
Assumes | 对社区不作任何假设。在完全网络上人人看得到人人。

verification/burden
description | 给定填报占用时工作人员的负荷，与精确答案比较。
evidence | 精确算术
header | 工作人员负荷的设计计算，与运行中的引擎比较。
Represents | 每件立即反映，由社区工作人员独自办理：每名居民每年0.30件，各需2、5和14小时，比例0.65/0.25/0.10，即每件3.95小时；每10,000名居民18名工作人员，一年1,760小时。负荷 = 件数 × 小时 / 可用小时：填报占20%、35%、50%的时间（paperwork.base_share）时为0.62、0.77、1.00，与居民多少无关。
Evidence | 按基线自身的人员与工作所作的算术；以daily.parquet中staff_hours_demanded除以staff_hours_available测得。
Assumes | 其他单位立即同意，不用时间；此外没有什么占用工作人员的工时。

verification/queue
description | 只有到达和服务，与精确答案比较。
evidence | 精确理论
header | 引擎作为排队系统，与精确结果比较。
Represents | 泊松到达，服务台昼夜不停，其余全部关闭。时间以天计。默认为利用率0.8的M/M/1：平均等候3.2天，平均在系统中4天。
Evidence | 精确理论（Erlang、Pollaczek-Khinchine、Cobham、Jackson、Erlang-A）。
Assumes | 对社区不作任何假设。从空系统开始，从头计数：要看稳态须用长的时段。
"""  # noqa: E501 - a text stands in one line
