/**
 * Support vector machines: kernels, decisions between pairs of classes, their probabilities.
 *
 * <p>May import {@code tabular.score}. Begin with {@link
 * dev.nightjar.engine.tabular.svm.SupportVectors}.
 */
package dev.nightjar.engine.tabular.svm;
