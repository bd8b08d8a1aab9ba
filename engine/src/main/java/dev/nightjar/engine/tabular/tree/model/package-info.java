/**
 * Tree ensembles with their link functions, as models in service.
 *
 * <p>May import {@code tabular.tree.score}, {@code tabular.tree.explain} and what they may. Begin
 * with {@link dev.nightjar.engine.tabular.tree.model.TreeModel}.
 */
package dev.nightjar.engine.tabular.tree.model;
