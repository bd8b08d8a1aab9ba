/**
 * Jina's and Cohere's reranking call.
 *
 * <p>May import {@code answer}, {@code api}, {@code catalog}, {@code embedding}, {@code error},
 * {@code json} and {@code route}, {@code dialect.openai.surface}, {@code dialect.tei}, and the
 * engine. Begin with {@link dev.nightjar.server.dialect.cohere.DocumentRerank}.
 */
package dev.nightjar.server.dialect.cohere;
