"""What each parameter is called in Chinese, and its units: the other half of the schema's English sentences.

Written group by group; a test holds that every parameter of the schema has a name here, and no other.
"""

import functools

_NAMES = """
: name 情景名称; description 情景说明; evidence 证据情况; warmup_days 预热天数; horizon_days 计数天数;
  followup_days 追踪天数; ledger 台账保留方式; ledger_sample_share 台账抽样比例
title: en 英文标题; zh 中文标题
calendar: start_date 起始日期; round_the_clock 全天候上班; working_days_per_week 每周工作日;
  shift_start_hour 上班时刻; shift_hours 每班时长; holidays 节假日; holiday_dates 节假日日期
county: communities 社区数; residents 全县居民总数; size_sigma 社区规模离散度;
  communities_per_street 每个街道的社区数
community: residents 居民数; household_size 户均人口; building_residents 每栋楼居民数;
  grid_residents 每个网格居民数; merchants 商户数; migrant_share 外来人口比例; share_60plus 60岁以上比例;
  share_under14 14岁以下比例; extra_inert_residents 测试用静默居民
world: fixed 各次重复用同一人群
ties: mean_degree 平均熟识邻居数; local_share 同楼熟人比例; after_help 互助后结识概率;
  after_meeting 同场活动后结识概率; fading_days 新关系消退天数
demand: rate 诉求发生率; merchant_rate 商户诉求发生率; season_amplitude 季节波动幅度;
  weekly_cv 全体社区每周波动系数; local_cv 单个社区每周波动系数; report_delay_days 周波动的反映滞后天数;
  weekly_correlation 相邻两周的相关; noticing 留意问题的指数; category_shares 各类诉求比例;
  organisations_shares 所需单位数的比例; level_given_organisations 所需层级的比例;
  public_share 公共问题比例; exposure_median 公共问题影响人数中位数; exposure_sigma 影响人数离散度;
  severity_sd 严重程度标准差; urgent_share 紧急诉求比例; helpable_share 邻居可帮的比例;
  desk_share 窗口可即办的比例; work_hours 办理工时; work_cv 办理工时变异系数; stream 诉求文件;
  mapping 列对应文件
reporting: base_rate_per_day 每日反映率; fading_days 反映意愿消退天数; seen_again_per_day 再次看到的频率;
  trust_weight 信任对反映的作用; cost_office 到窗口反映的成本; cost_phone 电话反映的成本;
  cost_app 应用反映的成本; phone_share 会电话反映的比例; phone_share_60plus 60岁以上会电话反映的比例;
  repeat_after_days 再次反映的间隔天数; published_status 进度公开; published_factor 公开反映的带动系数;
  learning_weight 经历对反映的作用; learning_memory_days 经历记忆天数; propensity_sigma 行动倾向离散度;
  sorting_share 同网格倾向共有比例
intake: minutes 受理用时; merge_probability 重复件合并; repeat_recognised 本人重复件识别概率;
  merged_minutes 合并件受理用时; triage_hours 未合并件甄别工时; revisit_probability 未合并件重新上门概率
routing: misroute 派错概率; authority_table 权责清单; misroute_with_table 有权责清单时的派错概率;
  misroute_hours 派错所耗工时
staff: per_10k 社区工作人员; hours_year 全年工时; case_share 办件时间占比; embedded 下沉干部;
  grid_workers 网格员; take_over_per_hour 空闲人员接手速率; due_date_weight 按期限排序的权重;
  travel_hours 上门路途用时; travel_repeat_share 同网格续访路途比例; skill_needs 需专门技能的比例;
  skill_cadres 有专门技能的人员比例; two_person_share 须两人上门的比例; patience_days 等待耐心天数
roster: file 排班文件; shifts 排班内容; at_shift_end 下班时手头的件; absence 缺勤;
  absence_week 本人各日缺勤相关; absence_common 同社区缺勤相关; on_call 值守岗位;
  overtime_hours_per_week 每周加班小时
standards: enabled 办理时限; clock_hours 按小时计的时限; working_days 按工作日计的时限;
  urgent_tier 紧急件档次; tiers 各类件档次; category_tiers 分类别档次; pause_shelved 挂起时停表;
  pause_outside 外转时停表; extension_probability 延期申请概率; extension_at 申请延期的时点;
  extension_share 延期时长比例; extension_hours 延期申请工时; send_back_days 退单时限;
  redispatch_restarts 重派后重新计时; first_receiver 首接负责
embedded: days_per_week 下沉干部每周到岗天数; allocation 下沉干部分配方式; labour 下沉干部参与办件;
  authority 下沉干部带来权责联系; authority_level 下沉干部最高层级; displaced 工时从派出单位扣除
patrol: hours_per_week 巡查; homes_visited_per_hour 每小时入户数; homes_passed_per_hour 每小时路过户数;
  elder_factor 老年户走访倍数; registered_factor 注册户走访倍数; couriers_per_10k 骑手人数;
  courier_hours_per_day 骑手每日在途小时; courier_passes_per_hour 骑手每小时经过次数;
  courier_report_probability 骑手反映概率; courier_by_phone 骑手可电话反映
shop_fronts: share 门前问题比例; notice_days 商户察觉天数; mend_probability 商户自行处理概率;
  trust_weight 信任对自行处理的作用; cost_weight 工时对自行处理的作用; rated 门前三包评比;
  rated_effect 评比对自行处理的作用; report_probability 商户反映概率
paperwork: base_share 填报占用时间; share_per_platform 每多一个平台的填报占用; platforms 须填报的平台数;
  integration 平台整合度; cap 填报占用上限; entry_minutes 重复录入用时; screen_rate 填报任务退回比例
units: officers_per_10k 单位经办人员; background_load 单位本职负荷; background_load_sd 单位本职负荷标准差;
  work_days 单位办理天数; session_hours_per_week 每周可会商工时; due_date_weight 单位按期限排序的权重;
  load_response 办件对单位负荷的作用
referral: accept_probability 函件接受率; frailty_sd 单位意愿标准差; load_slope 负荷对接受的作用;
  load_reference 基准负荷; link_effect 权责联系的作用; convener_effect 召集人作用;
  share_effect 他人承诺的带动作用; answer_days 单位答复天数; retries 被拒后再函次数;
  retries_escalated 升级后再函次数; bounce_delay_days 退回耽搁天数; escalation 升级;
  escalation_delay_days 升级耽搁天数; shelved_cost_share 搁置前已耗工时比例;
  chasing_hours_per_month 每月催办工时; shelf_days 搁置销号天数; reopen_after_days 搁置件再提天数;
  authority_links 社区与单位的权责联系
refusal: review 退单复核; upheld_probability 复核维持退单概率; review_days 复核天数;
  unit_hours 复核单位工时; staff_hours 复核社区工时; last_resort_after 退几次后兜底
joint_session: enabled 联席会商; start_day 会商开始日; weekday 会商星期几; hour 会商时刻; capacity 会商容量;
  longest_wait_weeks 会商最长等候周数; on_call 吹哨报到; call_within_days 报到时限;
  call_absence_effect 吹哨对缺席的作用; calls_per_week 每周吹哨上限; severity_weight 严重程度权重;
  affected_weight 影响人数权重; age_weight 等候时间权重; leave_out_after 缺席几次后不再邀请;
  preparation_hours 会商准备工时; meeting_hours 每件会商用时; travel_hours 会商路途用时;
  absence_intercept 缺席基准对数优势; absence_slope 负荷对缺席的作用; convener 召集人;
  convener_links 召集人权责层级; parallel_work 并行办理
mutual_aid: enabled 邻里互助; invitation 邀请方式; answer 应答方式; cost_over_benefit 帮忙成本收益比;
  reciprocity_factor 受助者回助倍数; offline_ties 当面请熟人; act_probability 应邀概率;
  invited 每件邀请人数; tie_factor 熟人应邀倍数; bystander_exponent 旁观者指数;
  probability_cap 应邀概率上限; delay_days 应邀耽搁天数; fatigue_halflife_days 疲劳减半天数;
  weekly_hours_cap 每周互助小时上限; unmatched_after_days 无人应邀转交天数; max_hours 可互助的最大工时;
  cadre_entry_probability 工作人员代录概率
first_call: share 先找物业或业委会的比例; accept_probability 物业业委会承接概率;
  answer_days 物业业委会答复天数; begin_within_days 答复后开工时限; property_company_hours 物业可用工时;
  owners_committee_hours 业委会可用工时
plural: enabled 多元支持; accept_probability 多元主体承接概率; menu 承接清单; menu_size 清单类别数;
  menu_weeks 清单更新周数; longest_backlog_weeks 最长积压周数; property_company_hours 物业办件工时;
  owners_committee_hours 业委会办件工时; social_organisation_hours 社会组织办件工时;
  enterprise_hours 企业办件工时
charity_sale: enabled 义卖; every_days 义卖间隔天数; take_part_probability 参加义卖概率;
  item_yuan 人均义卖所得; hour_yuan 购买服务每小时价格; service_days 购买服务到位天数
donation: enabled 捐助; hardship_share 困难人员比例; appeals_per_year 每年求助次数; asked_yuan 求助金额;
  asked_people 看到求助的人数; give_probability 捐助概率; gift_yuan 每笔捐助金额
standing_pair: enabled 结对帮扶; recurring_share 需长期帮扶的比例; every_days 上门间隔天数;
  visit_hours 每次上门时长; kind_shares 帮扶种类比例; commit_probability 愿意结对概率;
  life_days 结对持续天数; reliability 如约上门概率
crews: organisers_per_10k 组织者人数; events_per_year 每人每年活动数; events_sigma 活动频率离散度;
  seats_median 每场人数中位数; seats_sigma 每场人数离散度; newcomer_share 新人名额比例;
  visitor_share 外队名额比例; acts_exponent 以往参与的指数; memory_days 队员记忆天数;
  propensity_exponent 倾向的指数; hours 每场活动时长
points: enabled 积分; daily_cap 每日积分上限; per_active_day 每活跃日积分; per_help 每次互助积分;
  redeem_at 每次兑换积分; activity_factor 兑换后流失倍数; help_factor 兑换后互助倍数;
  effect_days 兑换影响天数; gaming_share 刷分用户比例
shortage: enabled 物资短缺; start_day 短缺开始日; days 短缺天数; stock_median 家庭存量中位数;
  stock_sigma 家庭存量离散度; use_per_day 每人每日用量; ask_ahead_days 提前求助天数; ask_units 每次求助数量;
  ask_again_days 再次求助间隔天数; asked_holders 询问的家庭数; give_probability 愿意匀出概率;
  reserve_share 自留余量比例
shocks: rain_per_year 每年暴雨次数; rain_season_amplitude 暴雨季节幅度; rain_peak_day 暴雨高峰日;
  flooded_markets 易涝市场社区数; flood_merchants 受淹商户数; flood_neighbours 市场周边居民数;
  flood_severity 内涝严重程度; flood_work_hours 内涝处置工时; flood_days 自行退水天数;
  flood_accept_probability 内涝函件接受率; flood_link_effect 内涝权责联系作用; loss_per_day 商户每日损失;
  give_hours 商户出力工时; give_intercept 商户出力基准对数优势; give_trust_weight 信任对出力的作用;
  give_loss_weight 损失对出力的作用; mobilisation 应急动员; surges 诉求激增
deliberation: electorate 表决范围; owner_share 本地户业主比例; owner_share_migrant 外来户业主比例;
  area_sigma 住房面积离散度; turnout 投票率; turnout_stake 利害相关者投票率增量; yes_above 赞成门槛;
  quorum 参与表决门槛; majority 通过规则; ordinary_majority 一般事项多数; major_majority 重大事项多数;
  budget_per_year 每年议事经费; cost_per_hour 落实每小时费用; mediation_hours 每件调解工时;
  implementation_days 落实最短天数; enabled 居民议事会; every_weeks 议事会间隔周数; weekday 议事会星期几;
  hour 议事会时刻; hours 议事会时长; preparation_hours 议事会准备工时; agenda 议题来源;
  topics_above 上级议题权重; topics 每次议题数; weight_mailbox 信箱权重; weight_web 网络舆情权重;
  weight_petitions 信访权重; coverage_mailbox 信箱覆盖比例; coverage_web 网络覆盖比例;
  web_loudness 网络声量指数; web_factor_60plus 60岁以上网络覆盖倍数; coverage_petitions 信访覆盖比例;
  petition_factor_young 60岁以下信访倍数; misfiled 归类错误比例; stuck_after_days 久拖天数;
  cases_per_topic 每个议题件数; invited 议事会邀请人数; size 议事会席位; attend_probability 到会概率;
  attend_cap 到会概率上限; app_factor 应用邀请倍数; motivation_gain 积极性对到会的作用;
  learning 议事学习步长; support_mean 初始意见均值; support_width 初始意见范围; stake 利害相关者意见增量;
  opinion_rule 意见交流规则; rounds 交流轮数; confidence 意见信任范围; openness 意见靠拢步长;
  skill_confidence 议事能力扩大范围; facilitator 主持人; facilitator_confidence 主持人扩大范围;
  facilitator_focus 主持人聚拢步长; facilitator_hours 主持人工时; outreach 会后宣传步长;
  tie_probability 同会结识概率
platform: enabled 居民端平台; apps 应用个数; start_day 平台开始日;
  rollout_innovation_per_year 平台自发上线率; rollout_imitation_per_year 平台跟进上线率
adoption: innovation_per_year 自发注册率; imitation_per_year 跟随注册率; initial_registered 期初注册率;
  initial_active 期初活跃率; contact_probability 接触后注册概率; campaigns 推广活动;
  campaign_rate_per_day 推广期每日注册率; retention 留存率; success_factor 办成后流失倍数; net_use 上网比例;
  net_use_60plus 60岁以上上网比例; able 会用政务应用的比例; able_60plus 60岁以上会用政务应用的比例;
  verified_share 本地户实名通过率; verified_share_migrants 外来户实名通过率
trust: enabled 信任随经历变化; initial_mean 期初信任均值; initial_sd 期初信任标准差; gain 信任增长步长;
  loss 信任下降步长; own_weight 亲历权重; story_weight 听闻权重; published_weight 公开进度权重;
  expectation_initial 期初期望; expectation_step 期望调整步长;
  satisfaction_performance 办理效果对满意的系数; satisfaction_disconfirmation 落差对满意的系数;
  satisfaction_expectation 期望对满意的系数; standard_days 居民期望天数
closing: enabled 可能纸面办结; base_probability 纸面办结概率; load_slope 负荷对纸面办结的作用;
  load_reference 纸面办结基准负荷; due_effect 临期对纸面办结的作用; due_within_days 临期天数;
  effort_share 纸面办结所耗工时比例; callback_share 回访比例; callback_effect 回访的作用;
  callback_minutes 每次回访分钟; callback_after_days 办结后回访天数; evaluated 考核;
  deadline_pressure 期限考核压力; ranking_pressure 排名考核压力; oversight 上级督办;
  oversight_effect 督办对接受的作用
call: answer_probability 接听回访概率; answer_effect 办成对接听的作用; says_solved 未办成却称办成概率;
  says_satisfied 不满意却称满意概率; satisfied_from 满意门槛; contact_days 首次联系时限;
  overdue 超期件也回访
cards: enabled 黄红牌; start_day 黄红牌开始日; lowest_share 得牌比例; red_after 第几张起为红牌;
  red_weight 红牌权重; memory_days 得牌影响天数; accept_effect 得牌对接受的作用;
  answer_effect 得牌对答复的作用; paper_effect 得牌对纸面办结的作用
operation: operator 平台运营方; audit_share 办结抽查比例; countersign_days 会签天数; integrated 一体化运营
city: folder 校准城市文件夹; origin 已知截止日; until 诉求截止日; draw 后验抽样序号; gamma 积压作用指数;
  mobilisation 紧急动员指数; put_off 推后指数; due_effect 临期作用; weekly_noise 每周波动倍数;
  staff 各队人员增减; staff_from 人员变动起始日; merge 合并的队; priority 各类优先权重;
  officers 各队经办人数; order 经办先后; work 工时分布; week_hours 每周工时
verification: mode 验证模式; arrival_rate 到达率; servers 服务台数; service_distribution 服务时间分布;
  service_mean 平均服务时间; service_cv 服务时间变异系数; priority_shares 优先级比例;
  patience_mean 平均耐心; feedback 返回概率; second_stage 第二阶段; population 扩散人数; p 创新系数;
  q 模仿系数; contact_rate 接触率; initial 期初采用者; network 网络; mean_degree 网络平均度;
  network_file 网络文件
"""

_UNITS = """
share 比例; days 天; probability 概率; hours 小时; persons 人; working days 工作日; 0 to 1 0到1;
hours per week 小时/周; per day 每天; per year 每年; weeks 周; persons per 10,000 人/万人; yuan 元; tier 档;
minutes 分钟; hour of day 时; communities 个社区; yuan per hour 元/小时; weekday 星期; units 份; times 次;
points per day 分/天; points 分; persons per community 人/社区; merchants 户; homes per hour 户/小时;
correlation 相关系数; cases per week 件/周; yuan per year 元/年; yuan per day 元/天; units per day 份/天;
topics 个议题; times per hour 次/小时; share per platform 每平台比例; sessions 次会商; servers 台;
rounds 轮; refusals 次退单; posts 个岗位; platforms 个平台; per working hour of idleness 每空闲工时;
per week 每周; per resident-year 每人每年; per merchant-year 每户每年; per hour 每小时;
per 1,000 yuan 每千元; minutes per platform and case 分钟/平台·件; level 层级; households 户;
hours per year 小时/年; hours per month 小时/月; hours per day 小时/天; events per year 场/年;
days per week 天/周; day of year 年内第几天; categories 类; cases 件; cards 张; apps 个应用; ISO date 日期
"""


@functools.cache
def names_zh() -> dict[str, str]:
    """Return the Chinese name of each parameter by its dotted key."""
    found = {}
    for group, entries in _groups():
        for entry in entries:
            name, said = entry.split(maxsplit=1)
            found[f"{group}.{name}" if group else name] = said
    return found


@functools.cache
def units_zh() -> dict[str, str]:
    """Return the Chinese of each unit."""
    pairs = ((unit, said) for unit, said in (entry.rsplit(maxsplit=1) for entry in _entries(_UNITS)))
    return {"": "", **dict(pairs)}


def _groups() -> list[tuple[str, list[str]]]:
    blocks: list[list[str]] = []
    for line in _NAMES.strip().splitlines():
        if line.startswith(" "):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    apart = [" ".join(block).partition(":") for block in blocks]
    return [(group, _entries(entries)) for group, _, entries in apart]


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.replace("\n", " ").split(";") if entry.strip()]
