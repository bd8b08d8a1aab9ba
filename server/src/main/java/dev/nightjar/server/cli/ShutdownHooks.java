package dev.nightjar.server.cli;

/** Takes back what was to be done when the program ends. */
final class ShutdownHooks {

    private ShutdownHooks() {}

    /** Removes a hook, unless the program ends already and the hook runs. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isShuttingDown) {
            // It is running.
        }
    }
}
