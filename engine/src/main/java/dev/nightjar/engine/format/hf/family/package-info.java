/**
 * One file per family of models: its hyper-parameters and its table of names.
 *
 * <p>May import what {@code format.hf} may, and {@code format.hf}. Begin with {@link
 * dev.nightjar.engine.format.hf.family.Families}, then {@link
 * dev.nightjar.engine.format.hf.family.LlamaFamily}.
 */
package dev.nightjar.engine.format.hf.family;
