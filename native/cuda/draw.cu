// Draws the tokens of rows whose filters keep a prefix of the tokens in sorted order: top-k, top-p
// and min-p in any order, or none of them. Nothing is sorted: a prefix is known by its last key, and
// that key is found digit by digit, by the sums of the tokens with each digit. The token is then the
// first, in order of ids, at which the running sum of what is kept exceeds u times the whole.
//
// A block per row. All sums are in double and in an order that the row's length alone decides; it is
// another one than the reference's (SampleDraw), so that a token can only differ where two sums
// differ by less than their rounding.
// v1: eight passes of four bits for top-k or top-p, sums per thread in 32 KiB of shared memory; one
// block for a row leaves most of the device idle; not measured on hardware.
#include "keys.cuh"

constexpr int DIGIT_BITS = 4;
constexpr int DIGITS = 1 << DIGIT_BITS;
constexpr int MOST_FILTERS = 3;

enum DrawFilter { NO_FILTER, TOP_K, TOP_P, MIN_P };

struct DrawShared {
    double columns[DIGITS * SAMPLE_THREADS];
    double digits[DIGITS];
    double segments[SAMPLE_WARPS];
    unsigned long long keys[SAMPLE_WARPS];
    int found;
};

// The tokens that are kept: those with a probability whose key is not behind (rank, token).
struct Prefix {
    const float* row;
    int numTokens;
    uint32_t rank;
    int token;

    __device__ __forceinline__ bool has(int i) const {
        if (!(row[i] > minus_infinity())) return false;
        uint32_t r = rank_of(row[i]);
        return r < rank || (r == rank && i <= token);
    }
};

struct One {
    __device__ __forceinline__ double of(float) const { return 1; }
};

struct Probability {
    float max, temperature;

    __device__ __forceinline__ double of(float logit) const {
        return exp(((double)logit - max) / temperature);
    }
};

// What a running sum over the tokens adds for each: those kept, or those of one logit alone.
template <class Weight>
struct KeptWeight {
    const Prefix& prefix;
    const Weight& weight;

    __device__ __forceinline__ double at(int i) const {
        return prefix.has(i) ? weight.of(prefix.row[i]) : 0;
    }
};

struct Ties {
    const Prefix& prefix;
    uint32_t rank;

    __device__ __forceinline__ double at(int i) const {
        return prefix.has(i) && rank_of(prefix.row[i]) == rank ? 1 : 0;
    }
};

__device__ __forceinline__ double warp_total(double v) {
    for (int bits = LANES / 2; bits > 0; bits /= 2) v += __shfl_xor_sync(ALL_LANES, v, bits);
    return v;
}

// The sum up to this lane.
__device__ __forceinline__ double warp_running(double v) {
    int lane = threadIdx.x % LANES;
    for (int bits = 1; bits < LANES; bits *= 2) {
        double other = __shfl_sync(ALL_LANES, v, lane >= bits ? lane - bits : lane);
        if (lane >= bits) v += other;
    }
    return v;
}

// The first token of [start, end) at which `before` and what is there exceed the bound, else the
// last one that adds anything; by one warp.
template <class Source>
__device__ __forceinline__ int walk(const Source& source, int start, int end, double before,
                                    double bound) {
    int lane = threadIdx.x % LANES, found = -1;
    for (int first = start; first < end; first += LANES) {
        int i = first + lane;
        double w = i < end ? source.at(i) : 0;
        double running = warp_running(w);
        int above = w > 0 && before + running > bound ? i : end, last = w > 0 ? i : -1;
        for (int bits = LANES / 2; bits > 0; bits /= 2) {
            int otherAbove = __shfl_xor_sync(ALL_LANES, above, bits);
            int otherLast = __shfl_xor_sync(ALL_LANES, last, bits);
            above = otherAbove < above ? otherAbove : above;
            last = otherLast > last ? otherLast : last;
        }
        if (above < end) return above;
        if (last >= 0) found = last;
        before += __shfl_sync(ALL_LANES, running, LANES - 1);
    }
    return found;
}

// The first token at which the running sum exceeds `share` of the whole and `bound`. Each warp sums
// a segment; the one in which it happens walks through it.
template <class Source>
__device__ __forceinline__ int first_above(const Source& source, int numTokens, double share,
                                           double bound, DrawShared& shared) {
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    int length = (numTokens + SAMPLE_THREADS - 1) / SAMPLE_THREADS * LANES;
    int start = warp * length, end = start + length < numTokens ? start + length : numTokens;
    double sum = 0;
    for (int i = start + lane; i < end; i += LANES) sum += source.at(i);
    sum = warp_total(sum);
    if (lane == 0) shared.segments[warp] = sum;
    __syncthreads();
    double total = 0, before = 0;
    int chosen = 0, last = 0;
    for (int w = 0; w < SAMPLE_WARPS; w++) {
        total += shared.segments[w];
        if (shared.segments[w] > 0) last = w;
    }
    bound += share * total;
    while (chosen < last && !(before + shared.segments[chosen] > bound)) {
        before += shared.segments[chosen++];
    }
    if (warp == chosen) {
        int found = walk(source, start, end, before, bound);
        if (lane == 0) shared.found = found;
    }
    __syncthreads();
    return shared.found;
}

// Sums of the kept tokens whose ranks begin as `high` does above `shift` and the digit there.
template <class Weight>
__device__ __forceinline__ void sum_digits(const Prefix& prefix, const Weight& weight,
                                           uint32_t high, int shift, DrawShared& shared) {
    double* own = shared.columns + threadIdx.x;
    for (int d = 0; d < DIGITS; d++) own[d * SAMPLE_THREADS] = 0;
    for (int i = threadIdx.x; i < prefix.numTokens; i += SAMPLE_THREADS) {
        uint32_t rank = rank_of(prefix.row[i]);
        bool isOther = shift + DIGIT_BITS < 32 && (rank ^ high) >> (shift + DIGIT_BITS) != 0;
        if (isOther || !prefix.has(i)) continue;
        own[(rank >> shift & (DIGITS - 1)) * SAMPLE_THREADS] += weight.of(prefix.row[i]);
    }
    __syncthreads();
    int lane = threadIdx.x % LANES;
    for (int d = threadIdx.x / LANES; d < DIGITS; d += SAMPLE_WARPS) {
        double sum = 0;
        for (int t = lane; t < SAMPLE_THREADS; t += LANES) {
            sum += shared.columns[d * SAMPLE_THREADS + t];
        }
        sum = warp_total(sum);
        if (lane == 0) shared.digits[d] = sum;
    }
    __syncthreads();
}

// Ends the prefix where its sum reaches `share` of the whole and `target`, or not at all.
template <class Weight>
__device__ __forceinline__ void shorten(Prefix& prefix, const Weight& weight, double share,
                                        double target, DrawShared& shared) {
    uint32_t high = 0;
    double before = 0;
    for (int shift = 32 - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
        sum_digits(prefix, weight, high, shift, shared);
        double total = 0;
        int last = 0, digit = 0;
        for (int d = 0; d < DIGITS; d++) {
            total += shared.digits[d];
            if (shared.digits[d] > 0) last = d;
        }
        if (high == 0 && shift == 32 - DIGIT_BITS) target += share * total;
        while (digit < last && before + shared.digits[digit] < target) {
            before += shared.digits[digit++];
        }
        high |= (uint32_t)digit << shift;
    }
    // Of equal logits the lower tokens, as many as are needed.
    double needed = ceil((target - before) / weight.of(logit_of(high)));
    Ties ties = {prefix, high};
    int token = first_above(ties, prefix.numTokens, 0, (needed > 1 ? needed : 1) - 0.5, shared);
    prefix.rank = high;
    prefix.token = token;
}

// Row x, its logits at rows[x] after edits and at rawRows[x] before, has filters [x, MOST_FILTERS]
// with values k, p or log(p), and temperatures [x, MOST_FILTERS + 1] at each filter and at the draw.
// results[x]: the token below, the bits of its unedited logit above; NO_KEY if there is none.
NIGHTJAR_KERNEL(SAMPLE_THREADS, draw_tokens, int numTokens, const float* const* rows,
                const float* const* rawRows, const int* filters, const double* values,
                const float* temperatures, const double* uniforms, unsigned long long* results) {
    __shared__ DrawShared shared;
    int x = blockIdx.x;
    Prefix prefix = {rows[x], numTokens, ~0u, numTokens};
    unsigned long long best = NO_KEY;
    for (int i = threadIdx.x; i < numTokens; i += SAMPLE_THREADS) {
        if (!(prefix.row[i] > minus_infinity())) continue;
        unsigned long long key = key_of(prefix.row[i], i);
        best = key < best ? key : best;
    }
    best = block_min(best, shared.keys);
    float max = logit_of((uint32_t)(best >> 32));
    if (best == NO_KEY || max == -minus_infinity()) {
        if (threadIdx.x == 0) results[x] = NO_KEY;
        return;
    }
    const float* temperature = temperatures + x * (MOST_FILTERS + 1);
    for (int f = 0; f < MOST_FILTERS; f++) {
        double value = values[x * MOST_FILTERS + f];
        Probability probability = {max, temperature[f]};
        switch (filters[x * MOST_FILTERS + f]) {
            case TOP_K: shorten(prefix, One(), 0, value, shared); break;
            case TOP_P: shorten(prefix, probability, value, 0, shared); break;
            case MIN_P: {
                // Rounded as the host rounds.
                float floor = (float)__dadd_rn(max, __dmul_rn(temperature[f], value));
                uint32_t rank = rank_of(floor < max ? floor : max);
                if (rank < prefix.rank) {
                    prefix.rank = rank;
                    prefix.token = numTokens;
                }
                break;
            }
            default: break;
        }
    }
    Probability probability = {max, temperature[MOST_FILTERS]};
    KeptWeight<Probability> kept = {prefix, probability};
    int token = first_above(kept, numTokens, uniforms[x], 0, shared);
    if (threadIdx.x == 0) {
        results[x] = (unsigned long long)__float_as_uint(rawRows[x][token]) << 32 | (uint32_t)token;
    }
}
