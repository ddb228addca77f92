"""Doc → phrases: the stretches of a text that a name of official Chinese can fill.

A name without marks (乙烯工业中长期发展规划, 怀洪新河灌区工程) has a right boundary, its head noun, and a left one that
nothing shows: it begins after a verb of governing (实施, 推进), a particle (的), a preposition, a pronoun
or a punctuation mark. `phrases` cuts a text at these; what is left between two cuts is a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

VERBS = frozenset("""
写入 载入 派驻 驻 发挥 进行 核定 从事 擅自 危害 破坏 危及 收集 用于 避开 符合 充分发挥 有利于 投身 投身于 参与 遵循 履行 认真履行 擅长 抵离 用以 致力于 致力 落到实处 保证 充分利用 负责 具体负责 牵住 扛起 筑牢 实施 开展 推进 落实 打好 打赢 打响 打 深入 加快 启动 完成 执行 贯彻 贯彻落实 贯彻执行 制定 制订 印发 出台 编制 修订 修改 起草 颁布
组织实施 组织开展 推动 推行 坚持 坚决 坚定 实行 建立 健全 建立健全 完善 构建 打造 建成 建好 在建 拟建 兴建 筹建 开工 竣工 投产 投运
加强 强化 加大 抓好 抓实 抓 做好 做实 做 搞好 用好 守住 严守 坚守 维护 确保 保证 鼓励 督促
列入 纳入 进入 融入 属于 包括 包含 涉及 涵盖 位于 地处 坐落 流经 途经 汇入 注入 流入 穿过 衔接 接入 取得 获得 获 成为 作为 称为 誉为 评为 授予 命名
批准 批复 同意 核准 审议 通过 听取 提出 提交 提请 上报 报送 表示 指出 强调 认为 明确 谋划 策划
统筹 统筹推进 协同推进 聚焦 依托 围绕 针对 按照 根据 依据 遵照 依照 参照 结合 立足 着眼 着力 大力 稳步 扎实 持续 不断 继续 有序 有力 有效 切实 积极 努力 严格 认真
深化 深学 践行 落地 达到 实现 完工 开通 调研 走访 考察 视察 看望 来到 走进 进驻 奔赴 前往 到 赴 抵达 返回 参加 参观 出席 举行 举办 召开 主持
推介 学习贯彻 解读 关注 关心 重视 高度重视 感谢 祝贺 总结 回顾 展望 抓住 抢抓 紧扣 紧盯 紧抓 瞄准 锚定 对标 对照 违反 适用 遵守 服从 助力 助推 促进
治理好 保护好 建设好 守护 保护着 滋养 哺育 孕育 流淌 奔流 穿越 横跨 沿着 顺着 临近 靠近 邻近 毗邻 距离 距 离 经由 来自 源于 发源 发源于 源自 流向 汇集 汇聚 排入 排向 直排 流进
谱写 书写 绘就 描绘 奏响 唱响 擦亮 守好 看到 看见 发现 查处 查办 披露 曝光 移交 责令 责成 委托 授权 聘请 邀请 会同 联同
暂停 停止 取消 废止 清除 增加 增设 设立 成立 组建 创办 申领 获批 立项
采取 引进 吸引 享受 享有 具有 具备 拥有 存在 发生 出现 形成 产生 导致 造成 依规 应当 应 必须 需要 可以 能够 可 能 须 需 要 想 会 不得 不能 禁止 严禁 避免
系统谋划 分步 逐步 逐一 逐级 率先 全力 全力以赴 全程 全过程 全速 高质量推进 高位 高起点 精心 尤其 特别 其中 目前 当前 眼下 如今 今年 去年 明年 近年来 近日 日前
先后 陆续 相继 同时 同步 另外 此外 已经 正在 正式 基本 顺利 圆满 提前 如期 按时 按期 进一步 更加 分别 多次 一直 始终 长期 重新 及时 立即 迅速 随着 自 以来 期间 之后 之前 以后 以前 时
评选 抢修 值守 修筑 建起 建有 建了 投用 启用 承建 承担 承接 承办 倡议 呼吁 号召 签订 签署 缔结 加入 退出
担任 兼任 分管 选为 视为 列为 划为 定为 划入 引自 供给 输往 送往 运往 途径 绕过 靠 借 借助 凭借 没有 是 为 叫 名为 叫做 属 归 归属 隶属
解决 化解 消除 销号 办结 受理 处置好 处以 严肃 严厉 严查 打击 遏制 缩减 改造好 完善好 补齐 补足 补上 拓宽 扩大 延长 缩短 提升好
下达 拨付 安排好 筹措 筹集 募集 落户 入驻 驻扎 扎根 听从 依靠 面向 面对 应对 抵御 防御 抗击 战胜 走出 走在 站在 处在 处于 居于 达 超 超过 近 约 共 共有 共计 总计 合计 累计 计划到 力争 争创 深入推进 深入开展 深入实施
""".split())
"""Words of governing, moving and telling that end what stands left of a name; matched as whole words."""

LIGHT = frozenset("""
审查 控制 处理 整改 调度 监管 监督 检查 考核 利用 使用 提升 巩固 评价 评估 影响 防止 重点 主要 研究 推广 保障 安排 宣传 创新 协同 优化 调整 搬迁 改建 扩建 迁建 改扩建 全面 科学 淘汰 提高 新增
新建 续建 清理 依法 试行 审批 申报 公示 验收 代表 报告 汇报 统一 学习 分类 平均 共同 无 有 规定 决定 调查 引导 支持 督办 督导 反馈 交办 通报 约谈 确定 部署 布局 指导 组织 参与 配合 协调
要求 创建 设置 整合 追究 问责 处罚 降低 减少 削减 压减 拓展 延伸 供水 发电 蓄水 通水 通车 调出 调入 应用 采用 引入 探索 争取 申请 推荐 认定 投资 投入 公布 发布 供应 输送 划定
带动 主办 主管 牵头 主导 管好 高标准 高水平 精准 联合 协助 关停 关闭 取缔 拆除 腾退 倡导 动员 修建 检修 巡护 运营 规划 服务 保护 建设 治理 发展 管理 修复 改造 防治 好 会议 工程 项目
骨干工程 骨干 用 供 占 列 排 看 居 连接 沿 进
""".split())
"""Words that may be part of a name; they cut at its front, and before a place name, a proper name or a quotation mark."""

PARTICLES = frozenset("""
的 地 得 了 着 过 被 把 将 对 向 从 由 在 于 以 按 经 经过 关于 其 该 本 各 每 某 这 那 此 使 让 令 给 同 跟 如 如同 即 也 都 又 再 还 就 才 已 正 曾 并 并且 或 或者 而 而且 且 但 但是
则 等 等等 所 因 因为 因此 所以 若 如果 凡 除 除了 以及 不 未 非 更 很 最 较 极 均 共 只 仅 便 却 到 往 朝 当 我 你 您 他 她 它 我国 我省 我市 我县 我区 我州 我部 我局 我厅 全国各地 各地 各级 各类 各项 各个 有关 相关 上述 下列 前款 所称 包括 例如 比如 诸如 以下简称 简称 一批 一系列 一个 一项 一座 一条 部分 多个 若干 许多 大批
""".split())

_SOFT = frozenset("和 与 及 暨".split())
_TAGS = frozenset(("p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "e", "r", "rr", "rz"))
_PROPER = frozenset(("ns", "nt", "nz"))
_HARD = re.compile(r"[^\w“”‘’\"'()·•、—~／/%°㎡-]|——|-{2,}")
_INLINE = re.compile(r"\([^()\n]{0,12}(?:段|期|部分|省|市|县|区|年|试行|暂行|草案|修订|修正|集团|中国|镇|乡|湖|河)\)|\(\d{4}[-—~至]+\d{4}年?\)|\d+\s*号(?:[、和]\s*\d+\s*号)+")
_DOCUMENT = re.compile(r"方案|意见|细则|办法|条例|规划|计划|纲要|规定|决定|制度|机制|体系|责任制|协定|清单")
_PERIOD = re.compile(r"“十[一二三四五六]五”")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch text[start:end] free of cuts; `before` is what cut it on the left: a conjunction (和), 、, or nothing.

    `words` are the offsets at which its words begin, with its end as the last.
    """

    start: int
    end: int
    before: str
    words: tuple[int, ...]


def phrases(doc: Doc, *, known: Iterable[tuple[int, int]] = ()) -> tuple[Phrase, ...]:
    """The phrases of a document in text order; no cut falls inside a known name (start, end).

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "全省深入实施清水行动，推进南河水库和北河灌区工程。", ""))
    >>> [doc.text[p.start:p.end] for p in phrases(doc)]
    ['全省', '清水行动', '南河水库', '北河灌区工程']
    """
    text: str = doc.user_data["folded"]
    whole = bytearray(len(text) + 1)
    for start, end in (*(m.span() for m in _INLINE.finditer(text)), *known):
        whole[start:end] = b"\1" * (end - start)
    return tuple(_cut(doc, text, whole))


def _cut(doc: Doc, text: str, whole: bytearray) -> Iterator[Phrase]:
    words: list[int] = []
    before = ""
    for token in doc:
        start, end = token.idx, token.idx + len(token.text)
        kind = None if whole[start] else _kind(text[start:end], token.tag_, text, end)
        if text[start] == "—" and (text[end:end + 1] == "—" or text[max(start - 1, 0)] == "—"):
            kind = ""
        if kind is None and not whole[start] and text[start:end] in LIGHT and (not words or _proper_after(doc, token.i, text)):
            kind = ""
        if kind is None:
            words.append(start)
            continue
        if words:
            yield Phrase(words[0], start, before, (*words, start))
            words = []
        before = kind
    if words:
        yield Phrase(words[0], len(text), before, (*words, len(text)))


def _proper_after(doc: Doc, index: int, text: str) -> bool:
    if index + 1 >= len(doc):
        return False
    after = doc[index + 1]
    return after.tag_ in _PROPER or (after.text[0] == "“" and not _PERIOD.match(text, after.idx))


def _kind(word: str, tag: str, text: str, end: int) -> str | None:
    """None where the word may stand inside a name; else the conjunction or 、 that cuts, or the empty string."""
    if word in _SOFT or word == "、":
        return word
    if word in VERBS:
        return None if word in ("实施", "推进", "落实", "执行") and _DOCUMENT.match(text, end) else ""
    if len(word) > 3 and (word[:2] in VERBS and word[2:] in VERBS | LIGHT or word[:2] in LIGHT and word[2:] in VERBS):
        return ""
    if word in PARTICLES or tag in _TAGS or word in "()" or _HARD.match(word):
        return ""
    return None
