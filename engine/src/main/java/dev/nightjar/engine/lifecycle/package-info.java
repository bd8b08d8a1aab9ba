/**
 * Which models are in service: loaded, lent to requests, drained, evicted.
 *
 * <p>May import {@code checkpoint}, {@code predict}, {@code tabular}, {@code quantize}, {@code
 * request}, {@code metrics}, {@code text} and {@code encoder}; knows nothing of devices, which
 * stand behind {@link dev.nightjar.engine.lifecycle.ModelHost}. Begin with {@link
 * dev.nightjar.engine.lifecycle.ModelManager}.
 */
package dev.nightjar.engine.lifecycle;
