/**
 * Safetensors files: a JSON header and raw tensors, used in place.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor} and packages {@code format} and {@code
 * format.json}. A file is untrusted: every size and offset is checked before it is used, and
 * whatever is wrong ends in a {@link dev.nightjar.engine.format.ModelFormatException}. Begin with
 * {@link dev.nightjar.engine.format.safetensors.SafetensorsFile}.
 */
package dev.nightjar.engine.format.safetensors;
