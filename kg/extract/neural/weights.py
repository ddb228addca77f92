"""Where the weights lie: inside the installed package envpos, which is never imported (it would load pandas and more).

envpos 0.82 (Bi Huaibin, Apache-2.0) is trained on Chinese environmental and policy text; see docs/neural.md.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import KgError

PACKAGE = "envpos"
FOLDER = "envpos/files/pretrained_models/pos-albert"
FILES = ("config.json", "vocab.txt", "pytorch_model.bin")
ENCODING, ARCHITECTURES = "BIOES", ["AlbertCRF"]


@dataclass(frozen=True)
class Weights:
    """The files of a trained recogniser, and the version of the package that brought them."""

    folder: Path
    version: str

    @property
    def tensors(self) -> Path:
        """The file of the numbers."""
        return self.folder / "pytorch_model.bin"

    @cached_property
    def config(self) -> dict[str, Any]:
        """Sizes and labels of the network."""
        found: dict[str, Any] = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
        return found

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of each state: O, and B-, I-, E- or S- before the kind of the name."""
        return tuple(self.config["labels"])

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Character → number."""
        lines = (self.folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        return {line: number for number, line in enumerate(lines) if line}

    @cached_property
    def digest(self) -> str:
        """What tells these weights from others, 16 hexadecimal digits over the three files."""
        total = hashlib.sha256()
        for name in FILES:
            total.update((self.folder / name).read_bytes())
        return total.hexdigest()[:16]


def installed() -> bool:
    """Whether the neural extra is there: torch and the weights."""
    return find_spec("torch") is not None and _installed() is not None


def find() -> Weights:
    """The weights as installed.

    Raises KgError, which names the extra, where they or torch are missing, and where they are of another form than the one known.
    """
    weights = _installed()
    missing = [name for name, there in (("torch", find_spec("torch")), (PACKAGE, weights)) if not there]
    if weights is None or missing:
        raise KgError(f"The neural extractor needs {' and '.join(missing)}, not installed here. "
                      "Install the neural extra (pip install '.[neural]' in the project's folder), or use the rules alone.")
    if weights.config.get("ner_encoding") != ENCODING or weights.config.get("architectures") != ARCHITECTURES:
        raise KgError(f"{PACKAGE} {weights.version} holds weights of another form than the neural extractor reads. "
                      f"Install {PACKAGE} 0.82, or use the rules alone.")
    return weights


def _installed() -> Weights | None:
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError:
        return None
    folder = Path(str(package.locate_file(FOLDER)))
    return Weights(folder, package.version) if all((folder / name).is_file() for name in FILES) else None
