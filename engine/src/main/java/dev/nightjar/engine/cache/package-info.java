/**
 * The paged KV cache as bookkeeping: which block belongs to whom, and which blocks hold a prefix
 * that another sequence can reuse. Block ids only; the memory behind them is the backend's.
 *
 * <p>Computed blocks form one tree per cache salt, children ordered by their token ids. The path
 * from the root is compared token by token, so a hit is exact by construction and no hash can
 * collide; the order makes the longest common prefix inside a block a neighbour search.
 *
 * <p>Imports nothing of the engine. Begin with {@link dev.nightjar.engine.cache.KvCacheManager}.
 */
package dev.nightjar.engine.cache;
