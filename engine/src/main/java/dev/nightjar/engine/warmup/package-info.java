/**
 * Kernels compiled before the first request: a miniature of a model that is being loaded, and a
 * thread that runs it.
 *
 * <p>May import everything up to {@code model}. Begin with {@link
 * dev.nightjar.engine.warmup.WarmUp}.
 */
package dev.nightjar.engine.warmup;
