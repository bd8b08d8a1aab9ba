/**
 * What the sampling op needs to know of each sequence; never reads logits.
 *
 * <p>May import {@code request} and the tokenizer. Begin with {@link
 * dev.nightjar.engine.sample.SamplingState}.
 */
package dev.nightjar.engine.sample;
