"""The body: the first layers of MiniLM, and one linear map to all heads.

The law: as published (all-MiniLM-L6-v2, Apache-2.0), layer for layer; the sentence is the mean of
its last layer over the words that are there. Everything is plain so that it can be written out as a
graph.
"""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, INNER = 384, 12, 1536


class Layer(nn.Module):
    """One layer: attention and two linear maps, each with its residual and norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return the states after this layer; `bias` is 0 for words and very low for none."""
        batch, length, _ = states.shape
        query, key, value = (
            part(states).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        seen = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.first(states + self.drop(self.joined(seen)))
        inner = nn.functional.gelu(self.wide(states))
        return self.second(states + self.drop(self.narrow(inner)))


class Body(nn.Module):
    """From word pieces to one logit a head."""

    def __init__(self, layers: int, outputs: int, vocabulary: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.heads = nn.Linear(WIDTH, outputs)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Return logits of shape (texts, heads) for ids, mask and kinds of (texts, pieces)."""
        return self.heads(self.drop(self.sentence(ids, mask, kinds)))

    def sentence(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Return the embeddings of the turns, of shape (texts, width)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.places(places) + self.kinds(kinds))
        states = self.drop(states)
        seen = mask.to(states.dtype)
        bias = (1.0 - seen)[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        # The sentence is the mean over the turn itself; what went before colours it by attention.
        own = (seen * (1 - kinds.to(states.dtype)))[:, :, None]
        return (states * own).sum(1) / own.sum(1)


class Told(Body):
    """What a graph tells: the logits, and the sentence that they were told of."""

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        """Return logits (texts, heads) and embeddings (texts, width)."""
        sentence = self.sentence(ids, mask, kinds)
        return self.heads(sentence), sentence


_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key",
    "value": "attention.self.value", "joined": "attention.output.dense",
    "first": "attention.output.LayerNorm", "wide": "intermediate.dense",
    "narrow": "output.dense", "second": "output.LayerNorm",
}  # fmt: skip


def pretrained(weights: Path, layers: int, outputs: int) -> Body:
    """Return the body with its published weights and new heads."""
    found = load_file(weights)
    body = Body(layers, outputs, found["embeddings.word_embeddings.weight"].shape[0])
    state = {
        "words.weight": found["embeddings.word_embeddings.weight"],
        "places.weight": found["embeddings.position_embeddings.weight"],
        "kinds.weight": found["embeddings.token_type_embeddings.weight"],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    for number in range(layers):
        for ours, theirs in _NAMES.items():
            for part in ("weight", "bias"):
                name = f"encoder.layer.{number}.{theirs}.{part}"
                state[f"layers.{number}.{ours}.{part}"] = found[name]
    missing, unexpected = body.load_state_dict(state, strict=False)
    if set(missing) != {"heads.weight", "heads.bias"} or unexpected:
        raise SystemExit("the published weights are not those of all-MiniLM-L6-v2")
    return body
