/**
 * XGBoost models in JSON and UBJSON, versions 1.0 to 3.
 *
 * <p>May import {@code format.document} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.xgboost.XgboostFile}.
 */
package dev.nightjar.engine.format.xgboost;
