package dev.nightjar.server.observe.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.Phases;
import dev.nightjar.server.gate.TokenUse;
import dev.nightjar.server.observe.request.FinishedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RequestSpansTest {

    private static final long SECOND = 1_000_000_000;

    private static FinishedRequest request(Optional<Phases> phases) {
        return new FinishedRequest(
                "req_1",
                Instant.ofEpochSecond(1000),
                10 * SECOND,
                "127.0.0.1",
                "POST",
                "/v1/chat/completions",
                Optional.empty(),
                200,
                99,
                Caller.ANYBODY,
                Optional.of(new ModelUse("m", "m", "m-v1", "text-generation")),
                new TokenUse(12, 40, 0),
                OptionalLong.of(4 * SECOND),
                phases,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void phasesLieBelowTheRequestAndMeetAtTheFirstToken() {
        Phases phases = new Phases(SECOND, 2 * SECOND, 5 * SECOND);
        List<Span> spans = RequestSpans.of(request(Optional.of(phases)), Optional.empty());
        assertEquals(4, spans.size());
        Span whole = spans.getFirst();
        assertEquals(Optional.empty(), whole.parent());
        assertEquals(1000 * SECOND, whole.startNanos());
        assertEquals("chat", whole.attributes().get("gen_ai.operation.name"));
        assertEquals("m", whole.attributes().get("gen_ai.request.model"));
        assertEquals("m-v1", whole.attributes().get("gen_ai.response.model"));
        assertEquals(12L, whole.attributes().get("gen_ai.usage.input_tokens"));
        assertEquals(40L, whole.attributes().get("gen_ai.usage.output_tokens"));
        assertPhase(spans.get(1), whole, "queue", 1001, SECOND);
        assertPhase(spans.get(2), whole, "prefill", 1002, 2 * SECOND);
        assertPhase(spans.get(3), whole, "decode", 1004, 5 * SECOND);
    }

    private static void assertPhase(
            Span span, Span whole, String name, long startSeconds, long nanos) {
        assertEquals(name, span.name());
        assertEquals(whole.traceId(), span.traceId());
        assertEquals(Optional.of(whole.id()), span.parent());
        assertEquals(startSeconds * SECOND, span.startNanos());
        assertEquals(nanos, span.nanos());
    }

    @Test
    void aRequestWithoutPhasesIsOneSpan() {
        assertEquals(1, RequestSpans.of(request(Optional.empty()), Optional.empty()).size());
    }

    @Test
    void parentsAreReadAsTheStandardSays() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String span = "00f067aa0ba902b7";
        TraceParent parent = TraceParent.parse("00-" + trace + "-" + span + "-01").orElseThrow();
        assertEquals(new TraceParent(trace, span, true), parent);
        assertTrue(TraceParent.parse("01-" + trace + "-" + span + "-00-more").isPresent());
        for (String wrong :
                List.of(
                        "",
                        "00-" + trace + "-" + span,
                        "ff-" + trace + "-" + span + "-01",
                        "00-" + trace.toUpperCase() + "-" + span + "-01",
                        "00-" + trace + "-" + span + "-01-more",
                        "00-" + "0".repeat(32) + "-" + span + "-01",
                        "00-" + trace + "-" + "0".repeat(16) + "-01")) {
            assertEquals(Optional.empty(), TraceParent.parse(wrong), wrong);
        }
        assertEquals(32, TraceParent.newTraceId().length());
    }
}
