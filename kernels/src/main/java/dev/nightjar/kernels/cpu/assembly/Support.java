package dev.nightjar.kernels.cpu.assembly;

/** Whether assembled kernels can run here. */
public final class Support {

    private static final boolean MULTIPLIES_BYTES = isKnown() && asked();

    private Support() {}

    /** Whether vectors of 512 bits multiply bytes and add four products at once. */
    public static boolean multipliesBytes() {
        return MULTIPLIES_BYTES;
    }

    private static boolean isKnown() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    private static boolean asked() {
        try {
            return Processor.multipliesBytes();
        } catch (RuntimeException | ExceptionInInitializerError e) {
            return false; // native access is denied, or the system executes nothing that we write
        }
    }
}
