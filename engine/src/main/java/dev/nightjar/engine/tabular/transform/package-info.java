/**
 * What is done to features before they are scored, and a model behind such steps.
 *
 * <p>May import package {@code tabular}. Begin with {@link
 * dev.nightjar.engine.tabular.transform.PipelineModel}.
 */
package dev.nightjar.engine.tabular.transform;
