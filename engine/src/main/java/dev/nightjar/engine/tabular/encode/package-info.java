/**
 * What is done to categories and to what is missing.
 *
 * <p>May import {@code tabular.transform} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.encode.Categories}.
 */
package dev.nightjar.engine.tabular.encode;
