/**
 * OpenAI's chat completions: messages and tools as they are asked, answers and calls as they are
 * told.
 *
 * <p>May import {@code dialect.openai.surface} and {@code dialect.openai.frame}, what those may,
 * {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.chat.ChatCall}.
 */
package dev.nightjar.server.dialect.openai.chat;
