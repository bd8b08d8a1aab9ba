/**
 * Pickles as inert data: the opcodes build plain values, names of functions and classes stay names,
 * and nothing that a pickle asks for is ever called.
 *
 * <p>May import package {@code format}. Pickles are untrusted: their size, their depth and what
 * they may name are bounded. Begin with {@link dev.nightjar.engine.format.pickle.PickleReader}.
 */
package dev.nightjar.engine.format.pickle;
