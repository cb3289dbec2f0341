"""Help in Chinese of the commands that simulate, and of those that show what was simulated.

The pair of each command's docstring; keys, values and names of files are the same in both.
"""

TEXTS = {
    "run": """
用法：cogov run [scenario=NAME] [键=值 ...]
示例：cogov run scenario=co_governance replications=20 community.residents=20000 out=out/large

scenario=名称或文件.yaml      模拟什么（administration_led）；cogov explain列出自带情景
seed=整数                     换一组随机数（1）
replications=整数             独立重复次数（1）
out=文件夹                    结果写到哪里（out/run）
executor=serial|processes|dask   单进程、多进程或Dask集群（serial）；结果相同
executor.address=tcp://…      Dask调度器的地址（不写：本机上的集群）
jobs=整数                     进程数（全部处理器）
任一参数=值                   改变该参数，如horizon_days=730；cogov explain 参数 说明其含义

显示主要指标，并写出manifest.json、cases.parquet、daily.parquet、people.parquet、summary.csv、by_group.csv；
有demand.stream时另有stream_account.csv和communities.csv。文件夹须为新的、空的或存有cogov结果的；其中您自己的
文件保持不变。Ctrl-C、SIGTERM、SIGHUP保留已完成的重复。

cogov run -m 键=1,2,3 其他=a,b  逐一运行每种组合，写出文件夹/0、文件夹/1……和文件夹/runs.csv（文件夹：out）；
退出状态为其中最差的一个。
""",
    "compare": """
用法：cogov compare [scenarios=[A,B]] [键=值 ...]
示例：cogov compare replications=50 community.residents=20000 out=out/large

scenarios=[A,B]               名称或文件.yaml（[administration_led,co_governance]）；均与第一个比较
seed=整数                     换一组随机数（1）
replications=整数             独立重复次数（20）
out=文件夹                    结果写到哪里（out/compare）
executor=serial|processes|dask   单进程、多进程或Dask集群（serial）；结果相同
executor.address=tcp://…      Dask调度器的地址（不写：本机上的集群）
jobs=整数                     进程数（全部处理器）
language=en|zh                表、图和报告的语言（随系统）
任一参数=值                   用于每个情景

写出manifest.json、cases.parquet、daily.parquet、people.parquet、summary.csv、comparison.csv、by_group.csv、
图和
report.html；有demand.stream时另有stream_account.csv和communities.csv。居民或问题不同的情景不予比较：
它们不成对。
文件夹须为新的、空的或存有cogov结果的；其中您自己的文件保持不变。Ctrl-C、SIGTERM、SIGHUP保留已完成的重复。
""",
    "sweep": """
用法：cogov sweep [scenario=NAME | scenarios=[A,B]] 键=a,b,c ... [键=值 ...]
示例：cogov sweep staff.per_10k=8,12,16 paperwork.base_share=range(0.2,0.5,0.1) replications=20
示例：cogov sweep design=sobol points=64 vary=[staff.per_10k,trust.*] scenario=co_governance

键=a,b,c  键=range(1,9,2)     所列取值的全部组合（design=grid）
键=interval(LOW,HIGH)         一个区间，用于design=lhs（拉丁超立方）和design=sobol
vary=[KEY,group.*]            在合理区间内变动的参数，用法同上
points=整数                   此类设计的点数（64）
任一参数=值                   各点相同

scenario=名称                 运行什么（administration_led）
scenarios=[A,B]               每点运行几个，诉求与随机数相同；差与第一个相比
metric=名称或[A,B]            估计、汇总哪些指标，第一个画图；其余不算，小规模运行可省一半以上时间。不写：
                              全部指标，
                              画rmst180
replications=整数             每点的重复次数（20），各点随机数相同
precision=数                  在replications=次之后继续，直到第一个指标（几个情景时为其差）
                              的区间每侧不超过此数
most=整数                     但不超过这么多次重复（10000）
seed=整数                     换一组随机数（1）
store=文件夹                  运行存放处（out/store）；已有的不再计算
retry=true                    重新计算以前失败的运行
executor=serial|processes|dask  jobs=整数  executor.address=tcp://…   由谁执行（processes）
out=文件夹                    结果写到哪里（out/sweep）
language=en|zh                表和图的语言（随系统）

写出runs.csv和runs.parquet（每次运行一行：参数、重复、指标）、sweep.csv和sweep.parquet（每点、每情景、
每指标一行：
均值、区间、差）、manifest.json和图。文件夹须为新的、空的或存有cogov结果的；其中您自己的文件保持不变。
Ctrl-C、SIGTERM、SIGHUP保留已完成的部分；同一命令可接着运行。
""",
    "province": """
用法：cogov province [scenario=NAME | scenarios=[A,B]] [counties=整数] [键=值 ...]
示例：cogov province counties=3 scenarios=[administration_led,co_governance] executor=processes jobs=2

scenario=名称或scenarios=[A,B]   模拟什么（co_governance）；几个时诉求与随机数相同
residents=整数          全省人口（65800000，浙江）；各县均分
of=整数                 全省县数（90）
counties=整数           模拟其中前几个（全部）
communities=整数        每县社区数（171，与苍南相同）
metric=名称或[A,B]      显示哪些（谁被听见、办得多快、谁参与、全部诉求、工时）
replications=整数       每县年数（1）
seed=整数 out=文件夹    换一组随机数（1）；结果写到哪里（out/province）
store=文件夹            各县存放处（OUT/store）；已有的不再计算
executor=serial|processes|dask  jobs=整数  executor.address=tcp://…   由谁执行（serial）
任一参数=值             各县相同

各县只有随机数不同：各有自己的种子、居民和诉求。一县的单位只服务本县社区；县与县之间没有共用的东西。
执行者把一县
归为各项估计值，只传回这些，因此只需容纳一县的内存；无论由谁计算，数值逐位相同。写出province.csv，每县一行，
并显示
各县均值及95%区间和全部所需时间。Ctrl-C保留已完成的县；同一命令可接着运行。
""",
    "report": """
用法：cogov report 文件夹 [键=值 ...]
示例：cogov report out/compare language=zh format=pdf

文件夹是cogov run、compare或sweep写出的结果，或运行库。

language=en|zh          文字和图的语言（随系统）
format=html|pdf|both    html不需要其他文件；pdf由Chromium、Chrome或Edge打印（html）
question=文本           替换标准问题
metric=名称或[A,B]      运行库：报告哪些指标（rmst180）
out=文件夹              写到哪里（原文件夹；运行库：out/report）
browser=路径            用哪个程序打印pdf（找到的第一个）

第一页供负责人阅读：谁被听见、办得多快、谁参与、耗费多少工时、一张图、依据什么、什么会改变它；其后是图、
全部假定、
全部指标和如何复现。估计值由文件夹中的运行重新算出。写出report.html（language=zh时为report.zh.html；
.pdf同理）和
figures/语言/*.png与*.svg，配置和命令都写在图的元数据中。
""",
    "store": """
用法：cogov store ls|show|gc [store=文件夹] [键=值 ...]
示例：cogov store ls store=out/store

ls                    运行库的每次使用（何时、如何结束、计算了什么）和总数
show                  失败的运行及其错误
show run=ID           某次运行：设置、过程、数值；写标识的开头即可
gc                    合并小文件，删去被中止的运行留下的东西和重复的行
gc drop=old           ……以及由其他版本的模型得出的运行
gc drop=failed        ……以及失败运行的行；需要时重新计算
gc drop=damaged       ……以及证实与写入时不同的文件

store=文件夹          运行库的位置（out/store）

每次运行按完整配置、种子、重复序号和代码版本的哈希保存；需要许多运行的命令只计算缺少的。无法读取的会指明、
计数并
跳过：其运行在需要时重新计算，文件予以保留，因为它可能完好。不是本程序写的文件不动。
""",
    "validate": """
用法：cogov validate [replications=整数] [seed=整数] [out=文件夹] [jobs=整数] [键=值 ...]
示例：cogov validate replications=40 out=out/validate

calibrated     为使参数相符而选用的输入和目标：相符只说明这一点
verification   答案精确已知的算术与极限情形
genuine        他人的发现，没有参数为其选定；predicts写明未用于拟合的地方或时期，以及拟合用的是什么

replications=整数      每种设置的独立重复次数（20）
seed=整数              换一组随机数（1）
out=文件夹             validation.csv、validation.md和图写到哪里（out/validate）
jobs=整数              进程数（1）
任一参数=值            在calibrated和genuine各行上试用其他参数

不符的行仍记为不符，并说明原因；退出状态仍为0：不符也是结果。
""",
    "reproduce": """
用法：cogov reproduce                    列出已发布的实验
      cogov reproduce NAME               运行一个；也可写您自己实验的YAML文件
示例：cogov reproduce equal_acceptance out=out/equal

out=文件夹     表和图写到哪里（out/reproduce/NAME）
jobs=整数      进程数（全部处理器）
record=true    维护者用：把新表存为预期结果表

相同时退出状态为0，不同为1。同类机器、同样的软件包下，每个数都须一致；其他机器上，均值须落在彼此的区间内。
""",
    "dashboard": """
用法：cogov dashboard [scenarios=[A,B]] [键=值 ...]
示例：cogov dashboard scenarios=[administration_led,fuchun_zhilian] community.residents=20000

scenarios=[A,B]              起初的两个情景，名称或文件（administration_led和co_governance）
seed=整数                    换一组随机数（1）
replications=整数            每条曲线背后的配对运行数（20）
language=en|zh               网页起初的语言，网页上可切换（随系统）
dashboard.port=整数          网页的端口（8765）；0：任一空闲端口
dashboard.host=地址          谁能打开（127.0.0.1：仅本机）
jobs=整数                    工作进程数（全部处理器）
out=文件夹                   您保存的情景和诉求写到哪里（out/dashboard）
任一参数=值                  用于两个情景

打开它显示的地址。滑块、地图、个案与人的经历、您自己热线的CSV：见docs/guides/dashboard.md。无需互联网；
数据不离开
本机。Ctrl-C结束。关闭的网页立即释放，断开的15分钟后释放，无人操作的8小时后释放。
""",
    "explain": """
用法：cogov explain                      自带情景和参数组
      cogov explain scenario=NAME        与基准相比改变了什么
      cogov explain 参数                 一个参数，或一组的全部参数
      cogov explain 词                   中文词所指的参数和命令（人员）
      cogov explain events               运行中可能发生的事件、次序和由何处理
示例：cogov explain scenario=co_governance_equal_acceptance
      cogov explain referral.convener_effect

可加上改变的参数：cogov explain scenario=co_governance staff.per_10k=12
""",
    "completion": """
用法：cogov completion bash|zsh|fish
示例：cogov completion bash > ~/.local/share/bash-completion/completions/cogov
      cogov completion zsh > "${fpath[1]}/_cogov"
      cogov completion fish > ~/.config/fish/completions/cogov.fish

只用于一次会话：eval "$(cogov completion bash)"。所补全的是本版本的词：升级后请重新生成。
""",
}
