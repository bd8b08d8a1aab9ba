#!/usr/bin/env python3
"""Times PyTorch (cuBLAS, scaled_dot_product_attention) at the shapes that GpuCheck times.

    peer-times.py FILE     writes FILE: a line that says what was timed, then "shape<TAB>nanoseconds"
    peer-times.py --list   prints the shapes

Without PyTorch the products are timed with libcublas alone; without that, the first line says what
is missing and no shape follows. Whatever happens, the exit code is 0: it is a comparison, no check.
"""
import ctypes
import sys
import time

# Tokens, rows and columns of a weight of bf16.
PRODUCTS = [(tokens, 14336, 4096) for tokens in (1, 8, 64, 512)]
# Sequences, rows of each, context, heads, KV heads, elements of a head.
ATTENTION = [(1, 1, 8192, 32, 8, 128), (16, 1, 8192, 32, 8, 128), (1, 512, 512, 32, 8, 128)]
ROUNDS, ROUND_SECONDS, MOST_RUNS = 5, 0.02, 200


def key(kind, sizes):
    return kind + " " + " ".join(str(size) for size in sizes)


def keys():
    return [key("matmul", s) for s in PRODUCTS] + [key("attention", s) for s in ATTENTION]


def nanos(run, wait):
    """The median of rounds of many runs, as GpuCheck takes it."""
    run()
    wait()
    start = time.perf_counter()
    run()
    wait()
    once = max(1e-9, time.perf_counter() - start)
    runs = int(min(MOST_RUNS, max(1, ROUND_SECONDS / once)))
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(runs):
            run()
        wait()
        rounds.append((time.perf_counter() - start) / runs)
    return max(1, round(sorted(rounds)[ROUNDS // 2] * 1e9))


def with_torch():
    import torch

    if not torch.cuda.is_available():
        raise RuntimeError("torch %s sees no GPU" % torch.__version__)
    times = {}

    def random(*shape):
        return torch.rand(*shape, device="cuda", dtype=torch.bfloat16) * 2 - 1

    for tokens, rows, cols in PRODUCTS:
        x, weight = random(tokens, cols), random(rows, cols)
        out = torch.empty(tokens, rows, device="cuda", dtype=torch.bfloat16)
        times[key("matmul", (tokens, rows, cols))] = nanos(
            lambda: torch.matmul(x, weight.t(), out=out), torch.cuda.synchronize)
    for sizes in ATTENTION:
        sequences, queries, context, heads, kv_heads, dim = sizes
        q = random(sequences, heads, queries, dim)
        k, v = random(sequences, kv_heads, context, dim), random(sequences, kv_heads, context, dim)
        options = {"is_causal": queries > 1, "enable_gqa": True}
        attend = torch.nn.functional.scaled_dot_product_attention
        try:
            attend(q, k, v, **options)
        except TypeError:  # before version 2.5 heads had to be repeated
            del options["enable_gqa"]
            k, v = (t.repeat_interleave(heads // kv_heads, dim=1) for t in (k, v))
        times[key("attention", sizes)] = nanos(
            lambda: attend(q, k, v, **options), torch.cuda.synchronize)
    return "PyTorch %s, bf16" % torch.__version__, times


def load(*names):
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError as missing:
            last = missing
    raise last


def with_cublas():
    """cublasGemmEx in bf16 with sums in f32; out^T [rows, T] in columns is out [T, rows] in rows."""
    cuda = load("libcudart.so.13", "libcudart.so", "libcudart.so.12")
    cublas = load("libcublas.so.13", "libcublas.so", "libcublas.so.12")

    def check(code, call):
        if code != 0:
            raise RuntimeError("%s gave %d" % (call, code))

    def allocate(size):
        pointer = ctypes.c_void_p()
        check(cuda.cudaMalloc(ctypes.byref(pointer), ctypes.c_size_t(size)), "cudaMalloc")
        check(cuda.cudaMemset(pointer, 0, ctypes.c_size_t(size)), "cudaMemset")
        return pointer

    handle = ctypes.c_void_p()
    check(cublas.cublasCreate_v2(ctypes.byref(handle)), "cublasCreate")
    one, zero = ctypes.c_float(1), ctypes.c_float(0)
    transposed, plain, bf16, sums_f32, default = 1, 0, 14, 68, -1
    times = {}
    for tokens, rows, cols in PRODUCTS:
        weight, x = allocate(2 * rows * cols), allocate(2 * tokens * cols)
        out = allocate(2 * tokens * rows)

        def run():
            check(cublas.cublasGemmEx(
                handle, transposed, plain, rows, tokens, cols, ctypes.byref(one), weight, bf16,
                cols, x, bf16, cols, ctypes.byref(zero), out, bf16, rows, sums_f32, default),
                "cublasGemmEx")

        def wait():
            check(cuda.cudaDeviceSynchronize(), "cudaDeviceSynchronize")

        times[key("matmul", (tokens, rows, cols))] = nanos(run, wait)
        for pointer in (weight, x, out):
            cuda.cudaFree(pointer)
    return "cuBLAS, bf16", times


def measure():
    reasons = []
    for way in (with_torch, with_cublas):
        try:
            return way()
        except Exception as reason:  # a comparison that fails says so, whatever the reason
            reasons.append("%s: %s" % (type(reason).__name__, reason))
    return "no torch (%s), no cuBLAS (%s)" % tuple(reasons), {}


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(keys()))
        return
    name, times = measure()
    with open(arguments[0], "w", encoding="utf-8") as out:
        out.write(" ".join(name.split()) + "\n")
        for shape, value in times.items():
            out.write("%s\t%d\n" % (shape, value))


if __name__ == "__main__":
    main(sys.argv[1:])
