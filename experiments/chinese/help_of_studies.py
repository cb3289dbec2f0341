"""Help in Chinese of the commands that ask a question: staff, assumptions, mechanisms, one's own city.

The pair of each command's docstring; keys, values and names of files are the same in both.
"""

TEXTS = {
    "staffing": """
用法：cogov staffing staffing.team=参数 [staffing.target....=...] [scenario=NAME] [键=值 ...]
示例：cogov staffing staffing.team=staff.per_10k staffing.target.within_days=7 staffing.target.share=.5
      cogov staffing scenario=verification/queue staffing.team=verification.servers \\
          verification.arrival_rate=4800 verification.service_mean=0.0020833 horizon_days=30 \\
          staffing.target.metric=wait staffing.target.within_days=0.00023148 staffing.target.share=.8

staffing.team=KEY或[A,B]           要求的参数，按人数计；列表：代价最低的组合
staffing.target.metric=名称        wait（等候）、first_response（首次响应）或resolution（解决），
                                   自反映起（resolution）
staffing.target.within_days=天     多快（7）
staffing.target.clock=名称         calendar（日历日）或working（工作日）（calendar）
staffing.target.share=比例         占一年全部反映，未答复的也计入（0.9）
staffing.confidence=比例           须达标的年份比例（0.95）
staffing.cost=[A,B]                组合中每人的相对代价（[1,1]）
staffing.fewest=整数               最小试到多少人，组合中指第一种（参数允许的最小值）
staffing.most=整数                 最大试到多少人（起点的八倍）
staffing.around=整数               答案两侧各显示几个队伍（4）
staffing.surge.factor=数           诉求激增为平时的几倍（2；1：不激增）
staffing.surge.days=整数           激增持续几天（计数期的十二分之一）
staffing.surge.left=比例           超额在办件可剩下多少（0.1）
replications=整数                  每个队伍最多模拟几年（100）；三年已无疑问时只用三年
language=en|zh                     表和图的语言（随系统）
scenario=名称 seed=整数 out=文件夹 executor=serial|processes|dask jobs=整数   同cogov run

用于您自己的、由cogov calibrate校准的城市：
      cogov staffing calibrated=文件夹 staffing.team=队 [staffing.target.within_days=7]
      [staffing.target.share=.9]
staffing.team=队                   该城市的一支队；staffing.officers=整数：现有几人
staffing.confidence=比例           须达标的后验抽样比例（0.9）
demand.stream= demand.mapping= what_if.from= what_if.until= what_if.days= what_if.gamma= draws= language=   同
cogov what-if；写出staffing.csv。

一年即计数期（horizon_days）。各队伍面对同样的年份。从平方根法则的人数找起，并核对答案的相邻人数。
写出staffing.csv
（试过的队伍：达标的比例与年份及其区间、忙碌程度、填报工时、再增一人带来多少、消化一个月积压需几周、
激增后恢复几天，
与同样年份无激增时相比）和图；各年存于文件夹/store，因此同一命令可接着运行，
同类的另一目标只需补算未试过的队伍。
最后一行是答案。
""",
    "sensitivity": """
用法：cogov sensitivity [method=morris|sobol] [scenario=NAME | scenarios=[A,B]] [键=值 ...]
示例：cogov sensitivity scenarios=[administration_led,co_governance] \\
          parameters=[referral.*,joint_session.*]

method=morris|sobol     以基本效应筛选，或方差占比（morris）
size=整数               morris的轨迹数（20），sobol的基本样本数，2的幂（128）
parameters=[KEY,...]    键、group.*、KEY=low:high或KEY=a|b（全部有范围的假定值）
without=[KEY,group.*]   不计入的，如未启用机制的参数
grades=[GRADE,...]      未指明参数时取哪些证据等级（[assumed]）
scenario=名称           某一情景的结果（administration_led），或
scenarios=[A,B]         第二个与第一个之差，诉求与随机数相同
metric=名称             结果（rmst180）；summary.csv中的任一指标，或同一批运行的几个[A,B]
within=[METRIC=low:high,...]   另在sign.csv中：（第一个）情景属于此类的点
replications=整数       每点运行次数，随机数相同（4）
language=en|zh          表和图的语言（随系统）
seed=整数 out=文件夹 executor=serial|processes|dask jobs=整数   同cogov run（processes）

诉求取范围两端时，反映多至百倍，每次运行需几秒：without=[community.*,demand.*]只问同样的诉求，几分钟即可。
两个情景取值不同的参数只在第二个中变动；其余两者相同。写出sensitivity.csv、points.csv、
sign.csv（各结果在各点上小于、
大于零的比例）和图（sensitivity，其余指标为sensitivity_METRIC）；运行存于文件夹/store，
因此同一命令可接着运行，只补算
新的。within=[utilisation=0:1]另给出人员尚有余力的点上的正负。mu_star：参数在其范围内造成的平均变动；sigma：
其中有
多少取决于其他参数；noise_mu_star：仅由偶然造成的mu_star。
""",
    "attribute": """
用法：cogov attribute [scenarios=[A,B]] [metric=NAME] [键=值 ...]
示例：cogov attribute metric=solved_7wd replications=20

scenarios=[A,B]         从A到B（[administration_led,co_governance]）
metric=名称             结果（rmst180）
players=[NAME,...]      只单列这些机制，其余合为一项（全部）
orders=整数             抽取这么多次序，而非全部子集（机制多于10项时为60）
replications=整数       各子集随机数相同（10）
language=en|zh          表和图的语言（随系统）
seed=整数 out=文件夹 executor=serial|processes|dask jobs=整数   同cogov run（processes）

两个情景的不同按机制归类；派错、升级、承接、并行办理、会商容量、志愿者和填报各自单列。每种组合面对同样的诉求和
随机数。沙普利值合计为全部差异；交互作用说明哪些机制相互依赖（须计算全部子集）。写出attribution.csv、
interactions.csv和图；运行存于文件夹/store。
""",
    "discover": """
用法：cogov discover [scenarios=[A,B]] [parameters=[KEY,...]] [键=值 ...]
示例：cogov discover parameters=[referral.convener_effect,joint_session.capacity,paperwork.base_share] \\
          size=500

scenarios=[A,B]         B在何处不如A（[administration_led,co_governance]）
parameters=[KEY,...]    键、group.*、KEY=low:high或KEY=a|b（全部有范围的假定值）
without=[KEY,group.*]   不计入的，如未启用机制的参数
grades=[GRADE,...]      未指明参数时取哪些证据等级（[assumed]）
metric=名称             结果（rmst180）
worse_by=数             差多少才算更差，单位同指标（0）
within=[METRIC=low:high,...]   只取第一个情景属于此类的点：[utilisation=0:1]
size=整数               点数，拉丁超立方（400）
boxes=整数              最多报告几个范围（3）
replications=整数       每点对数，随机数相同（3）
language=en|zh          表和图的语言（随系统）
seed=整数 out=文件夹 executor=serial|processes|dask jobs=整数   同cogov run（processes）

各点上两个情景取值相同，但本来不同的参数只在B中变动。PRIM（Friedman与Fisher 1999）找出B更差的假定范围；
每个范围给出
coverage（更差的点中有多少在内）、density（其中更差的占多少）和一句话。写出boxes.csv、points.csv和图；运行存于
文件夹/store，因此同一命令可接着运行。
""",
    "import": """
用法：cogov import 文件 [键=值 ...]
示例：cogov import requests.csv residents=617594 out=out/import
示例：cogov import 热线.xlsx language=zh

文件是热线或311的导出：CSV、Excel（.xlsx、.xls；需附加包excel）、Parquet、Open311与GeoJSON的JSON，可压缩。

residents=整数          文件所涉人口（不写则估计并标明）
time_zone=时区          城市所在时区，如Asia/Shanghai：时间以Z结尾时必填
time_format=格式        时间格式，两种都符合时用：如"%d/%m/%Y %H:%M"（或[A,B]）
encoding=名称           文本编码，不确定时用：如cp1252或big5
opened=, closed=, due=, category=, group=, unit=, team=, channel=, place=, id=, latitude=, longitude=,
status=列名             猜错时指明各角色的列（等号后不写：没有这一列）
keep=[列名,...]         仍可读取的、涉及个人的列
language=en|zh          注释和报告的语言（随系统）
out=文件夹              写到哪里（out/import）

按列名和内容判断各列。涉及个人的列（姓名、电话、证件号、地址、自由文本）会被识别并略去。其余都不略去：
看来由工作人员
自己登记的渠道，在对应文件中以注释行列出，可改为计入。

写出mapping.yaml（请更正，然后用作demand.mapping）、account.csv（每行去了哪里）、report.html（请先看）和
figures/*.png与*.svg。
""",
    "calibrate": """
用法：cogov calibrate demand.stream=文件 [demand.mapping=文件] calibrate.until=YYYY-MM-DD [键=值 ...]
示例：cogov calibrate demand.stream=requests.csv.gz demand.mapping=boston_311 \\
          calibrate.until=2011-11-01 out=out/boston

demand.stream=文件           含办结时间的诉求（cogov import为其生成对应文件）
demand.mapping=文件或名称    各列含义；写明的team、unit和due会被使用
calibrate.until=日期         不看这一天及以后的办结
draws=整数                   后验抽样数（200）
calibrate.sweeps=整数        抽样器的轮数（400）：effective_draws过少时可调大
calibrate.runs=整数          另把训练期重跑这么多次作核对（0；彻底核对用3400）
language=en|zh               所显示文字的语言（随系统）
seed=整数 out=文件夹 executor=serial|processes jobs=整数   同cogov run（out/calibrated）

不需要模拟：办结的风险是各因子的乘积，每个因子在其余给定时抽取。按类别：即办比例、按工作日龄的风险；
按类别和队：
快慢、永不办结的比例；按部门：一周各时段；按队：各周变动；全市：gamma（办结对积压的反应）、mobilisation、
put_off、
due_effect。小类别借用其他类别的信息。办理方式有变的类别，只用变化之后提出的诉求校准。有calibrate.runs时，
全市参数
另由与文件相似的模拟时段再估计一次（simulated.csv）；运行存于文件夹旁，因此同一命令可接着运行。
写出city.json和posterior.parquet（供cogov backtest、what-if和scenario=city使用），以及identified.csv：
各参数的先验与
后验均值、各含九成的区间宽度和判定；“not identified: prior”即文件不能说明的。
""",
    "backtest": """
用法：cogov backtest demand.stream=文件 demand.mapping=M backtest.origin=日期 backtest.until=日期 [键=...]
示例：cogov backtest demand.stream=requests.csv.gz demand.mapping=boston_311 \\
          backtest.origin=2011-11-01 backtest.until=2012-01-01 draws=100 out=out/backtest

demand.stream=文件  demand.mapping=M   城市的诉求，与重放文件的各命令相同
backtest.origin=日期        这一天起发生的事，任何预测都不知道
backtest.until=日期         预测自起点至这一天之前提出的诉求
backtest.every_days=整数    滚动起点：每隔这么多天，用其时已知的一切重新预测
backtest.horizon_days=天    时长比较到此为止，更长的计为未办结（60）
backtest.largest=整数       逐一评分的类别数，取时段内诉求最多的（10）
backtest.rivals=[A,B]       kaplan_meier、kaplan_meier_28、lognormal、boosted、boosted_backlog（全部）
draws=整数                  每个预测的抽样数（100）
calibrated=文件夹           没有见过起点以后的cogov calibrate结果；不写：
                            在各起点就地校准（写入out/calibrated）；
                            none：只用对照方法
city.KEY=值                 校准城市的其他取值（city.gamma=0）
seed=整数 out=文件夹 executor=serial|processes jobs=整数 language=en|zh

各方法所见相同：起点前提出的诉求及其起点前的办结；被预测者只知提出时间和类别。对照方法：
各类别的Kaplan–Meier曲线
（全部已知的，或最近28天的）；删失对数正态；梯度提升风险（不含或含积压；需附加包forecast）。

写出scores.csv（method、category、ks、e1、e7、e30、median_error、p90_error、crps、coverage_closings、
coverage_backlog、宽度；类别*为全市）、forecast.parquet（我们预测的row、draw、days_to_close）、
类别激增或变慢时的
surges.csv、manifest.json和两张图：各周及其区间，以及时长。时段内办理方式有变的类别单独列出并说明原因。
""",
    "what-if": """
用法：cogov what-if calibrated=文件夹 改变... [键=值 ...]
示例：cogov what-if calibrated=out/city staff.Roads=x1.5 out=out/roads
      cogov what-if calibrated=out/city officers.Roads=12 staff.Roads=+2 'priority.fallen tree=2'

staff.队=+2|-1|14|x1.5           人员增、减、总数或现有的倍数
officers.队=整数                 该队现有几人，校准城市不知道时写
merge=[队,队]                    合为一队的几支队；几组：[[A,B],[C,D]]
priority.类别=数                 其诉求比别的多得多少队伍时间（2：两倍）
joint_session=true|[类别,..]     按对应文件，需要几个单位的诉求由各单位会商
joint_session.interval_days=天   两次会商之间的工作日（7）

calibrated=文件夹                cogov calibrate写出的文件夹
demand.stream=文件 demand.mapping=文件   诉求文件，与校准所用不同或已移动时写
what_if.from=日期 what_if.until=日期     重跑的时段（至校准截止日）
what_if.days=整数                或其长度（91）
what_if.gamma=posterior|bounds|数    办结对积压的反应（文件不能说明时为bounds）
draws=整数                       后验抽样数（50）
language=en|zh                   表的语言（随系统）
seed=整数 out=文件夹             同cogov run

现状城市与改变后的城市面对同样的诉求和随机数，从文件所示的积压开始，在每组后验抽样下各运行一次。
时长计入仍未办结的。
写出what_if.csv：全市、所写明的各队和类别、以及这些队的较大类别，各给出中位天数、
7天和30天内办结的比例及期末在办件：
文件所示、校准城市所得（两者应相近）和改变之后，区间含九成的后验；basis一列说明哪些是数据、哪些是假定。
""",
}
