/**
 * Finite automata over integers: sets of symbols, nondeterministic construction, determinization,
 * intersection and complement, and the way from code points to the bytes of UTF-8.
 *
 * <p>Imports nothing of the engine. Begin with {@link
 * dev.nightjar.engine.grammar.automaton.Automaton}.
 */
package dev.nightjar.engine.grammar.automaton;
