/**
 * Regular expressions as sets of texts: parsed, anchors resolved, as parts of a grammar or as
 * automata over code points.
 *
 * <p>May import {@code grammar.automaton} and {@code grammar.part}. Begin with {@link
 * dev.nightjar.engine.grammar.regex.Regex}.
 */
package dev.nightjar.engine.grammar.regex;
