/**
 * The commands of encoders: texts become vectors, an order, labels.
 *
 * <p>May import all packages of this module but {@code cli} and {@code cli.bench}. Begin with
 * {@link dev.nightjar.server.cli.encode.EmbedCommand}.
 */
package dev.nightjar.server.cli.encode;
