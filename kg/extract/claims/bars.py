"""What speaks against a match of the grammar: words between its parts, what follows a name, places side by side."""

from __future__ import annotations

import re

from kg.extract.claims import attach
from kg.extract.claims.grammar import Rule, symbols
from kg.extract.claims.reading import Reading
from kg.extract.claims.shapes import Shape

_WET = symbols("W")
_COPULA = re.compile(r"[^,;:。!?]{0,8}?(?<!还|不|但|也|都|就)是")
_ATTRIBUTE = re.compile("[^,;:。]{2,6}?的")
_TOPIC = re.compile("(?:应当|应|必须|须|不得)(?!用)")
"""编制 | 甲规划 | 应当遵循…: a verb and its object as the topic of a demand."""
_ASIDE = re.compile(r"(?:^|[,;:。!?、\s])作为[^,;:。!?的]{0,6}$|关于$")
"""What makes a verb part of a description or a title: 作为 | 打好甲战役的关键, 关于 | 实施乙行动的意见."""
_SUBJECT_MATTER = re.compile("[^,;:。!?]{0,24}的(?:意见|决定|方案|通知|报告|议案|说明|汇报|提案|建议|规定|办法)")
"""What follows a verb and its object in the title of a document: 关于加强甲和推进 | 乙工程 | 建设的意见."""
_TOPIC_LEAD = 6
"""How much may stand before such a verb: 第八条 and a space."""
_PREDICATE = re.compile("(?:创造|取得|带来|成为|使|让|为|见效|改变)")
"""推进的 | 甲行动 | 创造了…: the verb is an attribute of the name, which has a verb of its own."""
_BUILDS = re.compile("(?:新建|兴建|改建|扩建|续建|建成|建设|打造|创建|启动建设)")
_WORK = re.compile("的(?:建设|施工|实施|工作|任务|要求|目标|前期|各项|重点|主体)")
"""新建 | 甲工程的 | 配套水厂: what is built is another thing."""
_NOT_ISSUED = re.compile(
    r"(?:等)?(?:(?:相关|有关|配套|具体|年度)?(?:工作|情况|信息|考核|任务|责任|实施细则|配套|台账|措施|进展|要求)|相关|有关"
    r"|的(?!通知|公告|决定|函|批复|意见|报告|请示|令|通报|说明|编制|制定|修订))")
_REPORTED = re.compile(
    r"(?:组|办)?(?:反馈|整改|移交|交办|通报|转办|发现|指出|报告)|第.{1,4}[次届]|缔约方"
    r"|(?:等)?的?(?:修订|修改|编制|制定|起草|立法)|(?:同时)?废止"
    r"|(?:信息化?|数据|管理|服务|监测){0,2}(?:专家库|项目库|数据库|系统|平台|台账|网站|工作机构|工作人员|办公室|专班|负责人|监管的)"
    r"|[^,;:。!?]{0,8}(?:明显|突出|显著|较好|优异|不力|滞后)的"
    r"|(?:试点)?(?:工作)?(?:成效|绩效|实施情况|实施效果)(?:的)?(?:评估|考核|评价)|(?:试点)?(?:工作)?(?:经验|成果)?(?:交流|宣传|培训|总结)|管理运营|运营管理|经营管理"
    r"|的(?:系列)?(?:重要(?:指示|论述|讲话)|指示|批示|论述)|[^,;:。!?]{0,6}(?:情况|汇报|的报告|讲话|重要讲话)")
_RELATIVE = re.compile(r"[^,;:。!?]{0,8}的")
_PROPER = re.compile(r"[山岭峰湖岛区县市州镇乡村场园原地漠峡谷湾滩洲林洞脉丘泽泉坡沟川塬梁台廊群关寨港道麓]$")
"""Ends of names of places that can lie inside another."""
_ADDRESS = re.compile(
    r"以[东南西北]|[东南西北中]?(?:路|街|大道|大街|巷|弄|里(?!又|的|,|面|正|已|有)|号|大厦|大学|宾馆|酒店|饭店|公司|银行|机场|博物馆|大桥|高速|高铁|铁路)")
_GOVERNED = re.compile("(?:连接|串联|途经|惠及|覆盖|贯通|沟通|横跨|纵贯|穿越|跨越|距离?|远离|靠近|邻近|毗邻|紧邻|通往|通向)"
                       f"[起了到]?(?:[{symbols('LW')}](?:、|和|与|及|至|到))*$")
"""Verbs of which a place is the object rather than the owner of what follows: 连接 | 甲、乙的丙高铁."""
_SHORE = re.compile(
    "(?:库区|湖区|水库|大坝|主坝|导流|溢洪|泄洪|枢纽|主体工程|湿地|泛区|滩涂|水系|河口|河道|水域|水质|水面|沿线|沿岸|流域|源头|湿地|河段|大堤|岸线|生态|干流|支流|周边)")
"""What belongs to a water, so that the place before it is where the water is: 丹江口水库 | 库区."""
_TAIL = 60
"""Characters after a name in which a list of its departments ends: 国务院 | 自然资源、水行政等有关部门."""
_WORDS_SPLIT = ("issues", "implements", "supervises")
"""Predicates whose verb must begin a word: 自建设施 holds no 建设."""


def nominal(text: str, verb: int, end: int) -> bool:
    """Whether a verb and its object are the subject or an attribute of 是: 实施甲战略是…, 是实施甲战略的…."""
    if _ATTRIBUTE.match(text, verb) and _PREDICATE.match(text, end):
        return True
    return bool(_COPULA.match(text, end)) or (text[verb - 1:verb] == "是" and text[end:end + 1] == "的")


def barred(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> bool:
    """Whether the words between verb, subject and object, or what follows them, speak against the rule."""
    if rule.names_object and _barred_behind(rule, match, one):
        return True
    if rule.names_object and not rule.names_subject and _topical(rule, match, one):
        return True
    if rule.predicate in _WORDS_SPLIT and "verb" in match.re.groupindex and not one.begins_word(match.start("verb")):
        return True
    if rule.id == "located-nested" and not _nested(match, one, reading):
        return True
    if rule.bar is None:
        return False
    spans = sorted(match.span(name) for name in ("s", "o", "verb") if name in match.re.groupindex)
    at, between = match.start(), []
    for start, end in spans:
        between.append(one.text[at:start])
        at = max(at, end)
    between.append(one.text[at:match.end()])
    return bool(rule.bar.search("\n".join(between)))


def _barred_behind(rule: Rule, match: re.Match[str], one: Shape) -> bool:
    """Whether what follows the object or the subject shows that the name is an attribute of something else."""
    text, end = one.text, match.end("o")
    if rule.id == "issues-title":
        return not one.titled(match.start("o"))
    if rule.predicate == "issues":
        return rule.id != "issues-of" and bool(_NOT_ISSUED.match(text, end))
    if rule.predicate == "implements":
        return bool(_REPORTED.match(text, end)) or (text[end:end + 1] == "的" and _BUILDS.match(text, match.start("verb")) is not None
                                                    and not _WORK.match(text, end))
    if rule.predicate == "collaboratesWith" and attach.department(text[end:end + _TAIL]):
        return True
    if rule.predicate == "recognises":
        open_ = one.quoted(match.start("o")) and end < len(text) and one.starts[end] == one.ends[end - 1]
        return open_ or (rule.id != "recognises-win" and attach.attributive(one, end) and not one.quoted(end))
    if rule.id == "located-in":
        return bool(_RELATIVE.match(text, end)) and text[match.start() - 1:match.start()] in ("", "在", ",", "。", "对")
    if rule.id == "located-possessive" and _GOVERNED.search(text, one.clause_start(match.start()), match.start("o")):
        return True
    if rule.predicate == "locatedIn" and rule.names_subject:
        after = match.end("s")
        wet = text[match.start("s")] in _WET and not _SHORE.match(text, after)
        return bool(_ADDRESS.match(text, after)) or (wet and attach.attributive(one, after))
    return False


def _topical(rule: Rule, match: re.Match[str], one: Shape) -> bool:
    """Whether a verb and its object are the topic of a demand (编制甲规划应当…) or what something is (是开展的乙试点)."""
    if "verb" not in match.re.groupindex:
        return False
    verb, end = match.span("verb")
    start = one.clause_start(verb)
    if rule.predicate == "implements" and _ASIDE.search(one.text, start, verb):
        return True
    if rule.predicate == "implements" and "关于" in one.text[start:verb] and _SUBJECT_MATTER.match(one.text, match.end("o")):
        return True
    if one.text[end:end + 1] == "的" and _COPULA.match(one.text, start, verb):
        return True
    return verb - start <= _TOPIC_LEAD and bool(_TOPIC.match(one.text, match.end("o")))


def _nested(match: re.Match[str], one: Shape, reading: Reading) -> bool:
    """Whether two places side by side are one inside the other: 岷县维新镇, but not 中亚南亚."""
    outer, inner = (one.mentions[match.start(name)] for name in ("o", "s"))
    if reading.mentions[inner].deictic:
        return False
    entries = [reading.mentions[i].entry for i in (outer, inner)]
    if reading.division(outer) and reading.division(inner) and None not in entries:
        return str(entries[1]).startswith(str(entries[0]))
    if not _PROPER.search(reading.mentions[inner].text):
        return False
    return reading.division(outer) or one.text[match.end("o"):match.start("s")] == "的"
