package dev.nightjar.engine.cache;

/**
 * The keys and values of a block's first tokens, to be copied before the step computes anything.
 * The source stays referenced until the step has been committed.
 *
 * @param fromBlock the block that holds them
 * @param toBlock a block owned by one sequence alone
 * @param numTokens tokens {@code [0, numTokens)} of the block, fewer than its size
 */
public record BlockCopy(int fromBlock, int toBlock, int numTokens) {}
