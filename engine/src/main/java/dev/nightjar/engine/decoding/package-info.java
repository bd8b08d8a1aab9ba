/**
 * From tokens to text that is released: control tokens that are spelled, stop strings, and which
 * tokens a piece of text is made of.
 *
 * <p>May import the tokenizer, nothing of the engine. Begin with {@link
 * dev.nightjar.engine.decoding.StopMatcher}.
 */
package dev.nightjar.engine.decoding;
