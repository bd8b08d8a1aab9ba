/**
 * The OICM inference gateway below {@code /models/{model_version_id}/proxy}.
 *
 * <p>May import {@code answer}, {@code error}, {@code api}, {@code catalog}, {@code generation},
 * {@code json}, {@code predict}, {@code route} and {@code dialect.openai} with the packages below
 * it, and the engine. Begin with {@link dev.nightjar.server.dialect.oicm.OicmRoutes}.
 */
package dev.nightjar.server.dialect.oicm;
