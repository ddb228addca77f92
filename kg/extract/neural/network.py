"""The network on torch: characters of sentences → emissions. No other module imports torch.

ALBERT (Lan et al. 2020: one layer of attention, applied several times), one layer of LSTM in both directions, and
a linear layer that scores each label. bfloat16 where the processor multiplies it natively, else float32.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.neural.decoding import Chain, Floats, Ints
from kg.extract.neural.weights import Weights

NATIVE = ("amx_bf16", "avx512_bf16")
"""What a processor must have for bfloat16 to be the faster."""
_EMBEDDINGS = "albert.embeddings."
_LAYER = "albert.encoder.albert_layer_groups.0.albert_layers.0."


class Network:
    """The weights in memory, in one precision; it computes on one thread, so that processes share the cores and bytes agree."""

    def __init__(self, weights: Mapping[str, Tensor], config: Mapping[str, Any], *, precision: str) -> None:
        self.precision = precision
        self._layers, self._heads, self._least = config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"]
        chain = (weights[f"crf.{name}"].float().numpy() for name in ("start_transitions", "transitions", "end_transitions"))
        self.chain = Chain(*(np.array(scores) for scores in chain))
        kept = {name: tensor for name, tensor in weights.items() if tensor.is_floating_point()}
        self._weights = {name: tensor.to(getattr(torch, precision)) for name, tensor in (kept | dict(_joined(kept))).items()}

    def emissions(self, ids: Ints, lengths: Ints) -> Floats:
        """Numbers of characters (sentence × position, padded with 0) → sentence × position × state, as float32."""
        with torch.inference_mode(), _one_thread():
            scores = self._scored(torch.from_numpy(ids), torch.from_numpy(lengths))
            return np.asarray(scores.float().numpy(), np.float32)

    def _scored(self, ids: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(ids.shape[1])[None, :]
        there = position < lengths[:, None]
        turned = torch.where(there, lengths[:, None] - 1 - position, position)
        return self._linear(self._both_ways(self._attended(ids, there), turned), "classifier")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, x: Tensor, name: str) -> Tensor:
        weight = self._weights[f"{name}.weight"]
        return functional.layer_norm(x, weight.shape, weight, self._weights[f"{name}.bias"], self._least)

    def _attended(self, ids: Tensor, there: Tensor) -> Tensor:
        w = self._weights
        x = w[f"{_EMBEDDINGS}word_embeddings.weight"][ids] + w[f"{_EMBEDDINGS}position_embeddings.weight"][:ids.shape[1]]
        x = self._normed(x + w[f"{_EMBEDDINGS}token_type_embeddings.weight"][0], f"{_EMBEDDINGS}LayerNorm")
        x = self._linear(x, "albert.encoder.embedding_hidden_mapping_in")
        mask = None if bool(there.all()) else there[:, None, None, :]
        for _ in range(self._layers):
            count, length, width = x.shape
            parts = self._linear(x, "attention").view(count, length, 3, self._heads, width // self._heads)
            query, key, value = parts.permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).reshape(count, length, width)
            x = self._normed(x + self._linear(seen, f"{_LAYER}attention.dense"), f"{_LAYER}attention.LayerNorm")
            wide = functional.gelu(self._linear(x, f"{_LAYER}ffn"))
            x = self._normed(x + self._linear(wide, f"{_LAYER}ffn_output"), f"{_LAYER}full_layer_layer_norm")
        return x

    def _both_ways(self, x: Tensor, turned: Tensor) -> Tensor:
        """The LSTM: both directions step together, the backward one over sentences turned about within their lengths."""
        count, length, width = x.shape
        ahead, back = self._linear(x, "gates").split(4 * width, dim=2)
        gates = torch.stack([ahead, _at(back, turned)]).permute(2, 0, 1, 3).contiguous()
        hidden, cell = x.new_zeros(2, count, width), x.new_zeros(2, count, width)
        out = x.new_empty(length, 2, count, width)
        for t in range(length):
            enter, keep, new, give = torch.baddbmm(gates[t], hidden, self._weights["recurrent"]).chunk(4, dim=2)
            cell = torch.sigmoid(keep) * cell + torch.sigmoid(enter) * torch.tanh(new)
            hidden = torch.mul(torch.sigmoid(give), torch.tanh(cell), out=out[t])
        ahead, back = out.permute(1, 2, 0, 3)
        return torch.cat([ahead, _at(back, turned)], dim=2)


def load(weights: Weights, *, precision: str | None = None) -> Network:
    """The network of the weights as installed; `precision` is bfloat16 or float32, chosen by the processor where it is not given."""
    native = torch.cpu.get_capabilities()
    chosen = precision or ("bfloat16" if any(native.get(name) for name in NATIVE) else "float32")
    tensors = torch.load(weights.tensors, map_location="cpu", weights_only=True)
    return Network(tensors, weights.config, precision=chosen)


def _joined(weights: Mapping[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    """What is multiplied together: query, key and value; the gates of both directions."""
    for kind in ("weight", "bias"):
        yield f"attention.{kind}", torch.cat([weights[f"{_LAYER}attention.{part}.{kind}"] for part in ("query", "key", "value")])
    ways = ("l0", "l0_reverse")
    yield "gates.weight", torch.cat([weights[f"bilstm.weight_ih_{way}"] for way in ways])
    yield "gates.bias", torch.cat([weights[f"bilstm.bias_ih_{way}"] + weights[f"bilstm.bias_hh_{way}"] for way in ways])
    yield "recurrent", torch.stack([weights[f"bilstm.weight_hh_{way}"].T for way in ways]).contiguous()


def _at(x: Tensor, positions: Tensor) -> Tensor:
    return x.gather(1, positions[:, :, None].expand(*positions.shape, x.shape[2]))


@contextmanager
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
