package dev.nightjar.server.observe;

import dev.nightjar.server.observe.log.AccessLogConfig;
import dev.nightjar.server.observe.log.AccessLogFormat;
import dev.nightjar.server.observe.trace.TraceConfig;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The section {@code observe}: what is logged and traced, and when the engine counts as stuck.
 *
 * @param accessLog how requests are logged
 * @param logLevel what else is logged
 * @param stuckAfter a turn of the engine's thread that takes longer is a problem
 * @param traces where spans of requests are sent, if anywhere
 */
public record ObserveConfig(
        AccessLogConfig accessLog, LogLevel logLevel, Duration stuckAfter, TraceConfig traces) {

    /** How much is logged besides requests; each level has what those before it have. */
    public enum LogLevel {
        /** What failed. */
        ERROR,
        /** What someone should look at. */
        WARNING,
        /** What happens to models and to the server as a whole. */
        INFO,
        /** What may help to find a fault. */
        DEBUG
    }

    private static final Key<AccessLogFormat> ACCESS_LOG =
            Key.word(
                    "access_log",
                    AccessLogFormat.class,
                    "What the line of each request looks like; off without it. Lines have no"
                            + " prompts, answers or secrets.");
    private static final Key<String> ACCESS_LOG_FILE =
            Key.text(
                    "access_log_file",
                    "File that the lines of requests go to; standard error without it.");
    private static final Key<Long> ACCESS_LOG_MAX =
            Key.bytes(
                    "access_log_max_size",
                    "Size at which that file becomes NAME.1 and a new one is begun; 64M without"
                            + " it.");
    private static final Key<Integer> ACCESS_LOG_KEPT =
            Key.integer(
                    "access_log_keep",
                    0,
                    1000,
                    "How many files NAME.1, NAME.2, … are kept; 5 without it.");
    private static final Key<LogLevel> LOG_LEVEL =
            Key.word(
                    "log_level",
                    LogLevel.class,
                    "How much is logged on standard error besides requests; warning without it.");
    private static final Key<Duration> STUCK_AFTER =
            Key.duration(
                    "stuck_after",
                    "Longest time of one step of the engine; after that /health/ready says 503. 2m"
                            + " without it.");

    private static final Key<Section> TRACES =
            Key.section(
                    "traces",
                    TraceConfig.KEYS,
                    "Where traces of OpenTelemetry are sent, if at all.");

    /** What it may hold. */
    public static final KeySet KEYS =
            KeySet.of(
                    ACCESS_LOG,
                    ACCESS_LOG_FILE,
                    ACCESS_LOG_MAX,
                    ACCESS_LOG_KEPT,
                    LOG_LEVEL,
                    STUCK_AFTER,
                    TRACES);

    private static final Duration DEFAULT_STUCK_AFTER = Duration.ofMinutes(2);

    /** Reads the section. */
    public static ObserveConfig read(Section section) {
        AccessLogConfig plain = AccessLogConfig.OFF;
        if (section.get(ACCESS_LOG).isEmpty() && section.has(ACCESS_LOG_FILE)) {
            throw section.fault(
                    "access_log_file has no effect without access_log; say access_log: json");
        }
        return new ObserveConfig(
                new AccessLogConfig(
                        section.get(ACCESS_LOG, plain.format()),
                        section.get(ACCESS_LOG_FILE).map(Path::of),
                        section.get(ACCESS_LOG_MAX, plain.maxBytes()),
                        section.get(ACCESS_LOG_KEPT, plain.kept())),
                section.get(LOG_LEVEL, LogLevel.WARNING),
                section.get(STUCK_AFTER, DEFAULT_STUCK_AFTER),
                TraceConfig.read(section.section(TRACES)));
    }

    /** What holds without a file. */
    public static ObserveConfig defaults() {
        return read(Section.ABSENT);
    }

    /** With lines of another form for requests. */
    public ObserveConfig withAccessLog(AccessLogConfig value) {
        return new ObserveConfig(value, logLevel, stuckAfter, traces);
    }

    /** With another level. */
    public ObserveConfig withLogLevel(LogLevel value) {
        return new ObserveConfig(accessLog, value, stuckAfter, traces);
    }

    /** With another longest time of a step. */
    public ObserveConfig withStuckAfter(Duration value) {
        return new ObserveConfig(accessLog, logLevel, value, traces);
    }

    /** With traces sent elsewhere. */
    public ObserveConfig withTraces(TraceConfig value) {
        return new ObserveConfig(accessLog, logLevel, stuckAfter, value);
    }
}
