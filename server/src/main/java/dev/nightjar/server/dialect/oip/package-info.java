/**
 * The Open Inference Protocol, version 2, below {@code /v2}: models of rows for clients of KServe
 * and Triton, with tensors as JSON or as bytes behind it.
 *
 * <p>May import {@code answer}, {@code error}, {@code api}, {@code catalog}, {@code json}, {@code
 * predict} and {@code route}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.oip.OpenInferenceRoutes}.
 */
package dev.nightjar.server.dialect.oip;
