"""Words around waters: what ends a water's name, what looks like one and is none, what may follow."""

from __future__ import annotations

SUBTYPES: dict[str, str] = {
    "水库": "Reservoir", "运河": "River", "排水沟": "River", "干渠": "River", "灌渠": "River", "诸河": "River", "新河": "River",
    "河": "River", "江": "River", "溪": "River", "湖": "Lake", "淀": "Lake",
}
"""Nouns that end the name of an unlisted water, the longer first, with the subtype they tell."""

LISTED_ONLY = "水沟港塘浦川曲泉渠荡泊泾洋涌滘冲圳洼泽池错海湾"
"""Last characters too common to be trusted, taken in a list beside another water (汭河、洪水、小盘沟)."""

ORDINARY = frozenset("""
沉淀 森林水库 绿色水库 致富河 幸福湖 富民河 临水 潜水 侧水 率水 咸水 道水 应水 富水 南水 公益水 渠水 界水 泊水 举水 弱水三千 滨江 上江 前河 州河 东江湖 林田湖 江河 大江 大河 河湖 江湖 山河 银河 运河 长河 内河 界河 小河 冰河 沿河 沿江 沿湖 入河 入江 入湖 出海 母亲河 跨河 过江 滨河 滨江 滨湖 临河 临江 环湖 大江大河 内陆河 幸福河 健康河
生态河 景观河 排污河 国际河 人工湖 淡水湖 淡水河 季节河 总河 副总河 辖区河 边界河 重污染 美丽湖 咸水湖 盐湖 内陆湖 高原湖 河流 河道 悬河 地上河 高原湖 浅水湖 深水湖 通江 通河 通湖 支流 主河 母亲湖 清河 治河 护河 巡河 爱河 管河 排河 涉河 涉水 涉湖 下河 上河
还河 还江 还湖 退田还湖 退渔还湖 还田还湖 围湖 截污 引江 引黄 济江 济河 两江 三江 五河 六河 七河 八河 九河 一江 一河 一湖 两河 两湖 三河 三湖 四河 四湖 十河 百河 千河 百湖 千湖 诸河 各河 全河 全湖 全江 该河 该湖 该江
大型水库 中型水库 小型水库 病险水库 中小水库 骨干水库 大中型水库 小水库 新水库 饮用水水库 山塘水库 供水水库 平原水库 水源水库 水库 重点水库 主要水库 大水库 梯级水库 控制性水库 调蓄水库 淤地坝水库 闸坝水库
中小河 骨干河 山区河 季节性河 平原河 城市河 城市内河 农村河 黑臭河 重点河 重要河 主要河 省际河 跨界河 跨省河 跨市河 小微河 湖库 江湖库 流入河 流入湖 流入江 汇入河 进入河 直排河 排入河 排入江 排入湖 进河 进湖 进江
山水林田湖 林田湖 田湖 水林田湖 山水林田 山水江 山江湖 美丽河 美丽河湖 示范河 样板河 母亲江 大河大江 天河 星河 先河 拔河 悬湖 开先河 口若悬河 浙江 下江 上江 中江 渡江 长三江 南水北江 清溪 小溪 山溪 溪 河 江 湖 淀 沿淀
主干渠 总干渠 支渠 斗渠 农渠 灌渠 干渠 排水沟 入黄排水沟 主排水沟 重点排水沟 排水干渠 退水渠 引水渠 输水干渠 灌溉干渠 截流沟 大运河沿线 京杭 新河 老河 旧河 故河 改河 水道 下水道 排水道 雨水道 污水道 航道水道 用水道 供水道 地下水道 引水道 入海水道 泄水道 进水道 输水道 出水道 行洪水道 河水道 水系
生态湖 城市湖 大湖 小湖 两湖 西部湖 湿地湖 堰塞湖 冰川湖 构造湖 断陷湖 景观湖 城中湖 城内湖 郊野湖 天然湖 调蓄湖 水库湖 火山湖 内流河 外流河 上游河 下游河 暗河 地下河 小支河 入海河 入江河 入湖河 出境河 入境河 过境河 跨境河 重污染河 污染河 臭水河 行洪河 通航河 感潮河 入库河 入淀河 城区河 乡村河 镇级河 村级河 县级河 市级河 省级河 市管河 县管河 区管河
洋河大曲 海晏河 清海晏河 河清海晏 五水 十里长江 母亲长江 万里长江 滔滔江 翻江 倒海翻江 锦绣山河 大好山河 万里江河 半壁江 治水兴河 幸福湖 智慧河 数字河 法治河 平安河 安澜河 绿色河 清洁河 千里江 引江 供水渠 泄洪渠 泄洪河 排洪渠 排洪河 排涝河 排沟 边沟 冲沟 沟
""".split())
"""Words that end like a water and name none."""

BEFORE = ("境内 境 境外 北部 南部 东部 西部 中部 北侧 南侧 东侧 西侧 支流 一级支流 二级支流 干流 上游 中游 下游 源头 片区 附近 周边 沿线 区域 地区 库区 流域 及其 以及 包括 内 外 中 里 沿 入 至 到 跨 经 过 自 从 由 向 在 对 将 把 与 和 及 的 是 为 有 于 "
          "流入 汇入 注入 排入 进入 流经 穿越 位于 涉及 途经 横跨 跨越 沿着 治理 保护 整治 修复 推进 实施 开展 建设 疏浚 完成 加快 启动 打造 改善 清淤 其中 包括 现有 主要 重点 省 市 县 区 州 旗 镇 乡 村 街道 城区 县城 新区 开发区").split()
"""Words after which the name of a water begins."""

BAD = frozenset("者起至到指距之的了着在是为与和及或等其该各每某这那条座个项处类级型种次段部此并且而但让使被把将从向对于以按经由自所能可会要应须已正就也都又再还不未无有个们入出沿涉临滨环跨治护巡退还引截排围清入爱管悬进洗江河湖库溪、，。“”")
"""Characters that stand in no short name of a water before its last noun (compounds such as 溶江河 aside)."""

BAD_ALONE = frozenset("辖城村乡镇县市省区州封禁绕游渡横下上改填筑开挖修建清疏通连调送补输分蓄拦流奔汇注穿越离近隔望观看赏走来去大小中新老旧长内外全总多少高低好美黑臭活死水江河湖好护库其冰暗")
"""Characters that alone before a water noun make an ordinary word (封湖, 开河)."""

ORDINARY_ENDS = ("沉淀", "沿河", "母亲河", "地下水库", "大型水库", "中型水库", "小型水库", "大江", "河湖", "江湖", "山河", "入河", "入湖", "入江", "排污河")
"""Ends that make an ordinary word of whatever stands before."""

DIRECTIONS = frozenset("东西南北中大小新老上下左右前后")
"""Characters that make another water of a known name (西辽河, 小清河)."""

FUNCTION = frozenset("内指称外中是为与含经至由沿对属将各及其以等本该把到过入流从在向和或使让被因但则若如按据凭靠除就也都均共又再还并而且于")
"""Single characters that stand before the name of a water and are no part of it."""

ORDINARY_TAGS = frozenset(("v", "vn", "vd", "vi", "m", "t", "ad", "an", "d", "s", "l", "i", "b", "u", "r", "q", "c", "p", "f", "z"))
"""Tags of words of two or more characters that begin no name of a water (增强, 千里, 全域)."""

COMPOUND = frozenset("江河溪湖水沟泉川浦口海")
"""Characters that may stand inside an accepted name though waters end in them (梅江河, 曹娥江河, 大湖江)."""

FOLLOWS_NAME = (r"(?:(?<=河)[道流网势床长湖](?!泊)|(?<=湖)[泊区长](?!域)|(?<=江)[河湖海](?!湖)|大桥|特大桥|桥(?!断面)|[东西南北中]?路(?!段)|大道|大街|街道|证券|大学|学院|中学|小学|医院|日报|晚报|集团|公司|股份|银行|酒店|宾馆|三角洲|经济带|口国家|国家湿地|国家地质|国家公园|国家级|湿地公园|湿地自然|省级湿地|"
                r"省级自然|水利委员会|水资源委员会|流域管理局|管理局|水利枢纽|镇|乡(?!村)|村(?!级|庄|民|镇)|县(?!级|域|区|城)|市(?!级|民|政|区|域|场|委|政府|生态|水|人大)|林场|农场|牧场|社区|小区|风景|景区|公园|铁路|高速|高铁|机场|煤矿|油田|电站|水电|电厂|水厂|人家|花园|新城|新区|开发区|工业园|产业园|派出所|山(?=如画|社稷|多娇)|泽民|主席|同志|坝|豚|"
                r"边(?!境)|文艺|奖|杯|之声|网|传媒|晚风|大曲|上下|百年|汉简|话|号|哈尼族|蒙古族|藏族|土家族|回族)")
"""What may not follow an unlisted water: then it is part of the name of something else."""

FOLLOWS_KNOWN = (r"(?:大桥|特大桥|证券|大学|学院|中学|小学|医院|日报|晚报|股份|银行|三角洲|经济带|口国家|国家湿地|国家公园|镇(?!江)|哈尼族|路(?![、，。])|鲤鱼|市(?!级|民|政|区|域|场|委|政府|生态|水|人大)|县(?!级|域|区|城))")
"""The same for a listed water, which is trusted further."""

REACH = r"(?!各|不同|全|所有|部分|该|主要|重点|两|沿|[0-9])(?:(?:干流|支流|上游|中游|下游|上中游|中下游)?[^\W\d_]{2,6}?(?<!区)(?<!阶)(?<!时)(?<!河)段(?![时落长塘])|干流段|[上中下]游段|\([^()\n]{1,10}段\))"
"""A reach after the name of a river: 干流山东段, (甘肃段)."""

PARTS = r"(?<=河)[段岸川堤面口滩势底心]|(?<=江)[段岸面口心]|(?<=湖)[岸面心底滨]"
"""What, after the noun, makes a common noun (河段) of it unless the name is a known word."""

REACHES = ("上中游", "中下游", "上游", "中游", "下游", "干流")
"""Listed with a river (长江上游), yet the river is what the text names."""

WEAK_ENDS = "水曲错海港川沟泉溪渠卡布泊"
"""Short listed names that end so are taken only where the words or the context show a water (界水 in 世界水日)."""

CONTEXT = r"(?:流域|干流|支流|上游|中游|下游|上中游|水质|水域|水系|湖区|湖面|湖水|河水|断面|源头|入海口|沿岸|两岸|岸线|水面|河段|河口|水库|等(?:河|湖|江|支流|水|重要|主要)|、|。|，)"
"""What follows a water."""
