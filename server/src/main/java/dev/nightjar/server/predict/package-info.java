/**
 * Rows of features in bodies and predictions in answers: what all dialects read and write alike.
 *
 * <p>May import {@code api}, {@code catalog}, {@code error} and {@code json}, and the engine. Begin
 * with {@link dev.nightjar.server.predict.RowsBody}.
 */
package dev.nightjar.server.predict;
