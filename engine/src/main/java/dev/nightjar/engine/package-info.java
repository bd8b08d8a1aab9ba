/**
 * The door: open an {@link dev.nightjar.engine.Engine}, generate, close.
 *
 * <p>May import every package of the engine; nothing imports it but applications.
 */
package dev.nightjar.engine;
