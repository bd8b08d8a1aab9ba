/**
 * OpenAI's completions of texts: prompts, echoes, the best of several, a middle between two texts.
 *
 * <p>May import {@code dialect.openai.surface} and {@code dialect.openai.frame}, what those may,
 * {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.completion.CompletionCall}.
 */
package dev.nightjar.server.dialect.openai.completion;
