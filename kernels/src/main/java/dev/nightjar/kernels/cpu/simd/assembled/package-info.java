/**
 * Weights times activations in assembled code: codes of four to eight bits, because a processor's
 * instructions that multiply bytes and add two products or four do the work of several others, and
 * floats, because nothing but the sums needs registers. Same chains and so the same bits as {@link
 * dev.nightjar.kernels.cpu.simd.code} and {@link dev.nightjar.kernels.cpu.simd.group}, whose stead
 * it takes where a processor has those instructions. Programs are the same for all of them; begin
 * with {@link TileProgram}, {@link Registers} and {@link ByteSums}.
 */
package dev.nightjar.kernels.cpu.simd.assembled;
