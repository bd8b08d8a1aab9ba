/**
 * Encoders in service: texts become vectors, pairs become scores, texts become labels.
 *
 * <p>May import everything before it in the engine (request … text). Begin with {@link
 * dev.nightjar.engine.encoder.EncoderModel}.
 */
package dev.nightjar.engine.encoder;
