"""Where a name begins whose last word is known: leftward over words until one that no name contains.

Official Chinese marks the right end of a name by its head noun (…领导小组, …自然保护区) and leaves the left
end open; it lies after punctuation, a verb of governing, a particle or a preposition, or at a place name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extract.phrases import LIGHT, PARTICLES, VERBS
from kg.extract.place_names import Spot

STOPS = (VERBS | PARTICLES | frozenset("""
等 即 与 同 由 及 和 以及 或 各 全 两 三 该 本 另 多 数 几 家 个 名 处 座 位 批 次 项 其他 其它 各地 各级 各类 各省 各市 各县 各区 所属 下属 下辖 直属 所在 所在地 当地 地方
主任 副主任 书记 副书记 局长 厅长 部长 省长 市长 县长 区长 州长 组长 副组长 院长 所长 校长 主席 记者 专家 教授 代表 委员 同志 领导 负责人 工作人员 干部 企业 单位 部门 机构
成立 设立 组建 建立 抽调 派出 派驻 经 报 报请 报经 提请 商 征求 征得 通知 抄送 函告 会同 联合 协同 配合 交由 交 移交 转交 授权 委托 指导 督促 监督 要求 责成 指定 牵头 主管
召开 参加 出席 听取 向 对 在 于 从 到 至 自 为 是 将 把 被 让 给 以 按 依 据 因 当 并 且 而 但 也 都 又 再 还 就 才 已 曾 正 不 未 没 无 非 有 没有 可 可以 能 应 应当 必须 须 要
今年 去年 明年 目前 近日 日前 昨日 今日 近年来 期间 以来 之后 之前 以后 以前 时候 时 后 前 间 其中 其 此 这 那 这个 那个 一个 一家 一批 一些 部分 许多 大批 若干 多家 多个 有关 相关 涉及
针对 根据 依据 按照 遵照 围绕 关于 随着 通过 经过 位于 地处 坐落 建成 投入 支持 帮助 协助 引进 依托 进驻 驻 赴 来到 走进 前往 来自 成为 作为 称为 包括 包含 含 涉 涵盖 属 属于 隶属
加强 强化 推动 推进 深入 全面 实施 落实 开展 健全 完善 建好 加快 纳入 列入 创建 争创 晋升 晋级 升级 新建 新增 新设 同意 批准 批复 授予 命名 评为 认定 确定 公布 发布 印发 制定 编制 打造 实现 完成 充分 发挥
充分发挥 发挥 依托 设在 组成 给予 依法 连接 行使 将 直辖市 并入 提交 报告 讨论 撤销 定期 认真 保护 管理 治理 建设 守护 横跨 穿越 流经 途经 沿着 环绕 紧邻 毗邻 邻近 靠近 距离 距 离
""".split())) - frozenset("""保护 管理 治理 建设 监督 联合 协同 指导 全面 发展 前 后 间 时 家 非 专家 代表 企业 单位 部门 机构 干部 督促 全 多""".split())
"""Words that end what stands left of a name."""

_UNFIT_TAGS = frozenset(("p", "c", "u", "ud", "uj", "ul", "uv", "uz", "ug", "y", "e", "r", "rr", "rz", "x", "w", "eng"))
_JOINED = re.compile(r"[—·-]")


def words_of(doc: Doc) -> tuple[list[int], list[Token]]:
    """The offsets at which words begin, and the words."""
    tokens = list(doc)
    return [token.idx for token in tokens], tokens


def name_start(words: tuple[list[int], list[Token]], text: str, at: int, *, spots: Sequence[Spot], starts: Sequence[int], limit: int = 24,
               joins: str = "和与及", place: bool = False) -> int:
    """The offset at which the name begins whose head word begins at text[at].

    `spots` are the places of the document with their `starts`; a name reaches back to the place it begins
    with, and no further. `joins` are conjunctions that it may contain between other words. The name of a
    `place` contains no verb and begins with no word of acting (保障长三角…示范区).
    """
    offsets, tokens = words
    number = bisect_right(offsets, at) - 1
    begin = at
    if number >= 0 and offsets[number] < at:
        if not _fits(text[offsets[number]:at], tokens[number]):
            return at
        begin = offsets[number]
    while begin > 0 and at - begin < limit:
        covering = _spot_ending(spots, starts, begin)
        if covering is not None:
            return covering.start
        number = bisect_left(offsets, begin) - 1
        if number < 0:
            break
        token = tokens[number]
        piece = text[token.idx:begin]
        if piece in joins and piece:
            if number == 0 or not _fits(tokens[number - 1].text, tokens[number - 1]) or begin == at:
                break
        elif not _fits(piece, token) or (place and _acts(piece, token)):
            break
        begin = token.idx
    return _past_joins(text, begin, at, joins)


def _acts(piece: str, token: Token) -> bool:
    acting = piece in LIGHT or (token.tag_ in ("v", "vn", "vd") and len(piece) == 2)
    return piece in _BODIES or (acting and piece not in _NOMINAL)


_BODIES = frozenset("人民政府 政府 党委 委员会 政协 人大 全市 全省 全县 我市 我省".split())
_NOMINAL = frozenset("生态 自主 创新 开发 一体 可持续 综合 利用 湿地 储备 合作 自由 贸易 保税 循环 试验 示范 转移 产业 旅游 度假".split())


def is_proper(words: tuple[list[int], list[Token]], begin: int, at: int, *, spots: Sequence[Spot], starts: Sequence[int],
              generic: re.Pattern[str]) -> bool:
    """Whether a stem holds a proper word: a place, a word tagged as a name, or a long noun that is not generic (大纵湖)."""
    number = bisect_left(starts, begin)
    if number < len(starts) and starts[number] < at and spots[number].entry.level != "country":
        return True
    offsets, tokens = words
    for token in tokens[max(0, bisect_right(offsets, begin) - 1):bisect_left(offsets, at)]:
        if generic.fullmatch(token.text):
            continue
        if token.tag_ in _NAME_TAGS or (token.tag_ == "n" and len(token) >= 3) or (len(token) > 1 and token.text[-1] in "湖河江海湾淀泊溪山岭岛峰"):
            return True
    return False


_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt", "l"))


def _past_joins(text: str, begin: int, at: int, joins: str) -> int:
    while begin < at and (text[begin] in joins or _JOINED.match(text[begin])):
        begin += 1
    return begin


def _fits(piece: str, token: Token) -> bool:
    if _JOINED.fullmatch(piece):
        return True
    if not all("\u4e00" <= ch <= "\u9fff" for ch in piece):
        return False
    return piece not in STOPS and token.tag_ not in _UNFIT_TAGS


def _spot_ending(spots: Sequence[Spot], starts: Sequence[int], at: int) -> Spot | None:
    """The place that ends at an offset, or covers the character before it."""
    number = bisect_right(starts, at - 1) - 1
    if number >= 0 and spots[number].start < at <= spots[number].end:
        return spots[number]
    return None
