/**
 * OpenAI's wire API: its routes, over chat completions and completions, and the models.
 *
 * <p>May import {@code error}, {@code api}, {@code json}, {@code answer}, {@code catalog} and
 * {@code route}, the packages below it, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.openai.OpenAiRoutes}; other dialects call {@link
 * dev.nightjar.server.dialect.openai.chat.ChatCall}.
 */
package dev.nightjar.server.dialect.openai;
