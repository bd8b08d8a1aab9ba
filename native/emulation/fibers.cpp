// Fibers and their barriers. On x86-64 and AArch64 a switch saves the registers that a call must
// keep; elsewhere ucontext does the same, slowly.
#include "fibers.h"

#include <cstdio>
#include <vector>

#include "later.h"
#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace emulation {

State state;

namespace {

constexpr size_t STACK_BYTES = 64 * 1024;

enum Waiting { RUNS, FOR_BLOCK, FOR_WARP, FOR_COPIES };

struct Fiber {
#if defined(__x86_64__)
    void* stack;
#else
    ucontext_t context;
#endif
    Index thread;
    bool isDone;
    Waiting waiting;
    unsigned mask;
    const uint64_t* barrier;
    int parity;
    Later later;
};

struct Block {
    std::vector<Fiber> fibers;
    std::vector<Warp> warps;
    std::vector<char*> stacks;
    const Kernel* kernel;
    void** parameters;
    int running;
    bool isEager, isFaulty;
    std::vector<BulkCopy> bulk;
#if defined(__x86_64__)
    void* scheduler;
#else
    ucontext_t scheduler;
#endif
};

// One block runs at a time; its memory is kept for the next one.
Block block;

#if defined(__x86_64__)
extern "C" void nightjar_switch(void** save, void* load);
asm(R"(
.text
.globl nightjar_switch
.hidden nightjar_switch
.type nightjar_switch,@function
nightjar_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size nightjar_switch,.-nightjar_switch
)");
#endif

void toScheduler() {
    Fiber& fiber = block.fibers[block.running];
#if defined(__x86_64__)
    nightjar_switch(&fiber.stack, block.scheduler);
#else
    swapcontext(&fiber.context, &block.scheduler);
#endif
}

void begin() {
    block.kernel->run(block.kernel->function, block.parameters);
    Fiber& fiber = block.fibers[block.running];
    if (!fiber.later.isEmpty()) fault("a thread ends without having waited for what it began");
    fiber.isDone = true;
    toScheduler();
    __builtin_trap();
}

void prepare(Fiber& fiber, char* stack) {
#if defined(__x86_64__)
    auto top = (reinterpret_cast<uintptr_t>(stack) + STACK_BYTES) & ~uintptr_t(15);
    void** pointer = reinterpret_cast<void**>(top);
    *--pointer = nullptr;
    *--pointer = reinterpret_cast<void*>(&begin);
    for (int i = 0; i < 6; i++) *--pointer = nullptr;
    fiber.stack = pointer;
#else
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = stack;
    fiber.context.uc_stack.ss_size = STACK_BYTES;
    fiber.context.uc_link = nullptr;
    makecontext(&fiber.context, begin, 0);
#endif
}

void resume(int index) {
    Fiber& fiber = block.fibers[index];
    block.running = index;
    state.thread = fiber.thread;
    state.lane = index % WARP;
    state.warp = &block.warps[index / WARP];
#if defined(__x86_64__)
    nightjar_switch(&block.scheduler, fiber.stack);
#else
    swapcontext(&block.scheduler, &fiber.context);
#endif
}

void start(int numThreads) {
    block.fibers.resize(numThreads);
    block.warps.resize((numThreads + WARP - 1) / WARP);
    while ((int)block.stacks.size() < numThreads) {
        block.stacks.push_back(static_cast<char*>(std::malloc(STACK_BYTES)));
    }
    Index size = state.blockSize;
    for (int i = 0; i < numThreads; i++) {
        Fiber& fiber = block.fibers[i];
        fiber.thread = {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
        fiber.isDone = false;
        fiber.waiting = RUNS;
        fiber.later.clear();
        prepare(fiber, block.stacks[i]);
    }
}

// Lets a warp go on whose lanes all stand at its barrier; lanes that are done do not count.
bool releaseWarp(int first, int end) {
    unsigned needed = 0, waiting = 0, alive = 0;
    for (int i = first; i < end; i++) {
        const Fiber& fiber = block.fibers[i];
        if (fiber.isDone) continue;
        alive |= 1u << (i - first);
        if (fiber.waiting == FOR_WARP) {
            needed |= fiber.mask;
            waiting |= 1u << (i - first);
        }
    }
    if (!waiting || (needed & alive & ~waiting)) return false;
    for (int i = first; i < end; i++) {
        if (waiting >> (i - first) & 1) block.fibers[i].waiting = RUNS;
    }
    return true;
}

bool releaseCopies() {
    bool isAny = false;
    for (Fiber& fiber : block.fibers) {
        if (fiber.isDone || fiber.waiting != FOR_COPIES) continue;
        if (!isOver(fiber.barrier, fiber.parity)) continue;
        fiber.waiting = RUNS;
        isAny = true;
    }
    return isAny;
}

bool releaseBlock() {
    for (const Fiber& fiber : block.fibers) {
        if (!fiber.isDone && fiber.waiting != FOR_BLOCK) return false;
    }
    for (Fiber& fiber : block.fibers) {
        if (!fiber.isDone) fiber.waiting = RUNS;
    }
    return true;
}

}  // namespace

void waitForBlock() {
    block.fibers[block.running].waiting = FOR_BLOCK;
    toScheduler();
}

void waitForWarp(unsigned mask) {
    Fiber& fiber = block.fibers[block.running];
    fiber.waiting = FOR_WARP;
    fiber.mask = mask;
    toScheduler();
}

void fault(const char* what) {
    if (!block.isFaulty) {
        std::fprintf(stderr, "emulation: %s: %s\n", block.kernel->name, what);
    }
    block.isFaulty = true;
}

void copyLater(void* to, const void* from, int bytes) {
    if (reinterpret_cast<uintptr_t>(to) % 16 || reinterpret_cast<uintptr_t>(from) % 16) {
        fault("a copy of 16 bytes is misaligned");
    }
    if (bytes < 0 || bytes > 16) fault("a copy has 0 to 16 bytes");
    Copy copy{static_cast<char*>(to), static_cast<const char*>(from), bytes, 16};
    if (block.isEager) copy.run();
    block.fibers[block.running].later.copies.add(copy, block.isEager);
}

void commitCopies() { block.fibers[block.running].later.copies.commit(); }

void waitForCopies(int groupsLeft) { block.fibers[block.running].later.copies.wait(groupsLeft); }

void multiplyLater(float* sum, int columns, uint64_t left, uint64_t right) {
    Index thread = block.fibers[block.running].thread;
    TileProduct product{sum, columns, left, right, (int)thread.x};
    if (block.isEager) product.run();
    block.fibers[block.running].later.products.add(product, block.isEager);
}

void commitProducts() { block.fibers[block.running].later.products.commit(); }

void waitForProducts() { block.fibers[block.running].later.products.wait(0); }

void copyBulk(void* to, const void* from, int bytes, uint64_t* barrier) {
    if ((reinterpret_cast<uintptr_t>(to) | reinterpret_cast<uintptr_t>(from) | (unsigned)bytes) % 16) {
        fault("a bulk copy is misaligned, or is not of a multiple of 16 bytes");
    }
    BulkCopy copy{{static_cast<char*>(to), static_cast<const char*>(from), bytes, bytes}, barrier};
    if (block.isEager) {
        copy.run();
    } else {
        block.bulk.push_back(copy);
    }
}

void waitForBarrier(uint64_t* barrier, int parity) {
    Fiber& fiber = block.fibers[block.running];
    for (size_t i = 0; i < block.bulk.size();) {
        if (block.bulk[i].barrier == barrier) {
            block.bulk[i].run();
            block.bulk.erase(block.bulk.begin() + (long)i);
        } else {
            i++;
        }
    }
    if (isOver(barrier, parity)) return;
    fiber.waiting = FOR_COPIES;
    fiber.barrier = barrier;
    fiber.parity = parity;
    toScheduler();
}

Outcome runBlock(const Kernel& kernel, void** parameters, unsigned* seed) {
    Index size = state.blockSize;
    int numThreads = (int)(size.x * size.y * size.z);
    block.kernel = &kernel;
    block.parameters = parameters;
    block.isEager = *seed != 0;
    block.isFaulty = false;
    block.bulk.clear();
    start(numThreads);
    int alive = numThreads;
    while (alive > 0) {
        bool progress = false;
        // Warps in turn, each until it waits for the block: what a barrier of a warp separates
        // runs close together, and the warps far apart.
        *seed = *seed ? *seed * 1664525u + 1013904223u : 0;
        int numWarps = (numThreads + WARP - 1) / WARP;
        for (int w = 0; w < numWarps; w++) {
            int first = (int)((w + (*seed >> 8)) % numWarps) * WARP;
            int end = first + WARP < numThreads ? first + WARP : numThreads;
            bool again = true;
            while (again) {
                int rotation = (int)(*seed >> 16);
                for (int q = 0; q < end - first; q++) {
                    int i = first + (q + rotation) % (end - first);
                    Fiber& fiber = block.fibers[i];
                    if (fiber.isDone || fiber.waiting != RUNS) continue;
                    progress = true;
                    resume(i);
                    if (fiber.isDone) alive--;
                }
                again = releaseWarp(first, end);
                progress |= again;
            }
        }
        if (alive > 0) progress |= releaseCopies();
        if (alive > 0) progress |= releaseBlock();
        if (!progress) {
            std::fprintf(stderr,
                         "emulation: %s: threads of block (%u, %u, %u) wait at different barriers\n",
                         kernel.name, state.block.x, state.block.y, state.block.z);
            return Outcome::DEADLOCK;
        }
    }
    if (!block.bulk.empty()) fault("nobody waited for a bulk copy");
    return block.isFaulty ? Outcome::FAULT : Outcome::DONE;
}

}  // namespace emulation
