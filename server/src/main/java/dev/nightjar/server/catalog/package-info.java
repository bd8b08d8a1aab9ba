/**
 * Which public id means which model, in which version and within which limits.
 *
 * <p>May import {@code error}, {@code api} and {@code gate}, and the engine. Begin with {@link
 * dev.nightjar.server.catalog.ModelCatalog}.
 */
package dev.nightjar.server.catalog;
