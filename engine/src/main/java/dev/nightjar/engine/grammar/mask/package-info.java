/**
 * Token masks: the tokens of a vocabulary as a trie of bytes, and rules running over it with
 * stacks.
 *
 * <p>May import {@code request}, {@code grammar.part}, {@code grammar.rule} and the tokenizer.
 * Begin with {@link dev.nightjar.engine.grammar.mask.Machine}.
 */
package dev.nightjar.engine.grammar.mask;
