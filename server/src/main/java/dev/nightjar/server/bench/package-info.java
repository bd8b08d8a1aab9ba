/**
 * How fast models run here: tests in the manner of llama-bench, their results as JSON, and the
 * comparison of two such files.
 *
 * <p>May import {@code json}, {@code statistics} and {@code terminal}. Begin with {@link
 * dev.nightjar.server.bench.ModelBench}.
 */
package dev.nightjar.server.bench;
