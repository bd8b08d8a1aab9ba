/**
 * Codes of four and six bits times activations of eight in assembled code: a processor's
 * instruction that multiplies bytes and adds four products does the work of eight others. Same
 * groups, same chains and so the same bits as {@link dev.nightjar.kernels.cpu.simd.code}, whose
 * stead it takes where a processor has that instruction.
 */
package dev.nightjar.kernels.cpu.simd.bytes;
