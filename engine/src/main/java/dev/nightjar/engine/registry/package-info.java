/**
 * From a file to a model in service: architectures by name, loading, what is loaded.
 *
 * <p>May import everything before it in the engine (request … lifecycle). Begin with {@link
 * dev.nightjar.engine.registry.DeviceHost}.
 */
package dev.nightjar.engine.registry;
