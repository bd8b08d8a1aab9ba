/**
 * The reference of every op in plain Java: short, exact where it can be, and slow.
 *
 * <p>May import {@code cpu} and what that may import. Begin with {@link
 * dev.nightjar.kernels.cpu.scalar.ScalarBackend}.
 */
package dev.nightjar.kernels.cpu.scalar;
