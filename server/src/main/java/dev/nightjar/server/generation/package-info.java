/**
 * The members of requests that all dialects share, and the sequences they become.
 *
 * <p>May import {@code answer}, {@code error}, {@code api} and {@code catalog}, and the engine.
 * Begin with {@link dev.nightjar.server.generation.Sequences}.
 */
package dev.nightjar.server.generation;
