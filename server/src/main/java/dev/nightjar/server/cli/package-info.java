/**
 * The command line over the same engine that the server uses.
 *
 * <p>May import every package of this module. Begin with {@link dev.nightjar.server.cli.Cli}.
 */
package dev.nightjar.server.cli;
