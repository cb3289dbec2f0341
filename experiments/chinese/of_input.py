"""Chinese of what is said about scenarios, files and runs: English, a bar, Chinese, a line each."""

LINES = """
set on a grid worker, where patrol.hours_per_week is above 0|在patrol.hours_per_week大于0时设在网格员身上
set only where deliberation.enabled=true|只在deliberation.enabled=true时设置
one of {}|以下之一：{}
a number from {} to {}|{}到{}之间的数
from {} to {}|{}到{}之间
below {}, where the sweep ends|小于{}，即扫描的终点
a number that both sides have here|两侧在此都有的数值参数
a parameter that is a number with a plausible range|有合理取值范围的数值参数
a number from {} to {} ({})|{}到{}之间的数（{}）
a number above {} up to {}|大于{}且不超过{}的数
a number above {} up to {} ({})|大于{}且不超过{}的数（{}）
a number from {}|不小于{}的数
a number from {} ({})|不小于{}的数（{}）
a number from {} below {}|不小于{}且小于{}的数
a number from {} below {} ({})|不小于{}且小于{}的数（{}）
a number above {}|大于{}的数
a number above {} ({})|大于{}的数（{}）
a number up to {}|不超过{}的数
a number below {}|小于{}的数
a number|数
a number ({})|数（{}）
a number or null|数或null
a number or null ({})|数或null（{}）
a number or null from {}|不小于{}的数，或null
a number or null from {} ({})|不小于{}的数，或null（{}）
a number or null from {} to {}|{}到{}之间的数，或null
a number or null from {} to {} ({})|{}到{}之间的数，或null（{}）
a number or null above {}|大于{}的数，或null
a number or null above {} ({})|大于{}的数，或null（{}）
a number or null above {} up to {} ({})|大于{}且不超过{}的数，或null（{}）
a whole number or null from {} ({})|不小于{}的整数，或null（{}）
a whole number or null from {} to {} ({})|{}到{}之间的整数，或null（{}）
a whole number|整数
a whole number ({})|整数（{}）
a whole number from {}|不小于{}的整数
a whole number from {} ({})|不小于{}的整数（{}）
a whole number from {} to {}|{}到{}之间的整数
a whole number from {} to {} ({})|{}到{}之间的整数（{}）
a whole number above {} ({})|大于{}的整数（{}）
true or false|true或false
a text|文本
a text ({})|文本（{}）
a text or null|文本或null
a choice|给定的选项
a list of numbers|数的列表
a list of numbers ({})|数的列表（{}）
a list of {} numbers|{}个数的列表
a list of {} numbers ({})|{}个数的列表（{}）
a list of {}rows, each {}|{}行的列表，每行：{}
a list of mappings of {}|映射的列表，键为{}
a list of {} rows, each a list of {} numbers ({})|{}行的列表，每行{}个数（{}）
a whole number or null from {} to {}|{}到{}之间的整数，或null
a mapping of names to factors or additions|名称到倍数或增减数的映射
a mapping of names to whole numbers|名称到整数的映射
a mapping of {} or null|键为{}的映射，或null
a mapping of names to {}|名称到{}的映射
a mapping of {}|键为{}的映射
a whole number of days|整天数
the engine stops between days|引擎只在两天之间停下
left out|不写
a model takes scenario, seed and replication; everything else is in the scenario|模型只接受scenario、seed和replication，其余写在情景里
from 0 to {}|0到{}之间
from 0 to {}, the days left|0到{}之间，即剩余天数
a day from {}, now, to {}|从当前第{}天到第{}天
before day {}, the end of the run|早于运行结束的第{}天
a longer run has another horizon_days or followup_days|要跑得更久，请改horizon_days或followup_days
a number from 0 to {}, as the folder has|0到{}之间的数，与文件夹中的抽样数一致
a {} of the calibrated city|校准城市中的{}
how many officers it had is not in the folder|文件夹中没有它原来的人数
a factor, such as 1.5|倍数，例如1.5
a folder made by cogov calibrate|cogov calibrate生成的文件夹
there is none|没有
made by another version: calibrate again|由别的版本生成：请重新校准
there is no {} in it|其中没有{}
a further row of a category has a later `from`, its first has none|同一类别的后续各行须有更晚的`from`，第一行没有
values that fit together|彼此相容的值
a mapping|映射
there|存在
calibrate again|请重新校准
a date within the file|文件时段内的日期
the file has no request from {}|文件中没有{}起的诉求
the request file of the city, where city.folder is set|设了city.folder时该城市的诉求文件
null with verification.mode={}|verification.mode={}时为null
a run of at least {} days (warmup + horizon + followup), to hold the requests|至少{}天的运行（预热＋计数＋追踪），以容纳全部诉求
a path without NUL characters|不含NUL字符的路径
a file of at most {} MB|不超过{}MB的文件
a path|路径
there is no such user or no home folder|没有这个用户或主目录
a readable file|可读的文件
a text file in UTF-8|UTF-8文本文件
it cannot be read|无法读取
not valid YAML: {}{}|不是有效的YAML：{}{}
not valid YAML: a character that YAML forbids|不是有效的YAML：含YAML禁止的字符
a value without a YAML tag|不带YAML标签的值
a number of at most {} digits|不超过{}位的数
a text of digits needs quotation marks|由数字组成的文本要加引号
an ordinary file|普通文件
that is a folder, pipe or device|那是文件夹、管道或设备
fewer where embedded.displaced is true|embedded.displaced为true时更少
they give {} hours in an hour of the shift, their units have {}|他们每班次小时投入{}小时，其单位只有{}小时
shares above 0 that do not rise with time|大于0且不随时间上升的比例
times above 0|大于0的时间
a date from 1900 to 2200, written YYYY-MM-DD|1900至2200年的日期，写作YYYY-MM-DD
a date after city.origin ({})|晚于city.origin（{}）的日期
a date written YYYY-MM-DD|写作YYYY-MM-DD的日期
a factor with a decimal point (2.0), or how many more as a text ('+2')|带小数点的倍数（2.0），或作为文本的增减人数（'+2'）
another team, which is not merged itself|另一支自身没有被合并的队
among {}|{}之中
a date from 1900 to 2200|1900至2200年的日期
none, china or the name of a CSV file (.csv)|none、china或CSV文件名（.csv）
left to calendar.holidays=FILE.csv|由calendar.holidays=FILE.csv决定
at most {}, before midnight|至多{}，不过午夜
at most 1 - community.share_under14|至多1 - community.share_under14
left to roster.file=FILE.csv|由roster.file=FILE.csv决定
at most {}, together with roster.absence_common at most 1|至多{}，与roster.absence_common合计至多1
the name of a CSV file (.csv)|CSV文件名（.csv）
0 with a roster.file, which says it|有roster.file时为0，由该文件决定
at least one for each of {}|{}各至少一个
none with a roster.file, whose weeks are all alike|有roster.file时为none，其各周相同
at most 500000 a community|每个社区至多500000
a working day|工作日
shares that sum to 1 (they sum to {})|合计为1的比例（现合计{}）
at least 1 where it rains|有暴雨时至少为1
at most paperwork.cap ({})|至多paperwork.cap（{}）
at most the population ({})|至多为总人数（{}）
below the population|小于总人数
a file, because verification.network is file|文件，因为verification.network为file
1, 0.7071, 0.5774, 0.5, ... (1/cv^2 a whole number of phases, 1 to 255)|1、0.7071、0.5774、0.5……（1/cv^2为整数阶段，1到255）
did you mean {}?|是否想写{}？
row {}, which header_row names, holds none of them|header_row指定的第{}行一个也没有
no header line found: none of the first {} rows holds one of them|没有找到标题行：前{}行都没有这些列名
the header is one single column: is the delimiter of the mapping right?|标题只有一列：对应文件中的分隔符对吗？
the header stands in row {}, but row {} above it looks like a request; |标题在第{}行，但其上的第{}行像是诉求；
two columns of the request file have this name|诉求文件中有两列同名
a column of at most {} different labels|至多有{}种不同取值的列
this one has {}, which looks like free text|这一列有{}种，像是自由文本
a YAML file that says what the columns of {} mean|说明{}各列含义的YAML文件
write {}.yaml beside it, or name a shipped one ({}); see docs/guides/bring-your-own-requests.md|在旁边写{}.yaml，或用自带的（{}）；见docs/guides/bring-your-own-requests.md
a YAML file or the name of a shipped mapping ({})|YAML文件或自带对应文件的名称（{}）
there is no such file|没有这个文件
unknown key|未知的键
this key is required|此键必填
given, since it is required|写明，因为是必填项
a file with at least one usable row|至少有一行可用的文件
no row is usable ({})|没有可用的行（{}）
there is a header, but no row|有标题，但没有数据行
the city's zone, by whose clock the requests are replayed, such as Asia/Shanghai|城市所在时区，诉求按其时钟重放，例如Asia/Shanghai
{} rows of columns.{} fit both {} and {} with different results, and |columns.{1}的{0}行同时符合{2}和{3}且结果不同，而
no time of opening in {} fits|{}中没有符合的受理时间
{} times of columns.{} in {} name a zone (such as Z or +08:00)|{2}中columns.{1}有{0}个时间带时区（如Z或+08:00）
{} of {} times of opening do not fit; {} fits {}|{1}个受理时间中有{0}个不符合；{2}符合{3}
this is a web page (a login page, or a table saved as HTML); |这是网页（登录页，或另存为HTML的表格）；
the zip file holds {} files; pack the file of requests alone|压缩包内有{}个文件；请只打包诉求文件
the zip file is packed in an unusual way; unpack it first|压缩方式不常见；请先解压
at most {} residents a place|每处至多{}名居民
the largest of the file's places ({}) would have {}; does columns.place name places?|文件中最大的一处（{}）将有{}人；columns.place写的是地点吗？
a run of at least {} days (warmup + horizon + followup), to hold the file|至少{}天的运行（预热＋计数＋追踪），以容纳文件
{} requests would be left out|将有{}件诉求被漏掉
the name of a shipped scenario or a YAML file|自带情景的名称或YAML文件
shipped: {}|自带：{}
write [{}]|写作[{}]
{} further faults|另有{}处错误
the name of a scenario or the path of a YAML file|情景名称或YAML文件路径
a list of texts key=value, or a mapping|文本key=value的列表，或映射
an existing YAML file|已有的YAML文件
a YAML file (.yaml or .yml)|YAML文件（.yaml或.yml）
a scenario that is not based on this one|不以本情景为基础的情景
a mapping of parameter names to values|参数名到值的映射
null, where nobody serves (verification.mode)|没有人服务时为null（verification.mode）
a file with at most {} posts, as verification.servers says|至多{}个岗位的文件，与verification.servers一致
a file whose teams are from 0 to {}, or all|队号为0到{}或all的文件
it has {} posts|它有{}个岗位
the name of a scenario or a YAML file|情景名称或YAML文件
an existing file|已有的文件
it has a team {}|其中有队{}
a plain value|普通的值
interpolation (${...}) is not supported|不支持插值（${...}）
a known parameter|已知的参数
`cogov explain` lists what there is|`cogov explain`列出全部
another override has put a value in its place|另一处设置已在此放了值
longer than {} characters: write it in a scenario's file|超过{}个字符：请写进情景文件
a number, a text, true, false, None, or a list or mapping of such|数、文本、true、false、None，或其列表、映射
a text key=value|文本key=value
key=value without + or ~|不带+或~的key=value
every parameter exists: set it|每个参数都已存在：直接设置
written key=value|写作key=value
an entry of a mapping|映射中的一项
one value|一个值
several values need a multirun: cogov run -m|多个值请用cogov run -m
a value|值
more than {} levels of brackets|括号超过{}层
at least one value|至少一个值
at most {} values|至多{}个值
a value of at most {} levels|至多{}层的值
the name of a parameter|参数名
a mapping takes names as keys|映射的键须为名称
a value, a list a,b,c or range(start,stop[,step])|值、列表a,b,c或range(start,stop[,step])
quote special characters|特殊字符请加引号
a whole number from 0 to {}|0到{}之间的整数
a run's luck follows from seed and replication alone|一次运行的随机数只由seed和replication决定
a scenario made by sim.load_scenario|由sim.load_scenario读入的情景
sizes from 1 to 500000 residents|1到500000名居民的规模
at most 500000 a place|每处至多500000
a .npy file or text with two numbers below {} a line|.npy文件，或每行两个小于{}的数的文本
its shape is {}|其形状为{}
it names person {}|其中写了第{}人
read by sim.load_scenario|由sim.load_scenario读入
none, for a run from {} to {}|{}至{}的运行须为none
the table of holidays has the years {} to {}; other years come from a file of your own, calendar.holidays=FILE.csv|节假日表只有{}至{}年；其他年份请用自己的文件calendar.holidays=FILE.csv
a community from 0 to {}|0到{}的社区
there is no such team|没有这支队
given a shift|排有班次
no row is about this team, or all|没有一行写的是这支队或all
YAML reads this word as true or false|YAML把这个词读作true或false
put it in quotation marks|请加引号
a rule names a category or a group|规则须写明category或group
a rule sets at least one of organisations, level, work_hours, desk, ...|规则至少设置organisations、level、work_hours、desk等之一
from ({}) comes before before ({})|from（{}）须早于before（{}）
no letter, figure, quotation mark or line end parts the fields of a row|分隔一行各字段的不能是字母、数字、引号或换行
a zone has a name such as Asia/Shanghai or Europe/Berlin|时区须有名称，例如Asia/Shanghai或Europe/Berlin
a time format has parts such as %Y-%m-%d %H:%M, or is {}|时间格式由%Y-%m-%d %H:%M这样的部分组成，或为{}
a part of the time stands in the format twice|格式中有一个时间部分写了两次
%I is an hour of half a day|%I是十二小时制的小时
it needs %p, or write %H|须配%p，或改写%H
a time format names the day (%d)|时间格式须写明日（%d）
merged_into must name a team for each|merged_into须为每一队写明一队
age_edges must begin at 0 and rise|age_edges须从0起递增
team_shares must add up to 1 in each row|team_shares每行之和须为1
a usual load must be above 0|平时负荷须大于0
order must be age, due or random|order须为age、due或random
at_once_delay must not fall from one quantile to the next|at_once_delay不得逐分位下降
{} has the shape {}, not {}|{}的形状为{}，不是{}
{} holds a value that is negative or no number|{}含有负数或非数值
{} holds a share above 1|{}含有大于1的比例
{} is no number|{}不是数
indices need at least two trajectories or base samples with every outcome|指数至少需要两条轨迹或两个有全部结果的基准样本
{} is no JSON|{}不是JSON
{} names no format|{}没有写明格式
there are {}|有{}
there are {} and {} more|有{}，另有{}个
"""  # noqa: E501 - a pair stands in one line
