/**
 * What a model hub has: references to models, listings of their files, and bytes of a file.
 *
 * <p>Imports nothing of the engine but {@code request}. Begin with {@link
 * dev.nightjar.engine.hub.HubClient}; what is done with the bytes stands in {@code hub.store}.
 */
package dev.nightjar.engine.hub;
