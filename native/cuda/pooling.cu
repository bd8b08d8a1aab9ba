// One row from those of each sequence. Block x is a sequence, block y a piece of the columns.
// v1: a thread per column goes down the rows; not measured on hardware.
#include "numbers.cuh"

constexpr int MEAN = 0, MEAN_SQRT = 1, WEIGHTED_MEAN = 2, MAX = 3;

// Rows [starts[s] + skipped[s], starts[s + 1]) of x; skipped may be null. `how` is the place in
// dev.nightjar.kernels.backend.RowPooling.
NIGHTJAR_KERNEL(256, pool_rows, int how, const float* x, long long xStride, const int* starts,
                const int* skipped, int cols, float* out, long long outStride) {
    int c = blockIdx.y * blockDim.x + threadIdx.x;
    if (c >= cols) return;
    int start = starts[blockIdx.x], end = starts[blockIdx.x + 1] - start;
    int from = skipped ? skipped[blockIdx.x] : 0;
    from = from < end ? from : end;
    double sum = 0;
    float max = from == end ? 0 : minus_infinity();
    for (int t = from; t < end; t++) {
        float value = x[(start + t) * xStride + c];
        sum += how == WEIGHTED_MEAN ? (t + 1) * (double)value : value;
        max = value > max || value != value ? value : max;
    }
    double count = end - from < 1 ? 1 : end - from;
    double divisor = how == MEAN        ? count
                     : how == MEAN_SQRT ? sqrt(count)
                                        : count * (from + 1 + end) / 2;
    out[blockIdx.x * outStride + c] = how == MAX ? max : (float)(sum / divisor);
}
