/**
 * Which files of a repository make up a model.
 *
 * <p>Imports {@code hub}. Begin with {@link dev.nightjar.engine.hub.select.FileSelection}.
 */
package dev.nightjar.engine.hub.select;
