/**
 * Codes of four and six bits times activations of eight in assembled code: a processor's
 * instructions that multiply bytes and add two products or four do the work of several others. Same
 * groups, same chains and so the same bits as {@link dev.nightjar.kernels.cpu.simd.code}, whose
 * stead it takes where a processor has those instructions. Programs are the same for all of them;
 * begin with {@link ByteProgram}, {@link Registers} and {@link ByteSums}.
 */
package dev.nightjar.kernels.cpu.simd.bytes;
