"""Staff of communities: how many, when they work, by which dates, and what takes their time."""

TEXTS = """
staff.per_10k | 每万名居民配备的社区工作人员。
staff.hours_year | 一人一年的名义工时。
staff.case_share | 扣除填报后，用于办件的时间比例。
staff.embedded | 每个社区平均的上级下沉干部人数；为0时不起作用（见embedded）。 | 总人数为此数乘以社区数后取整，全部分完，没有余数。
staff.grid_workers | 每个社区在其他工作人员之外另有的网格员人数，有几个网格就有几人各管一个；为null时，有多少网格，工作人员中就有多少人是网格员。 | 用于考察各类人员各需多少。
staff.take_over_per_hour | 空闲的工作人员接手忙碌或缺勤同事队列中等候的件的速率；为0时各人队列互不相通，无限大时全队合为一个队列。
staff.due_date_weight | 在同样紧急程度的等候件中排先后时，到期日相对于到达先后的权重；为0时不起作用（先来先办），为1时最早到期的先办。 | 热线工单带有期限，据说各单位按期限办；没有找到实测的数据。
staff.travel_hours | 上门一次路上所用的小时数；为0时不起作用。 | 大于0时，demand.work_hours应不含路途。
staff.travel_repeat_share | 在同一网格接着再上一家门、中间不停歇时，路途用时所剩的比例。
staff.skill_needs | 需要部分工作人员才具备的专门技能的件所占比例；为0时不起作用。
staff.skill_cadres | 一支队伍中具备该技能的人所占比例，至少一人。
staff.two_person_share | 必须两人一同上门的件所占比例；为0时不起作用。
staff.patience_days | 一个人等候开始办理、到撤回为止平均能等的时间；为null时一直等下去。
roster.file | 按周排班的CSV文件，列为weekday、from、to、team、posts；为null时工作人员按日历上班。 | 排班中的一小时与日历班次中的一小时产出相同。
roster.shifts | roster.file所指文件的内容，按顺序；载入情景时从文件读入，使结果自带排班。
roster.at_shift_end | 排班文件中一班结束时手头的件怎么办：留待同一人下一班接着办，或先办完再下班。
roster.absence | 请假、培训、专项行动占工作日的比例；为0时不起作用。 | 这是staff.hours_year已经包含的缺勤，这里改为按整天计：平均工时不变。缺的天数若超过其中所含，工时就会少于它。
roster.absence_week | 同一人一周之内各日缺勤倾向的相关系数（个人原因）。
roster.absence_common | 同一社区的工作人员一周之内缺勤倾向的相关系数。 | 专项行动和培训一次会抽走好几个人。
roster.on_call | 一个社区在班次之外办理紧急件的值守岗位数，事后补休。
roster.overtime_hours_per_week | 一人每周可超时办完手头的件的小时数，在其他工时之外；为0时不起作用。 | 中国劳动法规定每月不超过36小时。此时各方工时不再相等，比较时须留意。
standards.enabled | 各件按档次设办理时限；为false时用trust.standard_days的期限。
standards.clock_hours | 第0档和第1档的时限，昼夜连续计算。 | 关于热线的报道中，紧急事项为2小时和24小时；各城市规定不一。
standards.working_days | 第2、3、4档的时限。 | 关于热线的报道中，按难易为3天、7天和15天；各城市规定不一。
standards.urgent_tier | 紧急件的档次。
standards.tiers | 需要一个、两个、三个单位的非紧急件的档次。
standards.category_tiers | 自有档次的类别及其档次，优先于按单位数所定的档次；null表示没有。
standards.pause_shelved | 件被搁置（挂起）期间停止计时。
standards.pause_outside | 从发出第一封转办函或列入会商等候名单起停止计时，直到轮到社区自己办理。
standards.extension_probability | 临近期限时申请延期的概率；只准延一次；为0时不起作用。
standards.extension_at | 时限过去多大比例后申请延期。
standards.extension_share | 延期的长度，以占时限的比例计。
standards.extension_hours | 一次延期申请所用的工作人员工时。
standards.send_back_days | 派错的单位必须退单的时限；为null时想退才退（referral.bounce_delay_days）。
standards.redispatch_restarts | 退回的件再次派出时重新计时。
standards.first_receiver | 最先接到的人对期限负责（首接负责）：既不停止计时，也不重新计时，办结在考核中计入该队。 | 北京市2021年12月的标准征求意见稿。
embedded.days_per_week | 每名下沉干部每周在社区的天数。
embedded.allocation | 在各社区间平均分配，或按各地预计的诉求多少分配。
embedded.labour | 到岗的日子参与办理社区的件。
embedded.authority | 有他们在，社区与其所属层级及以下的单位就有权责联系。
embedded.authority_level | 他们来自的最高层级：1为街道或乡镇，2为县。
embedded.displaced | 他们付出的工时从派出单位的经办人员中扣除，使工时总数不变。
patrol.hours_per_week | 每名网格员每周巡查小时数，从办件时间中支出；为0时不起作用。 | 同会商一样占用办件工时：一名工作人员每周约有19小时。iron_soles巡查两小时。
patrol.homes_visited_per_hour | 巡查一小时，能发现多少户家中尚未解决的私人问题。 | 与homes_passed_per_hour一起设定：每周两小时（iron_soles）时，每名居民每年发现0.18件，其中0.88办结；五小时时，同样的人手发现0.26件，办结0.64。
patrol.homes_passed_per_hour | 巡查一小时，能看到多少户周边尚未解决的公共问题。 | 与homes_visited_per_hour一起设定。
patrol.elder_factor | 走访60岁及以上老人的频率，相对于60岁以下未注册者的倍数；为1时不起作用。 | 为1时走访不分年龄：巡查在老人中多发现的，正是他们少反映的。
patrol.registered_factor | 走访60岁以下已注册者的频率，相对于未注册者的倍数；为1时不起作用。
patrol.couriers_per_10k | 每万名居民中，经常在路上、会用应用反映所见问题的骑手等人数；为0时不起作用，没有平台时也不起作用，除非他们可以打电话。
patrol.courier_hours_per_day | 一名骑手每天（一周七天）在路上的小时数；不占工作人员工时。
patrol.courier_passes_per_hour | 每万名居民有一名骑手时，他一小时经过其中某个地点的次数。 | 每天八小时，则每隔一天经过某个地点一次。
patrol.courier_report_probability | 骑手经过一处未解决的公共问题时反映它的概率。
patrol.courier_by_phone | 没有平台的地方、以及平台上线之前，骑手打电话反映。
shop_fronts.share | 居民遇到的秩序、交通和市场类公共问题中发生在店铺门前的比例；为0时不起作用。 | 垃圾、停车、招牌、摊位。所涉店铺是离当事人最近的一家；没有商户就没有此类问题。
shop_fronts.notice_days | 问题发生后几天，商户着手处理；一周七天都算。
shop_fronts.mend_probability | 信任居中（一半）、未参加评比的商户，动手处理一件要花一小时的问题的概率。
shop_fronts.trust_weight | 信任对自行处理的对数优势的作用；为0时信任不起作用。
shop_fronts.cost_weight | 每多花一小时，对自行处理的对数优势的作用；为0时工时多少不起作用。
shop_fronts.rated | 店铺参加门前评比。
shop_fronts.rated_effect | 参加评比对自行处理的对数优势的作用；为0时评比不影响任何人。
shop_fronts.report_probability | 没有人处理、也没有人反映时，商户反映它的概率。
paperwork.base_share | 只有一个平台时，填报占用的工作时间比例。
paperwork.share_per_platform | 每多一个未打通的平台，再占用的时间比例。 | 新闻报道中的个例，合计占社工一天的25%至50%。
paperwork.platforms | 工作人员须填报的平台数量。
paperwork.integration | 数据共享所免除的、其余平台填报负担的比例。
paperwork.cap | 填报占用时间比例的上限。
paperwork.entry_minutes | 一件在每个另外的、未打通的平台上重新录入所用的工作人员分钟数；为0时不起作用。
paperwork.screen_rate | 减负闸口退回的下派行政任务所占比例；为0时不起作用。 | 绍兴的闸口审核下到村和社区的全部任务；退回比例未见公布。
"""  # noqa: E501 - an entry stands in one line
