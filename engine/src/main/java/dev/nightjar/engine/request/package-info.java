/**
 * Records that cross the engine's borders: what is asked for and what comes back, in token ids.
 *
 * <p>Imports nothing of the engine. Begin with {@link
 * dev.nightjar.engine.request.GenerationRequest}.
 */
package dev.nightjar.engine.request;
