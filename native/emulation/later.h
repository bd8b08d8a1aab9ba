// What a block begins and does not wait for at once: copies to shared memory and products of tiles.
// The rules are those of the PTX manual; see emulation.h for when each is done.
#pragma once
#include <vector>

#include "emulation.h"

namespace emulation {

// Bytes of shared memory, the rest of `whole` becoming 0.
struct Copy {
    char* to;
    const char* from;
    int bytes, whole;

    void run() const {
        std::memcpy(to, from, (size_t)bytes);
        std::memset(to + bytes, 0, (size_t)(whole - bytes));
    }
};

// wgmma m64nNk16 of bf16, the share of one thread: its fragments of d.
struct TileProduct {
    float* sum;
    int columns;
    uint64_t left, right;
    int thread;

    void run() const;
};

// Groups in the order of their commits.
template <class Work>
struct Groups {
    std::vector<std::vector<Work>> committed;
    std::vector<Work> open;

    void add(const Work& work, bool isDone) {
        if (!isDone) open.push_back(work);
    }

    void commit() {
        committed.push_back(std::move(open));
        open.clear();
    }

    void wait(int left) {
        while ((int)committed.size() > left) {
            for (const Work& work : committed.front()) work.run();
            committed.erase(committed.begin());
        }
    }

    bool isEmpty() const {
        for (const auto& group : committed) {
            if (!group.empty()) return false;
        }
        return open.empty();
    }

    void clear() {
        committed.clear();
        open.clear();
    }
};

struct Later {
    Groups<Copy> copies;
    Groups<TileProduct> products;

    bool isEmpty() const { return copies.isEmpty() && products.isEmpty(); }

    void clear() {
        copies.clear();
        products.clear();
    }
};

// An mbarrier: a phase is over when all have arrived and all bytes have come that they expect.
struct PhaseBarrier {
    uint16_t left;
    uint8_t count, phase;
    int32_t bytes;
};

bool isOver(const uint64_t* barrier, int parity);

struct BulkCopy {
    Copy copy;
    uint64_t* barrier;

    void run() const;
};

}  // namespace emulation
