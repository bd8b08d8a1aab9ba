// The choice of experts and the sum of what they computed.
// v1: one thread chooses for one token, in double as the reference does; not measured on hardware.
#include "numbers.cuh"

// The largest entry that is not NaN, the first of equals.
__device__ __forceinline__ int best_of(const double* values, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
        if (values[i] > values[best] || values[best] != values[best]) best = i;
    }
    return best;
}

__device__ __forceinline__ double best_two(const double* ranks, int size) {
    double first = minus_infinity(), second = minus_infinity();
    for (int e = 0; e < size; e++) {
        if (ranks[e] > first) {
            second = first;
            first = ranks[e];
        } else if (ranks[e] > second) {
            second = ranks[e];
        }
    }
    return size == 1 ? first : first + second;
}

constexpr int SOFTMAX = 0, SIGMOID = 1, SOFTMAX_OF_CHOSEN = 2;
constexpr double SMALLEST_SUM = 1.0 / 16384;

// Row t (block x, one thread) of logits [T, E] chooses experts [t k, (t + 1) k) and their weights
// [T, k]. Shared: scores [E], ranks [E], group ranks [G], all double. scoring and normalized are
// those of dev.nightjar.kernels.backend.ExpertRouting; bias [E] may be null.
NIGHTJAR_KERNEL(32, route_experts, const float* logits, long long logitsStride, const float* bias,
                int numExperts, int numUsed, int scoring, int normalized, float scale,
                int numGroups, int groupsUsed, int* experts, float* weights,
                long long weightsStride) {
    DYNAMIC_SHARED(double, scores);
    if (threadIdx.x != 0) return;
    double* ranks = scores + numExperts;
    double* groups = ranks + numExperts;
    const float* in = logits + blockIdx.x * logitsStride;
    double max = minus_infinity(), sum = 0;
    for (int e = 0; e < numExperts; e++) {
        scores[e] = in[e];
        max = scores[e] > max || scores[e] != scores[e] ? scores[e] : max;
    }
    for (int e = 0; e < numExperts; e++) {
        if (scoring == SOFTMAX) sum += scores[e] = exp(scores[e] - max);
        if (scoring == SIGMOID) scores[e] = 1 / (1 + exp(-scores[e]));
    }
    for (int e = 0; e < numExperts; e++) {
        if (scoring == SOFTMAX) scores[e] /= sum;
        ranks[e] = bias ? scores[e] + bias[e] : scores[e];
    }
    if (numGroups != groupsUsed) {
        int size = numExperts / numGroups;
        for (int g = 0; g < numGroups; g++) groups[g] = best_two(ranks + g * size, size);
        for (int kept = 0; kept < groupsUsed; kept++) {
            groups[best_of(groups, numGroups)] = not_a_number();
        }
        for (int e = 0; e < numExperts; e++) {
            if (groups[e / size] == groups[e / size]) ranks[e] = not_a_number();
        }
    }
    int* chosen = experts + (long long)blockIdx.x * numUsed;
    for (int j = 0; j < numUsed; j++) {
        chosen[j] = best_of(ranks, numExperts);
        ranks[chosen[j]] = not_a_number();
    }
    bool ofChosen = scoring == SOFTMAX_OF_CHOSEN;
    double first = scores[chosen[0]], total = 0;
    for (int j = 0; j < numUsed; j++) {
        ranks[j] = ofChosen ? exp(scores[chosen[j]] - first) : scores[chosen[j]];
        total += ranks[j];
    }
    double divisor = ofChosen || normalized ? (total < SMALLEST_SUM ? SMALLEST_SUM : total) : 1;
    for (int j = 0; j < numUsed; j++) {
        weights[blockIdx.x * weightsStride + j] = (float)(ranks[j] / divisor * scale);
    }
}

// out [T, C]: row t (block x) = sum over j of weights[t, j] * x[t * k + j], in order of j.
NIGHTJAR_KERNEL(256, combine_experts, const float* x, long long xStride, const float* weights,
                long long weightsStride, int numUsed, int cols, float* out, long long outStride) {
    int c = blockIdx.y * blockDim.x + threadIdx.x;
    if (c >= cols) return;
    const float* w = weights + blockIdx.x * weightsStride;
    float sum = 0;
    for (int j = 0; j < numUsed; j++) {
        sum += w[j] * x[(blockIdx.x * (long long)numUsed + j) * xStride + c];
    }
    out[blockIdx.x * outStride + c] = sum;
}
