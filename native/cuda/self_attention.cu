// Attention of the rows of a sequence to each other in both directions, without a cache: encoders.
// Block x is a row, block y a head.
// v1: a block of four warps per row and head; not measured on hardware.
#include "attend.cuh"

struct Dense {
    const float* k;
    const float* v;
    long long kStride, vStride;
    const float* bias;
    int dim, row, reach;
    float scale;

    __device__ __forceinline__ float score(const float* query, int j) const {
        const float* key = k + j * kStride;
        float dot = 0;
        for (int d = 0; d < dim; d++) dot += query[d] * key[d];
        int distance = j - row;
        distance = distance > reach ? reach : distance < -reach ? -reach : distance;
        return dot * scale + (bias ? bias[reach + distance] : 0);
    }

    __device__ __forceinline__ float value(int j, int d) const { return v[j * vStride + d]; }
};

// Sequence s owns rows [starts[s], starts[s + 1]); window 0 sees all of them. bias [H, 2 reach + 1]
// may be null.
NIGHTJAR_KERNEL(ATTEND_THREADS, self_attention, const float* q, long long qStride, const float* k,
                long long kStride, const float* v, long long vStride, const int* starts,
                int numSequences, int dim, float scale, int window, const float* bias,
                long long biasStride, int reach, float* out, long long outStride) {
    DYNAMIC_SHARED(float, memory);
    AttendShared shared(memory, dim, dim);
    int t = blockIdx.x, h = blockIdx.y;
    int low = 0, high = numSequences - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (starts[middle] <= t) low = middle;
        else high = middle - 1;
    }
    int start = starts[low], behind = starts[low + 1];
    int from = window == 0 || t - window < start ? start : t - window;
    int end = window == 0 || t + window + 1 > behind ? behind : t + window + 1;
    for (int d = threadIdx.x; d < dim; d += ATTEND_THREADS) {
        shared.query[d] = q[t * qStride + h * dim + d];
    }
    __syncthreads();
    Dense source = {k + h * dim, v + h * dim, kStride, vStride, bias ? bias + h * biasStride : bias,
                    dim, t, reach, scale};
    SoftmaxState state = attend(source, shared, dim, from, end);
    for (int d = threadIdx.x; d < dim; d += ATTEND_THREADS) {
        out[t * outStride + h * dim + d] = shared.results[d] / state.sum;
    }
}
