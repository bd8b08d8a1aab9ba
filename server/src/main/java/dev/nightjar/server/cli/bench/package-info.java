/**
 * The commands that measure: speed, speed over HTTP, accuracy; and what they measure with.
 *
 * <p>May import all packages of this module but {@code cli}. Begin with {@link
 * dev.nightjar.server.cli.bench.BenchCommand}.
 */
package dev.nightjar.server.cli.bench;
