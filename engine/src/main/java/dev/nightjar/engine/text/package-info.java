/**
 * From text to text: what is asked for, what comes back, and the way between them around the token
 * engine.
 *
 * <p>May import everything before it in the engine (request … run). Begin with {@link
 * dev.nightjar.engine.text.TextModel}.
 */
package dev.nightjar.engine.text;
