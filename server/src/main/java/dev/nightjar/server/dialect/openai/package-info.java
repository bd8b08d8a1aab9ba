/**
 * OpenAI's wire API: chat completions, completions and models.
 *
 * <p>May import {@code error}, {@code api}, {@code json}, {@code answer}, {@code catalog}, {@code
 * route} and {@code generation}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.OpenAiRoutes}; other dialects call {@link
 * dev.nightjar.server.dialect.openai.ChatCall}.
 */
package dev.nightjar.server.dialect.openai;
