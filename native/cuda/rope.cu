// Rotary embedding: turns pairs of elements of each head by the angles of a row's position.
// Block x is a row, block y a head.
// v1: one pair per thread and step; not measured on hardware.
#include "turn.cuh"

// A position that the table does not have gives NaN.
NIGHTJAR_KERNEL(128, rope, float* x, long long xStride, int headDim, int adjacent, int offset,
                int half, const float* cosines, long long cosStride, const float* sines,
                long long sinStride, int maxPositions, const int* positions) {
    int position = positions[blockIdx.x];
    bool known = position >= 0 && position < maxPositions;
    float* head = x + blockIdx.x * xStride + blockIdx.y * headDim + offset;
    for (int i = threadIdx.x; i < half; i += blockDim.x) {
        float c = known ? cosines[position * cosStride + i] : not_a_number();
        float s = known ? sines[position * sinStride + i] : not_a_number();
        turn(head, i, half, adjacent, c, s);
    }
}
