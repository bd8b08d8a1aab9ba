/**
 * LightGBM models in its text format, versions 2 to 4.
 *
 * <p>May import {@code format} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.lightgbm.LightGbmFile}.
 */
package dev.nightjar.engine.format.lightgbm;
