/**
 * Where OpenAI's calls are mounted, what they take there beyond the original, and the members that
 * they have in common.
 *
 * <p>May import {@code api}, {@code catalog}, {@code route} and {@code generation}, and the engine.
 * Begin with {@link dev.nightjar.server.dialect.openai.surface.Surface}.
 */
package dev.nightjar.server.dialect.openai.surface;
