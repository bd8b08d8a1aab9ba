package dev.nightjar.server.load;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * The requests of a plan: equal seeds give equal prompts at equal times, whatever the server does.
 * Prompts are common English words in random order, so no two begin alike.
 */
final class Workload {

    private static final String[] WORDS =
            ("the of and to in is you that it he was for on are as with his they at be this have from"
                            + " or one had by word but not what all were we when your can said there use an each"
                            + " which she do how their if will up other about out many then them these so some her"
                            + " would make like him into time has look two more write go see number no way could"
                            + " people my than first water been call who oil its now find long down day did get"
                            + " come made may part over new sound take only little work know place year live me"
                            + " back give most very after thing our just name good sentence man think say great"
                            + " where help through much before line right too mean old any same tell boy follow"
                            + " came want show also around form three small set put end does another well large")
                    .split(" ");

    private static final long ARRIVALS = 0x5bd1e995L;

    /** So far apart that no two seeds share prompts, which a server may have kept answers to. */
    private static final long SEED_STEP = 0x9e3779b97f4a7c15L;

    private final LoadPlan plan;

    Workload(LoadPlan plan) {
        this.plan = plan;
    }

    /** When requests are due, in nanoseconds from the begin; all at once in a closed loop. */
    long[] dueNanos() {
        long[] due = new long[plan.numRequests()];
        if (plan.arrival() instanceof LoadPlan.Arrival.Rate rate) {
            SplittableRandom random = new SplittableRandom(plan.seed() ^ ARRIVALS);
            double at = 0;
            for (int i = 0; i < due.length; i++) {
                due[i] = (long) (at * 1e9);
                at += -Math.log(1 - random.nextDouble()) / rate.perSecond();
            }
        }
        return due;
    }

    /** The words of request {@code index}. */
    String prompt(int index) {
        SplittableRandom random = new SplittableRandom(plan.seed() * SEED_STEP + index);
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < plan.promptTokens(); i++) {
            words.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    /** The body of request {@code index}. */
    byte[] body(int index) {
        byte[] body =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("model", plan.model());
                            writeInput(prompt(index), json);
                            if (plan.api().isStreamed()) {
                                writeStreaming(json);
                            }
                            json.writeEndObject();
                        });
        if (plan.extraMembers().isBlank()) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String members = "," + plan.extraMembers() + "}";
        return (text.substring(0, text.length() - 1) + members).getBytes(StandardCharsets.UTF_8);
    }

    private void writeInput(String prompt, JsonGenerator json) throws IOException {
        switch (plan.api()) {
            case COMPLETIONS -> json.writeStringField("prompt", prompt);
            case EMBEDDINGS -> json.writeStringField("input", prompt);
            case CHAT -> {
                json.writeArrayFieldStart("messages");
                json.writeStartObject();
                json.writeStringField("role", "user");
                json.writeStringField("content", prompt);
                json.writeEndObject();
                json.writeEndArray();
            }
        }
    }

    private void writeStreaming(JsonGenerator json) throws IOException {
        json.writeNumberField("max_tokens", plan.maxTokens());
        json.writeBooleanField("stream", true);
        json.writeObjectFieldStart("stream_options");
        json.writeBooleanField("include_usage", true);
        json.writeEndObject();
    }
}
