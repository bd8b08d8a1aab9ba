package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator sees when the server is ready. */
final class StartReport {

    private StartReport() {}

    /**
     * Says what is served, where, and how to ask it.
     *
     * @param served under which ids clients reach which models
     * @param url where clients find the server
     * @param notes lines about how it listens
     */
    static void print(
            Engine engine,
            List<ServedModel> served,
            String url,
            List<String> notes,
            PrintStream out) {
        printPlans(engine, out);
        engine.deviceUse().ifPresent(use -> out.println(deviceLine(engine.device(), use)));
        printWaiting(engine, out);
        printOtherNames(engine, served, out);
        printLimits(served, out);
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        out.printf(
                Locale.ROOT,
                "%nready after %.1f s on %s (%s backend, %d threads); API: %s/openapi.json%n",
                millis / 1000.0,
                url,
                engine.backendName(),
                engine.threads(),
                url);
        notes.forEach(out::println);
        Stream.of(
                        engine.models().stream().map(model -> curl(model, url)),
                        engine.encoders().stream().map(encoder -> curl(encoder, url)),
                        engine.rowModels().stream().map(rows -> curl(rows, url)))
                .flatMap(lines -> lines)
                .limit(1)
                .forEach(line -> out.printf("%n%s%n", line));
    }

    /** Says where the web console is. */
    static void printConsole(String url, PrintStream out) {
        out.printf("web console: %s/console%n", url);
    }

    /** Says that a call needs one more header than the line above has. */
    static void printAsking(PrintStream out) {
        out.println("every call needs an access token: -H 'Authorization: Bearer TOKEN'");
    }

    /** Says that nothing is served. */
    static void printWithoutModels(String url, List<String> notes, PrintStream out) {
        out.printf("listening without models on %s; what needs one answers 503%n", url);
        notes.forEach(out::println);
    }

    /** Models that are loaded with their first request. */
    private static void printWaiting(Engine engine, PrintStream out) {
        String waiting =
                engine.manager().statuses().stream()
                        .filter(status -> status.instance().isEmpty())
                        .map(ModelStatus::name)
                        .collect(Collectors.joining(", "));
        if (!waiting.isEmpty()) {
            out.printf("loaded when asked for: %s%n", waiting);
        }
    }

    /** Limits that were configured, and what the models make of them. */
    private static void printLimits(List<ServedModel> served, PrintStream out) {
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.row("limits", "input", "output", "");
        boolean isAny = false;
        for (ServedModel model : served) {
            if (model.maxInput().isPresent() || model.maxOutput().isPresent()) {
                isAny = true;
                table.row(
                        model.id(),
                        limit(model.effectiveInput()),
                        limit(model.effectiveOutput()),
                        isLess(model)
                                ? "(configured %s and %s; the model takes %s)"
                                        .formatted(
                                                limit(model.maxInput()),
                                                limit(model.maxOutput()),
                                                limit(model.context()))
                                : "");
            }
        }
        if (isAny) {
            table.print(out);
        }
    }

    private static boolean isLess(ServedModel model) {
        return !model.effectiveInput().equals(model.maxInput())
                || !model.effectiveOutput().equals(model.maxOutput());
    }

    private static String limit(OptionalInt limit) {
        return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "-";
    }

    private static void printOtherNames(Engine engine, List<ServedModel> served, PrintStream out) {
        List<String> loaded =
                Stream.of(
                                engine.models().stream().map(TextModel::name),
                                engine.encoders().stream().map(EncoderModel::name),
                                engine.rowModels().stream().map(RowModel::name))
                        .flatMap(names -> names)
                        .toList();
        String others =
                served.stream()
                        .map(ServedModel::id)
                        .filter(id -> !loaded.contains(id))
                        .collect(Collectors.joining(", "));
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
        for (RowModel rows : engine.rowModels()) {
            long bytes = engine.manager().status(rows.name()).orElseThrow().memoryBytes();
            table.row(
                    rows.name(),
                    new ByteSize(bytes).toString(),
                    "",
                    "(rows: %s)".formatted(rows.model().description()),
                    "",
                    rows.model().numFeatures() + " features");
        }
        table.print(out);
    }

    /** What the device's own memory has left once all models lie there. */
    static String deviceLine(String device, DeviceUse use) {
        return "all of it on %s, whose memory has %s free of %s"
                .formatted(device, new ByteSize(use.free()), new ByteSize(use.total()));
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

    private static String curl(RowModel rows, String url) {
        RowSample sample = RowSample.of(rows);
        return curl("-s", url + sample.path(), sample.body());
    }

    private static String curl(String option, String url, String body) {
        return "curl %s %s -H 'Content-Type: application/json' -d '%s'"
                .formatted(option, url, body.replace("'", "'\\''"));
    }
}
