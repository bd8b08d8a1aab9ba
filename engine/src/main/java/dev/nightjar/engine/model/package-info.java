/**
 * Architectures: one file each with its config, weights and forward pass.
 *
 * <p>May import {@code nn} and {@code format}. Begin with {@link
 * dev.nightjar.engine.model.LlamaModel}.
 */
package dev.nightjar.engine.model;
