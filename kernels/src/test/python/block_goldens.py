"""Writes block-goldens.txt: blocks of types that no reference model uses, with the values they hold.

Each block is built from its values by the definition of the type, not decoded, so that nothing here
mirrors the code under test. One line per block: type, bytes in hex, values as float32 bits in hex.

Run: python3 block_goldens.py ../resources/dev/nightjar/kernels/quant/block-goldens.txt
"""

import sys

import numpy as np


def float8(exponent_bits, mantissa_bits, bias, has_infinity):
    """The values of all 256 codes by the IEEE rule, sign * 2^(e - bias) * 1.m."""
    values = np.empty(256, np.float32)
    top = 2**exponent_bits - 1
    for code in range(256):
        sign = -1.0 if code >> 7 else 1.0
        exponent = code >> mantissa_bits & top
        mantissa = code % 2**mantissa_bits
        fraction = mantissa / 2**mantissa_bits
        if has_infinity and exponent == top:
            value = np.inf if mantissa == 0 else np.nan
        elif not has_infinity and exponent == top and mantissa == 2**mantissa_bits - 1:
            value = np.nan
        elif exponent == 0:
            value = 2.0 ** (1 - bias) * fraction
        else:
            value = 2.0 ** (exponent - bias) * (1 + fraction)
        values[code] = sign * value
    return bytes(range(256)), values


def base_three(digits):
    """A byte whose leading base-three digits, as a fraction of one, are these."""
    number = 0
    for n in range(5):
        number = 3 * number + (int(digits[n]) if n < len(digits) else 0)
    return -(-number * 256 // 243)


def ternary(rng):
    """A TQ1_0 block: 32 bytes of five digits, 16 of five, 4 of four, and the scale."""
    q = rng.integers(0, 3, 256)
    scale = np.float16(rng.normal())
    block = bytearray()
    first = 0
    for width, digits in ((32, 5), (16, 5), (4, 4)):
        table = q[first : first + width * digits].reshape(digits, width)
        block += bytes(base_three(table[:, l]) for l in range(width))
        first += width * digits
    block += scale.tobytes()
    return bytes(block), (np.float32(scale) * (q - 1).astype(np.float32)).astype(np.float32)


def main(path):
    rng = np.random.default_rng(7)
    blocks = [("F8_E4M3", *float8(4, 3, 7, False)), ("F8_E5M2", *float8(5, 2, 15, True))]
    blocks += [("TQ1_0", *ternary(rng)) for _ in range(4)]
    with open(path, "w", encoding="ascii") as out:
        for name, data, values in blocks:
            out.write(f"{name} {data.hex()} {values.astype('<f4').tobytes().hex()}\n")


main(sys.argv[1])
