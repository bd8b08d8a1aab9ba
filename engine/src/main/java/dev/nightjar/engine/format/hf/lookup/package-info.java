/**
 * Folders of models that look tokens up in a table and do nothing else: those of model2vec, and of
 * sentence-transformers with a module {@code StaticEmbedding}.
 *
 * <p>May import {@code format}, {@code format.folder}, {@code format.hf}, {@code
 * format.hf.encoder}, {@code format.json} and {@code format.lazy}. Begin with {@link
 * dev.nightjar.engine.format.hf.lookup.StaticFolder}.
 */
package dev.nightjar.engine.format.hf.lookup;
