/**
 * Models made of other models: means, votes, chains.
 *
 * <p>May import {@code tabular.score}. Begin with {@link dev.nightjar.engine.tabular.group.Mean}.
 */
package dev.nightjar.engine.tabular.group;
