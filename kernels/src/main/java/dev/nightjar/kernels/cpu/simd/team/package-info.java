/**
 * The threads that kernels run on, and how work is cut for them.
 *
 * <p>Imports nothing of the kernels. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.team.WorkerPool}.
 */
package dev.nightjar.kernels.cpu.simd.team;
