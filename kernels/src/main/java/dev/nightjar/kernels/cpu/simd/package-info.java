/**
 * Kernels written with the Vector API, run by a fixed team of threads.
 *
 * <p>May import every package below it, {@code cpu} and what that may import. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.VectorBackend}, which shows what there is. Rules that hold in every
 * class below: sums run in an order that depends on the row alone, never on tiles or threads;
 * floats are never summed with {@code reduceLanes}, whose order may differ between interpreted and
 * compiled code; constants are broadcast in the method that uses them; no vector crosses a method
 * border in a large loop.
 */
package dev.nightjar.kernels.cpu.simd;
