/**
 * What the {@code config.json} of encoders means, and how their folders say what becomes of hidden
 * states.
 *
 * <p>May import {@code format}, {@code format.hf}, {@code format.json} and {@code format.lazy}.
 * Begin with {@link dev.nightjar.engine.format.hf.encoder.EncoderFamilies}.
 */
package dev.nightjar.engine.format.hf.encoder;
