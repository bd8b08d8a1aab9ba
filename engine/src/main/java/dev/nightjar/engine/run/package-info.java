/**
 * The engine thread: batches, models, sampling, memory; tokens in, tokens out.
 *
 * <p>May import everything before it in the engine (request … model). Begin with {@link
 * dev.nightjar.engine.run.EngineLoop}, then {@link dev.nightjar.engine.run.LoadedModel}.
 */
package dev.nightjar.engine.run;
