"""Single characters and short forms around the names of waters; the word lists are in `name_words.tsv`."""

from __future__ import annotations

SUBTYPES: dict[str, str] = {
    "水库": "Reservoir", "运河": "River", "排水沟": "River", "干渠": "River", "灌渠": "River", "诸河": "River", "新河": "River",
    "河": "River", "江": "River", "溪": "River", "湖": "Lake", "淀": "Lake",
}
"""Nouns that end the name of an unlisted water, the longer first, with the subtype they tell."""

LISTED_ONLY = "水沟港塘浦川曲泉渠荡泊泾洋涌滘冲圳洼泽池错海湾"
"""Last characters too common to be trusted, taken in a list beside another water (汭河、洪水、小盘沟)."""

BAD = frozenset(
    "者起至到指距之的了着在是为与和及或等其该各每某这那条座个项处类级型种次段部此并且而但让使被把将从向对于以按经由自所能可会"
    "任要应须已正就也都又再还不未无有个们入出沿涉临滨环跨治护巡退还引截排围清入爱管悬进洗江河湖库溪、，。“”")
"""Characters that stand in no short name of a water before its last noun (compounds such as 溶江河 aside)."""

BAD_ALONE = frozenset(
    "明辖城村乡镇县市省区州封禁绕游渡横下上改填筑开挖修建清疏通连调送补输分蓄拦流奔汇注穿越离近隔望观看赏走来去大小中新老旧长内"
    "外全总多少高低好美黑臭活死水江河湖好护库其冰暗")
"""Characters that alone before a water noun make an ordinary word (封湖, 开河)."""

DIRECTIONS = frozenset("东西南北中大小新老上下左右前后")
"""Characters that make another water of a known name (西辽河, 小清河)."""

FUNCTION = frozenset("内指称外中是为与含经至由沿对属将各及其以等本该把到过入流从在向和或使让被因但则若如按据凭靠除就也都均共又再还并而且于")
"""Single characters that stand before the name of a water and are no part of it."""

ORDINARY_TAGS = frozenset(("v", "vn", "vd", "vi", "m", "t", "ad", "an", "d", "s", "l", "i", "b", "u", "r", "q", "c", "p", "f", "z"))
"""Tags of words of two or more characters that begin no name of a water (增强, 千里, 全域)."""

COMPOUND = frozenset("江河溪湖水沟泉川浦口海")
"""Characters that may stand inside an accepted name though waters end in them (梅江河, 曹娥江河, 大湖江)."""

REACH = (r"(?!各|不同|全|所有|部分|该|主要|重点|两|沿|[0-9])"
         r"(?:(?:干流|支流|上游|中游|下游|上中游|中下游)?[^\W\d_]{2,6}?(?<!区)(?<!阶)(?<!时)(?<!河)段(?![时落长塘])"
         r"|干流段|[上中下]游段|\([^()\n]{1,10}段\))")
"""A reach after the name of a river: 干流山东段, (甘肃段)."""

PARTS = r"(?<=河)[段岸川堤面口滩势底心]|(?<=江)[段岸面口心]|(?<=湖)[岸面心底滨]"
"""What, after the noun, makes a common noun (河段) of it unless the name is a known word."""

REACHES = ("流域", "上中游", "中下游", "上游", "中游", "下游", "干流")
"""Listed with a river (长江上游); the river is read first, and then what follows it."""

WEAK_ENDS = "水曲错海港川沟泉溪渠卡布泊"
"""Short listed names that end so are taken only where the words or the context show a water (界水 in 世界水日)."""
