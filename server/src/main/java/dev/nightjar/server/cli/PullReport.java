package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.PullPlan;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.Locale;

/** What a pull is going to do, what it did, and what to do with its model. */
final class PullReport {

    private PullReport() {}

    /** One line about the model, before anything is done. */
    static String headline(PullPlan plan) {
        StoredModel model = plan.model();
        int count = model.files().files().size();
        long here = plan.totalBytes() - plan.missingBytes();
        return "%s at %s (%s), %s: %d %s, %s%s"
                .formatted(
                        model.id(),
                        plan.listing().revision(),
                        model.shortCommit(),
                        model.files().variant(),
                        count,
                        count == 1 ? "file" : "files",
                        new ByteSize(plan.totalBytes()),
                        here == 0 ? "" : ", " + new ByteSize(here) + " here already");
    }

    /** The whole plan, instead of doing it. */
    static void print(PullPlan plan, PrintStream out) {
        out.println(headline(plan));
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
        for (HubFile file : plan.model().files().files()) {
            table.row(
                    file.path(),
                    new ByteSize(file.bytes()).toString(),
                    plan.missing().contains(file) ? "" : "here already");
        }
        table.print(out);
        out.printf(
                "would download %s to %s%n",
                new ByteSize(plan.missingBytes()), plan.model().folder());
        out.flush();
    }

    /** What was done, and how the model is used. */
    static String summary(ModelRef ref, long downloadedBytes, double seconds) {
        String did =
                downloadedBytes == 0
                        ? "nothing to download, all of it is here"
                        : String.format(
                                Locale.ROOT,
                                "%s in %.1f s (%s/s), verified",
                                new ByteSize(downloadedBytes),
                                seconds,
                                new ByteSize((long) (downloadedBytes / Math.max(seconds, 1e-3))));
        return did + "\nuse it: nightjar run --model " + ref;
    }
}
