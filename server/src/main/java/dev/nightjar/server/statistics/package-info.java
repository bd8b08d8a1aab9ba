/**
 * What is said about many measured values.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.statistics.Sample}.
 */
package dev.nightjar.server.statistics;
