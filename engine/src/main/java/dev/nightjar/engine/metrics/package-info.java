/**
 * Counters that one thread writes and any thread reads.
 *
 * <p>Imports nothing of the engine. Begin with {@link dev.nightjar.engine.metrics.EngineStats}.
 */
package dev.nightjar.engine.metrics;
