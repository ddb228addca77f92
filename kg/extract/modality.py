"""What a clause says of its own reality: done, ongoing, planned, required, negated or prohibited.

Chinese marks modality before the verb: 不得印发, 尚未完成, 应当编制, 将实施, 正在推进. A ban or a negation holds for the verb
group it opens; an obligation outranks what comes after it (要持续推进 is an obligation); of the others the nearest decides.
Words that contain a marker and mean something else (不断, 主要, 未来) are masked first.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Modality

_ADVERB: Final = ("会|要|再|继续|进一步|全面|积极|适时|陆续|于|在|加大|大力|深入|持续|重点|着力|按照|尽快|共同|同时|有效"
                  "|组织|严格|通过|以|从|对|与|会同|联合|加快|逐步|分批|率先|统筹|投入|新")
MARKERS: Final[tuple[tuple[Modality, str], ...]] = (
    ("prohibited", "不得|禁止|严禁|不准|不许|不可|不应|严防|杜绝|停止|暂停|取消|撤销|废止"),
    ("negated", "尚未|还未|仍未|迄未|并未|未能|未|没有|从不|不再|拒不|不予|不(?=$)"),
    ("required", "应当|应该|应|必须|务必|须|需要|需|要求|要|责令|责成|督促"),
    ("planned", f"即将|将(?=$|{_ADVERB})|拟|计划|预计|打算|准备|争取|力争|有望|待|今后|下一步"),
    ("ongoing", "正在|正|持续|继续|不断|加紧|抓紧|稳步|加快|深入|扎实|有序|坚决|纵深|统筹|积极|大力|全力|着力"),
    ("done", "已经|已|曾|先后|累计|相继|成功|完成|及时|日前|近日"),
)
"""Modality and the alternatives of its marker, looked for in the words before the verb, strongest first."""
FALSE_FRIENDS: Final = re.compile(
    "现将|主要|重要|需求|要素|要点|纲要|概要|必要|首要|只要|要领|要道|摘要|未来|不断|不仅|不但|不少|不同|不足|不良|不久|不利|没收|应急|应对|适应|响应|反应|效应|供应|相应|对应"
    "|应用|正式|正确|公正|修正|纠正|真正|正常|改正|将军|将近|需氧|待遇|接待|期待|等待|招待|持续时间|已知|停止线|按照要求|标准要求|有关要求|相关要求|工作要求")
_PATTERNS: Final = tuple((name, re.compile(pattern)) for name, pattern in MARKERS)
_WINDOW: Final = 30
"""Characters before the verb in which a marker counts."""
_NEAR: Final = {"prohibited": 14, "negated": 6}
"""How far from the verb a ban and a negation still hold it."""
_MASK: Final = "\x00"


def modality_at(folded: str, clause_start: int, trigger_start: int) -> Modality:
    """The modality of the verb at `trigger_start` in the clause that starts at `clause_start`; both are character offsets.

    >>> text = "各县不得批准新建项目,市政府应当编制规划,省厅正在实施清河行动,局里拟印发方案"
    >>> [modality_at(text, text.rfind(",", 0, i) + 1, i) for i in map(text.index, ("批准", "编制", "实施", "印发"))]
    ['prohibited', 'required', 'ongoing', 'planned']
    >>> modality_at("市水务局印发方案", 0, 4)
    'done'
    """
    words = folded[max(clause_start, trigger_start - _WINDOW):max(trigger_start, clause_start)]
    words = FALSE_FRIENDS.sub(lambda match: _MASK * len(match[0]), words)
    last: dict[Modality, int] = {}
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            last[name] = match.end()
    for name in ("prohibited", "negated"):
        if name in last and len(words) - last.pop(name) <= _NEAR[name]:
            return name
    if "required" in last:
        return "required"
    return max(last, key=lambda name: last[name], default="done")
