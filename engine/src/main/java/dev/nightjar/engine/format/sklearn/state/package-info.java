/**
 * What a pickle says about objects and arrays.
 *
 * <p>May import {@code format.pickle} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.state.PickledObject}.
 */
package dev.nightjar.engine.format.sklearn.state;
