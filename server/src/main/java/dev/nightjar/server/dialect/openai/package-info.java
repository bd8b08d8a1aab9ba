/**
 * OpenAI's wire API: chat completions, completions and models.
 *
 * <p>May import {@code api}, {@code json} and {@code connection}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.OpenAiRoutes}.
 */
package dev.nightjar.server.dialect.openai;
