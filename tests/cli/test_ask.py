"""Ready questions with parameters, and questions in plain Chinese, on the command line."""

import json


def test_a_ready_question_with_a_parameter(call, built):
    shown = call("query", "-g", built, "projects-on-rivers", "--param", "river=泾河").output
    assert "泾河" in shown
    assert "甘肃省水生态保护规划" in shown
    assert "渭河" not in shown.replace("渭河和泾河", "")
    assert "waterIri" not in shown
    assert call("query", "-g", built, "projects-on-rivers", "--param", "river=泾河", "--format", "csv").output.startswith("water,waterIri,")


def test_wrong_parameters_are_told(call, built):
    assert "Its parameters: river" in call("query", "-g", built, "projects-on-rivers", "--param", "lake=泾河", status=2).stderr
    assert "NAME=VALUE" in call("query", "-g", built, "projects-on-rivers", "--param", "泾河", status=2).stderr
    assert "--param document" in call("query", "-g", built, "document-claims", status=2).stderr
    assert "Only a ready question" in call("query", "-g", built, "ASK {}", "--param", "a=b", status=2).stderr
    assert "answers to 泾" in call("query", "-g", built, "projects-on-rivers", "--param", "river=泾", status=1).stderr


def test_the_questions_are_listed_and_described(call):
    listed = json.loads(call("query", "--list", "--format", "json").output)
    assert len(listed) >= 30
    assert all(q["title"]["zh"] and q["title"]["en"] and q["columns"] for q in listed)
    assert "[place] [year] [indicator]" in " ".join(call("query", "--list").output.split())
    shown = call("query", "--describe", "overdue").output
    assert "--param date=…  date, default today" in shown
    assert "SELECT" in shown
    assert json.loads(call("query", "--describe", "overdue", "--format", "json").output)["name"] == "overdue"
    assert "There is no ready question" in call("query", "--describe", "nothing", status=2).stderr


def test_a_question_in_plain_chinese(call, built):
    shown = call("ask", "-g", built, "泾河流域有哪些治理项目？").output
    assert "理解为: 河流上的项目" in shown
    assert "SELECT" in shown
    assert "《甘肃省水生态保护规划》覆盖渭河和泾河。" in shown
    assert "Understood as: Projects on rivers" in call("ask", "-g", built, "泾河流域有哪些治理项目？", "--lang", "en").output
    assert call("ask", "-g", built, "泾河流域有哪些治理项目？", "--format", "csv").output.startswith("water,")
    told = json.loads(call("ask", "-g", built, "泾河流域有哪些治理项目？", "--format", "json").output)
    assert told["understood"]["question"] == "projects-on-rivers"
    assert told["rows"][0]["sentence"]


def test_a_question_without_rows_says_so(call, built):
    assert "没有这样的陈述" in call("ask", "-g", built, "有哪些自然保护区").output


def test_what_is_not_understood_is_told(call, built):
    shown = call("ask", "-g", built, "湖北省有哪些治理项目？", status=1).stderr
    assert "没有听懂" in shown
    assert "湖北省" in shown
    assert "kg query projects-" in shown
    told = json.loads(call("ask", "-g", built, "今天天气怎么样", "--format", "json", status=1).output)
    assert told["understood"] is None
