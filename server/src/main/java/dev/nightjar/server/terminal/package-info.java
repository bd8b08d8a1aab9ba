/**
 * Text for people at a terminal: tables, progress, errors in one line, log lines.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.terminal.TextTable}.
 */
package dev.nightjar.server.terminal;
