package dev.nightjar.server.observe.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read strictly: each metric has one HELP and one TYPE line, all of its samples
 * stand together behind them, no series comes twice, and histograms add up.
 */
public final class ParsedPage {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_:][a-z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_:][a-z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> series = new LinkedHashMap<>();
    private final Set<String> helps = new HashSet<>();
    private String current = "";

    private ParsedPage() {}

    /**
     * Reads a page.
     *
     * @throws AssertionError if it is not well formed
     */
    public static ParsedPage of(String text) {
        require(text.endsWith("\n"), "the page ends with a line break");
        ParsedPage page = new ParsedPage();
        text.lines().forEach(page::accept);
        page.types.forEach(page::check);
        return page;
    }

    /** Names of metrics, without suffixes of histograms. */
    public Set<String> names() {
        return types.keySet();
    }

    /** The value of a series, written as on the page with its labels in the page's order. */
    public double value(String nameAndLabels) {
        require(series.containsKey(nameAndLabels), nameAndLabels + " is not in " + series.keySet());
        return series.get(nameAndLabels);
    }

    /** The sum of all series of a name, {@code _count} and {@code _sum} included. */
    public double sum(String name) {
        return series.entrySet().stream()
                .filter(one -> one.getKey().equals(name) || one.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** All series. */
    public Set<String> series() {
        return series.keySet();
    }

    private void accept(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        if (help.matches()) {
            require(helps.add(help.group(1)), "a second HELP line: " + line);
            current = help.group(1);
        } else if (type.matches()) {
            require(type.group(1).equals(current), "TYPE of another metric than HELP: " + line);
            require(types.put(current, type.group(2)) == null, "a second TYPE line: " + line);
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "not a sample: " + line);
        String name = sample.group(1);
        require(types.containsKey(current), "a sample before its TYPE line: " + line);
        require(belongs(name), "a sample among those of " + current + ": " + line);
        Map<String, String> labels = labels(sample.group(2));
        if (types.get(current).equals("counter")) {
            require(current.endsWith("_total"), "a counter that does not end in _total: " + line);
            require(Double.parseDouble(sample.group(3)) >= 0, "a counter below 0: " + line);
        }
        double value =
                switch (sample.group(3)) {
                    case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(sample.group(3));
                };
        String key = name + (labels.isEmpty() ? "" : "{" + sample.group(2) + "}");
        require(series.put(key, value) == null, "a second series " + key);
    }

    private boolean belongs(String name) {
        return types.get(current).equals("histogram")
                ? List.of(current + "_bucket", current + "_sum", current + "_count").contains(name)
                : name.equals(current);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(label.find(end) && label.start() == end, "no labels: " + text);
            require(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + text);
            end = label.end();
        }
        return labels;
    }

    private void check(String name, String type) {
        if (type.equals("histogram")) {
            checkHistogram(name);
        }
    }

    /** Buckets grow with their bounds and end with all values; sum and count are there. */
    private void checkHistogram(String name) {
        Map<String, List<double[]>> buckets = new HashMap<>();
        series.forEach(
                (key, value) -> {
                    if (key.startsWith(name + "_bucket{")) {
                        int at = key.lastIndexOf("le=\"");
                        require(at > 0, "a bucket without le: " + key);
                        String bound = key.substring(at + 4, key.length() - 2);
                        String rest = key.substring(name.length() + 8, at).replaceAll(",$", "");
                        double le =
                                bound.equals("+Inf")
                                        ? Double.POSITIVE_INFINITY
                                        : Double.parseDouble(bound);
                        buckets.computeIfAbsent(rest, k -> new ArrayList<>())
                                .add(new double[] {le, value});
                    }
                });
        buckets.forEach((labels, rows) -> checkRows(name, labels, rows));
        long counts = series.keySet().stream().filter(k -> isCount(name, k)).count();
        require(counts == buckets.size(), "as many counts as histograms of " + name);
    }

    private static boolean isCount(String name, String key) {
        return key.equals(name + "_count") || key.startsWith(name + "_count{");
    }

    private void checkRows(String name, String labels, List<double[]> rows) {
        for (int i = 1; i < rows.size(); i++) {
            require(rows.get(i)[0] > rows.get(i - 1)[0], "bounds grow in " + name + labels);
            require(rows.get(i)[1] >= rows.get(i - 1)[1], "counts add up in " + name + labels);
        }
        double[] last = rows.getLast();
        require(Double.isInfinite(last[0]), "the last bound is +Inf in " + name + labels);
        String suffix = labels.isEmpty() ? "" : "{" + labels + "}";
        require(value(name + "_count" + suffix) == last[1], "+Inf is the count of " + name);
        OptionalDouble sum = OptionalDouble.of(value(name + "_sum" + suffix));
        require(sum.getAsDouble() >= 0, "the sum is there: " + name + labels);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
