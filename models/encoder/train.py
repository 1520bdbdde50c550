"""Train the encoder: `make train`, in an environment of its own with torch.

The law: seeded, on one thread count, from named sets in an order of their own, so that the same
inputs give the same weights on the same kind of machine. Writes `weights.pt` into a work folder;
`export.py` turns it into what is shipped.
"""

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path

import torch
from body import Body, pretrained
from mixture import (
    DRAFT_SHARES,
    EMOTIONS,
    HEADS,
    HELPS,
    LONGEST,
    OF_DRAFT,
    OWN,
    SHARES,
    TECHNIQUES,
    Row,
    module,
    ordered,
    published,
    rows,
)
from torch import Tensor, nn

BATCH = 32
FORGOTTEN = 0.15
HERE = Path(__file__).resolve().parent
_PIECES = module("wordpiece")
Pieces, WordPiece = _PIECES.Pieces, _PIECES.WordPiece


class Cutters:
    """Texts cut as they will be in use: turns after what went before them, drafts by themselves."""

    def __init__(self, vocabulary: Path) -> None:
        self._turns = WordPiece(vocabulary, LONGEST, OWN)
        self._drafts = WordPiece(vocabulary, OF_DRAFT, OF_DRAFT)

    def cut(self, row: Row) -> Pieces:
        """Return the pieces of a row."""
        cutter = self._drafts if row.is_draft else self._turns
        return cutter.cut(row.text, row.before)


def encoded(cutters: Cutters, batch: list[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, mask and kinds (0 the turn, 1 what went before), filled up to one length."""
    found = [cutters.cut(row) for row in batch]
    longest = max(len(one.ids) for one in found)
    ids = torch.zeros(len(found), longest, dtype=torch.int64)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    for number, one in enumerate(found):
        size = len(one.ids)
        ids[number, :size], mask[number, :size] = torch.tensor(one.ids), 1
        kinds[number, :size] = torch.tensor(one.kinds)
    return ids, mask, kinds


def loss_of(logits: Tensor, batch: list[Row]) -> Tensor:
    """Return the mean loss of turns over the labels that are there, each head alike."""
    feelings = torch.tensor([row.sentiment for row in batch])
    known = feelings >= 0
    total = logits.sum() * 0
    if known.any():
        total = total + nn.functional.cross_entropy(logits[known, :3], feelings[known])
    weight = torch.ones(logits.shape[1] - 3)
    weight[: len(EMOTIONS)] = weight[-len(HELPS) :] = 0.35
    targets = torch.tensor([[*row.emotions, *row.flags, *row.helps] for row in batch])
    return total + _binary(logits[:, 3:], targets, weight) / 2


def loss_of_drafts(logits: Tensor, batch: list[Row]) -> Tensor:
    """Return the mean loss of drafts; a fault that is there counts twice."""
    targets = torch.tensor([row.techniques for row in batch])
    return _binary(logits, targets, 1 + targets.clamp(min=0))


def _binary(logits: Tensor, targets: Tensor, weight: Tensor) -> Tensor:
    each = nn.functional.binary_cross_entropy_with_logits(
        logits, targets.clamp(min=0), reduction="none"
    )
    return (each * (targets >= 0) * weight).sum() / len(targets)


def epoch_of(
    kept: dict[str, list[Row]], shares: dict[str, int], seed: int, scale: float
) -> list[list[Row]]:
    """Return the batches of one epoch: each set's share, texts of like length together."""
    dice = random.Random(seed)
    chosen: list[Row] = []
    for source, share in shares.items():
        pool = kept.get(source, [])
        if not pool:
            continue
        full, rest = divmod(int(share * scale), len(pool))
        chosen.extend(pool * full + dice.sample(pool, rest))
    chosen = [_forgetful(row, dice) for row in chosen]
    dice.shuffle(chosen)
    batches = []
    for start in range(0, len(chosen), 50 * BATCH):
        part = sorted(chosen[start : start + 50 * BATCH], key=_length)
        batches.extend(part[at : at + BATCH] for at in range(0, len(part), BATCH))
    dice.shuffle(batches)
    return batches


def _forgetful(row: Row, dice: random.Random) -> Row:
    """Return the row, at times without what went before: the encoder must do with both."""
    return replace(row, before="") if row.before and dice.random() < FORGOTTEN else row


def _length(row: Row) -> int:
    return len(row.text) + len(row.before)


def _optimiser(body: Body, rate: float) -> torch.optim.Optimizer:
    """Return the optimiser: new heads learn fast, the published body slowly."""
    old = [part for name, part in body.named_parameters() if not name.startswith("heads")]
    groups = [
        {"params": body.heads.parameters(), "lr": 1e-3},
        {"params": old, "lr": rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


TASKS = {
    "turns": (SHARES, HEADS, loss_of),
    "drafts": (DRAFT_SHARES, TECHNIQUES, loss_of_drafts),
}


def train(args: argparse.Namespace) -> None:
    """Train and write the weights."""
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.use_deterministic_algorithms(True)
    cutters = Cutters(args.minilm / "vocab.txt")
    shares, heads, loss_in = TASKS[args.task]
    kept = {source: ordered(source, list(rows(source, args.data, args.own))) for source in shares}
    print({source: len(found) for source, found in kept.items()}, flush=True)
    body = pretrained(args.minilm / "model.safetensors", args.layers, len(heads))
    steps = sum(len(epoch_of(kept, shares, args.seed + e, args.scale)) for e in range(args.epochs))
    optimiser = _optimiser(body, args.rate)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / warm) * max(0.02, 1 - s / steps)
    )
    begun, done = time.time(), 0
    for number in range(args.epochs):
        body.train()
        running = 0.0
        for batch in epoch_of(kept, shares, args.seed + number, args.scale):
            loss = loss_in(body(*encoded(cutters, batch)), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            running, done = 0.98 * running + 0.02 * loss.item(), done + 1
            if done % 200 == 0:
                print(f"{done}/{steps} loss {running:.3f} {time.time() - begun:.0f} s", flush=True)
        torch.save(body.state_dict(), args.out)
    print(json.dumps({"steps": steps, "seconds": round(time.time() - begun)}))


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, *.jsonl.gz")
    parser.add_argument("--task", choices=TASKS, default="turns")
    parser.add_argument("--own", type=Path, default=HERE.parent / "data")
    parser.add_argument("--minilm", type=Path, default=published(), help="the published model")
    parser.add_argument("--out", type=Path, default=Path("weights.pt"))
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=7e-5)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scale", type=float, default=0.5, help="share of each epoch, to try out")
    return parser.parse_args()


if __name__ == "__main__":
    train(arguments())
