/**
 * Texts as vectors: what all dialects read, compute and write alike.
 *
 * <p>May import {@code answer}, {@code api}, {@code catalog}, {@code error} and {@code json}, and
 * the engine. Begin with {@link dev.nightjar.server.embedding.Embedder}.
 */
package dev.nightjar.server.embedding;
