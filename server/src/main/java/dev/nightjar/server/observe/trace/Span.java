package dev.nightjar.server.observe.trace;

import java.util.Map;
import java.util.Optional;

/**
 * A part of a trace.
 *
 * @param traceId of the whole
 * @param id its own
 * @param parent the span above, if there is one
 * @param name what was done
 * @param kind as OTLP numbers it
 * @param startNanos since 1970
 * @param nanos how long it took
 * @param attributes texts and whole numbers by name
 * @param isError whether it failed by the server's fault
 */
record Span(
        String traceId,
        String id,
        Optional<String> parent,
        String name,
        int kind,
        long startNanos,
        long nanos,
        Map<String, Object> attributes,
        boolean isError) {

    /** Something that happens inside. */
    static final int INTERNAL = 1;

    /** A request that is answered. */
    static final int SERVER = 2;
}
