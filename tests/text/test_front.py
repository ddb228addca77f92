"""Title, date of issue, publisher and genre, where the text gives them."""

from __future__ import annotations

import pytest

from kg.text.front import read_front, sensible_title

BODY = "全市水质稳步好转，群众满意度持续提高。"


@pytest.mark.parametrize(("head", "title"), [
    ("清河市水源保护条例\n", "清河市水源保护条例"),
    ("\n\n【碧水行】清河：治水见成效\n某某网消息：", "【碧水行】清河：治水见成效"),
    ("王某 李某某\n", None), ("各位代表：\n", None), ("清政办发〔2020〕1号\n清河市治水方案\n", "清河市治水方案"),
    ("一、2021年工作回顾\n", None), ("2023年5月6日 来源：清河日报\n清河市治水见成效\n", "清河市治水见成效"),
    ("# 清河治理研究\n", "清河治理研究"),
    ("（征求意见稿）\n清河市治水方案\n", "清河市治水方案"), ("", None),
])
def test_title(head: str, title: str | None) -> None:
    assert read_front(head + BODY).title == title


@pytest.mark.parametrize(("text", "issued"), [
    ("清河市治水见成效\n20-01-11 09:44 来源:清河网 编辑:某某\n" + BODY, "2020-01-11"),
    ("清河市治水见成效\n发布时间：2023-05-06 10:20 浏览次数：3\n" + BODY, "2023-05-06"),
    ("清河市治水见成效\n2023年5月6日 08:30 来源：清河日报\n" + BODY, "2023-05-06"),
    ("清河市河道条例\n（2016年11月28日清河市第八届人民代表大会常务委员会第五次会议通过）\n" + BODY, "2016-11-28"),
    ("清河市河道条例\n2016年10月27日 清河市第八届人大常委会第五次会议通过\n"
     "2016年11月26日 某省第十二届人大常委会第二十四次会议批准\n" + BODY, "2016-11-26"),
    ("清河市人民政府关于治水的通知\n" + BODY + "\n清河市人民政府\n2019年3月2日\n附件\n" + BODY, "2019-03-02"),
    ("关于治水的复函\n" + BODY + "\n清河市人民政府办公室\n二〇〇四年十月十五日\n（本文有删减）", "2004-10-15"),
    ("治水报告\n清河市水利局\n2019年9月\n" + BODY, "2019-09"), ("治水报告\n来源：《清河日报》摘编\n" + BODY, None),
    ("治水通知\n" + BODY + "\n【颁布时间】 20221205\n【时效性】 有效", "2022-12-05"),
    ("清河市治水见成效\n某某网消息（新闻联播）：2012年5月6日通过的规划已经完成。" + BODY, None),
    ("清河市治水见成效\n" + BODY, None), ("治水通知\n" + BODY + "\n2019年13月40日", None), ("", None),
])
def test_issued(text: str, issued: str | None) -> None:
    assert read_front(text).issued == issued


@pytest.mark.parametrize(("text", "publisher"), [
    ("清河市治水见成效\n2020-01-11 来源: 清河日报 作者: 某某\n" + BODY, "清河日报"),
    ("清河市人民政府办公室关于印发治水方案的通知\n" + BODY, "清河市人民政府办公室"),
    ("治水方案\n" + BODY + "\n清河市生态环境局\n2019年3月2日", "清河市生态环境局"),
    ("清河市河道条例\n2016年10月27日 清河市第八届人大常委会第五次会议通过\n第一条 治水。", "清河市人民代表大会常务委员会"),
    ("治水方案\n" + BODY, None), ("治水方案\n资料来源：《清河市治水规划》\n" + BODY, None),
])
def test_publisher(text: str, publisher: str | None) -> None:
    assert read_front(text).publisher == publisher


@pytest.mark.parametrize(("title", "genre"), [
    ("在2021年全市环保工作会议上的讲话", "speech"), ("某省贯彻落实督察报告整改方案", "rectification-scheme"),
    ("清河市“十四五”水利发展规划", "plan"),
    ("清河市河道管理条例", "regulation"), ("关于治水建议的复函", "reply-letter"), ("2022年清河市生态环境状况公报", "bulletin"),
    ("清河市人民政府关于治水的通知", "notice"), ("2022年政府工作报告", "report"), ("绿水青山带笑颜", None),
])
def test_genre(title: str, genre: str | None) -> None:
    assert read_front(title + "\n" + BODY).genre == genre


def test_news_by_its_opening() -> None:
    assert read_front("清河治水见成效\n某某网消息（记者 某某）：" + BODY).genre == "news"


def test_file_properties_that_are_no_title() -> None:
    assert sensible_title("清河市治水方案") == "清河市治水方案"
    assert sensible_title("Microsoft Word - 治水方案最终版.doc") is None
    assert sensible_title("文档1") is None
    assert sensible_title(None) is None
