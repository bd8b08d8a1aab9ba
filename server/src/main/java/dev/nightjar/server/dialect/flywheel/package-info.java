/**
 * MK1 Flywheel's call, with Text Generation Inference's bodies on the same path.
 *
 * <p>May import {@code answer}, {@code error}, {@code api}, {@code catalog}, {@code generation},
 * {@code json}, {@code route} and {@code dialect.tgi}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.flywheel.FlywheelRoutes}.
 */
package dev.nightjar.server.dialect.flywheel;
