// Barriers that count bytes, and products whose factors descriptors name.
#include "later.h"

namespace emulation {

namespace {

PhaseBarrier read(const uint64_t* barrier) {
    PhaseBarrier result;
    std::memcpy(&result, barrier, sizeof(result));
    return result;
}

void write(uint64_t* barrier, PhaseBarrier value) {
    if (value.left == 0 && value.bytes == 0) {
        value.phase ^= 1;
        value.left = value.count;
    }
    std::memcpy(barrier, &value, sizeof(value));
}

// A factor in shared memory, as the 64 bits of a descriptor say: bits 0-13 its address and 32-45
// the distance of eight rows, both without their last four bits, 49-51 an offset of the pattern,
// 62-63 the swizzle. Of those, the one of 128 bytes (1) without offset is known here; rows of it
// are 128 bytes apart, and bits 4-6 of an address are those of the logical one xor bits 7-9.
struct Factor {
    uint32_t address, eightRows;

    explicit Factor(uint64_t descriptor)
        : address((uint32_t)(descriptor & 0x3fff) << 4),
          eightRows((uint32_t)(descriptor >> 32 & 0x3fff) << 4) {
        if (descriptor >> 62 != 1) fault("a factor has another swizzle than that of 128 bytes");
        if (descriptor >> 49 & 7) fault("a factor has an offset of its pattern");
    }

    float at(int row, int k) const {
        uint32_t logical = address + (uint32_t)(row / 8) * eightRows + (uint32_t)(row % 8) * 128 +
                           (uint32_t)k * 2;
        uint32_t physical = logical ^ (logical >> 7 & 7) << 4;
        uint16_t bits;
        std::memcpy(&bits, state.dynamicShared + (physical - SHARED_BASE), 2);
        return __uint_as_float((uint32_t)bits << 16);
    }
};

}  // namespace

void initBarrier(uint64_t* barrier, int count) {
    if (count < 1 || count > 255) fault("a barrier counts 1 to 255 arrivals here");
    PhaseBarrier fresh{(uint16_t)count, (uint8_t)count, 0, 0};
    std::memcpy(barrier, &fresh, sizeof(fresh));
}

void arriveExpecting(uint64_t* barrier, int bytes) {
    PhaseBarrier now = read(barrier);
    if (now.left == 0) fault("more threads arrive at a barrier than it counts");
    now.left--;
    now.bytes += bytes;
    write(barrier, now);
}

bool isOver(const uint64_t* barrier, int parity) { return read(barrier).phase != parity; }

void BulkCopy::run() const {
    copy.run();
    PhaseBarrier now = read(barrier);
    now.bytes -= copy.bytes;
    write(barrier, now);
}

// Sums run in the order of mma_m16n8k16.
void TileProduct::run() const {
    Factor a(left), b(right);
    int warp = thread / WARP % 4, lane = thread % WARP;
    for (int half = 0; half < 2; half++) {
        float x[16];
        for (int k = 0; k < 16; k++) x[k] = a.at(warp * 16 + lane / 4 + half * 8, k);
        for (int n = 0; n < columns / 8; n++) {
            for (int i = 0; i < 2; i++) {
                float& to = sum[n * 4 + half * 2 + i];
                for (int k = 0; k < 16; k++) to += x[k] * b.at(n * 8 + lane % 4 * 2 + i, k);
            }
        }
    }
}

}  // namespace emulation
