/**
 * Generation as Text Generation Inference has it: {@code inputs} and {@code parameters}.
 *
 * <p>May import {@code answer}, {@code error}, {@code api}, {@code catalog}, {@code generation},
 * {@code json} and {@code route}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.tgi.TgiCall}, which other dialects that share its paths call, too.
 */
package dev.nightjar.server.dialect.tgi;
