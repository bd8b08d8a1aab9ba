/**
 * How well a model predicts a text, and how far another one of the same vocabulary, or the same one
 * computed differently, is from it.
 *
 * <p>May import {@code statistics}. Begin with {@link dev.nightjar.server.accuracy.ChunkedText}.
 */
package dev.nightjar.server.accuracy;
