/**
 * How a command on the same machine reaches a running server: by a socket in the data folder, which
 * only its owner may use.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.control.ControlSocket}.
 */
package dev.nightjar.server.control;
