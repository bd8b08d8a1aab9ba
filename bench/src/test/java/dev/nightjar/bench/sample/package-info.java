/**
 * Runs the samples of the four API documents as they are printed, against a server. Begin with
 * {@link dev.nightjar.bench.sample.SourceDocument}.
 */
package dev.nightjar.bench.sample;
