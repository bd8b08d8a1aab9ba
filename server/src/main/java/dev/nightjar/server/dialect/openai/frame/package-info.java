/**
 * What answers of OpenAI's calls have in common: the frame of their chunks, reasons for the end,
 * tokens and how likely they were.
 *
 * <p>May import {@code error}, {@code api} and {@code answer}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.frame.Frame}.
 */
package dev.nightjar.server.dialect.openai.frame;
