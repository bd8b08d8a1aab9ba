/**
 * Functions of rows, and the model that they make up: what most estimators are.
 *
 * <p>May import {@code tabular} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.score.RowFunction}.
 */
package dev.nightjar.engine.tabular.score;
