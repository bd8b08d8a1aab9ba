/**
 * JSON as model files use it: bounded documents, typed access with errors that name file and key.
 *
 * <p>May import package {@code format}, nothing else of the engine. Begin with {@link
 * dev.nightjar.engine.format.json.JsonFields}.
 */
package dev.nightjar.engine.format.json;
