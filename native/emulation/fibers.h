// Runs the threads of a block as fibers; see emulation.h.
#pragma once
#include "emulation.h"

namespace emulation {

// What came of a block.
enum class Outcome { DONE, DEADLOCK, FAULT };

// Runs one block of a launch whose sizes stand in `state`; a seed other than 0 rotates the order
// in which fibers run between barriers, which shows barriers that are missing.
Outcome runBlock(const Kernel& kernel, void** parameters, unsigned* seed);

}  // namespace emulation
