/**
 * Text encoders: attention in both directions, normalization after each branch, pooling.
 *
 * <p>May import {@code format} and {@code nn}. Begin with {@link
 * dev.nightjar.engine.model.encoder.TextEncoder}.
 */
package dev.nightjar.engine.model.encoder;
