/**
 * Estimators made of other estimators.
 *
 * <p>May import {@code format.sklearn.state}, {@code tabular} and readers of other libraries'
 * files. Begin with {@link dev.nightjar.engine.format.sklearn.group.VotingReader}.
 */
package dev.nightjar.engine.format.sklearn.group;
