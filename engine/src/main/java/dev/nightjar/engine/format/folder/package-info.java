/**
 * The weights of a model folder, in one file or many, whichever format they have.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor} and the packages of the file formats. Begin
 * with {@link dev.nightjar.engine.format.folder.WeightFiles}.
 */
package dev.nightjar.engine.format.folder;
