// What sampling needs of a row of logits, so that one small copy per step crosses the bus: the log
// of the sum of exponentials, edited logits, and the first keys of the row in order. The host draws
// among those (see CudaSampler).
// v1: a block per row; the first n keys take n passes over the row; not measured on hardware.
#include "keys.cuh"

// keys [n]: the first n keys of row rows[x], NO_KEY where it has fewer above -infinity.
// normalizers[x]: log(sum(exp(logits))) of that row, NaN or infinite if it cannot be sampled.
NIGHTJAR_KERNEL(SAMPLE_THREADS, first_keys, const float* logits, long long stride, int numTokens,
                const int* rows, int n, unsigned long long* keys, double* normalizers) {
    __shared__ unsigned long long scratch[SAMPLE_WARPS];
    __shared__ double sums[SAMPLE_WARPS];
    __shared__ int broken[SAMPLE_WARPS];
    const float* row = logits + rows[blockIdx.x] * stride;
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    float max = minus_infinity();
    int nan = 0;
    for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) {
        max = row[i] > max ? row[i] : max;
        nan |= row[i] != row[i];
    }
    max = logit_of((uint32_t)(block_min(key_of(max, 0), scratch) >> 32));
    double sum = 0;
    for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) sum += exp((double)row[i] - max);
    for (int bits = LANES / 2; bits > 0; bits /= 2) {
        sum += __shfl_xor_sync(ALL_LANES, sum, bits);
        nan |= __shfl_xor_sync(ALL_LANES, nan, bits);
    }
    if (lane == 0) {
        sums[warp] = sum;
        broken[warp] = nan;
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        double total = 0;
        int any = 0;
        for (int w = 0; w < SAMPLE_WARPS; w++) {
            total += sums[w];
            any |= broken[w];
        }
        normalizers[blockIdx.x] = any ? (double)not_a_number() : max + log(total);
    }
    unsigned long long last = 0;
    for (int j = 0; j < n; j++) {
        unsigned long long mine = NO_KEY;
        for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) {
            if (!(row[i] > minus_infinity())) continue;
            unsigned long long key = key_of(row[i], i);
            if ((j == 0 || key > last) && key < mine) mine = key;
        }
        last = block_min(mine, scratch);
        if (threadIdx.x == 0) keys[(long long)blockIdx.x * n + j] = last;
        if (last == NO_KEY) {
            for (int rest = j + 1; rest < n; rest++) {
                if (threadIdx.x == 0) keys[(long long)blockIdx.x * n + rest] = NO_KEY;
            }
            return;
        }
    }
}

// Row rows[x] of logits, copied to row x of `edited`, then changed: penalties, added values, mask.
// Row x has counts [countStart[x], countStart[x + 1]) and edits [editStart[x], editStart[x + 1]);
// maskStart[x] is its first mask word or -1. Tokens of counts differ; those of edits need not.
NIGHTJAR_KERNEL(SAMPLE_THREADS, edit_logits, const float* logits, long long stride, int numTokens,
                const int* rows, const int* countStart, const int* countToken,
                const int* countGenerated, const int* countRepeated, const float* repetition,
                const float* presence, const float* frequency, const int* editStart,
                const int* editToken, const float* editValue, const int* maskStart,
                const unsigned long long* masks, float* edited) {
    int x = blockIdx.x;
    const float* from = logits + rows[x] * stride;
    float* to = edited + (long long)x * numTokens;
    for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) to[i] = from[i];
    __syncthreads();
    for (int i = countStart[x] + threadIdx.x; i < countStart[x + 1]; i += SAMPLE_THREADS) {
        float* logit = to + countToken[i];
        float value = *logit;
        if (countRepeated[i]) value = value > 0 ? value / repetition[x] : value * repetition[x];
        if (countGenerated[i] > 0) {
            // Rounded as the host rounds, or a tie would be no tie.
            float added = __fmul_rn(frequency[x], (float)countGenerated[i]);
            value = __fadd_rn(value, -__fadd_rn(presence[x], added));
        }
        *logit = value;
    }
    __syncthreads();
    // One thread, in their order: a token may be edited twice.
    if (threadIdx.x == 0) {
        for (int i = editStart[x]; i < editStart[x + 1]; i++) to[editToken[i]] += editValue[i];
    }
    __syncthreads();
    if (maskStart[x] < 0) return;
    const unsigned long long* mask = masks + maskStart[x];
    for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) {
        if (!(mask[i / 64] >> i % 64 & 1)) to[i] = minus_infinity();
    }
}
