/**
 * Models that compare a row with training rows or with centres of groups.
 *
 * <p>May import {@code tabular.score} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.neighbors.Neighborhood}.
 */
package dev.nightjar.engine.tabular.neighbors;
