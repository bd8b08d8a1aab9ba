/**
 * JSON as parts of a grammar: any value, one value, strings and numbers of a set.
 *
 * <p>May import {@code format.json}, {@code grammar.automaton} and {@code grammar.part}. Begin with
 * {@link dev.nightjar.engine.grammar.json.JsonRules}.
 */
package dev.nightjar.engine.grammar.json;
