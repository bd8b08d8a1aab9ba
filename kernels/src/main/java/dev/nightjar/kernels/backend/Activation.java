package dev.nightjar.kernels.backend;

/** Element-wise functions of feed-forward layers. */
public enum Activation {
    /** {@code x / (1 + exp(-x))}, also called swish. */
    SILU,
    /** {@code x * Phi(x)} with the normal distribution's Phi, through erf. */
    GELU,
    /** {@code x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))}. */
    GELU_TANH,
    /**
     * {@link #GELU_TANH} with argument and result rounded to half precision, 0 up to -10 and x from
     * 10 on: what engines compute that look it up in a table of halves. See docs/adr/0008.
     */
    GELU_TANH_HALF,
    /** {@code x / (1 + exp(-1.702 x))}. */
    GELU_QUICK,
    /** {@code max(0, x)}. */
    RELU,
    /** {@code max(0, x)^2}. */
    RELU_SQUARED
}
