package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of classical models, written by {@code classical_graphs.py}, beside ONNX Runtime. */
@Tag("full")
class GraphPeerTest {
    private static final double TOLERANCE = 1e-6;
    private static final int LEAST_GRAPHS = 30;

    @TempDir private static Path folder;

    @BeforeAll
    static void writeGraphs() throws IOException, InterruptedException {
        Path script =
                root().resolve(Path.of("bench", "src", "test", "python", "classical_graphs.py"));
        String python = System.getProperty("peer.python", "/usr/bin/python3");
        if (!Files.isExecutable(Path.of(python))) {
            Assumptions.abort("skipped: needs " + python + "; set -Dpeer.python");
        }
        Process process =
                new ProcessBuilder(python, script.toString(), folder.toString())
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            Assumptions.abort("skipped: " + script + " needs numpy and onnx");
        }
    }

    @Test
    void predictsWhatOnnxRuntimeDoes() throws Exception {
        List<Path> graphs;
        try (Stream<Path> files = Files.list(folder)) {
            graphs = files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
        }
        assertTrue(graphs.size() >= LEAST_GRAPHS, () -> graphs.size() + " graphs");
        check(graphs, TOLERANCE);
    }

    /** Files that exporters wrote, with random rows. */
    @Test
    void filesOfExporters() throws Exception {
        Path classical = Project.shared("data/classical");
        List<Path> copies = new ArrayList<>();
        for (String name :
                List.of(
                        "tract-onnx/linear_classifier/model",
                        "tract-onnx/linear_regressor/model",
                        "tract-onnx/xgboost_classifier_tree/model",
                        "tract-onnx/xgboost_regressor_tree/model",
                        "tract-onnx/lgbm_classifier_tensor/model",
                        "tract-onnx/lgbm_regressor_tensor/model",
                        "sklearn-onnx/logreg_iris",
                        "sklearn-onnx/rf_iris",
                        "sklearn-onnx/rf_iris_small")) {
            int width =
                    name.startsWith("sklearn")
                            ? 4
                            : name.contains("linear_c") ? 12 : name.contains("linear") ? 21 : 13;
            Path folderOfOne = Files.createTempDirectory(folder, "exported");
            Path copy = folderOfOne.resolve(name.replace('/', '-') + ".onnx");
            Files.copy(classical.resolve(name + ".onnx"), copy);
            writeRows(copy, width);
            copies.add(copy);
        }
        check(copies, TOLERANCE);
    }

    private static void writeRows(Path graph, int width) throws IOException {
        SplittableRandom random = new SplittableRandom(width);
        StringBuilder rows = new StringBuilder("n,".repeat(width - 1)).append("n\n");
        for (int r = 0; r < 100; r++) {
            for (int c = 0; c < width; c++) {
                rows.append(c == 0 ? "" : ",").append((float) (random.nextGaussian() * 3 + 2));
            }
            rows.append('\n');
        }
        Files.writeString(Path.of(graph.toString().replace(".onnx", ".csv")), rows);
    }

    private static void check(List<Path> graphs, double tolerance) throws Exception {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        int exact = 0;
        double worst = 0;
        for (Path graph : graphs) {
            GraphCase result = GraphCase.compare(graph);
            count += result.count();
            exact += result.numExact();
            worst = Math.max(worst, result.worst());
            if (!(result.worst() <= tolerance)) {
                wrong.add(graph.getFileName() + ": " + result);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d graphs, %d values, %d equal in all bits, worst %.2e%n",
                graphs.size(),
                count,
                exact,
                worst);
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
    }
}
