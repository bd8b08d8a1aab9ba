package dev.nightjar.server.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells a client that asks with the header {@code X-Debug-Sampling: 1} what its tokens are chosen
 * with, defaults of dialect and engine included.
 */
final class SamplingReport {

    private static final HeaderName ASKING = HeaderNames.create("X-Debug-Sampling");
    private static final HeaderName ANSWERING = HeaderNames.create("X-Effective-Sampling");

    private SamplingReport() {}

    /**
     * Sets the header if it is asked for.
     *
     * @param maxTokens what of the limit the context leaves
     */
    static void writeTo(
            ServerRequest request,
            ServerResponse response,
            SamplingParams sampling,
            int maxTokens) {
        if (request.headers().first(ASKING).filter("1"::equals).isPresent()) {
            byte[] json = JsonText.of(out -> write(out, sampling, maxTokens));
            response.header(ANSWERING, new String(json, StandardCharsets.US_ASCII));
        }
    }

    private static void write(JsonGenerator json, SamplingParams sampling, int maxTokens)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("temperature", sampling.temperature());
        json.writeNumberField("top_k", sampling.topK());
        json.writeNumberField("typical_p", sampling.typicalP());
        json.writeNumberField("top_p", sampling.topP());
        json.writeNumberField("min_p", sampling.minP());
        json.writeArrayFieldStart("samplers");
        for (SamplingFilter filter : sampling.filterOrder()) {
            json.writeString(name(filter));
        }
        json.writeEndArray();
        writePenalties(json, sampling);
        json.writeNumberField("logit_bias", sampling.logitBias().size());
        json.writeFieldName("seed");
        if (sampling.seed().isPresent()) {
            json.writeNumber(sampling.seed().getAsLong());
        } else {
            json.writeNull();
        }
        json.writeNumberField("min_tokens", sampling.minTokens());
        json.writeNumberField("max_tokens", maxTokens);
        json.writeNumberField("stop_token_ids", sampling.stopTokens().size());
        json.writeBooleanField("ignore_eos", sampling.ignoreEos());
        json.writeEndObject();
    }

    private static void writePenalties(JsonGenerator json, SamplingParams sampling)
            throws IOException {
        int window = sampling.repetitionWindow();
        json.writeNumberField("repetition_penalty", sampling.repetitionPenalty());
        json.writeNumberField("repeat_last_n", window == SamplingParams.ALL_TOKENS ? -1 : window);
        json.writeNumberField("presence_penalty", sampling.presencePenalty());
        json.writeNumberField("frequency_penalty", sampling.frequencyPenalty());
        float multiplier = sampling.dry().map(DryParams::multiplier).orElse(0f);
        json.writeNumberField("dry_multiplier", multiplier);
        if (sampling.dry().isPresent()) {
            json.writeNumberField("dry_base", sampling.dry().get().base());
            json.writeNumberField("dry_allowed_length", sampling.dry().get().allowedLength());
            json.writeNumberField("dry_penalty_last_n", sampling.dry().get().window());
        }
    }

    private static String name(SamplingFilter filter) {
        return filter == SamplingFilter.TYPICAL
                ? "typical_p"
                : filter.name().toLowerCase(Locale.ROOT);
    }
}
