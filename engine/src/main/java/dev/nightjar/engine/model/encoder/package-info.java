/**
 * Text encoders: attention in both directions, norms behind or before the branches, pooling, heads
 * of classes.
 *
 * <p>May import {@code format} and {@code nn}. Begin with {@link
 * dev.nightjar.engine.model.encoder.TextEncoder}.
 */
package dev.nightjar.engine.model.encoder;
