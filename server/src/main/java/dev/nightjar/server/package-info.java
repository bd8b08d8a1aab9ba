/**
 * The application: wires the engine, the routes and the listener together, starts and drains them.
 *
 * <p>May import every package of this module but {@code cli}. Begin with {@link
 * dev.nightjar.server.NightjarServer}.
 */
package dev.nightjar.server;
