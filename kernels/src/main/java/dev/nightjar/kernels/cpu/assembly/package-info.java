/**
 * An assembler for the few instructions that our kernels need beyond the Vector API, and memory
 * from which a processor executes what it wrote. Knows x86-64 and the calling convention of Linux.
 */
package dev.nightjar.kernels.cpu.assembly;
