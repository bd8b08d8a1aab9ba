/**
 * Grammars in GBNF, the notation of llama.cpp.
 *
 * <p>May import {@code grammar.automaton} and {@code grammar.part}. Begin with {@link
 * dev.nightjar.engine.grammar.gbnf.GbnfParser}.
 */
package dev.nightjar.engine.grammar.gbnf;
