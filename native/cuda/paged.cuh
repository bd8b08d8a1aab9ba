// What the kernels of attention over the paged cache share: where a position lies, and how results
// of spans are folded.
#pragma once
#include "attend.cuh"
#include "kv.cuh"

__device__ __forceinline__ long long paged_row(const int* table, int blockSize, int kvHeads,
                                               int head, int p) {
    int slot = table[p / blockSize] * blockSize + p % blockSize;
    return kv_row(slot, blockSize, kvHeads, head);
}

// The sink, one more score whose value is zero, joins the softmax; `total` is the divisor then.
__device__ __forceinline__ void with_sink(SoftmaxState state, float sink, float* factor,
                                          float* total) {
    float max = fmaxf(state.max, sink);
    *factor = rescale(state.max, max);
    *total = state.sum * *factor + rescale(sink, max);
}

// Both ways of folding round alike.
__device__ __forceinline__ float fold(float before, float keep, float next, float add) {
    return __fadd_rn(__fmul_rn(before, keep), __fmul_rn(next, add));
}
