/**
 * Texts as token ids and back, over the wire: what llama.cpp and vLLM call {@code /tokenize} and
 * {@code /detokenize}.
 *
 * <p>May import {@code dialect.openai.chat}, {@code dialect.openai.surface}, {@code catalog},
 * {@code route}, {@code error}, {@code api} and {@code json}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.tokens.TokenRoutes}.
 */
package dev.nightjar.server.dialect.tokens;
