package dev.nightjar.kernels.cuda.driver;

/** A call of the driver failed; the message names the call, the error and what may help. */
public final class CudaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    CudaException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The driver's number of the error. */
    public int code() {
        return code;
    }
}
