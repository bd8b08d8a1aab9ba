/**
 * Models of rows: what goes in, what comes out, how it is described.
 *
 * <p>May import package {@code request}, nothing else of the engine. Begin with {@link
 * dev.nightjar.engine.tabular.TabularModel}.
 */
package dev.nightjar.engine.tabular;
