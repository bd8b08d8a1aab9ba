package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator sees when the server is ready. */
final class StartReport {

    private StartReport() {}

    /**
     * Says what is served, where, and how to ask it.
     *
     * @param ids that clients may name
     */
    static void print(Engine engine, List<String> ids, String host, int port, PrintStream out) {
        printPlans(engine, out);
        printOtherNames(engine, ids, out);
        String url = url(host, port);
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        out.printf(
                Locale.ROOT,
                "%nready after %.1f s on %s (%s backend, %d threads); API: %s/openapi.json%n",
                millis / 1000.0,
                url,
                engine.backendName(),
                engine.threads(),
                url);
        Stream.concat(
                        engine.models().stream().map(model -> curl(model, url)),
                        engine.encoders().stream().map(encoder -> curl(encoder, url)))
                .limit(1)
                .forEach(line -> out.printf("%n%s%n", line));
    }

    /** Says where the web console is. */
    static void printConsole(String host, int port, PrintStream out) {
        out.printf("web console: %s/console%n", url(host, port));
    }

    /** Says that nothing is served. */
    static void printWithoutModels(String host, int port, PrintStream out) {
        out.printf("listening without models on %s; what needs one answers 503%n", url(host, port));
    }

    private static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static void printOtherNames(Engine engine, List<String> ids, PrintStream out) {
        List<String> loaded =
                Stream.concat(
                                engine.models().stream().map(TextModel::name),
                                engine.encoders().stream().map(EncoderModel::name))
                        .toList();
        String others =
                ids.stream().filter(id -> !loaded.contains(id)).collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            out.printf("also named: %s%n", others);
        }
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
                    "(%d × %d tokens, %s)"
                            .formatted(plan.kvBlocks(), plan.blockSize(), plan.kvType()),
                    new ByteSize(plan.workspaceBytes()).toString(),
                    plan.maxContext() + " tokens");
        }
        for (EncoderModel encoder : engine.encoders()) {
            EncoderPlan plan = encoder.plan();
            table.row(
                    encoder.name(),
                    new ByteSize(plan.weightBytes()).toString(),
                    "",
                    "(encoder: %s)".formatted(task(encoder)),
                    new ByteSize(plan.workspaceBytes()).toString(),
                    plan.maxInputTokens() + " tokens");
        }
        table.print(out);
    }

    private static String task(EncoderModel encoder) {
        return encoder.tasks().iterator().next().name().toLowerCase(Locale.ROOT);
    }

    /** A line to paste, for what this model can do. */
    private static String curl(TextModel model, String url) {
        SampleRequest sample = SampleRequest.of(model);
        return curl("-N", url + sample.path(), sample.body(SampleRequest.Answer.STREAMED));
    }

    private static String curl(EncoderModel encoder, String url) {
        EncoderSample sample = EncoderSample.of(encoder);
        return curl("-s", url + sample.path(), sample.body());
    }

    private static String curl(String option, String url, String body) {
        return "curl %s %s -H 'Content-Type: application/json' -d '%s'"
                .formatted(option, url, body.replace("'", "'\\''"));
    }
}
