package dev.nightjar.server.terminal;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Log lines on standard error, one each. */
public final class Logging {

    private static final String LINE = "%4$s: %5$s%6$s%n";

    /** How much is logged. */
    public enum Detail {
        /** What failed. */
        ERRORS(Level.SEVERE),
        /** What someone should look at, too. */
        WARNINGS(Level.WARNING),
        /** What happens at large, too. */
        NEWS(Level.INFO),
        /** What may help to find a fault, too. */
        ALL(Level.FINE);

        private final Level level;

        Detail(Level level) {
            this.level = level;
        }
    }

    private Logging() {}

    /** Replaces whatever was configured; once, at the start. */
    public static void configure(Detail detail) {
        System.setProperty("java.util.logging.SimpleFormatter.format", LINE);
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new SimpleFormatter());
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(detail.level);
    }

    /** Logs more or less from now on. */
    public static void change(Detail detail) {
        Logger.getLogger("").setLevel(detail.level);
    }

    /** Stops the lines of loggers below a name. */
    public static void silence(String name) {
        LogManager.getLogManager()
                .getLoggerNames()
                .asIterator()
                .forEachRemaining(
                        logger -> {
                            if (logger.startsWith(name)) {
                                Logger.getLogger(logger).setLevel(Level.OFF);
                            }
                        });
    }
}
