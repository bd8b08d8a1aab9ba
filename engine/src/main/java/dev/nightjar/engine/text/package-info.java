/**
 * From text to text: templates, encoding, streaming decoding and stop strings around the token
 * engine.
 *
 * <p>May import everything before it in the engine (request … run). Begin with {@link
 * dev.nightjar.engine.text.TextModel}.
 */
package dev.nightjar.engine.text;
