/**
 * Rules as graphs of nodes: what the parts of a grammar become, and what is remembered of each
 * node.
 *
 * <p>May import {@code grammar.automaton} and {@code grammar.part}. Begin with {@link
 * dev.nightjar.engine.grammar.rule.RuleCompiler}.
 */
package dev.nightjar.engine.grammar.rule;
