"""Writes packed.safetensors: small projections packed by the published layouts, with their values.

Everything is packed element by element from the definitions, so that nothing here mirrors the code
under test. Of case C, tensors are called C.p.*, the values C.expected, and the metadata entry C is
the quantization_config.

Run: python3 packed_weights.py
"""

import json
import pathlib
import struct

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/nightjar/engine/format/packed/packed.safetensors"
RNG = np.random.default_rng(20)
I, O = 64, 16
TENSORS = {}
CONFIGS = {}
TYPES = {"int32": "I32", "float16": "F16", "float32": "F32", "uint8": "U8"}


def add(case, config, expected, parts, types=None):
    CONFIGS[case] = json.dumps(config)
    TENSORS[case + ".expected"] = (expected.astype(np.float32), "F32")
    for name, array in parts.items():
        kind = (types or {}).get(name) or TYPES[str(array.dtype)]
        TENSORS["%s.p.%s" % (case, name)] = (array, kind)


def put(packed, row, col, shift, value):
    word = int(packed[row, col]) & 0xFFFFFFFF
    packed[row, col] = np.array([(word | (int(value) << shift)) & 0xFFFFFFFF], np.uint32).view(np.int32)[0]


def bf16(x):
    """Rounded to the nearest BF16, ties to even."""
    bits = x.astype(np.float32).view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return bits.astype(np.uint32).view(np.float32)


def gptq(case, bits, group, fmt, sym, order=False, scale_type=np.float16, rounded=None):
    top = 2**bits
    count = 1 if group == -1 else I // group
    index = np.arange(I) // (I if group == -1 else group)
    if order:
        index = RNG.permutation(index)
    codes = RNG.integers(0, top, (I, O))
    zeros = np.full((count, O), top // 2) if sym else RNG.integers(1, top + 1, (count, O))
    if not sym and fmt == "gptq_v2":
        zeros = RNG.integers(0, top, (count, O))
    scales = RNG.uniform(0.001, 0.1, (count, O)).astype(scale_type)
    per = 32 // bits
    qweight = np.zeros((I // per, O), np.int32)
    qzeros = np.zeros((count, O // per), np.int32)
    for i in range(I):
        for o in range(O):
            put(qweight, i // per, o, bits * (i % per), codes[i, o])
    for k in range(count):
        for o in range(O):
            stored = zeros[k, o] - (1 if fmt == "gptq" else 0)
            put(qzeros, k, o // per, bits * (o % per), stored)
    expected = np.empty((O, I), np.float32)
    for i in range(I):
        for o in range(O):
            expected[o, i] = np.float32(scales[index[i], o]) * np.float32(codes[i, o] - zeros[index[i], o])
    if rounded:
        expected = rounded(expected)
    config = {"quant_method": "gptq", "bits": bits, "group_size": group, "sym": sym, "desc_act": order, "checkpoint_format": fmt}
    parts = {"qweight": qweight, "qzeros": qzeros, "scales": scales, "g_idx": index.astype(np.int32)}
    add(case, config, expected, parts)


def awq(case):
    group = 32
    codes = RNG.integers(0, 16, (I, O))
    zeros = RNG.integers(0, 16, (I // group, O))
    scales = RNG.uniform(0.001, 0.1, (I // group, O)).astype(np.float16)
    place = [0, 2, 4, 6, 1, 3, 5, 7]
    qweight = np.zeros((I, O // 8), np.int32)
    qzeros = np.zeros((I // group, O // 8), np.int32)
    for c in range(O // 8):
        for nibble in range(8):
            for i in range(I):
                put(qweight, i, c, 4 * nibble, codes[i, 8 * c + place[nibble]])
            for k in range(I // group):
                put(qzeros, k, c, 4 * nibble, zeros[k, 8 * c + place[nibble]])
    expected = np.empty((O, I), np.float32)
    for i in range(I):
        expected[:, i] = scales[i // group].astype(np.float32) * (codes[i] - zeros[i // group])
    config = {"quant_method": "awq", "bits": 4, "group_size": group, "version": "gemm", "zero_point": True}
    add(case, config, expected, {"qweight": qweight, "qzeros": qzeros, "scales": scales})


def e4m3(code):
    sign = -1.0 if code >> 7 else 1.0
    exponent, mantissa = code >> 3 & 15, code & 7
    if exponent == 0:
        return sign * 2.0**-6 * mantissa / 8
    return sign * 2.0 ** (exponent - 7) * (1 + mantissa / 8)


def float8(case, config, scale_name, scales, factor):
    codes = RNG.integers(0, 127, (O, I)).astype(np.uint8) | (RNG.integers(0, 2, (O, I)) * 128).astype(np.uint8)
    expected = np.empty((O, I), np.float32)
    for o in range(O):
        for i in range(I):
            expected[o, i] = np.float32(e4m3(int(codes[o, i]))) * np.float32(factor(o, i))
    parts = {"weight": codes, scale_name: scales, "input_scale": np.ones(1, np.float32)}
    add(case, config, bf16(expected), parts, {"weight": "F8_E4M3"})


def microscaling(case):
    values = [0, 0.5, 1, 1.5, 2, 3, 4, 6]
    rows, cols, experts = 4, 64, 2
    codes = RNG.integers(0, 16, (experts, rows, cols))
    exponents = RNG.integers(120, 130, (experts, rows, cols // 32)).astype(np.uint8)
    blocks = np.zeros((experts, rows, cols // 32, 16), np.uint8)
    expected = np.empty((experts, rows, cols), np.float32)
    for e in range(experts):
        for r in range(rows):
            for c in range(cols):
                code = int(codes[e, r, c])
                blocks[e, r, c // 32, c % 32 // 2] |= code << (4 * (c % 2))
                value = values[code & 7] * (-1 if code & 8 else 1)
                expected[e, r, c] = value * 2.0 ** (int(exponents[e, r, c // 32]) - 127)
    add(case, {"quant_method": "mxfp4"}, expected, {"x_blocks": blocks, "x_scales": exponents})


def write():
    header, data = {"__metadata__": CONFIGS}, b""
    for name, (array, kind) in TENSORS.items():
        raw = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    half = lambda x: x.astype(np.float16).astype(np.float32)
    gptq("gptq4-symmetric", 4, 32, "gptq", True)
    gptq("gptq4-symmetric-v2", 4, 64, "gptq_v2", True)
    gptq("gptq4-asymmetric", 4, 32, "gptq", False)
    gptq("gptq4-asymmetric-v2", 4, 32, "gptq_v2", False)
    gptq("gptq4-one-group", 4, -1, "gptq", True)
    gptq("gptq4-ordered", 4, 32, "gptq", True, order=True, rounded=half)
    gptq("gptq4-small-groups", 4, 16, "gptq", True, rounded=half)
    gptq("gptq4-wide-scales", 4, 32, "gptq", True, scale_type=np.float32)
    gptq("gptq2-symmetric", 2, 32, "gptq", True)
    gptq("gptq8-symmetric", 8, 32, "gptq", True)
    gptq("gptq8-asymmetric", 8, 32, "gptq", False, rounded=half)
    awq("awq")
    blocks = RNG.uniform(0.001, 0.1, (2, 3)).astype(np.float32)
    fp8 = {"quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [8, 24]}
    float8("float8-blocks", fp8, "weight_scale_inv", blocks, lambda o, i: blocks[o // 8, i // 24])
    one = np.array(0.037, np.float32)
    float8("float8-tensor", {"quant_method": "fp8"}, "weight_scale", one, lambda o, i: one)
    rows = RNG.uniform(0.001, 0.1, (O, 1)).astype(np.float32)
    groups = {"group_0": {"weights": {"num_bits": 8, "type": "float", "strategy": "channel"}, "targets": ["Linear"]}}
    compressed = {"quant_method": "compressed-tensors", "format": "float-quantized", "config_groups": groups}
    float8("float8-rows", compressed, "weight_scale", rows, lambda o, i: rows[o, 0])
    microscaling("mxfp4")
    write()


if __name__ == "__main__":
    main()
