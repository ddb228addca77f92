"""Page furniture goes, the document stays; breaks that a page put inside sentences are closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.clean import clean
from kg.text.lines import glue, runs_on

FURNITURE = (
    "您当前的位置：首页 > 新闻中心 > 环保要闻", "当前位置: 某某网 >> 要闻 >> 环保", "首页", "首页 > 政务公开 > 规划计划",
    "设为首页 | 加入收藏", "网站地图",
    "上一篇：某局召开会议", "返回顶部", "无障碍浏览", "分享到", "分享到：微信 微博 QQ空间", "【字体：大 中 小】",
    "字号：[大] [中] [小] 打印 关闭", "【打印】【关闭】",
    "扫一扫在手机打开当前页", "微信扫码分享", "长按识别二维码关注我们", "查看更多>>", "阅读原文", "点击查看全文",
    "用户登录", "登录 | 注册", "忘记密码？", "记住我", "短信验证码登录", "还没有账号？", "立即注册", "账号+密码登录", "登录后查看全文",
    "版权所有：某某市生态环境局", "版权声明：本网转载的稿件，版权归原作者所有。", "免责声明：本文来源于网络，如有侵权请联系删除。",
    "Copyright © 2010-2020 某某网 All Rights Reserved",
    "某ICP备05012345号-1", "某公网安备 62000002000001号", "网站标识码：6200000012",
    "主办单位：某某市政府办公室 承办单位：某某市信息中心 地址：某路1号",
    "责任编辑：张某", "编辑：李某某", "一审：王某 二审：李某", "共计5021个字，预计阅读时长18分钟", "预计阅读时间：5分钟",
    "浏览次数：1024", "阅读 3021", "已有12人评论",
    "关注微信公众号", "客户端下载", "领取福利", "加入收藏", "您的浏览器不支持播放此视频", "—————————", "=======",
    "建议使用1366×768分辨率浏览本站", "关于我们 | 联系我们 | 法律声明 | 网站导航",
)
DOCUMENT = (
    "清河市水污染防治工作方案", "2023-05-06 10:20 来源：清河日报 编辑：某某", "来源：清河市生态环境局",
    "（2016年11月28日清河市第八届人民代表大会常务委员会第五次会议通过）",
    "治理后", "清河排污口整治前后对比图。", "文字：张某 李某", "图片：清河市生态环境局提供", "原标题：护好一河清水", "一、总体要求",
    "附件：整改任务清单",
    "清河市人民政府办公室", "2023年5月6日", "（此件公开发布）", "设立广播电视节目制作经营机构，须经省级部门批准。",
    "（四）播放未取得许可证的节目的；",
    "各单位要打印材料，分享经验，关闭落后产能。", "推进网站集约化，做好政务公开和版权保护工作。", "市、县、区", "12座", "重点工作",
    "主要污染物排放总量 | 15%",
    "三是加强二氧化硫、氮氧化物协同控制。", "联系人：某某", "居民扫码投放垃圾", "全市推广扫码取水。", "备案号：清环备〔2020〕3号",
     "国办函〔2004〕71号", "登录排污许可平台的企业达到320家。",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    assert clean(f"清河市治水见成效\n{line}\n全市水质稳步好转。\n{line}") == "清河市治水见成效\n全市水质稳步好转。"


@pytest.mark.parametrize("line", DOCUMENT)
def test_the_document_stays(line: str) -> None:
    assert line in clean(f"清河市治水见成效\n\n{line}\n\n全市水质稳步好转。").split("\n")


def test_blocks_of_headlines_go_until_prose_begins_again() -> None:
    prose = "据市生态环境局介绍，今年全市共整治入河排污口三十五个，新建污水管网二十公里，水质持续改善。"
    page = f"全市水质好转。\n\n相关新闻\n• 某县召开大会\n某县举办活动\n\n{prose}\n\n" \
           f"新闻排行\n1 某地发布通告\n2 某地开展检查\n\n关注我们\n某某网微博"
    assert clean(page) == f"全市水质好转。\n\n{prose}"


def test_a_heading_of_the_document_opens_no_block() -> None:
    text = "重点工作\n一、治水\n相关政策\n加强资金保障，落实以奖代补政策，对完成任务的县区给予补助，提高各方面积极性。"
    assert clean(text) == text


def test_a_list_above_the_text_stays() -> None:
    text = "图片新闻\n清河治水见成效\n全市水质稳步好转，群众满意度持续提高，城乡面貌焕然一新，治理经验在全省推广。"
    assert clean(text) == text


def test_weak_lines_go_only_beside_furniture() -> None:
    assert clean("水质好转。\n20231\n领取福利\n微信扫码领取") == "水质好转。"
    assert clean("断面数\n20231\n水质好转。") == "断面数\n20231\n水质好转。"


def test_parts_of_lines_go() -> None:
    assert clean("在全市环保工作会议上的讲话（第2/3页）\n同志们：") == "在全市环保工作会议上的讲话\n同志们："
    assert clean("水质&nbsp;达标。\n&nbsp;&nbsp;附件") == "水质 达标。\n附件"


def test_a_teaser_that_repeats_the_beginning_goes() -> None:
    body = "同志们：这次会议的任务是总结去年工作，部署今年任务，下面我讲三点意见。"
    assert clean(f"在全市会议上的讲话{body[:20]}...\n在全市会议上的讲话\n{body}") == f"在全市会议上的讲话\n{body}"


def test_a_title_on_several_lines_becomes_one() -> None:
    assert clean("清河市人民政府办公室\n关于印发清河市水污染防治\n工作方案的通知\n清政办发〔2020〕1号\n各县区人民政府：").startswith(
        "清河市人民政府办公室关于印发清河市水污染防治工作方案的通知\n清政办发")


def test_lines_cut_at_a_fixed_width_are_joined() -> None:
    lines = ["全市各级各部门认真落实水污染防治行动计划的各项要求并", "严格执行排污许可制度全面完成了年度目标任务水质明显好",
             "转。", "县区政府要按照属地管理原则压实责任加快推进管网建设工", "程确保年底前全部完工并投入使用同时做好运行维护各项工",
             "作。"]
    assert clean("\n".join(lines)) == "".join(lines[:3]) + "\n" + "".join(lines[3:])


PROSE = "今年以来，全市空气质量稳步改善。截至目前，优良天数比率达到百分之九十，同比"


@pytest.mark.parametrize(("line", "after", "expected"), [
    (PROSE, "增加三个百分点。", True), (PROSE, "“十四五”以来改善明显。", True), (PROSE, "（二）治水。", False),
    (PROSE, "2023年5月6日", False),
    (PROSE + "好转。", "全市水质改善。", False), ("全市水质改善，", "群众满意。", True), ("全市水质改善", "，群众满意。", True),
    ("全市水质改善，", "（一）治水。", False), ("三、保障措施", "加强组织领导。", False), ("深化学习 提升本领", "思想是先导。", False),
    ("碧水清波。某某摄", "全市水质改善。", False), ("断面 | 类别", "甲桥 | Ⅱ", False), ("We will improve the", "environment.", False),
    ("现通知如下：", "各县区要落实责任。", False), ("——坚持生态优先", "全面推进治理。", False),
    ("二、提高政治站位，深刻认识环保工作面临的新形势，扛牢政治责任", "各级各部门要落实。", False),
])
def test_breaks_inside_sentences(line: str, after: str, expected: bool) -> None:
    assert runs_on(line, after) is expected


def test_glue_keeps_latin_words_apart() -> None:
    assert glue("水质", "达标") == "水质达标"
    assert glue("water", "quality") == "water quality"


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_but_furniture_and_never_fails(text: str) -> None:
    once = clean(text)
    assert "\r" not in once
    assert "\x00" not in once
    assert not once.startswith("\n")
    once.encode()


@given(st.lists(st.sampled_from(["\n", "　　", "首页 > ", "，", "。", "一、", "（一）", "全市水质", "2023年", "《", "》", "分享",
" "]), max_size=60))
def test_no_hanzi_of_prose_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces) + "\n全市水质改善明显。"
    assert clean(text).endswith("全市水质改善明显。")
