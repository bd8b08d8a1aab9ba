package dev.nightjar.engine.grammar.rule;

/**
 * Which tokens may follow in a node, as far as the rule itself says it.
 *
 * @param accepted tokens that may follow wherever the rule was called
 * @param exits nodes of the token trie at which the rule may be complete while a token goes on:
 *     what comes after depends on the caller
 */
public record NodeMask(TokenSet accepted, int[] exits) {}
