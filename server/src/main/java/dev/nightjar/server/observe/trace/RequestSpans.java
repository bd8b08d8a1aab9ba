package dev.nightjar.server.observe.trace;

import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.Phases;
import dev.nightjar.server.observe.request.FinishedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The spans of a request, with the attributes of OpenTelemetry's conventions for HTTP servers and
 * for generative AI. Below the request lie the phases of its first sequence.
 */
final class RequestSpans {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private RequestSpans() {}

    static List<Span> of(FinishedRequest request, Optional<TraceParent> parent) {
        String traceId = parent.map(TraceParent::traceId).orElseGet(TraceParent::newTraceId);
        long start =
                request.arrived().getEpochSecond() * NANOS_PER_SECOND + request.arrived().getNano();
        Span whole =
                new Span(
                        traceId,
                        TraceParent.newSpanId(),
                        parent.map(TraceParent::spanId),
                        request.method() + request.route().map(r -> " " + r.path()).orElse(""),
                        Span.SERVER,
                        start,
                        request.nanos(),
                        attributes(request),
                        request.status() >= FIRST_SERVER_ERROR);
        List<Span> spans = new ArrayList<>();
        spans.add(whole);
        if (request.phases().isPresent() && request.firstTokenNanos().isPresent()) {
            long firstToken = start + request.firstTokenNanos().getAsLong();
            long end = start + request.nanos();
            addPhases(spans, whole, request.phases().get(), firstToken, end);
        }
        return spans;
    }

    /**
     * All times follow from that of the first token, which the answering thread may have taken
     * later than the engine made it, but not so late that decoding would outlast the request.
     */
    private static void addPhases(
            List<Span> spans, Span whole, Phases phases, long seen, long end) {
        long firstToken = Math.min(seen, end - phases.decodeNanos());
        long prefill = firstToken - phases.prefillNanos();
        long queue = prefill - phases.queueNanos();
        spans.add(phase(whole, "queue", queue, phases.queueNanos()));
        spans.add(phase(whole, "prefill", prefill, phases.prefillNanos()));
        spans.add(phase(whole, "decode", firstToken, phases.decodeNanos()));
    }

    private static Span phase(Span whole, String name, long start, long nanos) {
        return new Span(
                whole.traceId(),
                TraceParent.newSpanId(),
                Optional.of(whole.id()),
                name,
                Span.INTERNAL,
                start,
                nanos,
                Map.of(),
                false);
    }

    private static Map<String, Object> attributes(FinishedRequest request) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("http.request.method", request.method());
        request.route().ifPresent(route -> attributes.put("http.route", route.path()));
        attributes.put("url.path", request.path());
        attributes.put("client.address", request.remote());
        attributes.put("nightjar.request_id", request.id());
        if (!request.isAbandoned()) {
            attributes.put("http.response.status_code", (long) request.status());
        }
        request.errorCode().ifPresent(code -> attributes.put("error.type", code));
        request.model().ifPresent(use -> putModel(attributes, use, request));
        return attributes;
    }

    private static void putModel(
            Map<String, Object> attributes, ModelUse use, FinishedRequest request) {
        attributes.put("gen_ai.provider.name", "nightjar");
        attributes.put("gen_ai.operation.name", operation(use, request));
        attributes.put("gen_ai.request.model", use.id());
        attributes.put("gen_ai.response.model", use.version());
        attributes.put("gen_ai.usage.input_tokens", request.used().prompt());
        attributes.put("gen_ai.usage.output_tokens", request.used().completion());
    }

    private static String operation(ModelUse use, FinishedRequest request) {
        return switch (use.task()) {
            case "text-generation" -> request.path().contains("chat") ? "chat" : "text_completion";
            case "embedding" -> "embeddings";
            default -> use.task();
        };
    }
}
