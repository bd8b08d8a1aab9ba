/**
 * What a text may consist of: the parts that every kind of grammar is translated into.
 *
 * <p>May import {@code grammar.automaton}, nothing else of the engine. Begin with {@link
 * dev.nightjar.engine.grammar.part.Part}.
 */
package dev.nightjar.engine.grammar.part;
