/**
 * Text Embeddings Inference's calls: vectors, scores and labels of texts.
 *
 * <p>May import {@code answer}, {@code api}, {@code catalog}, {@code embedding}, {@code error} and
 * {@code json}, and the engine. Begin with {@link dev.nightjar.server.dialect.tei.TeiEmbed}.
 */
package dev.nightjar.server.dialect.tei;
