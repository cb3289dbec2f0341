"""Short names of the parameters that have a slider, and in Chinese also what they mean.

English sentences are the schema's own (`sim.parameters.scenario`); a parameter without an entry goes by its
key.
"""

PARAMETER_WORDS: dict[str, dict[str, str]] = {
    "staff.per_10k": {
        "en": "Community staff",
        "zh": "社区工作人员",
        "zh_text": "每万名居民配备的社区工作人员。",
    },
    "staff.case_share": {
        "en": "Time left for cases",
        "zh": "办件时间占比",
        "zh_text": "扣除填报后，用于办件的时间比例。",
    },
    "roster.absence": {"en": "Absence", "zh": "缺勤", "zh_text": "请假、培训、专项行动占工作日的比例。"},
    "staff.embedded": {
        "en": "Embedded cadres",
        "zh": "下沉干部",
        "zh_text": "每个社区平均的上级下沉干部人数；为0时不起作用。",
    },
    "patrol.hours_per_week": {
        "en": "Patrol",
        "zh": "巡查",
        "zh_text": "每名网格员每周巡查小时数，从办件时间中支出。",
    },
    "paperwork.base_share": {
        "en": "Paperwork with one platform",
        "zh": "填报占用时间",
        "zh_text": "只有一个平台时，填报占用的工作时间比例。",
    },
    "platform.enabled": {
        "en": "Platform for residents",
        "zh": "居民端平台",
        "zh_text": "居民可注册并在应用中反映。",
    },
    "adoption.initial_registered": {
        "en": "Registered at the start",
        "zh": "期初注册率",
        "zh_text": "期初已注册者占有能力使用者的比例。",
    },
    "intake.merge_probability": {
        "en": "Duplicates merged",
        "zh": "重复件合并",
        "zh_text": "同一问题再次反映时被识别并合并的概率。",
    },
    "reporting.published_status": {
        "en": "Status published",
        "zh": "进度公开",
        "zh_text": "向所有用户公开反映与办理进度。",
    },
    "paperwork.platforms": {
        "en": "Platforms to feed",
        "zh": "须填报的平台数",
        "zh_text": "工作人员须填报的平台数量。",
    },
    "paperwork.integration": {
        "en": "Integration",
        "zh": "平台整合度",
        "zh_text": "数据共享所免除的、其余平台填报负担的比例。",
    },
    "mutual_aid.enabled": {"en": "Mutual aid", "zh": "邻里互助", "zh_text": "邻居可承接适合的小诉求。"},
    "routing.authority_table": {
        "en": "Authority table",
        "zh": "权责清单",
        "zh_text": "按权责清单派单，减少派错。",
    },
    "joint_session.enabled": {
        "en": "Joint sessions",
        "zh": "联席会商",
        "zh_text": "多个单位每周坐到一起处理复杂诉求。",
    },
    "joint_session.capacity": {
        "en": "Session capacity",
        "zh": "会商容量",
        "zh_text": "一次联席会商每周可处理的件数。",
    },
    "joint_session.on_call": {
        "en": "Convening on call",
        "zh": "吹哨报到",
        "zh_text": "不等每周会商，随时召集一件诉求所涉单位，限时到场。",
    },
    "referral.convener_effect": {
        "en": "Effect of the convener",
        "zh": "召集人作用",
        "zh_text": "召集人邀请时，单位接受意愿（对数优势）的提高；为0时不起作用。",
    },
    "referral.accept_probability": {
        "en": "Acceptance of a letter",
        "zh": "函件接受率",
        "zh_text": "基准负荷下单位接受转办函的概率。",
    },
    "plural.enabled": {
        "en": "Plural support",
        "zh": "多元支持",
        "zh_text": "物业、业委会、社会组织与企业可承接合适的个案。",
    },
    "deliberation.enabled": {
        "en": "Councils of residents",
        "zh": "居民议事会",
        "zh_text": "定期召开居民议事会。",
    },
    "closing.enabled": {
        "en": "Closing on paper possible",
        "zh": "可能纸面办结",
        "zh_text": "负荷过高时，工作人员与单位可能仅在纸面上办结。",
    },
    "community.residents": {"en": "Residents", "zh": "居民数", "zh_text": "一个社区的居民人数。"},
    "demand.rate": {"en": "Needs", "zh": "诉求发生率", "zh_text": "每名居民每年遇到的问题数，无论是否反映。"},
    "horizon_days": {"en": "Days counted", "zh": "计数天数", "zh_text": "计入结果的天数。"},
}
