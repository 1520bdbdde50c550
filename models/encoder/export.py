"""Write the trained encoder as it is shipped: an int8 graph, its tokenizer and its manifest.

The law: what is written is data that ONNX Runtime reads, no pickle; the manifest names every file
with its checksum, what went in and what came out.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from body import Told
from fusing import fused
from mixture import (
    DRAFT_SHARES,
    HEADS,
    LONGEST,
    OF_DRAFT,
    OWN,
    SHARES,
    TECHNIQUES,
    published,
)
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).resolve().parent


def mean_of(trainings: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of several trainings from the same beginning."""
    states = [torch.load(place, weights_only=True) for place in trainings]
    return {
        name: torch.stack([state[name] for state in states]).mean(0)
        if first.is_floating_point()
        else first
        for name, first in states[0].items()
    }


def exported(trainings: list[Path], layers: int, heads: int, graph: Path) -> None:
    """Write the float graph of the trained body."""
    state = mean_of(trainings)
    body = Told(layers, heads, state["words.weight"].shape[0])
    body.load_state_dict(state)
    body.eval()
    shape = torch.ones(1, 8, dtype=torch.int64)
    torch.onnx.export(
        body,
        (shape, shape, shape * 0),
        graph,
        input_names=["ids", "mask", "kinds"],
        output_names=["logits", "sentence"],
        dynamic_axes={name: {0: "texts", 1: "pieces"} for name in ("ids", "mask", "kinds")}
        | {name: {0: "texts"} for name in ("logits", "sentence")},
        opset_version=17,
        dynamo=False,
    )


def digest(place: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(place.read_bytes()).hexdigest()


TASKS = {
    "turns": ("encoder", SHARES, HEADS, LONGEST, OWN),
    "drafts": ("draft-encoder", DRAFT_SHARES, TECHNIQUES, OF_DRAFT, OF_DRAFT),
}


def main() -> None:
    """Export, quantise and write the manifest."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="their mean is taken"
    )
    parser.add_argument("--task", choices=TASKS, default="turns")
    parser.add_argument("--minilm", type=Path, default=published())
    parser.add_argument("--layers", type=int, default=4)
    args = parser.parse_args()
    name, shares, heads, longest, own = TASKS[args.task]
    out = HERE.parent / name
    out.mkdir(exist_ok=True)
    plain = args.weights[0].with_suffix(".onnx")
    exported(args.weights, args.layers, len(heads), plain)
    graph = out / "encoder.onnx"
    quantize_dynamic(plain, graph, per_channel=True, weight_type=QuantType.QInt8)
    fused(graph)
    vocabulary = out / "vocab.txt"
    shutil.copyfile(args.minilm / "vocab.txt", vocabulary)
    manifest = {
        "name": name,
        "base": "all-MiniLM-L6-v2, first layers, Apache-2.0",
        "layers": args.layers,
        "longest": longest,
        "own": own,
        "heads": list(heads),
        "rows_of_an_epoch": shares,
        "files": {place.name: digest(place) for place in (graph, vocabulary)},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(graph.stat().st_size, manifest["files"])


if __name__ == "__main__":
    main()
