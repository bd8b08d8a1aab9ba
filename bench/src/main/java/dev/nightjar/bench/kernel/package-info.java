/**
 * How fast single kernels are, and which share that is of what this machine can do at all.
 *
 * <p>Each benchmark comes as a pair, {@code scalar} and {@code vector}, which differ in the backend
 * alone; before anything is timed, the two must agree. Begin with {@link
 * dev.nightjar.bench.kernel.KernelBenchmarks}.
 */
package dev.nightjar.bench.kernel;
