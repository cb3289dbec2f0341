"""Chinese of what is said about commands, keys and results: English, a bar, Chinese, a line each."""

LINES = """
a worker process died; out of memory? Try fewer jobs=|一个工作进程已终止；内存不足？请减小jobs=
made of what the page offers|由页面提供的内容组成
a scenario that the page offers|页面提供的情景
an arm that differs from A and from B|与甲、乙都不同的方案
a name of 1 to {} characters with at least one letter or digit|1至{}个字符的名称，至少含一个文字或数字
one that is not taken|未被占用的名称
{} is there already; choose another name, or move that file out of {}|{}已存在；请另取名称，或将该文件移出{}
none on the page|页面上只能为none
no longer than {} characters|不超过{}个字符
without a word that stands twice|无重复项
made while no request file was in use; choose the file again|在未使用工单文件时生成的地址；请重新选择文件
one that cogov has|cogov有的选项
write {}|请写{}
every parameter exists: write {}|每个参数都已存在：请写{}
set {} to where it does nothing, as cogov explain {} tells|把{}设为不起作用的值，见cogov explain {}
an existing folder of scenarios (NAME.yaml)|已有的情景文件夹（NAME.yaml）
job|job
cogov keeps no configuration of Hydra's own|cogov没有Hydra自己的配置
for {}|用于{}
cogov explain scenario=NAME tells what a scenario changes; {} has no configuration|cogov explain scenario=NAME说明情景改变了什么；{}没有配置
--help, or -m for run|--help，run还可用-m
everything else is key=value|其余都写作key=value
did you mean scenario=NAME?|是否想写scenario=NAME？
one of {} or a parameter|以下之一：{}，或一个参数
a metric of summary.csv, which one run has|summary.csv中单次运行就有的指标
cogov compare and reproduce have it; here for instance solved_30d_from_report, reported_180d|cogov compare和reproduce才有；这里可用如solved_30d_from_report、reported_180d
there are {}, …|有{}……
a metric of summary.csv|summary.csv中的指标
1 with executor=serial|executor=serial时为1
use executor=processes|请用executor=processes
executor={} needs none|executor={}不需要
the address of a Dask scheduler, such as tcp://127.0.0.1:8786|Dask调度器的地址，例如tcp://127.0.0.1:8786
the name of a folder|文件夹名
at least two, [A,B]|至少两个，[A,B]
one alone: cogov run|单个情景请用cogov run
scenarios with different names|名称不同的情景
two are named {}; give one file another `name:`|有两个都叫{}；请给其中一个文件另写`name:`
the same in all scenarios compared, because it decides which needs and people there are|在所比较的各情景中相同，因为它决定有哪些诉求和人
set it for all with an override, or use `cogov run` for each (unpaired)|请为全部情景统一设置，或分别用`cogov run`（不成对）
a city calibrated on what was known at backtest.origin ({})|按backtest.origin（{}）时已知情况校准的城市
this one has seen closings up to {}|这一个已看到{}以前的办结
a date after backtest.origin ({})|晚于backtest.origin（{}）的日期
of {}|属于{}
one of {}, or another value of the calibrated city (city.gamma=0)|以下之一：{}，或校准城市的其他值（city.gamma=0）
a day with {} requests before it|此前至少有{}件诉求的日期
a window that holds requests|含有诉求的时段
0, or at least {}|0，或至少{}
a date by which at least {} requests were closed|此前至少办结{}件的日期
the file has no closing before that date; does columns.closed name the column?|文件在该日期前没有办结；columns.closed写的是那一列吗？
before that date it has {}, those at once left out|该日期前有{}件（即办件不计）
{}NAME with the name of a {} of the calibrated city|{}NAME，NAME为校准城市中{}的名称
{} from {} to {}|{}，{}到{}之间
officers more or fewer (+2, -1), how many (12), or a multiple of the present ones (x1.5)|人员增减（+2、-1）、总数（12）或现有的倍数（x1.5）
such that somebody is left, and at most {} times as many|至少留有一人，且至多为{}倍
such that somebody is left|至少留有一人
more or fewer than now|多于或少于现有人数
groups of teams without a team in two of them|各组的队互不重复
the mapping says of no category that it needs two organisations|对应文件没有说明任何类别需要两个单位
a category with a pace of its own in the calibrated city|校准城市中有自身节奏的类别
it has too few requests and shares the pace of all others|它的诉求太少，与其他类别共用节奏
a multiple such as x1.5: how many officers the team has is not known|如x1.5的倍数：该队人数未知
or say how many there are: 'officers.{}=12'|或写明人数：'officers.{}=12'
[TEAM,TEAM,...] with two teams at least, or [[A,B],[C,D]]|[TEAM,TEAM,...]至少两支队，或[[A,B],[C,D]]
categories that need two organisations or more|需要两个以上单位的类别
the mapping says that one is enough; change its rule under needs|对应文件说一个单位即可；请改needs下的规则
such that requests of the file lie between it and what_if.until|与what_if.until之间须有文件中的诉求
there is a header, but no row as long as it|有标题，但没有同样长的数据行
none of its {} columns looks like it; name one: {}=HEADING|{}列中没有像的；请指明：{}=列名
a file with at least one request|至少有一件诉求的文件
a file with a header line and a column of {}|有标题行和{}列的文件
a file of requests|诉求文件
a date up to {}|不晚于{}的日期
its last request is of {}|最后一件诉求在{}
the folder that cogov calibrate wrote|cogov calibrate写出的文件夹
calibrated=FOLDER|calibrated=FOLDER
the city's request file|该城市的诉求文件
{} does not say which it was calibrated on|{}没有写明按哪个文件校准
{} of {} names it, and it is not there; say where it is: demand.stream=FILE|{1}的{0}写了它，但文件不在；请指明位置：demand.stream=FILE
the file has no request after it|文件在此之后没有诉求
the file that the city was calibrated on|校准该城市所用的文件
from {} on and before what_if.until ({})|不早于{}且早于what_if.until（{}）
at most {}|至多{}
posterior, bounds, or a number from 0 to 1|posterior、bounds，或0到1之间的数
the name of a team of the calibrated city|校准城市中队的名称
text without NUL characters|不含NUL字符的文本
rename the file, or set the terminal to UTF-8|请改文件名，或把终端设为UTF-8
text in UTF-8|UTF-8文本
two|两个
two that differ in some parameter|两个有参数不同的情景
a finite outcome that every run has|每次运行都有的有限结果
scenarios=[A,B] here|这里写scenarios=[A,B]
cogov completion --help|见cogov completion --help
two scenarios, [A,B]|两个情景，[A,B]
an address of this machine, such as 127.0.0.1|本机地址，例如127.0.0.1
one that can be served on ({})|可以提供服务的端口（{}）
dashboard.port=0 takes any free port|dashboard.port=0取任一空闲端口
an outcome that some runs have|部分运行有的结果
a metric of which less or more is clearly better|多少有明确好坏之分的指标
a number from 0|不小于0的数
met at some points|在部分点上成立
a parameter|参数
did you mean scenario={}?|是否想写scenario={}？
either a KEY or scenario=NAME|KEY或scenario=NAME之一
one file of requests|一个诉求文件
cogov import --help|见cogov import --help
fewer years of all counties together|全部县合计更少的年数
either scenario= or scenarios=|scenario=或scenarios=之一
the name of a metric, or [A,B]|指标名，或[A,B]
a metric of these runs|这些运行有的指标
a report changes no run|报告不改变运行
one folder of results|一个结果文件夹
cogov report --help|见cogov report --help
left out here|此处不写
it is for a store|它用于运行库
the table of a sweep|扫描的结果表
missing or not what the manifest says|缺失，或与清单不符
its summary.csv says it all|其summary.csv已说明全部
a store with two configurations or more|有两种以上配置的运行库
runs of a community, not a bare queue or diffusion|社区的运行，而非单纯排队或扩散
out, jobs or record|out、jobs或record
an experiment is rerun as it was published; cogov compare takes any parameter|实验按发布时的设置重跑；cogov compare可改任何参数
{} there is not one that record=true wrote|那里的{}不是record=true写出的
one name|一个名称
one with an expected table beside it|旁边有预期结果表的实验
record=true|record=true
for an experiment whose table can be kept beside it|用于可在旁边保存结果表的实验
scenario=NAME here|这里写scenario=NAME
several: cogov compare|多个请用cogov compare
a power of two for method=sobol|method=sobol时为2的幂
two, the difference of the second from the first|两个，取第二个与第一个之差
large enough|足够大
cogov store --help|见cogov store --help
this is cogov store {}|这是cogov store {}
staff.TEAM=, merge=, priority.CATEGORY= or joint_session=|staff.TEAM=、merge=、priority.CATEGORY=或joint_session=
say what is to be changed, such as staff.TEAM=x1.5|请说明要改什么，例如staff.TEAM=x1.5
data, out or replications|data、out或replications
a folder with events_1.csv.gz and the files beside it|含events_1.csv.gz及其旁边文件的文件夹
use the command line: cogov compare demand.stream=FILE|请用命令行：cogov compare demand.stream=FILE
a column of the file|文件中的一列
choose one|请选一列
a request file or a mapping|诉求文件或对应文件
a file that arrives in order|按顺序到达的文件
choose it again|请重新选择
UTF-8 text|UTF-8文本
the extra `studies` installed|已安装附加包`studies`
pip install 'cogov[studies]'|pip install 'cogov[studies]'
a metric of summary.csv, or a list of some|summary.csv中的指标，或其列表
an outcome that nearly every run has|几乎每次运行都有的结果
missing at {} of {} points; cogov store show store={}|{1}个点中有{0}个缺失；见cogov store show store={2}
METRIC=low:high with low below high|METRIC=low:high，low小于high
METRIC=low:high, such as utilisation=0:1|METRIC=low:high，例如utilisation=0:1
parameters that have a plausible range|有合理区间的参数
parameters or group.*|参数或group.*
KEY=low:high with low below high|KEY=low:high，low小于high
a parameter with a plausible range, or KEY=low:high|有合理区间的参数，或KEY=low:high
at most {} combinations|至多{}种组合
a design over at least one parameter|至少一个参数的设计
for example staff.per_10k=interval(8,16) or vary=[staff.per_10k]|例如staff.per_10k=interval(8,16)或vary=[staff.per_10k]
a Sobol design is balanced only at powers of two: {} or {}|Sobol设计只在2的幂处均衡：{}或{}
given at least once|至少写一次
cogov sweep --help|见cogov sweep --help
a power of two with design=sobol|design=sobol时为2的幂
values that differ|互不相同的值
different names, [A,B]|不同的名称，[A,B]
a list a,b,c or range(…)|列表a,b,c或range(…)
ranges are for design=lhs and design=sobol|区间用于design=lhs和design=sobol
left out with design=grid|design=grid时不写
list values|请列出各值
interval(low,high) with low below high, both ordinary numbers|interval(low,high)，low小于high，均为普通的数
left out where there is scenario=|有scenario=时不写
a number above 0, in the unit of the metric|大于0的数，单位同指标
at least 5 with precision=|有precision=时至少为5
they are the first stage|它们是第一阶段
it is for design=lhs and sobol|它用于design=lhs和sobol
left out without precision=|没有precision=时不写
one whose packages are installed|已装好所需包的执行器
install the extra: cogov[dask]|请安装附加包：cogov[dask]
the address of a Dask scheduler with workers, such as tcp://127.0.0.1:8786|有工作进程的Dask调度器地址，例如tcp://127.0.0.1:8786
nothing: the study has its settings|不写：该研究自带设置
nothing, or --check|不写，或--check
a manifest written by cogov|cogov写出的清单
it names no command|其中没有命令
it is damaged: {}: {}|已损坏：{}：{}
a folder that can be written|可写的文件夹
{} there, not written by cogov|那里有{}，不是cogov写的
a folder in which {} can be written|可写入{}的文件夹
{}; move it, or choose another folder|{}；请移走，或另选文件夹
{} in {} is damaged|{1}中的{0}已损坏
results in {} wait to be moved: {}|{}中的结果待移动：{}
a table that cogov {} writes|cogov {}写出的表
a figure that cogov {} draws|cogov {}画出的图
a column of {}|{}中的一列
a column of numbers of {}|{}中的一个数值列
given in a published experiment|在已发布的实验中写明
one made of cells, not a command|由单元组成的实验，而非命令
at most {} settings (cells times arms)|至多{}种设置（单元数乘情景数）
named otherwise than {}|不叫{}
a key with values, or levels|带取值的键，或各水平
different metrics|不同的指标
sweep where anything varies or one arm is alone|有变动或只有一个情景时为sweep
a published experiment or a YAML file|已发布的实验或YAML文件
published: {}|已发布：{}
scenarios of arms called SCENARIO.DECISION, with nothing varied|名为SCENARIO.DECISION的各臂所属情景，且没有变动
another arm, and none at the first|另一个臂，第一个不写
another arm|另一个臂
of two arms with rmst180 over {}|两个臂在{}上的rmst180
one of the metrics, {}|指标之一：{}
of two arms, over three things that vary|两个臂，三项变动
at most {} metrics|至多{}个指标
mean where there is one arm|只有一个臂时为mean
a table as record=true writes it|record=true写出的表
nothing: the table has its rows|不写：表中已有各行
that is a file|那是文件
there is no such folder|没有这个文件夹
scenarios of this cogov {}: {}|本版cogov {}的情景：{}
damaged, or of another version: {}: {}|已损坏，或属于别的版本：{}：{}
it has no {}|其中没有{}
this was written by cogov {}|由cogov {}写出
one scenario of a run, or two and more of a comparison|一次运行的一个情景，或一次比较的两个以上情景
scenarios that this version knows|本版认识的情景
{}; written by cogov {}|{}；由cogov {}写出
written by cogov and unchanged|由cogov写出且未改动
{} is missing|缺少{}
a store with finished runs|有已完成运行的运行库
there is none in it|其中没有
a function at the top of a module that can be imported|可导入模块顶层的函数
the name of a function, written module:function|函数名，写作module:function
a parameter that counts staff, as staff.per_10k|计人数的参数，如staff.per_10k
one to three different parameters|一到三个不同的参数
a number for each of {} teams|为{}支队各写一个数
a parameter that counts staff|计人数的参数
a parameter that is a number of persons|以人数计的参数
a parameter that does not decide which needs and people there are|不决定有哪些诉求和人的参数
the beginning of one run's identity|某一运行标识的开头
{} runs begin so|有{}次运行以此开头
no run begins so|没有运行以此开头
a run that can be read|可读的运行
a store at which no other process is at work|没有其他进程在用的运行库
a folder with a store|含运行库的文件夹
a store, or a new or empty folder|运行库，或新的、空的文件夹
it holds {} and no {}|其中有{}，没有{}
a store of format {}, not {}|格式为{}而非{}的运行库
nothing is there|那里什么都没有
a folder that can be read|可读的文件夹
parts: {}|分块：{}
a folder that can be {}|可{}的文件夹
another process has just tidied it: give the command again|另一进程刚整理过：请再执行一次
a store at rest|没有在用的运行库
a name other than {}|不是{}的名称
Chromium, Chrome or Edge on this machine, or browser=PATH|本机的Chromium、Chrome或Edge，或browser=PATH
any browser can print the HTML file as well|任何浏览器也都能打印该HTML文件
one that prints to PDF|能打印成PDF的浏览器
it wrote no file|它没有写出文件
no program of that name|没有这个程序
the heading of a column of the file|文件中某列的列名
two columns have this heading|有两列同名
upper and lower case are the same|不区分大小写
use the words of cogov COMMAND --help|请用cogov COMMAND --help中的词
cogov COMMAND --help for the keys there are|cogov COMMAND --help列出全部键
missing packages|缺少的包
"""  # noqa: E501 - a pair stands in one line
