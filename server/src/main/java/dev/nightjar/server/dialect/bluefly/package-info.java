/**
 * Bluefly's inference services below {@code /api/v1}.
 *
 * <p>May import {@code answer}, {@code error}, {@code api}, {@code catalog}, {@code generation},
 * {@code json} and {@code route}, and the engine. Begin with {@link
 * dev.nightjar.server.dialect.bluefly.BlueflyRoutes}.
 */
package dev.nightjar.server.dialect.bluefly;
