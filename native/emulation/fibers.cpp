// Fibers and their barriers. On x86-64 and AArch64 a switch saves the registers that a call must
// keep; elsewhere ucontext does the same, slowly.
#include "fibers.h"

#include <cstdio>
#include <vector>
#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace emulation {

State state;

namespace {

constexpr size_t STACK_BYTES = 64 * 1024;

enum Waiting { RUNS, FOR_BLOCK, FOR_WARP };

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
};

struct Block {
    std::vector<Fiber> fibers;
    std::vector<Warp> warps;
    std::vector<char*> stacks;
    const Kernel* kernel;
    void** parameters;
    int running;
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
    block.fibers[block.running].isDone = true;
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

Outcome runBlock(const Kernel& kernel, void** parameters, unsigned* seed) {
    Index size = state.blockSize;
    int numThreads = (int)(size.x * size.y * size.z);
    block.kernel = &kernel;
    block.parameters = parameters;
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
        if (alive > 0) progress |= releaseBlock();
        if (!progress) {
            std::fprintf(stderr,
                         "emulation: %s: threads of block (%u, %u, %u) wait at different barriers\n",
                         kernel.name, state.block.x, state.block.y, state.block.z);
            return Outcome::DEADLOCK;
        }
    }
    return Outcome::DONE;
}

}  // namespace emulation
