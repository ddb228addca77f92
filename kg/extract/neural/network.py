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
AT_ONCE = 4096
"""Positions that go through the attention at once: more do not fit the caches."""
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
        """Numbers of characters (piece × position, padded with 0) → piece × position × state, as float32."""
        with torch.inference_mode(), _one_thread():
            numbers, position = torch.from_numpy(ids), torch.arange(ids.shape[1])[None, :]
            ends = torch.from_numpy(lengths)[:, None]
            there = position < ends
            rows = max(1, AT_ONCE // ids.shape[1])
            read = [self._attended(numbers[i:i + rows], there[i:i + rows]) for i in range(0, len(numbers), rows)]
            scores = self._linear(self._both_ways(torch.cat(read), torch.where(there, ends - 1 - position, position)), "classifier")
            return np.asarray(scores.float().numpy(), np.float32)

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
        """The LSTM: both directions step together, the backward one over pieces turned about within their lengths.

        The gates are enter, keep, new and give; tanh(z) of the new is 2 sigmoid(2z) − 1, with the 2 in its weights.
        """
        count, length, width = x.shape
        both = torch.stack([x.transpose(0, 1), _at(x, turned).transpose(0, 1)]).view(2, length * count, width)
        gates = torch.baddbmm(self._weights["gates.bias"], both, self._weights["gates.weight"]).view(2, length, count, 4 * width)
        hidden, cell = x.new_zeros(2, count, width), x.new_zeros(2, count, width)
        out = x.new_empty(2, length, count, width)
        for t in range(length):
            opened = torch.baddbmm(gates[:, t], hidden, self._weights["recurrent"]).sigmoid_().view(2, count, 4, width)
            cell = cell.mul_(opened[:, :, 1]).addcmul_(opened[:, :, 0], opened[:, :, 2].mul(2).sub_(1))
            hidden = torch.tanh(cell).mul_(opened[:, :, 3])
            out[:, t] = hidden
        ahead, back = out.transpose(1, 2)
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
    for name, parts in (("gates.weight", ("weight_ih",)), ("gates.bias", ("bias_ih", "bias_hh")), ("recurrent", ("weight_hh",))):
        ways = [sum(weights[f"bilstm.{part}_{way}"] for part in parts) for way in ("l0", "l0_reverse")]
        gates = torch.stack(ways).unflatten(1, (4, -1))
        gates[:, 2] *= 2
        yield name, gates.flatten(1, 2).unsqueeze(1) if name == "gates.bias" else gates.flatten(1, 2).transpose(1, 2).contiguous()


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
