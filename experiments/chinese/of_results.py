"""Chinese of what commands print about their results: English, a bar, Chinese, a line each.

Braces hold places as `str.format` has them, with the same formats on both sides.
"""

LINES = """
One replication: no intervals.|仅一次重复：无区间。
{}, {} replications|{}，{}次重复
{}, one replication|{}，1次重复
Written to {}|已写入{}
Written to {} (report.html first, with all measures and all assumptions)|已写入{}（先看report.html，内有全部指标与假设）
In Chinese, as PDF: {}|英文报告（PDF）：{}
Assumed, not measured, and different between the scenarios, in their order:|以下为假设而非实测，且各情景不同（按情景顺序）：
 (plausible {:g} to {:g})|（合理区间{:g}到{:g}）
{:g} % of reports {} within {:g} {}, in {:g} % of years|{2:g}{3}内{1}的反映达{0:g}%，在{4:g}%的年份里做到
served|开始受理
answered|首次响应
truly solved|真实解决
days|天
working days|个工作日
, cost {:g}|，代价{:g}
Answer: {}{}: {}target met in {:.0f} % of {} years (95 % interval {:.0f} to {:.0f} %).|答案：{0}{1}：{2}{4}年中{3:.0f}%达到目标（95%区间{5:.0f}至{6:.0f}%）。
By the spread of the years' shares that is enough, with an error of {:g} % at most.|按各年比例的离散程度判断，已经足够，误差至多{:g}%。
By the spread of the years' shares it is a close call: more replications would tell.|按各年比例的离散程度判断，相差很小：增加重复次数才能分辨。
{:.1f} % of reports in time on average; |平均{:.1f}%的反映按时；
never|不会
Target: {}.|目标：{}。
{:+.2f} pts|{:+.2f}百分点
Written to {}: {}.|已写入{}：{}。
Written: {}|已写入：{}
At best {:.1f} % are in time; the busiest unit is at {:.2f}.|最好时{:.1f}%按时；最忙的单位负荷为{:.2f}。
No team of up to {} meets the target.|至多{}人的队伍都达不到目标。
Smallest team that meets the target: {}|达到目标的最小队伍：{}人
Cheapest mix that meets the target: {}|达到目标的代价最低的组合：{}
{} person ({})|{}人（{}）
{} persons ({})|{}人（{}）
Longer: than the run, at whose end {:.0f} % of the excess is still open.|“更久”指超过运行期，期末仍有{:.0f}%的超额未办结。
Days to recover: half of the years and 95 %, from {:g} times the needs for {} days until {:g} % of the excess is left.|恢复天数：半数年份与95%年份；诉求为平时{:g}倍、持续{}天，至超额只剩{:g}%为止。
In {} of {} years nobody reported anything: they count as met, and say nothing of the team. Set more residents or a higher demand.rate.|{1}年中有{0}年无人反映：计为达标，但不能说明队伍大小。请增加居民数或提高demand.rate。
longer|更久
Busy: {}.|忙碌程度：{}。
community workers|社区工作者
grid workers|网格员
embedded cadres|下沉干部
persons|人数
in time|按时
of years|达标年份
interval|区间
busy|忙碌
one more adds|再增一人
weeks to work off a month|消化一个月积压需几周
days to recover|恢复天数
 and |和
{} of {} points are places of the kind asked about: in {} {}.|{1}个点中有{0}个属于所问的情形：{2}下{3}。
Not varied (a list, or null here): {}.|未变动的（列表，或此处为null）：{}。
Varied in {} alone, where the two differ: {}.|仅在{}中变动的（两个情景在此不同）：{}。
{} of {} points have runs without {} (cogov store show store={}).|{1}个点中有{0}个的运行没有{2}（见cogov store show store={3}）。
Window: day 0 is {} (a Monday), last request {}; warm-up {}, counted {}, follow-up {} days|时段：第0天为{}（星期一），最后一件诉求在{}；预热{}天，计数{}天，追踪{}天
Window: day 0 is {} (a Monday), origin {}: {:,} requests are open, {:,} come in {} days; follow-up {} days|时段：第0天为{0}（星期一），起点{1}：在办{2:,}件，其后{4}天新增{3:,}件；追踪{5}天
Communities: {}, with {:,} residents shared out in proportion to requests (assumed; communities.csv)|社区{}个，居民{:,}人按诉求多少分摊（假定；见communities.csv）
Read this first: of {} points, staff are idle (under {:.0f} % of their hours used) at {} and saturated (over {:.0f} %) at {}; there ways of governing differ little, or times depend on the length of the run.|请先看：{}个点中，人员空闲（工时使用率低于{:.0f}%）的有{}个，饱和（高于{:.0f}%）的有{}个；在这些点上，治理方式之间难有差别，或时间取决于运行时长。
{} county-years, {} computed now, {:.1f} s each on its worker; the whole province would take {:.2f} hours of one worker.|共{}县年，本次计算{}个，每个用时{:.1f}秒；全省若用一个进程约需{:.2f}小时。
{} of {} counties, {:,} residents each.|{1}个县中的{0}个，每县居民{2:,}人。
difference|差
{} mechanisms: {}.|{}项机制：{}。
{} mixtures, {} replications: {} runs.|{}种组合，每种重复{}次：共{}次运行。
{} ({}), {} minus {}: {}, of which|{}（{}），{}减{}：{}，其中
Largest interaction: {}.|最大的交互作用：{}。
Answer: most of it comes from {}: {}.|答案：其中最大的部分来自{}：{}。
Answer: no mechanism's part can be told from chance; the largest is {}: {}.|答案：没有哪项机制的作用可与偶然区分；最大的是{}：{}。
sum|合计
Interactions take all subsets: fewer mechanisms apart (players=[…]), and no orders=.|交互作用须计算全部子集：请减少单列的机制（players=[…]），且不写orders=。
Of {} rows {} are met, {} missed, {} not in this version; replications: {}.|共{}行：{}行相符，{}行不符，{}行本版本没有；每行重复{}次。
{}: {} met, {} missed, {} not in this version|{}：{}行相符，{}行不符，{}行本版本没有
target|目标
counts as met|相符的范围
simulated|模拟
95 % interval|95%区间
verdict|判定
predicts|预测对象
met|相符
missed|不符
not in this version|本版本没有
{} parameters, {} points, {} pairs at each: {} runs.|{}个参数，{}个点，每点{}对：共{}次运行。
Answer: {} is worse than {} in {} at {:.0f} % of {} points.|答案：{4}个点中，{0}在{2}上不如{1}的占{3:.0f}%。
{} of {} points have no finite outcome and are left out.|{1}个点中有{0}个没有有限的结果，不计入。
No box of assumptions sets those points apart from the others.|没有哪组假设范围能把这些点与其他点分开。
Box {}: where {}, it is worse at {:.0f} % of the points, on average by {:+.3g} {} (elsewhere {:+.3g}); {:.0f} % of all points where it is worse lie there.|范围{}：当{}时，{:.0f}%的点更差，平均相差{:+.3g} {}（其余处{:+.3g}）；更差的点中{:.0f}%在此。
Events, in the order in which they happen at the same instant|事件（按同一时刻的先后次序）
Moments, at which one mechanism lets others act|环节（一项机制在此让其他机制动作）
Draws, each a function of seed, replication, stream, what it is about (a, b, c) and the occasion|抽样（由种子、重复、数列、对象a、b、c和场合决定）
event|事件
handled by|由何处理
if the case is|个案须为
meaning|含义
moment|环节
followed by, in this order|依次触发
stream|数列
question|问题
a|a
b, c|b, c
occasion|场合
by grade {}|按证据等级：{}
Grade: {} ({}).|证据等级：{}（{}）。
counted or measured in data that can be named|在可指明的数据中清点或测得
an estimate or a rule from a published study or official document|取自已发表研究或官方文件的估计或规定
no source: a guess with a range, part of every sensitivity study|没有来源：带范围的推测，每次敏感性分析都应包括
chosen so that the model meets a stated target|为使模型达到所述目标而选定
a choice about the experiment, not a claim about the world|关于实验的选择，而非对现实的断言
Scenarios|情景
Groups of parameters (number of parameters)|参数组（参数个数）
cogov explain scenario=NAME, cogov explain GROUP or cogov explain KEY tell more.|cogov explain scenario=NAME、cogov explain 参数组 或 cogov explain 参数 说明更多。
Changes {} parameters against {}; {}.|与{1}相比改变{0}个参数；{2}。
assumptions only ({})|全为假定（{}）
{} = {}{} (default)|{} = {}{}（默认）
Allowed: {}.|可取：{}。
Evidence: {}.|证据：{}。
Changes nothing against {}: all parameters have their defaults.|与{}相比没有改变：全部参数均为默认值。
{} = {}{} (baseline {})|{} = {}{}（基准{}）
Plausible: {:g} to {:g}.|合理范围：{:g}至{:g}。
Decides which needs and people there are: must be the same in a comparison.|决定有哪些诉求和人：比较时各情景必须相同。
Set on the command line.|在命令行中设定。
Why: {}|原因：{}
Taken from {}.|取自{}。
Source: {}.|来源：{}。
Published experiments|已发布的实验
each to {:g} of its size|误差均在其大小的{:g}以内
within the intervals, because the table on file was made with {}|均在区间之内（所存结果表由{}得出）
Same: all {} numbers agree, {}.|相同：{}个数全部一致，{}。
Different: {} of {} numbers do not agree, {}.|不同：{1}个数中有{0}个不一致，{2}。
Furthest off, by {:.2%}: {}|相差最大者，差{:.2%}：{}
{}: {} expected {:.6g}, found {:.6g}|{}：{}应为{:.6g}，实为{:.6g}
not reproduced: {}|未能重现：{}
interrupted; {} teams tried are in {}/staffing.csv, their years are kept; the same command goes on from there|已中断；试过的{}个队伍在{}/staffing.csv中，其各年已保存；同一命令可接着运行
interrupted; nothing was finished|已中断；没有完成任何重复
interrupted; {} of {} replications are finished and kept in {}|已中断；{1}次重复中完成{0}次，保存在{2}
{} runs|{}次运行
cogov reproduce NAME runs one again and compares.|cogov reproduce NAME 重跑其中一个并核对。
Kept as the expected table: {}|已保存为预期结果表：{}
{}: {} replication in {}|{}：{}次重复，在{}
{}: {} replications in {}|{}：{}次重复，在{}
Answer: {} is moved most by {}: mean size of the change over its range {}.|答案：对{}影响最大的是{}：在其范围内平均变动{}。
{} parameters, {} points, {} replications: {} runs.|{}个参数，{}个点，每点重复{}次：共{}次运行。
{}, {} minus {}|{}，{}减{}
Answer: no parameter moves {}.|答案：没有参数影响{}。
Answer: nothing moves {} more than chance; the largest is {}: {}.|答案：没有参数对{}的影响超过偶然；最大的是{}：{}。
Answer: {} is moved most by {}: share of the variance {}.|答案：对{}影响最大的是{}：占方差{}。
Outcome: {}|结果：{}
{} of {} parameters stand out from chance; {} change nothing.|{1}个参数中有{0}个的影响超过偶然；{2}个毫无影响。
Chance makes {:.0f} % of the variance of single runs over this design.|在此设计中，偶然性占单次运行方差的{:.0f}%。
{} of {} points have no finite {}; what needs them is left out.|{1}个点中有{0}个没有有限的{2}；涉及它们的不计入。
{} is the same at all points: no parameter moves it, and indices of it say nothing.|{}在各点相同：没有参数影响它，其指数没有意义。
Sign of {} minus {} over the points, shares of them:|各点上{}减{}的正负，占比：
Answer: {}|答案：{}
{} runs at {} points: {} computed, {} already there.|{1}个点共{0}次运行：本次计算{2}次，已有{3}次。
Failed runs: {} (cogov store show store={}).|失败的运行：{}次（见cogov store show store={}）。
misroutes|派错
escalation|升级
acceptance|承接
parallel work|并行办理
session capacity|会商容量
volunteers|志愿者
paperwork|填报
platform|平台
published status and channels|进度公开与渠道
merging of reports|重复件合并
operator|运营方
closing and call-back|办结与回访
plural supply|多元供给
staff|人员
everything else|其余全部
is {}|为{}
at least {:.3g}|至少{:.3g}
at most {:.3g}|至多{:.3g}
between {:.3g} and {:.3g}|{:.3g}至{:.3g}
parameter|参数
points|点数
within|情形
metric|指标
below|小于零
zero|等于零
above|大于零
mean|均值
sd|标准差
complete|完成
set away from the defaults:|与默认值不同的设置：
numbers:|数值：
{} rows removed; {} parts ({:.1f} MB) became {} ({:.1f} MB)|删去{}行；{}个文件（{:.1f} MB）并为{}个（{:.1f} MB）
{} damaged parts removed|删去{}个损坏的文件
{} parts cannot be read and are kept; their runs are computed again when asked for|{}个文件无法读取，予以保留；其运行在需要时重新计算
{} of them are damaged: what is in them is not what was written (drop=damaged)|其中{}个已损坏：内容与写入时不同（可用drop=damaged删去）
{} runs kept whose measure cannot be found from here, so that nobody can tell|保留{}次运行：此处找不到其度量方法，无从判断
command|命令
begun|开始
ended|结束
wanted|所需
found|已有
computed|计算
failed|失败
{}: {} runs in {} parts, {:.1f} MB|{}：{}次运行，{}个文件，{:.1f} MB
code {}: {} done, {} failed|代码{}：完成{}次，失败{}次
{} parts cannot be read and were passed over|{}个文件无法读取，已跳过
no run in {} has failed; show run=ID shows one|{}中没有失败的运行；show run=ID显示某次运行
read the file|读取文件
look at the columns|查看各列
read every row|读取每一行
find what is odd|找出异常之处
write the report|写出报告
"""  # noqa: E501 - a pair stands in one line
