// The rotation of a pair of elements of a head.
#pragma once
#include "numbers.cuh"

// Pair i of `half` pairs from `head` on: neighbours, or elements half the rotated part apart.
__device__ __forceinline__ void turn(float* head, int i, int half, int adjacent, float c, float s) {
    float* first = head + (adjacent ? 2 * i : i);
    float* second = adjacent ? first + 1 : first + half;
    float a = *first, b = *second;
    *first = a * c - b * s;
    *second = b * c + a * s;
}
