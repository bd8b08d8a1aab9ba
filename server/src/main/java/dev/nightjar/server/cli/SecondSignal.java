package dev.nightjar.server.cli;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Ends the program at once when it is told to stop while it already does. The JVM itself would let
 * a second signal wait for what the first one began.
 */
final class SecondSignal {

    private static final System.Logger LOG = System.getLogger(SecondSignal.class.getName());

    /** Of an exit code that tells of a signal. */
    private static final int SIGNALLED = 128;

    private SecondSignal() {}

    /**
     * From now on TERM and INT end the program with 143 and 130, and no hook of it runs to its end.
     * A JVM that does not let its signals be handled goes on as before.
     *
     * @param err told once
     */
    static void endsAtOnce(PrintStream err) {
        try {
            // By name, as the compiler warns of a class that every JDK has but none promises.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object ending =
                    Proxy.newProxyInstance(
                            SecondSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> end(number.invoke(arguments[0]), err));
            for (String name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                ending);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a second signal will not end the program at once",
                    unavailable);
        }
    }

    private static Object end(Object signalNumber, PrintStream err) {
        int code = SIGNALLED + (Integer) signalNumber;
        err.println("stopped at once, as told again: running requests were cut off");
        err.flush();
        Runtime.getRuntime().halt(code);
        return null;
    }
}
