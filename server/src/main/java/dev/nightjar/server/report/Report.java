package dev.nightjar.server.report;

import dev.nightjar.server.bench.BenchRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page: speeds by model and test, latencies under load, kernels below the roofline; each figure
 * with its numbers in a table. Style and figures are inside; light or dark as the reader's system.
 */
public final class Report {

    private final String title;
    private final ReportInputs inputs;

    /** A page of these results. */
    public Report(String title, ReportInputs inputs) {
        this.title = title;
        this.inputs = inputs;
    }

    /** The document. */
    public String toHtml() {
        StringBuilder page = new StringBuilder(PageStyle.head(title));
        appendMachines(page);
        speedsByModel().forEach((model, rows) -> appendSpeeds(model, rows, page));
        if (!inputs.runs().isEmpty()) {
            appendRuns(page);
        }
        if (!inputs.kernels().isEmpty()) {
            appendKernels(page);
        }
        return page.append("</main></body></html>\n").toString();
    }

    private void appendMachines(StringBuilder page) {
        Set<String> machines = new LinkedHashSet<>();
        inputs.speeds().values().stream()
                .flatMap(List::stream)
                .map(row -> row.about().get("machine"))
                .filter(machine -> machine != null)
                .forEach(machines::add);
        machines.forEach(
                machine ->
                        page.append("<p class=\"machine\">")
                                .append(Svg.escape(machine))
                                .append("</p>\n"));
    }

    /** File and row. */
    private record Source(String file, BenchRow row) {}

    /** Files that are about one model each are drawn together, whatever they call it. */
    private Map<String, List<Source>> speedsByModel() {
        boolean isOneEach =
                inputs.speeds().values().stream()
                        .allMatch(
                                rows -> rows.stream().map(BenchRow::model).distinct().count() == 1);
        Map<String, List<Source>> byModel = new LinkedHashMap<>();
        inputs.speeds()
                .forEach(
                        (file, rows) ->
                                rows.forEach(
                                        row ->
                                                byModel.computeIfAbsent(
                                                                isOneEach ? "" : row.model(),
                                                                key -> new ArrayList<>())
                                                        .add(new Source(file, row))));
        if (isOneEach && byModel.containsKey("")) {
            List<Source> all = byModel.remove("");
            String models =
                    all.stream()
                            .map(source -> source.row.model())
                            .distinct()
                            .collect(Collectors.joining(", "));
            byModel.put(models, all);
        }
        return byModel;
    }

    private void appendSpeeds(String model, List<Source> sources, StringBuilder page) {
        List<String> files = sources.stream().map(Source::file).distinct().toList();
        Map<String, List<BarChart.Bar>> byTest = new LinkedHashMap<>();
        HtmlTable table = new HtmlTable("test", "run", "tokens/s", "min", "max", "runs", "threads");
        for (Source source : sources) {
            BenchRow row = source.row;
            byTest.computeIfAbsent(row.test(), key -> new ArrayList<>())
                    .add(
                            new BarChart.Bar(
                                    files.indexOf(source.file),
                                    source.file,
                                    row.tokensPerSecond(),
                                    row.sample().min(),
                                    row.sample().max()));
            table.row(
                    row.test(),
                    source.file,
                    Svg.number(row.tokensPerSecond()),
                    Svg.number(row.sample().min()),
                    Svg.number(row.sample().max()),
                    Integer.toString(row.samples().size()),
                    Integer.toString(row.threads()));
        }
        page.append("<section><h2>").append(Svg.escape(model)).append("</h2>\n");
        page.append(PageStyle.legend(files));
        byKind(byTest).forEach(groups -> page.append(BarChart.draw(groups, "tokens/s")));
        page.append(PageStyle.folded(table)).append("</section>\n");
    }

    /** Prefill and decode on scales of their own, as one is ten times the other. */
    private static List<List<BarChart.Group>> byKind(Map<String, List<BarChart.Bar>> byTest) {
        Map<String, List<BarChart.Group>> kinds = new LinkedHashMap<>();
        byTest.forEach(
                (test, bars) ->
                        kinds.computeIfAbsent(
                                        test.startsWith("pp") ? "pp" : "tg",
                                        key -> new ArrayList<>())
                                .add(new BarChart.Group(test, bars)));
        return List.copyOf(kinds.values());
    }

    private void appendRuns(StringBuilder page) {
        List<HttpRun> runs = inputs.runs();
        page.append("<section><h2>Latency over HTTP</h2>\n")
                .append(
                        PageStyle.legend(
                                runs.stream().map(run -> run.name() + ", " + run.load()).toList()));
        HtmlTable table =
                new HtmlTable(
                        "latency, ms",
                        "run",
                        "P50",
                        "P90",
                        "P95",
                        "P99",
                        "tokens/s",
                        "goodput/s",
                        "answered");
        for (String kind : HttpRun.KINDS) {
            List<LatencyChart.Curve> curves = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                HttpRun run = runs.get(i);
                if (!run.latencies().getOrDefault(kind, List.of()).isEmpty()) {
                    curves.add(new LatencyChart.Curve(i, run.latencies().get(kind)));
                    table.row(cells(kind, run));
                }
            }
            if (!curves.isEmpty()) {
                page.append("<h3>").append(kind).append("</h3>\n");
                page.append(LatencyChart.draw(kind, curves));
            }
        }
        page.append(PageStyle.folded(table)).append("</section>\n");
    }

    private static String[] cells(String kind, HttpRun run) {
        List<String> cells = new ArrayList<>(List.of(kind, run.name()));
        run.percentiles().get(kind).forEach(value -> cells.add(Svg.number(value)));
        cells.add(Svg.number(run.tokensPerSecond()));
        cells.add(Svg.number(run.goodput()));
        cells.add(run.completed() + " of " + run.requests());
        return cells.toArray(String[]::new);
    }

    private void appendKernels(StringBuilder page) {
        List<KernelRow> kernels = inputs.kernels();
        List<String> formats =
                kernels.stream()
                        .filter(row -> !row.isRoof())
                        .map(KernelRow::format)
                        .distinct()
                        .toList();
        HtmlTable table = new HtmlTable("kernel", "format", "GB/s", "GFLOP/s", "share of the roof");
        for (KernelRow row : kernels) {
            table.row(
                    row.kernel(),
                    row.format(),
                    Svg.number(row.gigabytesPerSecond()),
                    Svg.number(row.gigaflops()),
                    Svg.number(100 * row.rooflineShare()) + " %");
        }
        page.append("<section><h2>Kernels</h2>\n")
                .append(PageStyle.legend(formats))
                .append(RooflineChart.draw(kernels, formats))
                .append(PageStyle.folded(table))
                .append("</section>\n");
    }
}
