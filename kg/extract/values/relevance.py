"""Which numbers say something about the environment, its governance or its funding, and which are only numbers.

Kept out: years and durations, ordinals, phrase numerals (两山, 三大任务), numbers inside names, penalties of the law.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extract.values import numerals
from kg.extract.values.amounts import Amount
from kg.extract.values.wording import pattern, words
from kg.model import Mention

_WATER_QUALITY = re.compile("水质|水体|水环境|断面|类水")
_WATER_VERB = re.compile("(?:达到|达|保持在?|为|提升[到至]|提高[到至]|恢复[到至]|稳定在|稳定达到"
                         "|优于|改善[到至为]|[至到从由]|符合|满足|达到或[好优]于|是|在|持|地表|地表水)$")
_CLASS_END = re.compile("(?:及以上|以上|及以下|以下|或更好)?(?:地表)?(?:水质|水体|水)?(?:标准|水平)?"
                        r"(?:[,。;、)\\s]|$|以上|提升|改善|变为|上升|好转|[升提到至])")
_DAYS = re.compile("天数|优良|达标|污染天|重污染|蓝天|好天|无雨|有效监测")
_DUTY = re.compile("每个?(?:人|户|名|位|公民)[^,。;]{0,20}[植栽种][^,。;]{0,10}$")
"""What each one is to plant (每人每年义务植树三棵)."""
_PEERS = re.compile("[^,。;:、\\d]{0,24}?(?<![集其])中,?[^,。;\\d]{0,16}?(?:第|倒数|居首|首位|榜首|前[一二三四五六七八九十\\d])")
"""What is said of those among whom somebody has a rank (337个城市中排名第二)."""
_THRESHOLDS = re.compile("(?:及其?)?以[上下]的[,。;]|及其以[上下]")
_LEAST = re.compile("的?(?![和及与并或])[^,。;:、的\\d\\s()]{2,14}(?:\\d|[一二三四五六七八九十百]+[个家项处座])")
"""What is counted behind a threshold (500万元以上项目96个)."""
_OVER = re.compile("的(?!资金|经费|投资|贷款|补助|补贴|奖励|速度|规模)[一-鿿]")
_LAND = re.compile("的?(?:神州|中华|祖国|国土|辽阔|广袤)?(?:的)?(?:大地|热土)")
_ATTENDING = re.compile("与会|[出缺列]席|应到|实到|委员(?!会)|常委|候补|代表(?!性)|人大|同志|嘉宾")
_REGION = re.compile("(?:沿[江黄淮海线湖河]|流域|经济带|[上中下]游|沿岸|沿线|城市群|地区)$")
"""Names that hold a number of divisions (沿黄9省区)."""
_CASE = re.compile("(?:及其?以[上下])?的[,。;]")
_PENALTY = re.compile("罚款|处罚|罚金|违法所得|拘留|责令|赔偿金|不满|构成犯罪")
_LASTING = re.compile("(?:全线|全域|全部|均|稳定|持续)?(?:保持|达标|达到|稳定|优良|优于|下降|改善|提升|增长|实现|负增长"
                      "|[^,。;]{0,4}(?:不断流|贯通|通水))")
_RUNS = re.compile("^(?:[、和][^、,。;\\d]{1,10}连续\\d{1,3}年)+")
"""Those who share what a run of years says (甲河连续4年、乙河连续2年达标)."""
_HELD = re.compile("(?:全线|稳定)?(?:保持|达到|稳定)[^,。;]{0,8}(?:类|水质|优良|达标)|全线[^,。;]{0,6}(?:贯通|通水|不断流)")
_THRESHOLD = re.compile("的(?!范围|区域|陆域|水域|地带|地区|距离)")
_CONDITION = re.compile("(?:时|的|且[^,。;]{1,30}的)(?:[,。;]|部分|$|宾馆|机关|住宅|单位|企业|建筑)")
_SHORTENED = re.compile("(?:时间|周期|期限|工期|年限|寿命)[^,。;]{0,12}(?:缩短|延长|压缩)(?:到|至|为|了)$")
_WARMTH = re.compile("气温|水温|温度|升温|变暖|温升|地温")
_PLACED = re.compile("(?:的)?(?:服务)?半径|以外|之外|外(?!围|延|露|排|水|调|来)|处(?!理|置)|远处|深处|的(?:地方|地带|高空|高处|深处)")
_WITHIN = re.compile("(?:的)?范围|内(?!陆|河|湖|源|涝)|之内")
_LEVEL = re.compile("海拔(?:约|近|超过)?$")
_STOOD = re.compile("以[上下]?的?(?:高|地|山|区)|的|高(?:原|山|寒|海拔)|地区|左右的|以上的|以下的")
_APART = re.compile("(?:沿[江河湖海]|每隔|相隔|间隔|相距|离岸|时速|深埋[^,。;]{0,12}|地下)(?:约|近|超|达到?|可达|为)?$")
_BARRED = re.compile("禁止|严禁|不得(?![低高少超多大小突])")
_PER_ACT = re.compile("每(?:售出|卖出?|出售|发|产|生产|投入|消费|消耗|使用|回收|处理|分出|新增|增加|减少|购买|建成|喝|用)了?$")
_AUTHORS = re.compile("个?(?:部门|单位|部委|委员会|机关)")
_DIVISIONS = re.compile(r"(?:直辖市|(?:省|自治区|市)(?:\([^()]{1,12}\))?(?=开展|进行|实施|启动|的)|部委|部门)")
_STEPS = re.compile("(?:提升|提高|上升|下降|降低|前进|后退|升|降)了?$")
_STEP = re.compile("(?:等级|级别|位次|名次|档次|台阶)(?=[,。;]|$)")
_TRAITS = re.compile("[^,。;]{1,8}的(?:各自|共同|不同)?(?:特点|特征|关系|优势|作用|要求)")
_FROM = re.compile("来自(?:全球|世界|海外|全国)?(?:各地)?(?:的|近|约|超过|超)?$")
_COUNTRIES = re.compile("(?:国家|地区|省|城市|单位|部门|行业|领域)")
"""Where those come from who are spoken of (来自20个国家的专家)."""
_BUILT = re.compile("[^,。;的]{0,12}(?:项目|工程|断面|水库|电站|企业|园区|[村镇县站厂])"
                    "(?:同时|已经?|全部|均|全面|顺利|正式|陆续|相继|如期|集中){0,2}(?:开工|完工|建成|投产|投运|投用|完成|通过|达标|动工|竣工|签约|落地|退出|并网)")
_ONE_OF = re.compile("[^,。;]{0,16}(?<!分)之一")
_LISTED = re.compile("(?:、|和|及|与)[^、,。;:和及与的了]{2,10}$")
_SHARE = re.compile("比例|比重")
_ENVIRONMENT = re.compile("[绿林草植水污废渣圾能]|土地|生态|空气|大气|排放|碳|节能|回收")
_STANDARD = re.compile("(?<!利)率|浓度|盖度|覆盖|水质|排放|占有量|绿地|森林|能耗|用水|人均")
_EXTENT = re.compile("(?:面积|全长)(?:约|共|共计|为|约为|达)?$")
"""What tells how large what a law protects is: 保护区总面积|151.6平方公里."""
_SCORES = re.compile("得分|评分|满分|分值|考核|测评|打分|扣分?|计|记")
_BAD_BEFORE = re.compile(r"(?:第|(?<![目此])前|(?<![先今以之其此])后|倒数|每|百分之|这|那|该|哪"
                         r"|某|同|另|任|逐|号|[Nn]|[A-Za-z]|(?<![以之])上|(?<![以之])下|首|头|表|图|式|附件|附录|公式|第[\d-]+)$")
_MARKUP = re.compile(r"[\\\\${}<>]|\^")


def title_of(doc: Doc) -> str:
    """The folded title of a document: the one known, else its first line."""
    document = doc.user_data["document"]
    folded: str = doc.user_data["folded"]
    first = next((line.strip() for line in folded[:400].splitlines() if line.strip()), "")
    return unicodedata.normalize("NFKC", document.title or first).strip()


def keep_relevant(amounts: Sequence[Amount], text: str, *, mentions: Sequence[Mention], genre: str = "") -> tuple[Amount, ...]:
    """The amounts that are indicator values."""
    named = bytearray(len(text))
    for mention in mentions:
        if mention.type in ("Agency", "Programme", "Project", "Place"):
            named[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    return tuple(_counted_kinds(a, text) for a in amounts if not named[a.start] and _relevant(a, text, genre))


def _counted_kinds(amount: Amount, text: str) -> Amount:
    """类 after a number is a counter where no water is spoken of (2类项目)."""
    water = amount.dimension != "class" or _WATER_QUALITY.search(text, max(0, amount.start - 24), amount.start)
    return amount if water else replace(amount, dimension="count")


def _relevant(amount: Amount, text: str, genre: str) -> bool:
    left, right = text[max(0, amount.outer_start - 40):amount.outer_start], text[amount.outer_end:amount.outer_end + 24]
    left = re.split(r"[。;\n]", left)[-1].rstrip(" ")
    if _aside(amount, text, left, right) or (
            amount.chinese and not _owed(left) and _phrase_numeral(amount, text, left, right)):
        return False
    if amount.dimension in ("voltage", "grade", "speed"):
        return False
    if amount.dimension == "temperature":
        return _WARMTH.search(left[-16:]) is not None and genre != "law"
    if amount.dimension == "years":
        right = _RUNS.sub("", right)
        lasting = left.endswith("连续") and (_LASTING.match(right) if not amount.chinese else _HELD.match(right)) is not None \
            and "第" not in right[:12]
        return lasting or _SHORTENED.search(left) is not None
    if _PENALTY.search(left + right) and (amount.dimension == "money" or genre == "law") and (
            genre == "law" or amount.operator in (">=", "<=")):
        return False
    if genre == "law" and not _set_by_law(amount, text[max(0, amount.start - 40):amount.start].split("。")[-1], right):
        return False
    if amount.chinese and amount.operator in (">=", "<=") and amount.dimension in ("area", "length", "mass", "money") \
            and right[:1] not in ("", ",", ";", "。", "、", "的", ")"):
        return False
    return _by_dimension(amount, left, right)


def _aside(amount: Amount, text: str, left: str, right: str) -> bool:
    """Whether a number only repeats another one, stands in a formula, forbids, states a case, or says where something is."""
    if left.endswith(("约合", "折合")) or _PER_ACT.search(left) or (right.startswith("的") and _BARRED.search(left)):
        return True
    if _MARKUP.search(left[-8:] + right[:4]) and amount.unit != "%":
        return True
    if (amount.operator != "=" and _CASE.match(text, amount.outer_end)) or _THRESHOLDS.match(text, amount.end):
        return True
    if amount.operator in (">=", "<=") and amount.dimension in ("money", "area", "length", "mass", "volume", "power") \
            and text[amount.end:amount.end + 1] in tuple("以及之") \
            and (_LEAST.match(text, amount.outer_end) or _OVER.match(text, amount.outer_end)):
        return True
    if amount.dimension == "area" and _LAND.match(right):
        return True
    if amount.dimension in ("count", "division") and _PEERS.match(text, amount.end):
        return True
    return amount.dimension == "length" and _located(amount, text, left)


def _owed(left: str) -> bool:
    """Whether a number tells how many trees each one is to plant."""
    return _DUTY.search(left) is not None


def _set_by_law(amount: Amount, left: str, right: str) -> bool:
    """Whether a number of a law sets a standard and no condition or threshold."""
    if not _standard(amount, left) or _CONDITION.match(right) or (amount.dimension in ("area", "length") and right.startswith("的")):
        return False
    return amount.dimension == "ratio" or not (amount.operator in (">=", "<=") and _THRESHOLD.match(right))


def _located(amount: Amount, text: str, left: str) -> bool:
    """Whether a length says where something is (海拔3900米的地方, 河岸1公里内, 每隔3米), not how long it is."""
    if _APART.search(left) or _PLACED.match(text, amount.end):
        return True
    if amount.upper is None and _WITHIN.match(text, amount.end):
        return True
    return _LEVEL.search(left) is not None and _STOOD.match(text, amount.end) is not None


def _standard(amount: Amount, left: str) -> bool:
    """Whether a number of a law sets a standard of the environment; the rest are thresholds, tariffs, distances."""
    if amount.dimension in ("area", "length") and amount.operator in ("=", "~"):
        return _EXTENT.search(left) is not None
    if amount.unit in ("棵", "株"):
        return _owed(left)
    if amount.unit not in ("%", "‰", "") and amount.dimension not in ("concentration", "class"):
        return False
    return _STANDARD.search(left) is not None or (_SHARE.search(left) is not None and _ENVIRONMENT.search(left) is not None)


def _by_dimension(amount: Amount, left: str, right: str) -> bool:
    match amount.dimension:
        case "class":
            return _class(amount, left, right)
        case "days":
            return _DAYS.search(left[-24:] + right[:8]) is not None
        case "score":
            return _SCORES.search(left[-16:]) is not None
        case "count" | "division" if (amount.dimension == "division" or amount.unit == "类") and _LISTED.search(left):
            return False
        case "count" | "division":
            return _counted(amount, left, right)
        case "rank":
            return not right.startswith(("者", "批", "类", "梯队", "档", "责任", "时间", "要务", "议题"))
        case "money" | "length" | "area" | "mass" | "volume":
            return not right.startswith(("深的", "高的", "厚的", "远的")) and not left.endswith((
                "第", "每", "满", "则", "相当于", "东", "西", "南", "北"))
        case _:
            return True


def _class(amount: Amount, left: str, right: str) -> bool:
    """A water quality class counts where it is predicated (水质保持在Ⅱ类); 2类项目 is a count."""
    if amount.outer_end - amount.start > 8 or re.match("(?:及以上|以上)?(?:水质|水体|断面)[^,。;]{0,10}(?:比例|率|占|断面)", right):
        return False
    if _WATER_QUALITY.search(left[-24:]) and _WATER_VERB.search(left) and _CLASS_END.match(right):
        return True
    counts = not amount.chinese and (amount.value <= 20 or amount.operator == ">") and not _WATER_QUALITY.search(left[-24:] + right)
    return counts and _counted(amount, left, right)


def _counted(amount: Amount, left: str, right: str) -> bool:
    if _climbed(amount, left, right):
        return True
    if amount.dimension == "division" and _REGION.search(left):
        return False
    if amount.unit in ("人", "名", "位") and _ATTENDING.search(left[-4:] + right[:4]):
        return False
    if left.endswith(("相当于", "等于", "折合")) or (_FROM.search(left) and _COUNTRIES.match(right)):
        return False
    if (_LISTED.search(left) and _DIVISIONS.match(right)) or (left.endswith("等") and _AUTHORS.match(right)):
        return False
    if _BAD_BEFORE.search(left) or pattern("abstract", before="^").match(right):
        return False
    if _ONE_OF.match(right) or (amount.unit == "期" and amount.chinese and not re.search("举办|培训", left + right)):
        return False
    if amount.unit == "位" and not pattern("person").match(right):
        return not re.match("[,。;、]|$", right) and not left.endswith(("前", "后"))
    return amount.unit != "级"


def _phrase_numeral(amount: Amount, text: str, left: str, right: str) -> bool:
    """Whether a numeral in characters is part of a phrase (两山, 三大任务, 一项制度, 百万亩造林工程), not a count."""
    written = text[amount.start:amount.end]
    digits = [ch for ch in written if ch in numerals.DIGITS]
    if amount.dimension == "ratio":
        return "百分之百" in written
    if not digits and not re.search(numerals.MORE, written) and (amount.operator not in ("~", ">") or amount.dimension == "division") \
            and not left.endswith(("达", "达到", "突破")):
        return True
    if amount.dimension in ("score", "division", "length") and amount.value < 100 and amount.dimension != "length":
        return True
    if written[0] in "一" and amount.value < 10:
        return True
    if amount.dimension == "money" and amount.value < 10:
        return True
    if amount.dimension == "volume" and amount.value < 100 and written.endswith("方"):
        return True
    if amount.dimension != "count":
        return False
    if written.startswith("二") and len(digits) == 1 and amount.value == 2:
        return True
    if _climbed(amount, left, right):
        return False
    if amount.value < 10 and (_listed_members(left) or _TRAITS.match(right)):
        return True
    if amount.value < 10 and _loose(amount, left) and _BUILT.match(right) is None:
        return True
    return pattern("abstract", before="^").match(right) is not None


def _climbed(amount: Amount, left: str, right: str) -> bool:
    """Whether a count is one of steps up or down (提升了两个等级)."""
    return amount.unit == "个" and _STEPS.search(left) is not None and _STEP.match(right) is not None


def _listed_members(left: str) -> bool:
    """Whether a small count in characters numbers the members named before it (东线和中线两条)."""
    return _LISTED.search(left) is not None


def _loose(amount: Amount, left: str) -> bool:
    """Whether a small count in characters defines or limits (是…的两条江河, 三人以上) rather than reports."""
    return amount.unit not in words("concrete") or amount.operator in (">=", "<=") or re.search("是[^,。;]*的$", left) is not None
