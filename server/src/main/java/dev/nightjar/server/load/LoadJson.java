package dev.nightjar.server.load;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.statistics.Sample;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * A run as a JSON object: the figures of {@link LoadSummary}, and of each latency its percentiles
 * and a curve of 101 quantiles to draw.
 */
public final class LoadJson {

    /** What {@code kind} says in such a file. */
    public static final String KIND = "http";

    private static final int CURVE_STEPS = 100;

    private LoadJson() {}

    /** The document. */
    public static byte[] of(LoadPlan plan, LoadSummary summary) {
        return JsonText.of(
                json -> {
                    json.useDefaultPrettyPrinter();
                    json.writeStartObject();
                    json.writeStringField("kind", KIND);
                    json.writeStringField("api", plan.api().name().toLowerCase(Locale.ROOT));
                    json.writeStringField("url", plan.url().toString());
                    json.writeStringField("model", plan.model());
                    writeArrival(plan.arrival(), json);
                    json.writeNumberField("prompt_tokens", plan.promptTokens());
                    json.writeNumberField("max_tokens", plan.maxTokens());
                    json.writeNumberField("seed", plan.seed());
                    writeFigures(summary, json);
                    json.writeEndObject();
                });
    }

    private static void writeArrival(LoadPlan.Arrival arrival, JsonGenerator json)
            throws IOException {
        switch (arrival) {
            case LoadPlan.Arrival.Rate rate -> json.writeNumberField("rate", rate.perSecond());
            case LoadPlan.Arrival.Concurrency concurrency ->
                    json.writeNumberField("concurrency", concurrency.number());
        }
    }

    private static void writeFigures(LoadSummary summary, JsonGenerator json) throws IOException {
        json.writeNumberField("requests", summary.numRequests());
        json.writeNumberField("completed", summary.numComplete());
        json.writeObjectFieldStart("errors");
        for (Map.Entry<String, Integer> error : summary.errors().entrySet()) {
            json.writeNumberField(error.getKey(), error.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("duration_seconds", summary.seconds());
        json.writeNumberField("requests_per_second", summary.requestsPerSecond());
        json.writeNumberField("output_tokens", summary.numTokens());
        json.writeNumberField("output_tokens_per_second", summary.tokensPerSecond());
        json.writeNumberField("goodput_requests_per_second", summary.goodput());
        json.writeNumberField("good_requests", summary.numGood());
        write("ttft_ms", summary.firstToken(), json);
        write("inter_token_ms", summary.interToken(), json);
        write("end_to_end_ms", summary.endToEnd(), json);
        write("lateness_ms", summary.lateness(), json);
    }

    private static void write(String name, Sample sample, JsonGenerator json) throws IOException {
        if (sample.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("p50", sample.quantile(0.5));
        json.writeNumberField("p90", sample.quantile(0.9));
        json.writeNumberField("p95", sample.quantile(0.95));
        json.writeNumberField("p99", sample.quantile(0.99));
        json.writeNumberField("mean", sample.mean());
        json.writeNumberField("max", sample.max());
        json.writeArrayFieldStart("curve");
        for (double value : sample.curve(CURVE_STEPS)) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
