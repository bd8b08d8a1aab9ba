/**
 * The command of models of rows: lines of features become predictions.
 *
 * <p>May import all packages of this module but {@code cli}, {@code cli.bench} and {@code
 * cli.encode}. Begin with {@link dev.nightjar.server.cli.predict.PredictCommand}.
 */
package dev.nightjar.server.cli.predict;
