"""Where values come from: each source for a Chinese reader, English publications by their own names."""

TEXTS = """
State Council General Office, yearly notices on holidays, 2019 to 2026 | 国务院办公厅年度放假安排通知，2019至2026年
Zhejiang's definition of a large merged community: 3,000 households or more | 浙江省对大型融合社区的界定：3,000户及以上
Seventh national census, 2020 | 第七次全国人口普查，2020年
Zhejiang: residents per micro-grid, from official counts | 浙江：每个微网格的居民数，出自官方统计
Zhejiang 2022 (774) and Jiaxing 2020 (1,081): population over number of grids | 浙江2022年（774）、嘉兴2020年（1,081）：人口除以网格数
Boston 311 requests of 2011, weekly counts by residents, after Poisson: .14 to .17 | 波士顿2011年311诉求，按居民计的每周件数，扣除泊松波动后：0.14至0.17
Boston 311 requests of 2011, weekly counts by district, beyond what is common: .19 | 波士顿2011年311诉求，各区每周件数，扣除共同波动后：0.19
Custodianship: few people notice and report most of what is wrong in public (O'Brien 2018) | 照管行为：公共场所的问题大多由少数人发现并反映（O'Brien 2018）
Beijing 12345 hotline, 2020, its seven matching categories; dispute and property assumed | 北京12345热线2020年与之对应的七个类别；纠纷和物业两类为假设
Sjoberg, Mellon & Peixoto 2017 (FixMyStreet): second report 57 % likelier after a first one that was fixed, which is ln(1.57)/2 = .2255 if it acts like this | Sjoberg, Mellon & Peixoto 2017（FixMyStreet）：第一次反映得到解决后，第二次反映的可能性高57%，若按此方式起作用，即ln(1.57)/2 = 0.2255
Shenzhen Pioneers: solves Gini = 2*Phi(sigma/sqrt 2) - 1 for contributions | 深圳Pioneers：由贡献的基尼系数 = 2*Phi(sigma/sqrt 2) - 1求得
Beijing 12345 hotline: operator minutes per order | 北京12345热线：话务员处理每张工单的分钟数
National plan for community services 2021-2025: 18 by 2025 | 国家“十四五”城乡社区服务体系建设规划，2021–2025年：到2025年达到18人
Cangnan 2022: 1,398 cadres for 171 villages and communities (Zhejiang Daily 2022-11-30) | 苍南2022年：1,398名干部下沉171个村社（《浙江日报》2022-11-30）
Zhejiang 2022: 12.1 million items found by grids, .18 per resident, 91 % closed | 浙江2022年：网格发现事项1,210万件，人均0.18件，办结91%
Zhejiang 2022, as above | 浙江2022年，同上
Zhejiang grid workers, winter 2022-23: 1.596, 0.675, 0.381, 0.347 million acts | 浙江网格员2022–23年冬季：159.6万、67.5万、38.1万、34.7万次
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): 55 and 28 | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：55和28
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): a tenth of the organisers call .66 of the events | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：十分之一的组织者召集了0.66的活动
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): 2 and 4 | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：2和4
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): means 4.1 and 7.4 at medians 2 and 4 | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：均值4.1和7.4，中位数2和4
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): fitted to each, and held against the other | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：由每个小区估计，再与另一个小区对照
Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB): log standard deviation .3, of 1.65 | 深圳Pioneers两个小区（Zhang et al. 2022的数据，doi 10.7910/DVN/YUOOBB）：对数标准差0.3，相对于1.65
Ningbo 2022: 8.9 million hours, 2.14 million volunteers, 1.33 acts each | 宁波2022年：890万小时，志愿者214万人，人均1.33次
Civil Code of the PRC, article 278 | 《中华人民共和国民法典》第278条
Zhejiang Daily, 2020-12-02: consensus within about two hours, credited to facilitators (Xiaohe) | 《浙江日报》2020-12-02：约两小时内达成共识，归功于主持人（小河）
Xiang et al., model of age-friendly communities: 3 to 5 rounds before consensus or dissent | Xiang et al.，老年友好社区模型：3至5轮后达成共识或分歧
Sultan, Farley and Lehmann 1990, mean of diffusion studies | Sultan, Farley and Lehmann 1990，各项扩散研究的均值
Shenzhen Pioneers: median weekly active over ever active, .126 and .097 | 深圳Pioneers：每周活跃人数中位数与曾经活跃人数之比，0.126和0.097
Shenzhen Pioneers: 45 % joined within 180 days of a campaign, -ln(.55)/180 | 深圳Pioneers：推广180天内45%加入，-ln(0.55)/180
Shenzhen Pioneers, Kaplan-Meier estimates of two neighbourhoods, rounded | 深圳Pioneers，两个小区的Kaplan-Meier估计，取整
CNNIC, December 2021: .73 of all, split by age | CNNIC，2021年12月：总体0.73，按年龄拆分
CNNIC, December 2021 | CNNIC，2021年12月
CNNIC, March 2020: share of netizens using online government | CNNIC，2020年3月：网民中使用在线政务者的比例
CNNIC, December 2021: tasks older netizens do alone | CNNIC，2021年12月：老年网民能独立完成的事项
Chen, Pan and Xu 2016: county governments replied considerably more often if superiors might hear of it; the size of 8 to 10 points is from memory of that study | Chen, Pan and Xu 2016：上级可能得知时，县政府的回复明显更多；8至10个百分点这一大小系凭对该研究的记忆
"""  # noqa: E501 - an entry stands in one line
