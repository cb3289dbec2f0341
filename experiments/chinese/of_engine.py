"""Chinese of what `cogov explain events` and `cogov explain draws` say: events, moments, questions drawn."""

import functools
import re

_NUMBERS = re.compile(r"[\d, ]+")
_EVENTS = """
SERVER_FREE|一名工作人员或经办人员做完一段工作，转向下一件
SHIFT|一班开始：空闲的人转向等候的件
INTAKE|受理一件：在窗口即时答复，或转交下去
HELPED|一位邻居或商户满足了诉求
UNMATCHED|没有人及时帮忙：该件走普通途径
ROUTE|派错的件被退回，重新派出
TAKE_OVER|空闲的工作人员到同事的队列中找等候的件
RENEGE|耐心耗尽：仍在等候的件被撤回
ASK|发出下一封转办函，或再次询问曾拒绝的单位
JOIN|一件列入联席会商的名单
SESSION|每周会商：各单位一起被询问
REPORT|某位看到问题的人的时钟响起：诉求被反映，或再次反映
DUE|预期时间已过：未解决的件算未办成
CHASE|工作人员催办一件搁置件，每次按一个月的工时
ADOPT|一个人在平台上注册
LAPSE|一段活跃期结束
CAMPAIGN|推广活动开始或结束
SUPPLY|承接方办完一件
TIE_END|运行中结识的关系若未再来往就淡去
LAUNCH|平台在一个社区上线
REDEEM|一个人兑换积分
SALE|一次义卖的所得进入资金池
APPEAL|请人们向一名困难人员捐助
VISIT|结对者到了上门的时候
SHORT|一户的物资即将用完
DRAIN|积水自行退去
INCIDENT|内涝的件已解决、搁置或重开：等它的各件随之变动
MOBILISE|抽走工作人员的专项行动中的一天
ANSWER|单位答复函件
EXTEND|可以申请延期
DUTY|一班结束：值守岗位转向紧急件
COUNCIL|一次议事会：议程、邀请、讨论、表决
CARRIED|决定得到落实，或一周后再看
PATROL|一个社区的网格员到了当天巡查的时候
FOUND|巡查或骑手碰上一个问题：若还没有人反映，就立件
CALL_BACK|办结之后回访反映人；未解决的重开
COUNTERSIGNED|政府已会签：伙伴的件转到单位
CONVENE|有人开始召集：把下一件搁置件叫来
MENU|承接方的清单改为近来需求最多的几类
SEEN_AGAIN|未解决的问题被重新看到，反映的意愿重新开始
CREW|组织者的一场活动举行：名额坐满
GATHER|为一件召集的单位到齐，或有缺席
CALLS|一周的召集开始：为等候的件召集单位
FORGET|一个人忘记自己某次反映的结局
REVIEW|一次退单复核完毕：维持退单，或由该单位办理
FIRST_CALL|物业公司或业委会答复先来找它的人
PASSED_ON|先找的一方拒绝或没有开工：由社区受理
SHOP_FRONT|商户着手店铺门前的问题：自行处理，或反映
CITY_CLOSES|校准城市的一支队伍办结某一路的下一件诉求
CITY_AGES|诉求到达所属队伍，或其办理天数进入下一档
CITY_DUE|校准城市的一件诉求离到期还有一个工作日
CITY_AT_ONCE|校准城市的一件诉求当即办结
CITY_WORKED|校准城市的一名经办人员办完一件诉求的工作
"""

_MOMENTS = """
run_begins|时刻0：把已知将要发生的事排上日程。
day_ends|一天的最后一个事件已过，每日序列已保存。
need_arisen|诉求已发生，还没有人说出来。
need_made_known|诉求首次或再次被反映，或被发现。
need_gone|一件诉求再没有什么可反映：已解决，或积水已退。
case_taken_in|一件新来或再来，等候查看。
case_looked_into|工作人员第一次到过现场，知道需要什么；其他单位须办自己那部分。
field_work_done|需要其他单位参与的件，工作人员已办完自己那部分。
unit_work_done|单位的一名经办人员空出来；`job`是刚办完的那部分，不是我们的则为负。
officer_comes|一班开始：单位中空闲的经办人员转向等候的件。
readiness_changed|一个人从此以另一速率反映，为此前的`factor`倍。
report_ended|反映诉求`n`的人得知其结局（就目前而言）：1为真实解决，−1为未解决。
person_registered|一个人在平台上注册了。
"""

_CONDITIONS = """
same spell|仍是同一轮
intake|受理中
helper|等人帮忙
referral|转办中
shelf|搁置中
routing|派单中
session|会商中
first|先找的一方处理中
"""

_QUESTIONS = """
WORLD_PERSON|每个人的特征
WORLD_TIE|谁与谁相熟
WORLD_UNIT|每个单位的本职负荷
DEMAND_WEEK|全体社区的每周波动
NEED_TIME|诉求何时发生
NEED_ATTRIBUTE|诉求是什么样的
NEED_UNIT|需要哪些单位
REPORT|何时反映
MISROUTE|是否派错
ACCEPT|单位是否接受
FRAILTY|单位对该件的意愿
WORK|工作量多少
ABSENCE|单位是否缺席会商
TAKE_OVER|何时接手同事的件
PATIENCE|能等多久
REVISIT|是否重新上门
MERGE|再次反映是否合并
HELP|是否帮忙、何时应答
TIE_MADE|帮忙之后是否结识
CADRE_ENTRY|工作人员是否代录
ADOPT|何时注册
LAPSE|何时不再活跃
CONTACT|接触后是否注册
STREAM_OWNER|文件中的诉求归谁
FEEDBACK|是否回到队列
PAPER|是否纸面办结
CALL_BACK|是否回访
APP|用哪个应用
PATROL|何时被巡查发现
COURIER|何时被骑手发现
COMMUNITY_SIZE|社区有多大
ATTENDANCE|是否到会
OPINION|初始意见
DWELLING|住房与业主
CHANNEL|渠道是否听到、归到哪里
VOTE|是否投票
INVITE|邀请谁
COUNCIL_TIE|同会之后是否结识
EXCHANGE_PERSON|互助、捐助与结对所用的个人特征
HOUSEHOLD_STOCK|家庭存量
GIVE_GOODS|是否匀出物资
APPEAL_MADE|何时求助、金额多少
GIVE_MONEY|是否捐助或参加义卖
PAIRING|是否结对、持续多久、是否如约
TIE_LIFE|关系何时淡去、碰面后是否结识
ROLLOUT|平台何时上线
ANSWER|单位多久答复
CADRE_AWAY|工作人员是否缺勤
EXTENSION|是否申请延期
SKILL|是否需要专门技能
TWO_PERSON|是否须两人上门
RAIN|何时下致涝的雨
MERCHANT_GIVES|商户是否出力
SURGE|激增的诉求
SEEN_AGAIN|何时被重新看到
REPORT_ANEW|重新看到后何时反映
CREW_CALL|组织者何时召集、多少名额
CREW_SEAT|名额给谁
CREW_LINE|队员的先后
CREW_NEWCOMER|哪位新人
CREW_VISITOR|哪位外队成员
WORLD_GRID|网格共有的行动倾向
DEMAND_LOCAL|单个社区的每周波动
FORGET|何时忘记
REVIEW|复核结果
ANSWERS|是否接听回访
SAYS|回访中怎么说
OVERDUE|超期件是否回访
FIRST_CALL|是否先找物业或业委会
SHOP_FRONT|是否在店铺门前
MEND|商户是否自行处理
FRONT_REPORT|商户是否反映
CITY_CASE|校准城市中一件诉求的各项
CITY_WEEK|校准城市中队伍的每周波动
"""

_ABOUT = """
0 heard, 1 filed where|0为是否听到，1为归到哪里
0 how many, 1 like whom, 2 when|0为多少件，1为像谁的，2为何时
0 team, 1 at once, 2 never, 3 threshold, 4 minutes, 5 order, 6 work|0为队伍，1为当即，2为永不，3为门槛，4为分钟，5为先后，6为工作量
0, 0: time to the next event|0, 0：到下一场的时间
0, ordinal|0, 序号
0, rain ordinal|0, 降雨序号
0, row|0, 行
1, 0: its seats|1, 0：名额数
2, 0: pace of calling|2, 0：召集的频率
2·appeal interval, +1 amount|2·求助次序为间隔，+1为金额
2·sale whether, +1 worth|2·义卖次序为是否参加，+1为所值
2·spell answer, +1 delay|2·轮次为应答，+1为耽搁
asker's household, 0|求助者家庭, 0
attribute|特征
cadre or community|工作人员或社区
cadre within it|其中的工作人员
calendar slot (day)|日历中的位置（日）
call|回访
channel|渠道
closing|办结
closing attempt|第几次办结
community|社区
community, 0|社区, 0
community, household|社区, 家庭
community, row|社区, 行
day on which they meet|碰面的日子
day or week|日或周
day, number in the day|日, 当日第几件
event|活动
giver|捐助者
giver's head|匀出者户主
grid, 0|网格, 0
helper|帮忙者
higher, 0|编号较大者, 0
higher, 1|编号较大者, 1
leg|其中一部分
lessons learned|已得的经验数
look|第几次查看
lower of the two|两人中编号较小者
member, 0|队员, 0
merchant|商户
need|诉求
observer|看到者
organisation|单位
organiser|组织者
pair: how long it lasts|结对：持续多久
pass|第几遍
person|人
person in hardship|困难人员
person in hardship, 0|困难人员, 0
person, 0|人, 0
recipient, 0|受助者, 0
recipient, 1|受助者, 1
recipient, 2|受助者, 2
renewals of the tie|关系更新次数
report ordinal|第几次反映
resident|居民
routing step|派单的步骤
seat, 0: to whom it goes|名额, 0：给谁
seat, 1: if nobody of the crew is left|名额, 1：队里没有人时
seat, try|名额, 第几次尝试
sessions called|召集过的会商数
spell|轮次
start of its clock|开始计时的时刻
team|队伍
that person's appeal|此人的求助
the asker's request|求助者的请求
tie ordinal, ×4|关系序号，×4
time seen|第几次看到
times asked|第几次询问
times asked, spell·2¹²|第几次询问，轮次·2¹²
topic, 0|议题, 0
try|第几次尝试
unit|单位
visit|上门
visit at which asked|被问到的那次上门
visit: whether it is made|上门：是否做到
week|周
week, 0|周, 0
what of, 0|何事, 0
"""  # noqa: E501 - a pair stands in one line


@functools.cache
def events() -> dict[str, str]:
    """Return what each kind of event means, by its name."""
    return _table(_EVENTS)


@functools.cache
def moments() -> dict[str, str]:
    """Return what each moment means, by its name."""
    return _table(_MOMENTS)


@functools.cache
def questions() -> dict[str, str]:
    """Return what each stream of draws decides, by its name."""
    return _table(_QUESTIONS)


def about(english: str) -> str:
    """Return what a draw is about; numbers alone say the same in both languages."""
    return english if _NUMBERS.fullmatch(english) else _abouts()[english]


def condition(english: str) -> str:
    """Return on what condition an event is handled."""
    return "，".join(_conditions()[part] for part in english.split(", ")) if english else ""


@functools.cache
def _abouts() -> dict[str, str]:
    return _table(_ABOUT)


@functools.cache
def _conditions() -> dict[str, str]:
    return _table(_CONDITIONS)


def _table(text: str) -> dict[str, str]:
    rows = (line.partition("|") for line in text.strip().splitlines())
    return {key: said for key, _, said in rows}
