package dev.nightjar.server.terminal;

/**
 * Whether people are at the other end. The launcher knows best and says so in properties; without
 * it, only a console with both ends tells.
 */
public final class Terminals {

    private Terminals() {}

    /** Whether a person types the input. */
    public static boolean isInTerminal() {
        return is("nightjar.stdin.terminal");
    }

    /** Whether a person reads the output. */
    public static boolean isOutTerminal() {
        return is("nightjar.stdout.terminal");
    }

    /** Whether a person reads the messages. */
    public static boolean isErrTerminal() {
        return is("nightjar.stderr.terminal");
    }

    private static boolean is(String property) {
        String told = System.getProperty(property);
        return told == null
                ? System.console() != null && System.console().isTerminal()
                : Boolean.parseBoolean(told);
    }
}
