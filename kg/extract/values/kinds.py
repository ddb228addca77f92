"""Whether a number is a target, a result or a change, and how far it is true."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.values import indicators, wording
from kg.extract.values.clauses import Clause
from kg.extract.values.indicators import Phrase
from kg.extract.values.periods import Calendar
from kg.extract.values.times import Time
from kg.model import Kind, Modality

CHAIN = 300
"""Characters back at most over which a list parted by semicolons is one statement."""
_PLANNED = re.compile("(?<![经按度])(?<!整改)(?<!既定)(?<!改善|行动|提升|投资|工作|生产|建设|用水|年度)"
                      "计划(?!外|内|单列|管理|的|批|推进|进行|实施的|要求|任务|[,。;])"
                      "|预计|力争|争取(?!到|了)|拟(?!定|合)"
                      "|目标(?:是|为|到|:)|预期|请求(?!权)|届时|(?<!达)到时|有望")
_ADVERBS = ("进一步", "继续", "持续", "全面", "重点", "有效", "逐步", "陆续", "新", "再", "可", "累计", "每年", "率先", "科学", "大力",
            "加快", "深入", "着力", "稳步", "积极", "不断", "加强", "统筹", "优先", "组织", "推动", "大幅", "显著", "有序", "全力", "努力",
            "力争", "全年", "今年", "明年", "年内",
            "分别", "于[^,。;]{1,8}", "在[^,。;]{1,10}", "对[^,。;]{1,20}", "以[^,。;]{1,10}")
_FORETOLD = re.compile("预计|估计|预期")
_UNDERWAY = re.compile("的[^,。;]{2,20}(?:正在|正|在)(?:加紧|抓紧|加快|全力|有序)?(?:建设|施工|推进)")
_AFTERWARDS = wording.pattern("finish", after="后")
_REQUIRED = re.compile("应当|必须|不得|务必|(?<![需主重摘纲首概扼简必次])要(?![求素点闻么事务道害件冲塞旨义领职紧津略])"
                       "|须(?!知)|确保|严禁|禁止|应(?:达|不|在|于|为|占|控制|保持|完成)")
_DESIGNS = re.compile("(?:谋划|规划(?:了|建设|治理|实施|布局|新建|投资|总投资))[^,。;]{0,16}$")
"""Works that are thought out, not yet there (谋划了12个项目, 规划治理面积40万亩)."""
_BACKED = re.compile("(?:支持|资助|补助|用于|责令|责成)[^,。;:了\\d]{2,30}"
                     "(?:建设|建成|[新改扩修续]建|实施|治理|修复|改造|购置|整治|关停|完成|清退|拆除|整改)[^,。;:、了已\\d的]{0,12}$")
"""What money is given for or somebody is ordered to do, not yet done (支持甲县建设管网12公里)."""
_RISING = re.compile("(?<!设计)(?:正在|正|加快|抓紧|加紧|全力)(?:加快|抓紧|加紧|全力)?(?:新建|修建|建设|兴建|建造|扩建)$")
"""Works under construction whose number follows (正在加快新建4台泵站)."""
_OLD = re.compile("[由从](?:[^,。;\\d]{0,12}的)?$")
_COME_TO = re.compile("(?:[^,。;]{0,12}(?:提高|提升|增加|扩大|增长|上升|扩展|延长|降低|减少|下降|缩短|压减|调整|[升降增减])(?:到|至|为)"
                      "|至|到)")
_SET_ABOUT = re.compile("建设|[新改扩修再]建|实施|投资|投入|安排|造林|治理|修复|营造|培育|改造|部署|覆盖|打造|创建|整治|绿化|种植"
                        "|栽植|启动|开工|清淤|疏浚|完成|推广|更新")
_LEVEL = re.compile("(?:率|比例|比重|占比|浓度|度|指数)$")
_REACHED = re.compile("已|了|累计|目前|达|(?<!形)成功|陆续|相继|先后|首次|超过|突破|收到|发生|的\\d")
_STAGE = re.compile("[^,。;]{0,16}(?:加紧|加快|正在|有序|抓紧|全面)(?:推进|建设|施工|实施|进行)")
_GOING_ON = re.compile("正在|正以|(?<!于)(?<!比)目前|如今|现有")
_NOW = re.compile("如今|现在|目前")
_LINE = re.compile("^(?!划).*(?:红线|底线|上线)$")
_MODIFYING = re.compile(r"[^,。;:]{1,24}的\d")
_LIMITED = re.compile("不(?:得|应)?(?:低于|高于|少于|多于|大于|小于|超过)")
_ONGOING = re.compile("正在|推进|加快|进一步|抓紧|持续开展")
_NEGATED = re.compile("未(?!来|经)|没有|尚无")
_DONE = re.compile("已|(?<!形)成功|完成了|累计|了(?!解|结)|同比|环比|较上年|比上年")
_SINCE = re.compile("以来,|以来(?=[一-鿿])")
_SPENT = re.compile("累计|完成|已|现在|目前")
_POOLED = re.compile("入库|项目库|储备库|签约|涉及总|[个项批]重?[大点]?项目,?(?:计划|概算)?总?投资")
_GRANTED = re.compile("争取到|争取了|争取(?:中央|国家|省级)|下达|获得|获批|到位|拨付|落实(?:中央|省级)|已安排|交办|转办")
_PENDING = re.compile(r"^[^。;\n]{0,60}?(?:月底?|年底?|年末|期末)前[^。;,]{0,6}(?:开工|完成|投入|建成|投运|达到|整改|实现|完工|运行|投用)")
_EXISTING = re.compile("(?:问题|信访件|举报件|案件|信访投诉)$")
_FOUND = re.compile("拥有|(?:我[国省市县区州]|全[国省市县区州])(?:已|共)?有|目前|截至")
_STANDING = re.compile("仅|现有|占|是|(?:面积|全长)(?:约|共|共计|为|达)?$")


@cache
def _planned() -> re.Pattern[str]:
    """计划, 力争 and the like, and 将 before a verb (将完成; not 将资金交给)."""
    before = _PLANNED.pattern + "|将(?:会|(?:" + "|".join(_ADVERBS) + "){0,3}(?:达|突破|超|有|成|为|迎|投|"
    return wording.pattern("verb up down", before=before, after="|得到|获得|被|受|实现|进入|启动|开工|推进|推动|带动|形成|增长|满足))")


def kind_of(text: str, low: int, clause: Clause, start: int, phrase: Phrase, genre: str, time: Time | None,
            calendar: Calendar) -> Kind:
    """The kind of the number at `start`, whose sentence begins at `low`; `calendar` knows the context year.

    Investments in works are targets until they are spent; what a plan or a law sets, what lies in the future and what
    计划, 将, 要 govern are targets; a rise or fall is a change, all else a result.
    """
    own, before, year = text[clause.start:clause.end], text[clause.start:start], calendar.year
    chain = _chain(text, low)
    level: Kind = "change" if phrase.sign else "result"
    if _POOLED.search(text, low, start) and "投资" in phrase.name and genre != "plan":
        return level
    if not phrase.sign and wording.pattern("investment").search(phrase.name) and not _SPENT.search(clause.left) \
            and not _SINCE.search(text, low, start):
        return "target"
    granted = _granted(text[max(0, low - 80) if text.startswith("其中", low) else low:start], phrase.name)
    if granted or _estimated(before, time, year) or (_OLD.search(before) and _COME_TO.match(clause.right)):
        return level
    if _foreseen(before, text[low:start]) or _continues_plan(text[low:clause.start], own, time, year):
        return "target"
    if _DONE.search(own) or (indicators.HAVING.search(before) and indicators.OWNED.match(clause.right)):
        return level
    constant = wording.pattern("constant", after="(?:约|为)?$").search(phrase.name) is not None
    if (not phrase.sign and _pending(text, clause, start, constant)) or _set_about(text, clause, start, phrase, time, calendar):
        return "target"
    if genre == "plan" and (_EXISTING.search(phrase.name) or _FOUND.search(before)) and not _REQUIRED.search(before):
        return level
    timed = None if constant else _by_time(time, year, genre, level)
    if timed is not None:
        return timed
    if genre == "plan" or _required(text, chain, start) or _REQUIRED.search(text, start, clause.end) or _planned().search(own):
        return "target"
    if _LIMITED.match(text, start) or _LINE.search(phrase.name):
        return "target"
    if genre == "law":
        return level if _STANDING.search(before) else "target"
    planned = max((m.end() for m in _planned().finditer(text, chain, clause.start)), default=None)
    held = planned is not None and not constant and not _DONE.search(text[planned:clause.start]) and not _GOING_ON.search(before)
    return "target" if held else level


def _foreseen(before: str, sentence: str) -> bool:
    """Whether what stands before a number, in its clause or its sentence, plans it."""
    return any(words.search(before) for words in (_planned(), _DESIGNS, _RISING, _BACKED)) or _AFTERWARDS.search(sentence) is not None


def _continues_plan(sentence: str, own: str, time: Time | None, year: int | None) -> bool:
    """Whether 累计 only sums up what the sentence plans for a coming day (到年底,将新建3处,累计建成20处)."""
    done = _DONE.search(own)
    if done is None or done[0] != "累计" or time is None or year is None or (time.years[1] or 0) < year:
        return False
    planned = max((m.end() for m in _planned().finditer(sentence)), default=None)
    return planned is not None and _DONE.search(own, done.end()) is None and not _DONE.search(sentence, planned)


def _pending(text: str, clause: Clause, start: int, constant: bool) -> bool:
    """Whether what a number counts is to be ready by a date, or what it measures is being built."""
    if constant and _UNDERWAY.match(clause.right):
        return True
    return clause.right != "" and _STAGE.match(clause.right) is None and _PENDING.search(text[start:start + 90]) is not None


def _set_about(text: str, clause: Clause, start: int, phrase: Phrase, time: Time | None,
               calendar: Calendar) -> re.Match[str] | None:
    """What a text of the first months says this year is to bring (今年,某县治理沙地3万亩), nothing done yet."""
    if not calendar.early or phrase.sign or time is None or text[time.start:time.end] != "今年" or time.end > start:
        return None
    reached = _REACHED.search(text, time.end, clause.end) or _LEVEL.search(phrase.name)
    return None if reached else _SET_ABOUT.search(phrase.name)


def _chain(text: str, low: int) -> int:
    """Where the statement begins that a semicolon before `low` carries on (目标是:…;…)."""
    if text[low - 1:low] != ";":
        return low
    first = max(0, low - CHAIN)
    return max(text.rfind("。", first, low) + 1, text.rfind("\n", first, low) + 1, first)


def _required(text: str, low: int, start: int) -> bool:
    """Whether 应当, 要 and the like govern the number, not only a clause that modifies what is counted (应当办证的5家)."""
    return any(_MODIFYING.match(text, found.end()) is None and _NOW.search(text, found.end(), start) is None
               for found in _REQUIRED.finditer(text, low, start))


def _estimated(before: str, time: Time | None, year: int | None) -> bool:
    """Whether 预计 gives a number of a year that is over (去年总产值预计超过…)."""
    return time is not None and year is not None and (time.years[1] or year) < year and _FORETOLD.search(before) is not None


def _granted(before: str, name: str) -> bool:
    """Whether money is already awarded, though for a coming year (争取到明年资金3亿元,其中1亿元用于…)."""
    awarded = max((m.start() for m in _GRANTED.finditer(before)), default=None)
    if awarded is None or re.search("资金|项目|经费|增加|支持|用于", name) is None:
        return False
    return _planned().search(before, awarded) is None and not _planned().search(before[max(0, awarded - 6):awarded])


def _by_time(time: Time | None, year: int | None, genre: str, level: Kind) -> Kind | None:
    first, last = time.years if time else (None, None)
    if year is None or last is None:
        return None
    if last > year or (last == year and first != last and genre == "plan"):
        return "target"
    return level if last < year else None


def modality_of(text: str, clause: Clause, kind: Kind, genre: str) -> Modality:
    """How far a value is true: targets are planned or required, results done or under way; 未 negates."""
    own = text[clause.start:clause.end]
    if _NEGATED.search(own):
        return "negated"
    if kind == "target":
        return "required" if genre == "law" or _REQUIRED.search(own) else "planned"
    return "ongoing" if _ONGOING.search(own) and not _DONE.search(own) else "done"
