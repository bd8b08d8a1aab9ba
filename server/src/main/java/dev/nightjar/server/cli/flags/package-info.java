/**
 * Groups of flags that several commands share, and the types of their values.
 *
 * <p>Imports the engine only. Begin with {@link dev.nightjar.server.cli.flags.EngineFlags}.
 */
package dev.nightjar.server.cli.flags;
