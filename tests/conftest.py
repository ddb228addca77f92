"""Small documents in our own prose, and the graph built of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import kg

settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

SAMPLES = Path(__file__).parents[1] / "seeds" / "documents"
TEXTS = {
    "规划.txt": "甘肃省生态环境厅关于水生态保护的通报\n2024年3月1日\n\n甘肃省生态环境厅印发《甘肃省水生态保护规划》，明确治理重点。"
              "《甘肃省水生态保护规划》覆盖渭河和泾河。\n2024年，全省空气质量优良天数比率达到91.5%。"
              "到2025年，全省地表水优良断面比例达到95%以上。\n",
    "平凉/简报.txt": "平凉市生态环境局工作简报\n2024年5月8日\n\n平凉市人民政府印发《平凉市泾河综合治理方案》。"
                "平凉市生态环境局会同平凉市水务局开展检查，"
                "督导崆峒区整改。\n平凉市人民政府实施泾河生态修复工程，完成投资1.2亿元。\n",
    "平凉/信息.md": "# 崆峒区信息\n\n崆峒区人民政府落实《平凉市泾河综合治理方案》，2024年新建污水管网12公里。\n",
}


def write_texts(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three documents."""
    return write_texts(tmp_path / "documents")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the three documents; not to be changed."""
    room = tmp_path_factory.mktemp("built")
    kg.build(write_texts(room / "documents"), room / "output")
    return room / "output"


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample documents; not to be changed."""
    room = tmp_path_factory.mktemp("sampled")
    kg.build(SAMPLES, room)
    return room
