package dev.nightjar.server.observe.log;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How requests are logged.
 *
 * @param format what a line looks like; {@link AccessLogFormat#OFF} logs nothing
 * @param file where to; standard error without it
 * @param maxBytes the size at which a file is put aside and a new one begun
 * @param kept how many files that were put aside are kept
 */
public record AccessLogConfig(
        AccessLogFormat format, Optional<Path> file, long maxBytes, int kept) {

    /** Logs nothing. */
    public static final AccessLogConfig OFF =
            new AccessLogConfig(AccessLogFormat.OFF, Optional.empty(), 64L << 20, 5);

    /** With other lines. */
    public AccessLogConfig withFormat(AccessLogFormat value) {
        return new AccessLogConfig(value, file, maxBytes, kept);
    }
}
