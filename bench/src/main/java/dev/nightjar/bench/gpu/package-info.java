/**
 * Every kernel of a GPU checked against the scalar backend, then timed; what {@code
 * native/check-gpu.sh} runs.
 *
 * <p>May import the kernels' exported packages. Begin with {@link dev.nightjar.bench.gpu.GpuCheck}.
 */
package dev.nightjar.bench.gpu;
