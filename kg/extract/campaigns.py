"""Doc → programmes named without title marks: campaigns, standing systems, inspections, plans and laws in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.phrases import Phrase
from kg.gazetteer import Hit
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun with what its modifier must be.

    `least` counts the characters before the head; `proper` asks for a place, a water, a quoted word, a period
    (“十四五”) or the nation among them; `after` may not follow; `generic` words alone are no modifier; `field` asks for a word of the environment.
    """

    subtype: str
    pattern: str
    least: int = 2
    proper: bool = False
    after: str = ""
    generic: str = ""
    field: bool = False


HEADS = (
    Head("Campaign", "保卫战|攻坚战|阻击战|歼灭战|持久战|阵地战|整治战|总体战|翻身仗|标志性战役|标志性重大战役", 2, generic="东部 中部 西部 标志性 重大 这场 持久 人民 治理 三大 三场 一场 脱贫"),
    Head("Campaign", "专项行动|整治行动|执法行动|攻坚行动|提升行动|治理行动|百日行动|清零行动|集中行动|建设行动|清理行动|巡查行动|监管行动|保护行动", 2,
         after="方案|实施方案|工作方案|计划|工作组|领导小组|小组|办公室|组",
         generic="专项 集中 整治 执法 联合 攻坚 提升 治理 综合 系列 各类 大 一次 重大 检查 工程 基础设施 专项整治 系统 清理 监管 相关 环境 保护 生态 全国 全省 全市 全县"),
    Head("Campaign", "行动", 2, after="方案|实施方案|工作方案|总体方案|计划|自觉|力|者|能力|指南|起来|纲领|要求|不便|迅速|敏捷|组|队|部署|上|中|路线|领导|起|一致|范围|目标|指引|缓慢|效率|轨迹|机制|体系|网络|框架|号召|议程|指数|联盟|小组|办公室|宣言|倡议|吧|派|产",
         generic="随 部队 模范 日常 方面 全民 集中 联合 统一 具体 实际 重大 思想 救援 军事 应急 执法 自觉 自主 实践 集体 群众 公益 重要 共同 国际 气候 救助 扶贫 减排 合作 社会 全国 全球 宣传 绿色 环保 保护 生态 志愿 志愿服务 服务 系列 一致 党员 干部 综合 侦查 抓捕 专项 治理 整治 部门 地方 政府 本质 文明 各项 环境 积极 先行 增加 排查 清理 巡河 违法 恢复 修复 植树 补种 灭火 扑救 搜救 抢险 缉毒 反恐 维权 维稳 监管 改造 执法检查 检查 督查 督察 清理整治 打击 普法 抗旱 救灾 单边 外交 有效 主动 先期 集结 联动 生产 消费 创建 绿化 大 扑火 一次 快速"),
    Head("Plan", "行动计划|行动方案|行动纲要", 3, generic="具体 全民 年度 专项 绿色 三年 五年 相关 工作 实施 攻坚 整治 治理 应急 创建 推进 建设 工作 详细 重点 国家 地方 大气 环境 生态 保护 污染防治"),
    Head("Plan", "中长期发展规划|中长期规划|中长期专项规划", 4, generic="经济 社会 发展 专项 重点 部门 行业"),
    Head("Plan", "规划纲要|总体规划|专项规划|发展规划|控制性详细规划|建设规划|保护规划|防治规划|治理规划|利用规划|综合规划|整改方案|总体方案|实施方案|工作方案|治理方案|整改清单|任务清单|应急预案|管理办法|考核办法|暂行办法|实施办法|实施意见|实施细则|规划|方案",
         4, True, after="期|图|设计|局|院|部门|者|和自然|与|区|环评|环境影响|主管|司|师|水平|引领|目标|范围|许可|条件|指标|先行|编制|为",
         generic="国家 重大 重要 全国 有关 工作 实施 具体 相关 总体 专项 长远 行业 部门 地方 城乡 国土空间 空间 城市 项目 投资 解决 设计 技术 年度 本 级"),
    Head("Law", "条例|(?:保护|防治|促进|管理|治理|节约|利用|安全|评价|处罚|许可|监察)法", 4, True, after="律|规|治|院|定|人|官|庭|制|学"),
    Head("Plan", "战略", 4, True, after="性|部署|定位|目标|合作|支撑|伙伴|资源|储备|地位|要求|高度|意义|机遇|规划|研究|思维|选择|任务|举措|布局|安排|思想|重点|咨询|纲要|腹地|屏障|节点|枢纽|高地|支点|通道|先手|水源|后备|科技|新兴|物资|抉择|决策|考量|空间|基点|引领|实施|部|眼光|投资|支援|管理|保障|协作|协同",
         generic="新时代 国家 重大 重要 区域 发展 总体 长远 长期 全球 三大 四大 新 主体 国防 军事 经济 能源 强国 强省 强市 可持续 驱动 一系列 系列 根本 基础性 全局 中国 地方 企业 品牌"),
    Head("StandingSystem", "责任制|负责制|追究制|承包制|包保制|销号制|督办制|包抓制", 4, after="度|约|造|定|止",
         field=True, generic="目标 岗位 工作 领导 安全 生产 相关 管理 政治 主体 首问 个人 直接 分管 领导干部 主要领导 属地 法律 任务 严格 各级 部门"),
    Head("StandingSystem", "制度", 4, after="化|建设|体系|性|框架|安排|保障|机制|创新|优势|改革|设计|供给|执行|约束|规定|研究|办法|文件|成果|短板|漏洞|型|上|方面|标准|方案|政策|措施|环境|的笼子|笼子|规范",
         field=True, generic="管理 责任 法律 各项 规章 相关 有关 基本 社会主义 中国 特色 政治 经济 考核 监督 考评 评价 奖惩 通报 例会 联席会议 会议 工作 保障 配套 内部 财务 日常 监管 监督检查 检查 巡查 审批 环境 保护 生态 环境保护 生态环境 生态文明 文明 建设 安全 生产 安全生产 报告 信息 公开 信息公开 共享 统计 定期 调度 档案 登记 审查 审核 备案 监测 预警 公示 听证 问责 追究 落实 整改 台账 值班 值守 巡护 维护 运行 培训 教育 学习 奖励 激励 约束 惩戒 市场 产权 社会 长效 重大 决策 分级 分类 领导 干部 组织 技术 标准 资金 项目 工程 质量 企业 民主 选举 代表 土地 税收 财政 金融 保险 医疗 养老 保障 行业 重点 环保 主要 统一 严格 完整 根本 科学 系统 国家 地方 重要 核心 基础 全国 环评 环境影响 执法 行政 司法 许可 日常巡查 考核评价 信息共享 情况 反馈 专项 服务 投入 专家 咨询 交易 使用 处置 应急 管护 评估 公众 参与 用水 取水 水 资源 水资源 成果 目标 自然资源"),
    Head("StandingSystem", "(?:协作|补偿|联防联控|共治|价值实现|会商|联席会议)机制", 4, True, after="化|建设|体系|体制|障碍|作用|改革|创新"),
    Head("Campaign", "试点", 4, after="区|县|市|省|乡|镇|村|示范|城市|工作|单位|项目|企业|地区|范围|任务|期|名单|建设|阶段|经验|先行|方案|实施|改革|推广|园区|推进|行业|流域|河段|河湖|取得|探索|验收", proper=True),
)
"""Head nouns of names without marks, the more specific first."""

NATIONAL_WORKS = ("天然林资源保护 天然林保护 退耕还林还草 退耕还林 退牧还草 退田还湖 “三北”防护林 三北防护林 防护林体系 防护林 国家储备林 地质灾害预警 农村饮水安全 野生动植物保护 国土绿化 "
                  "生物多样性保护 山水林田湖草 千村示范 农村环境连片整治 农药减施 化肥减施 生态移民 易地扶贫搬迁 沃土").split()
"""Modifiers that make 工程 a programme of the nation or a province rather than works at a place."""

STRATEGIES = ("乡村振兴|区域协调发展|区域重大|创新驱动发展|可持续发展|新型城镇化|西部大开发|东北振兴|东北全面振兴|中部崛起|中部地区崛起|主体功能区|扩大内需|科教兴国|人才强国|网络强国|制造强国|质量强国|健康中国|"
              "国家安全|粮食安全|国家粮食安全|生态立省|生态立市|生态强省|生态优先|绿色发展|积极应对气候变化|应对气候变化|就业优先|海洋强国|交通强国|军民融合发展|全面节约|能源安全新|碳达峰碳中和|碳达峰、碳中和")
"""Strategies named without marks."""

FIELD = (r"生态|(?<!营商)(?<!市场)(?<!法治)(?<!社会)(?<!用网)环境|环保|污染|排污|水(?!平)|河|湖|林|草原|草地|湿地|土壤|耕地|大气|空气|碳|固体废|垃圾|危险废|危废|资源|自然保护|国家公园|督察|能耗|节能|主体功能|绿化|防火|清洁|海洋|岸线|排放|噪声|辐射|物种|野生|绿色|农膜|尾矿|矿山|"
         r"秸秆|散煤|煤炭|海域|流域|减排|沙化|防沙|封禁|整改|“")
"""Words of the environment and its governance: without one a 制度 or 责任制 is of no concern (招标投标制度)."""

QUOTED_HEADS = ("专项整治行动|专项执法行动|联合执法行动|专项行动|执法行动|行动计划|行动|工程|计划|系列活动|活动|抽查|战役|攻坚战|保卫战|机制|制度|防护林体系建设工程|防护林体系|防护林工程|防护林|倡议|战略|专项|强化监督|专项督查")
_QUOTED = re.compile(rf"“([^“”\n]{{1,16}})”({QUOTED_HEADS})(?!方案|组|领导|布局)")
_PERIOD_ONLY = re.compile(r"十[一二三四五六]五|[0-9.]+|一带一路")
_DUCHA = re.compile(
    r"(?:第[一二三四五六]轮)?(?:第[一二三四五六七八九]批)?(?:中央|国家|省级|市级|州级|[^\W\d_]{2,3}省|省|市|州)(?:第[一二三四五六]轮)?(?:第[一二三四五六七八九]批)?"
    r"(?:生态环境保护|生态环境|生态环保|环境保护|环保)(?:例行|专项)?督察(?:“回头看”)?(?![组办局员处司长室])(?!工作(?:领导小组|办公室|条例|规定|办法|实施细则|细则)|整改[一-鿿]{0,6}(?:办公室|小组|专班|工作组|实施细则))")
_EXPANDED = (("生态环保督察", "生态环境保护督察"), ("环保督察", "环境保护督察"))
_PERIOD_BEFORE = re.compile(r"“十[一二三四五六]?五”(?:期间|时期)$")
_COLOURS = "蓝天|碧水|净土|青山|绿水|清水|清废|清洁空气|宁静|碧海|秀水|绿地|绿色|乡村"
_COLOUR_WARS = re.compile(rf"(?:(?:{_COLOURS})[、和与及])+(?:{_COLOURS})([三四五]?大?)(保卫战|攻坚战|行动|工程)")
_MEDIA = re.compile(r"大气、水(?:、|和)土壤(?:环境)?污染防治(?:行动计划|攻坚战|三大战役|攻坚行动)")
_COLOUR = re.compile(_COLOURS)
_STEM = re.compile("|".join(f"(?P<h{i}>{h.pattern})" + (f"(?!{h.after})" if h.after else "") for i, h in enumerate(HEADS)))
_LONG = re.compile(r"(?:(?:河湖林|河湖库|河湖|湖库|林田|河|湖|林|田|路|湾|滩|警|链|山|库|渠)|河\(湖\)|河(?:长制)?、湖)长制(?!度)")
_STRATEGY = re.compile(rf"(?:{STRATEGIES})(?:国家)?战略(?!性|布局|支撑|科技|咨询)")
_WORKS = re.compile(rf"(?P<works>(?:{'|'.join(NATIONAL_WORKS)})[^\W\d_]{{0,8}}?工程)(?![区师学院技款])")
_FIELD = re.compile(FIELD)
_PROPER = re.compile(r"“[^”]{1,12}”|^(?:国家(?!级)|全国(?!性)|中央|中华人民共和国|中国|跨省)|十[一二三四五六]五|中长期|\d{4}")
_LEAD = re.compile(r"^(?:[一-鿿]{0,2}(?:实施|落实|推进|开展|打好|打赢|启动|建立|健全|完善|推行|实行|执行|强化|深化|做好)(?=[一-鿿]{4})|好|全省|全市|全县|本地区|地区|这场|一场|一次|\d+[条个项座]|这一|本轮|全州|全区|严格|全面|深入|扎实|继续|本省|本市|各地|认真|了|人民政府|按照|要|并|以|在|对|的|等)+")


def propose_campaigns(doc: Doc, *, found: Sequence[Phrase], hits: Sequence[Hit]) -> Iterator[Mention]:
    """Programmes without marks, in the phrases `found`; `hits` are the known places and waters of the text."""
    text, folded = doc.text, doc.user_data["folded"]
    starts = {h.start: h.end if any(e.level for e in h.entries) else h.start for h in hits}
    for number, phrase in enumerate(found):
        yield from _headed(text, folded, phrase, found[number - 1] if number else None, starts)
    for match in _QUOTED.finditer(folded):
        if not _PERIOD_ONLY.fullmatch(match.group(1)):
            yield _mention(text, match.start(), match.end(), "Campaign", "campaign:quoted")
    for match in _DUCHA.finditer(folded):
        name = folded[match.start():match.end()]
        for short, long in _EXPANDED:
            name = name.replace(short, long) if long not in name else name
        yield Mention(*match.span(), text[match.start():match.end()], "Programme", "Campaign", name, rule="campaign:inspection")
    for match in _LONG.finditer(folded):
        yield _mention(text, match.start(), match.end(), "StandingSystem", "campaign:长制")
    for match in _STRATEGY.finditer(folded):
        yield _mention(text, match.start(), match.end(), "Plan", "campaign:strategy")
    for match in _MEDIA.finditer(folded):
        yield _mention(text, match.start(), match.end(), "Campaign", "campaign:media")
    yield from _coordinated(text, folded)


def _headed(text: str, folded: str, phrase: Phrase, before: Phrase | None, starts: dict[int, int]) -> Iterator[Mention]:
    """The name that ends in the last head noun of a phrase; one inside quotation marks is taken without what stands before."""
    for works in _WORKS.finditer(folded, phrase.start, phrase.end):
        yield _mention(text, _left(folded, phrase, works.start()), works.end(), "Campaign", "campaign:works")
    for match in reversed(list(_STEM.finditer(folded, phrase.start, phrase.end))):
        head = HEADS[int((match.lastgroup or "h0")[1:])]
        start = _left(folded, phrase, match.start())
        if head.subtype in ("Plan", "Law") and before is not None and start == phrase.start:
            start = _joined(folded, phrase, before, starts)
        modifier = folded[start:match.start()]
        if len(modifier) < head.least or _generic(folded[starts.get(start, start):match.start()], head):
            continue
        if head.field and not _FIELD.search(modifier):
            continue
        if head.proper and not (_PROPER.search(modifier) or any(at in starts for at in range(start, match.start()))):
            continue
        end = match.end() + (folded[match.end():match.end() + 1] == "”" and "“" in modifier and "”" not in modifier)
        yield _mention(text, start, end, head.subtype, f"campaign:{head.pattern[:6]}")
        return


def _left(folded: str, phrase: Phrase, head: int) -> int:
    """Where the name begins: after an open or a stray closing quotation mark, else at the phrase, less what governs it."""
    start, opened = phrase.start, -1
    for at in range(phrase.start, head):
        if folded[at] == "“":
            opened = at
        elif folded[at] == "”":
            start, opened = (start, -1) if opened >= 0 else (at + 1, -1)
    if opened >= 0:
        return opened + 1
    lead = _LEAD.match(folded[start:phrase.end])
    return min(start + (lead.end() if lead else 0), head)


def _joined(folded: str, phrase: Phrase, before: Phrase, starts: dict[int, int]) -> int:
    """黄河流域生态保护和高质量发展规划 begins before its 和: the part before names a place and is no name itself."""
    if phrase.before in ("和", "与") and before.end + 1 == phrase.start and before.start in starts and phrase.start not in starts \
            and before.end - before.start > 3 and not _STEM.search(folded, before.start, before.end):
        return before.start
    if _PERIOD_BEFORE.search(folded, max(phrase.start - 8, 0), phrase.start):
        return folded.rindex("“", 0, phrase.start)
    return phrase.start


def _generic(modifier: str, head: Head) -> bool:
    """Whether the modifier is made of words alone that name nothing (考核 评价 制度)."""
    rest = modifier.replace("“", "").replace("”", "")
    for word in sorted(head.generic.split(), key=len, reverse=True):
        rest = rest.replace(word, "")
    return bool(head.generic) and len(rest) < 2


def _coordinated(text: str, folded: str) -> Iterator[Mention]:
    """蓝天、碧水、净土保卫战: one campaign for each colour, the head completed in the name."""
    for match in _COLOUR_WARS.finditer(folded):
        head = match.start(1)
        for part in _COLOUR.finditer(folded, match.start(), head):
            end = match.end() if part.end() == head else part.end()
            yield Mention(part.start(), end, text[part.start():end], "Programme", "Campaign", part.group() + match.group(2),
                          rule="campaign:coordinated")


def _mention(text: str, start: int, end: int, subtype: str, rule: str) -> Mention:
    return Mention(start, end, text[start:end], "Programme", subtype, rule=rule)
