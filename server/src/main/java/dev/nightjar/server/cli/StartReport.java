package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.cli.TextTable.Align;
import dev.nightjar.server.json.JsonText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the operator sees when the server is ready. */
final class StartReport {

    private StartReport() {}

    static void print(Engine engine, String host, int port, PrintStream out) {
        printPlans(engine, out);
        String url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        Instant started = ProcessHandle.current().info().startInstant().orElse(Instant.now());
        out.printf(
                Locale.ROOT,
                "%nready after %.1f s on %s (%s backend, %d threads)%n%n%s%n",
                Duration.between(started, Instant.now()).toMillis() / 1000.0,
                url,
                engine.backendName(),
                engine.threads(),
                curl(engine.model(), url));
    }

    private static void printPlans(Engine engine, PrintStream out) {
        TextTable table =
                new TextTable(
                        Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.RIGHT, Align.RIGHT);
        table.row("model", "weights", "KV cache", "", "workspace", "context");
        for (TextModel model : engine.models()) {
            MemoryPlan plan = model.memoryPlan();
            table.row(
                    model.name(),
                    new ByteSize(plan.weightBytes()).toString(),
                    new ByteSize(plan.kvBytes()).toString(),
                    "(%d × %d tokens)".formatted(plan.kvBlocks(), plan.blockSize()),
                    new ByteSize(plan.workspaceBytes()).toString(),
                    plan.maxContext() + " tokens");
        }
        table.print(out);
    }

    /** A line to paste, for what this model can do. */
    private static String curl(TextModel model, String url) {
        boolean isChat = model.chatTemplate().isPresent();
        byte[] body =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("model", model.name());
                            if (isChat) {
                                json.writeArrayFieldStart("messages");
                                json.writeStartObject();
                                json.writeStringField("role", "user");
                                json.writeStringField("content", "Tell me a short story.");
                                json.writeEndObject();
                                json.writeEndArray();
                            } else {
                                json.writeStringField("prompt", "Once upon a time");
                                json.writeNumberField("max_tokens", 100);
                            }
                            json.writeBooleanField("stream", true);
                            json.writeEndObject();
                        });
        return "curl -N %s/v1/%s -H 'Content-Type: application/json' -d '%s'"
                .formatted(
                        url,
                        isChat ? "chat/completions" : "completions",
                        new String(body, StandardCharsets.UTF_8).replace("'", "'\\''"));
    }
}
