"""What a clause says of its own reality: done, ongoing, planned, required, negated or prohibited.

Chinese marks modality before the verb: 不得印发, 尚未完成, 应当编制, 将实施, 正在推进. The marker nearest to the
verb decides, save that a negation outranks what stands before it in the same verb group (要不断推进 is no negation:
不断 is an adverb). Markers stand in one table, the false friends that contain a marker in another.
"""

from __future__ import annotations

import re

from kg.model import Modality

MARKERS: tuple[tuple[Modality, str], ...] = (
    ("prohibited", "不得|禁止|严禁|不准|不许|严防|不能|不可|杜绝|停止|暂停|取消|撤销|废止"),
    ("negated", "尚未|还未|仍未|未能|未按|未|没有|没|并非|不再|未曾|从未|拒不|不予"),
    ("required", "应当|应|必须|须|需要|需|务必|要求|要|请|督促|责令|责成|确保|力争|切实|认真|着力|严格|鼓励|引导|支持"),
    ("planned", "将要|即将|将(?=[^,;]{0,12}$)|拟|计划|预计|打算|准备|争取|下一步|今后|明年|到20[2-9]\\d年|拟于|有望|待|启动前"),
    ("ongoing", "正在|正|持续|继续|不断|加紧|抓紧|稳步|加快|深入|扎实|有序|全力|大力|积极|统筹|推进中|目前"),
    ("done", "已经|已|完成|曾|先后|累计|了(?=[^,;]{0,2}$)|建成|实现"),
)
"""Modality and the alternatives of its marker, matched in the words before the verb."""
FALSE_FRIENDS = re.compile(r"要求|主要|重要|需求|要素|要点|纲要|概要|必要|首要|只要|还要求|未来|不断|不仅|不但|没收|应急|应对|适应|响应|反应|效应|供应|相应"
                           r"|应用|正式|正确|公正|修正|纠正|真正|正常|不同|不足|不良|不少|请示|申请|聘请|提请|报请|邀请|将军|需氧|公要|要闻|将近|持续时间")
"""Words that contain a marker and mean something else; 要求 counts as a marker only before a verb of its own."""
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in MARKERS)
_WEAK: tuple[Modality, ...] = ("done",)
_AFTER = re.compile(r"^(?:了|完成|到位|完毕|成功)")
_MASK = "\x00"


def modality_at(folded: str, clause_start: int, trigger_start: int) -> Modality:
    """The modality of the verb at `trigger_start` in the clause that starts at `clause_start`; both are character offsets.

    >>> text = "各县不得批准新建项目,市政府应当编制规划,省厅正在实施清河行动,局里拟印发方案"
    >>> [modality_at(text, text.rfind(",", 0, i) + 1, i) for i in map(text.index, ("批准", "编制", "实施", "印发"))]
    ['prohibited', 'required', 'ongoing', 'planned']
    >>> modality_at("市水务局印发方案", 0, 4)
    'done'
    """
    before = FALSE_FRIENDS.sub(lambda m: _MASK * len(m[0]), folded[clause_start:trigger_start])
    before = before[-24:]
    found = {name: last.end() for name, pattern in _PATTERNS if (last := _last(pattern, before)) is not None}
    for strong in ("prohibited", "negated"):
        if strong in found and len(before) - found[strong] <= 8:  # type: ignore[index]
            return strong  # type: ignore[return-value]
    if "required" in found:
        return "required"
    rest = {name: at for name, at in found.items() if name not in ("prohibited", "negated")}
    return max(rest, key=lambda name: rest[name]) if rest else "done"


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last
