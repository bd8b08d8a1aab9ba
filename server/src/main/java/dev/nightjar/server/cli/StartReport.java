package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the operator sees when the server is ready. */
final class StartReport {

    private StartReport() {}

    static void print(Engine engine, String host, int port, PrintStream out) {
        printPlans(engine, out);
        String url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        out.printf(
                Locale.ROOT,
                "%nready after %.1f s on %s (%s backend, %d threads)%n%n%s%n",
                millis / 1000.0,
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
        SampleRequest sample = SampleRequest.of(model);
        return "curl -N %s%s -H 'Content-Type: application/json' -d '%s'"
                .formatted(
                        url,
                        sample.path(),
                        sample.body(SampleRequest.Answer.STREAMED).replace("'", "'\\''"));
    }
}
