"""Writes the small PyTorch files that TorchFileTest reads, with the values it expects.

Run with PyTorch (written with 1.13.1): python3 torch_files.py
"""

import json
import pathlib

import torch

OUT = (
    pathlib.Path(__file__).parent.parent
    / "resources/dev/nightjar/engine/format/torch"
)


def state():
    """Every element type, and every way to be a view."""
    torch.manual_seed(7)
    base = torch.randn(6, 8)
    tied = torch.randn(3, 4)
    types = {
        "f64": torch.float64,
        "f32": torch.float32,
        "f16": torch.float16,
        "bf16": torch.bfloat16,
        "i64": torch.int64,
        "i32": torch.int32,
        "i16": torch.int16,
        "i8": torch.int8,
        "u8": torch.uint8,
    }
    result = {"type." + name: (torch.arange(12).reshape(3, 4) - 2).abs().to(t) for name, t in types.items()}
    result["type.bool"] = torch.tensor([True, False, True])
    result["view.transposed"] = base.t()
    result["view.rows"] = base[2:5]
    result["view.columns"] = base[:, 3:6]
    result["view.steps"] = base[::2, ::3]
    result["view.permuted"] = torch.randn(2, 3, 4).permute(2, 0, 1)
    result["tied.a"] = tied
    result["tied.b"] = tied
    result["scalar"] = torch.tensor(2.5)
    result["empty"] = torch.zeros(0, 5)
    result["parameter"] = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    return result


def expected(tensors):
    return {
        name: {
            "shape": list(t.shape),
            "values": [float(x) for x in t.detach().double().reshape(-1)],
        }
        for name, t in tensors.items()
    }


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    tensors = state()
    torch.save(tensors, OUT / "zip.pt")
    torch.save(tensors, OUT / "legacy.pt", _use_new_zipfile_serialization=False)
    nested = {"epoch": 3, "lr": 0.5, "name": "x", "model": {"a": torch.ones(2)}, "steps": [1, 2]}
    torch.save(nested, OUT / "nested.pt")
    module = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))
    torch.save(module.state_dict(), OUT / "module.pt")
    torch.save(torch.nn.Linear(2, 2), OUT / "whole-module.pt")
    (OUT / "expected.json").write_text(json.dumps(expected(tensors), indent=0) + "\n")


if __name__ == "__main__":
    main()
