/**
 * Model folders of MLflow: which file holds the model, and what it takes and gives.
 *
 * <p>May import {@code format}, {@code format.json}, {@code format.yaml} and {@code tabular}. Begin
 * with {@link dev.nightjar.engine.format.mlflow.MlflowFolder}.
 */
package dev.nightjar.engine.format.mlflow;
