/**
 * Decides what each step computes: a map from sequence to number of tokens under one token budget.
 * Prefill, decode, chunked prefill and prefix hits are one case. Integers only, one thread.
 *
 * <p>May import {@code cache} and {@code request}. Begin with {@link
 * dev.nightjar.engine.schedule.Scheduler}.
 */
package dev.nightjar.engine.schedule;
