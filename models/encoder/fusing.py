"""Make the exported int8 graph quicker: each layer's attention becomes one operator.

The law: the same weights, the same int8 multiplications, the same outputs up to the last digits of
single floats; only how the graph is cut into operators changes. A graph that is not cut as
`export.py` leaves it is refused.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

HEADS = 12
_DOMAIN = "com.microsoft"
_MASK = "mask_of_attention"
_PARTS = ("query", "key", "value")


def fused(place: Path) -> int:
    """Rewrite the graph in `place`; return how many layers were fused."""
    model = onnx.load(place)
    made = {output: node for node in model.graph.node for output in node.output}
    known = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    layers = 0
    while f"/layers.{layers}/Softmax_output_0" in made:
        _fuse(model, layers, made, known)
        layers += 1
    if not layers:
        raise SystemExit(f"{place} has no attention that was exported by export.py")
    cast = helper.make_node("Cast", ["mask"], [_MASK], to=TensorProto.INT32)
    model.graph.node.insert(0, cast)
    _prune(model)
    model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))
    onnx.save(model, place)
    return layers


def _fuse(
    model: ModelProto, layer: int, made: dict[str, NodeProto], known: dict[str, np.ndarray]
) -> None:
    """Put one operator in the place of a layer's three multiplications and all up to their mean."""
    parts = [made[f"/layers.{layer}/{part}/MatMul_output_0_output_quantized"] for part in _PARTS]
    states, zero = parts[0].input[0], parts[0].input[2]
    scale = states.removesuffix("_quantized") + "_scale"
    stems = [part.input[1].removesuffix("_quantized") for part in parts]
    if len({part.input[0] for part in parts}) != 1 or scale not in made[states].output:
        raise SystemExit(f"layer {layer} does not quantise its states once")
    weights = {
        "weights": np.concatenate([known[f"{stem}_quantized"] for stem in stems], axis=1),
        "scales": np.concatenate([known[f"{stem}_scale"] for stem in stems]),
        "zeros": np.concatenate([known[f"{stem}_zero_point"] for stem in stems]),
        "biases": np.concatenate([known[f"layers.{layer}.{part}.bias"] for part in _PARTS]),
    }
    names = {name: f"layers.{layer}.attention.{name}" for name in weights}
    for name, values in weights.items():
        model.graph.initializer.append(numpy_helper.from_array(values, names[name]))
    output = f"/layers.{layer}/Reshape_3_output_0"
    asked = [states, names["weights"], names["biases"], scale, names["scales"], _MASK, zero]
    node = helper.make_node(
        "QAttention", [*asked, names["zeros"]], [output], domain=_DOMAIN, num_heads=HEADS
    )
    model.graph.node.insert(list(model.graph.node).index(made[output]), node)
    model.graph.node.remove(made[output])


def _prune(model: ModelProto) -> None:
    """Take out what no longer leads to an output."""
    made = {output: node for node in model.graph.node for output in node.output}
    needed = set(_behind([one.name for one in model.graph.output], made))
    kept = [node for node in model.graph.node if needed.intersection(node.output)]
    del model.graph.node[:]
    model.graph.node.extend(kept)
    weights = [one for one in model.graph.initializer if one.name in needed]
    del model.graph.initializer[:]
    model.graph.initializer.extend(weights)
    del model.graph.value_info[:]


def _behind(names: list[str], made: dict[str, NodeProto]) -> Iterator[str]:
    """Yield these values and all that they are made of."""
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name not in seen:
            seen.add(name)
            yield name
            names.extend(made[name].input if name in made else ())


def main() -> None:
    """Fuse the graphs named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("graphs", type=Path, nargs="+")
    for place in parser.parse_args().graphs:
        print(place, fused(place), "layers")


if __name__ == "__main__":
    main()
