/**
 * Layers: weights and the ops they stand for, and the batch they run on.
 *
 * <p>May import {@code format}. Begin with {@link dev.nightjar.engine.nn.ForwardBatch}, then {@link
 * dev.nightjar.engine.nn.Linear}. Shapes use the letters of the glossary: T tokens, C hidden size,
 * H query heads, K KV heads, D head dim, F feed-forward size, V vocabulary.
 */
package dev.nightjar.engine.nn;
