"""What a clause says of its own reality: done, ongoing, planned, required, negated or prohibited.

Chinese marks modality before the verb: 不得印发, 尚未完成, 应当编制, 将实施, 正在推进. A ban or a negation holds for the verb
group it opens; an obligation outranks what comes after it (要持续推进 is an obligation); of the others the nearest decides.
Words that contain a marker and mean something else (不断, 主要, 未来) are masked first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.model import Modality

_ADVERB: Final = ("会|要|再|继续|进一步|全面|积极|适时|陆续|于|在|加大|大力|深入|持续|重点|着力|按照|尽快|共同|同时|有效"
                  "|组织|严格|通过|以|从|对|与|会同|联合|加快|逐步|分批|率先|统筹|投入|新")
MARKERS: Final[tuple[tuple[Modality, str], ...]] = (
    ("prohibited", "不得(?!不)|禁止|严禁|不准|不许|不可|不应|不宜|严防|杜绝|停止|暂停|取消|撤销|废止"),
    ("negated", "尚未|还未|仍未|迄未|并未|未能|未|没有|从不|不再|拒不|拒绝|不予|无法|难以|不能(?!不)|无需|无须|不必|不需要?|免于|不(?=$)"),
    ("required", "应当|应该|应|必须|务必|须|需要|需|要求|要|责令|责成|督促"),
    ("planned", f"即将|将(?=$|{_ADVERB})|拟|计划|预计|打算|准备|争取|力争|有望|待|今后|下一步|谋划|筹备|酝酿|(?<!意见|代表|委员)建议|提议"),
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
_HEAD: Final = 24
"""Characters of an earlier clause in which its marker stands, before or behind its subject."""
_GOES_ON: Final = re.compile(f"(?P<required>应当|应该|应|必须|务必|须|要(?!求))|即将|拟|计划(?!的|》)"
                              f"|将(?={_ADVERB}|建|修|实施|推进|开展|启动|完成|加强|治理|打造|出台|制定|编制|投资|聚焦|围绕|坚持)")
"""Markers that hold for the clauses after theirs too: 要统筹水资源, | 推进清河行动."""
_FIRM: Final = ("prohibited", "negated", "required", "planned")
_NOW: Final = re.compile("正|已|先后|累计|相继|日前|近日")
"""Words that tell of what is, whatever stands in the clauses before."""
_ASIDE: Final = re.compile(r"\s*(?:为|按照|根据|依据|围绕|针对|随着|鉴于|经|自|截至|结合|通过|在[^,]*(?:下|上|中|前提|基础))")
_DONE: Final = re.compile("[了过]$|[了过](?=[^,]{0,12}$)|已|先后|以来|累计|取得")


def modality_at(folded: str, clause_start: int, trigger_start: int) -> Modality:
    """The modality of the verb at `trigger_start` in the clause that starts at `clause_start`; both are character offsets.

    >>> text = "各县不得批准新建项目,市政府应当编制规划,省厅正在实施清河行动,局里拟印发方案"
    >>> [modality_at(text, text.rfind(",", 0, i) + 1, i) for i in map(text.index, ("批准", "编制", "实施", "印发"))]
    ['prohibited', 'required', 'ongoing', 'planned']
    >>> modality_at("市水务局印发方案", 0, 4)
    'done'
    """
    return _marked(folded[max(clause_start, trigger_start - _WINDOW):max(trigger_start, clause_start)]) or "done"


def modality_of(folded: str, clauses: Sequence[tuple[int, int]], *, demanded: bool = False) -> Modality:
    """The modality of a verb by the words before it in its clause, else by the clauses before, whose obligation or plan goes on.

    `clauses` are the spans of those words and of the earlier clauses of the same subject, the verb's own first; what a plan
    or a law says without a marker is `demanded`.

    >>> text = "全省要统筹水资源,加快调水工程,推进清河行动"
    >>> modality_of(text, [(16, 16), (9, 15), (0, 8)])
    'required'
    >>> modality_of("推进清河行动", [(0, 0)], demanded=True)
    'required'
    """
    start, end = clauses[0]
    words = folded[max(start, end - _WINDOW):end]
    own = _marked(words)
    if own in _FIRM or _NOW.search(words):
        return own or "done"
    for start, end in clauses[1:]:
        words = folded[start:min(end, start + _HEAD)]
        if _ASIDE.match(words):
            continue
        if _DONE.search(folded[start:end]):
            return own or "done"
        goes_on = _GOES_ON.search(FALSE_FRIENDS.sub(lambda match: _MASK * len(match[0]), words))
        if goes_on:
            return "required" if goes_on["required"] else "planned"
    return "required" if demanded and not _DONE.search(folded, clauses[0][0], clauses[0][1]) else own or "done"


def _marked(words: str) -> Modality | None:
    """The modality that the words before a verb mark, if any."""
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
    return max(last.items(), key=lambda found: found[1])[0] if last else None
