"""Units and how they are asked, closing, call-backs, cards and who operates."""

TEXTS = """
units.officers_per_10k | 社区、街道、县三级每万名居民的单位经办人员数。 | 三个数要一起按0.5到2的倍数变动。
units.background_load | 经办人员的时间中，模型之外的本职工作所占比例。
units.background_load_sd | 各单位之间本职负荷的标准差。
units.work_days | 在基准负荷下，单位办理一件中自己那部分平均所用的时间。
units.session_hours_per_week | 一名经办人员每周可用于联席会商的小时数。
units.due_date_weight | 同staff.due_date_weight，用于单位经办人员在已承诺的各件中排先后；为0时不起作用。
units.load_response | 办件使单位负荷变动的程度；为0时负荷始终是本职负荷。
referral.accept_probability | 基准负荷下单位接受转办函的概率。
referral.frailty_sd | 单位对一件的意愿的标准差，以对数优势计。
referral.load_slope | 负荷每增加一个单位，接受的对数优势的降低。
referral.load_reference | accept_probability所对应的负荷。
referral.link_effect | 有权责联系时，接受的对数优势的提高；为0时不起作用。
referral.convener_effect | 召集人邀请时，单位接受意愿（对数优势）的提高；为0时不起作用。 | 没有来源。结果总是同时给出为0时的情形。
referral.share_effect | 其他单位中已承诺者的比例从0升到1时，接受的对数优势的提高；为0时不起作用。
referral.answer_days | 单位收到函件到答复的平均时间；为0时不起作用。 | 会商当场答复：为0时，与会商相比的函件也是当即答复的。部门之间的函件，有规定的须在3至15个工作日内答复。
referral.retries | 被拒后再次函请该单位的次数。
referral.retries_escalated | 升级之后再次函请的次数。
referral.bounce_delay_days | 被拒的件再次发出前的耽搁。
referral.escalation | 被拒次数过多的件上升一级。
referral.escalation_delay_days | 升级所耽搁的时间。
referral.shelved_cost_share | 到搁置为止，一件已耗去的工作人员工时所占比例。
referral.chasing_hours_per_month | 催办一件搁置件所用的工作人员工时。
referral.shelf_days | 搁置件过了这段时间，在下一次按月催办时销号：未解决，不再催办，也不算未结件；它会像其他件一样再来。为null时不起作用：永不销号。 | 若没有它，搁置件与催办工时会一直增长，任何地方都达不到稳定状态。
referral.reopen_after_days | 搁置件过多久会被再次提起。
referral.authority_links | 社区与单位有权责联系（下沉干部）。
refusal.review | 单位拒收转办函须经复核（退单）。 | 北京市2021年12月的标准征求意见稿。会商中的拒绝不复核。
refusal.upheld_probability | 复核维持退单的概率；否则该单位办理自己那部分。为1且天数和工时为0时，复核不改变任何事。
refusal.review_days | 一次复核所用的时间。
refusal.unit_hours | 一次经复核的退单所用的单位经办人员工时。
refusal.staff_hours | 社区工作人员为此答复所用的工时。
refusal.last_resort_after | 同一部分被退几次后，由社区工作人员自己办（兜底）；为0时不起作用：从不兜底。 | 北京市2021年12月的标准征求意见稿提到兜底，但没有说退单几次之后。
joint_session.enabled | 多个单位坐到一起处理复杂诉求，每周一次或随时召集。
joint_session.start_day | 从时刻0算起，哪一天起有人开始召集、把搁置的件重新拿出来；为0时不起作用：从第一周起就有会商。
joint_session.weekday | 会商在星期几，0为星期一。
joint_session.hour | 会商开始的时刻。
joint_session.capacity | 一次联席会商可处理的件数；为0时不起作用。
joint_session.longest_wait_weeks | 排到会商的等候不超过这个时间，就列入等候名单，否则走转办函；为null时总是等候。 | 没有上限时，名单增长快于会商，就会把每一件都拖进去。
joint_session.on_call | 随时召集（吹哨报到）：件一备好，就召集所涉单位；没有每周会商。 | 召集谁、谁来召集、耗费多少，都与会商相同。
joint_session.call_within_days | 被召集的单位到场的时限。 | 北京平谷要求半小时（《支部生活》2022年第8期），即八小时工作日的0.06。
joint_session.call_absence_effect | 为一件专门召集时，缺席的对数优势的降低；为0时不起作用。 | 没有来源。结果总是同时给出为0时的情形。
joint_session.calls_per_week | 一个社区一周最多为几件召集单位，其余等候。为null时没有上限；为0时不起作用。
joint_session.severity_weight | 等候件排先后时严重程度的权重；三个权重都为0时先来先办。
joint_session.affected_weight | 等候件排先后时受影响人数的对数的权重。
joint_session.age_weight | 等候件排先后时自首次反映以来周数的权重。
joint_session.leave_out_after | 单位连续缺席几次会商后不再邀请，改为电话询问；为null时从不如此。
joint_session.preparation_hours | 准备一件所用的工作人员工时。
joint_session.meeting_hours | 每名与会者花在一件上的小时数。
joint_session.travel_hours | 每名与会者路上的小时数。
joint_session.absence_intercept | 基准负荷下缺席概率的对数优势。
joint_session.absence_slope | 负荷每增加一个单位，缺席的对数优势的提高。
joint_session.convener | 由有威望的人召集（见referral.convener_effect）。
joint_session.convener_links | 召集人带到会商上的职权的最高层级；为none时不起作用。 | 通过referral.link_effect起作用，与referral.convener_effect分开。武汉一个街道据报道每周开会共25次，其中五次有局领导到场，没有进展（来源弱）。
joint_session.parallel_work | 已承诺的单位同时办理；为false时一个接一个办。
closing.enabled | 负荷过高时，工作人员与单位可能仅在纸面上办结。
closing.base_probability | 基准负荷下、未临期、无回访时纸面办结的概率；为0时不起作用。 | 北京有一个社区据报道为15%（弱）；某区重复投诉有一半出自此类办结（弱）。
closing.load_slope | 最近20个工作日的负荷每增加一个单位，纸面办结的对数优势的提高。 | 应付随负荷上升：Lipsky（1980）。
closing.load_reference | base_probability所对应的负荷。 | 大致为默认社区的负荷，因此在那里每十次办结有一次是纸面办结。
closing.due_effect | 临期或超期时，对数优势的提高；为0时不起作用。
closing.due_within_days | 还剩几天算临期。
closing.effort_share | 纸面办结所耗工时，占最后一段工作工时的比例。
closing.callback_share | 工作人员和单位的办结中回访反映人的比例；为0时不起作用。
closing.callback_effect | 每件办结都回访时，对数优势的降低；按回访比例折算。
closing.callback_minutes | 一次回访所用的工作人员分钟数。 | 与北京热线的话务员处理一张工单所用时间相同。
closing.callback_after_days | 从办结到回访的时间。
closing.evaluated | 对各队考核：考核期限，并每四周按按时办结比例排名。
closing.deadline_pressure | 实行考核时，临期件的对数优势再提高多少；为0时不起作用。
closing.ranking_pressure | 按时办结少于同类各队整体的队，对数优势的提高；为0时不起作用。
closing.oversight | 投诉可能传到被询问单位的上级。
closing.oversight_effect | 基准负荷下，单位接受转办函的概率的提高；为0时不起作用。
call.answer_probability | 未解决者接听回访的概率；为1时人人接听。
call.answer_effect | 已解决时，接听的对数优势的提高（应答偏差）；为0时不起作用。
call.says_solved | 未解决者说已解决的概率；为0时不起作用。 | 代表客气、压力以及诱导性的提问。这样该件就不再重开。
call.says_satisfied | 不满意者说满意的概率；为0时不起作用。
call.satisfied_from | 满意度达到多少，已解决者算满意。
call.contact_days | 从反映算起，多长时间内首次响应算按时联系。
call.overdue | 时限届满仍未办结的件，也按同样比例回访。
cards.enabled | 按回访中的说法给各队打分，最低的得牌。
cards.start_day | 从哪一天起给各队打分。
cards.lowest_share | 同类各队中，在有答复且低于总体得分的队里，得牌的比例。
cards.red_after | 连续第几张牌起为红牌。
cards.red_weight | 一张红牌的分量，黄牌为1。
cards.memory_days | 以往得牌的压力降到1/e所需的时间；为null时一直保持。
cards.accept_effect | 得牌每单位分量，单位接受的对数优势的提高；为0时不起作用。
cards.answer_effect | 得牌每单位分量，单位答复函件所用时间的对数的降低；为0时不起作用。
cards.paper_effect | 得牌每单位分量，该队纸面办结的对数优势的提高；为0时不起作用。
operation.operator | 有平台时由谁受理和审核反映：工作人员，或伙伴自己的人员。
operation.audit_share | 由伙伴运营时，政府打电话抽查的办结所占比例；作用同回访。
operation.countersign_days | 伙伴的件转到政府单位之前等待会签的时间，每件一次；为0时不起作用。
operation.integrated | 一个入口、数据共享：不再为其他平台填报，按权责清单派单。
"""  # noqa: E501 - an entry stands in one line
