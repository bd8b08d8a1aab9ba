package dev.nightjar.kernels.cuda.driver;

import java.lang.foreign.MemorySegment;

/**
 * A kernel that can be launched.
 *
 * @param name for errors
 * @param function the driver's handle
 */
public record CudaKernel(String name, MemorySegment function) {}
