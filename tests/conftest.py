"""Small documents in our own prose, the graph built of them, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import kg

settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--headless=new", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium with software WebGL; where there is none, what needs it is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on the path: the pages are not tried in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


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
