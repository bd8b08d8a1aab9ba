/**
 * The models of this machine: where they lie, and how they come there whole or not at all.
 *
 * <p>Imports {@code hub}. Begin with {@link dev.nightjar.engine.hub.store.ModelStore}; {@link
 * dev.nightjar.engine.hub.store.Pull} fills it.
 */
package dev.nightjar.engine.hub.store;
