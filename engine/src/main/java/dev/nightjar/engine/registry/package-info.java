/**
 * From a file to a model in service: architectures by name, loading, what is loaded.
 *
 * <p>May import everything before it in the engine (request … text). Begin with {@link
 * dev.nightjar.engine.registry.ModelLoader}.
 */
package dev.nightjar.engine.registry;
