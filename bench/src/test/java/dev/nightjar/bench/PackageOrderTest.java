package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the order of packages that docs/architecture.md promises: a package imports only packages
 * of earlier layers of its module. Packages of one layer do not see each other.
 */
class PackageOrderTest {

    /** Layers from the bottom up, names relative to the module; "" is the root package. */
    private static final Map<String, List<List<String>>> LAYERS =
            Map.of(
                    "kernels",
                    List.of(
                            List.of("tensor", "tree"),
                            List.of("quant"),
                            List.of("backend"),
                            List.of("cpu", "cpu.assembly", "cuda.binding"),
                            List.of(
                                    "cpu.scalar",
                                    "cpu.simd.vector",
                                    "cpu.simd.team",
                                    "cuda.driver"),
                            List.of(
                                    "cpu.simd.decode",
                                    "cpu.simd.dot",
                                    "cpu.simd.layout",
                                    "cpu.simd.element",
                                    "cpu.simd.kv",
                                    "cpu.simd.sample",
                                    "cpu.simd.tree"),
                            List.of("cpu.simd.code", "cpu.simd.row"),
                            List.of("cpu.simd.assembled", "cpu.simd.group"),
                            List.of("cpu.simd.pack", "cpu.simd.attention"),
                            List.of("cpu.simd.matmul"),
                            List.of("cpu.simd"),
                            List.of("cuda")),
                    "tokenizer",
                    List.of(
                            List.of("algorithm", "pattern", "jinja.text"),
                            List.of("jinja.value", "normalizer", "decoder", "encoding"),
                            List.of("jinja.syntax", "jinja.method", "pretokenizer"),
                            List.of("jinja.builtin"),
                            List.of("jinja"),
                            List.of("template"),
                            List.of(""),
                            List.of("pipeline", "mistral"),
                            List.of("format.syntax"),
                            List.of("format.json", "format.model"),
                            List.of("format")),
                    "engine",
                    List.of(
                            List.of("metrics"),
                            List.of("request"),
                            List.of(
                                    "format",
                                    "cache",
                                    "sample",
                                    "hub",
                                    "grammar.automaton",
                                    "answer.part",
                                    "decoding"),
                            List.of(
                                    "format.gguf",
                                    "format.json",
                                    "format.lazy",
                                    "format.pickle",
                                    "hub.select",
                                    "grammar.part",
                                    "tabular",
                                    "format.document",
                                    "format.protobuf"),
                            List.of(
                                    "format.safetensors",
                                    "format.torch",
                                    "format.packed",
                                    "format.hf",
                                    "format.yaml",
                                    "hub.store",
                                    "grammar.regex",
                                    "grammar.json",
                                    "grammar.gbnf",
                                    "grammar.rule",
                                    "answer.syntax",
                                    "tabular.tree",
                                    "tabular.score",
                                    "tabular.transform",
                                    "tabular.graph"),
                            List.of("tabular.tree.score", "tabular.tree.explain"),
                            List.of("tabular.tree.model"),
                            List.of(
                                    "tabular.linear",
                                    "tabular.svm",
                                    "tabular.neighbors",
                                    "tabular.bayes",
                                    "tabular.neural",
                                    "tabular.group",
                                    "tabular.encode",
                                    "tabular.numeric",
                                    "format.sklearn.joblib",
                                    "format.sklearn.state"),
                            List.of(
                                    "format.folder",
                                    "format.hf.family",
                                    "format.hf.encoder",
                                    "format.xgboost",
                                    "format.lightgbm",
                                    "format.mlflow",
                                    "format.onnx.proto",
                                    "format.sklearn.tree",
                                    "format.sklearn.linear",
                                    "format.sklearn.estimator",
                                    "tabular.graph.math",
                                    "tabular.graph.feature",
                                    "tabular.graph.estimator",
                                    "grammar.schema",
                                    "grammar.mask",
                                    "answer.call"),
                            List.of(
                                    "format.hf.lookup",
                                    "format.sklearn.group",
                                    "format.sklearn.transform",
                                    "format.onnx.plain",
                                    "tabular.graph.trees"),
                            List.of("format.sklearn", "format.onnx.ml"),
                            List.of("format.onnx"),
                            List.of("checkpoint", "grammar", "answer", "predict"),
                            List.of("nn", "schedule", "quantize", "prompt", "answer.grammar"),
                            List.of("synthetic"),
                            List.of("model", "model.encoder"),
                            List.of("run", "warmup"),
                            List.of("text"),
                            List.of("encoder"),
                            List.of("lifecycle.event"),
                            List.of("lifecycle"),
                            List.of("registry"),
                            List.of("")),
                    "server",
                    List.of(
                            List.of("outbound"),
                            List.of(
                                    "json",
                                    "connection",
                                    "control",
                                    "terminal",
                                    "cli.flags",
                                    "statistics",
                                    "yaml",
                                    "observe.metric",
                                    "observe.health",
                                    "limit.count"),
                            List.of("bench", "load", "accuracy", "soak", "store", "tls"),
                            List.of("report", "error"),
                            List.of("gate"),
                            List.of("api", "choice", "cache"),
                            List.of("answer", "catalog", "route", "auth", "transport"),
                            List.of(
                                    "generation",
                                    "embedding",
                                    "predict",
                                    "fleet",
                                    "observe.request",
                                    "observe.live",
                                    "limit",
                                    "usage"),
                            List.of(
                                    "dialect.openai.surface",
                                    "dialect.openai.frame",
                                    "observe.log",
                                    "observe.trace"),
                            List.of("dialect.openai.chat", "dialect.openai.completion"),
                            List.of(
                                    "dialect.openai",
                                    "dialect.tgi",
                                    "dialect.tei",
                                    "observe",
                                    "console",
                                    "describe.snippet"),
                            List.of("dialect.cohere"),
                            List.of(
                                    "dialect.bluefly",
                                    "dialect.flywheel",
                                    "dialect.oicm",
                                    "dialect.oip",
                                    "dialect.tokens",
                                    "admin",
                                    "describe",
                                    "config",
                                    "admin.model"),
                            List.of(""),
                            List.of("cli.bench", "cli.encode", "cli.predict"),
                            List.of("cli")));

    private static final Pattern EDGE =
            Pattern.compile("^ +(dev\\.nightjar\\.\\S+) +-> +(dev\\.nightjar\\.\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"kernels", "tokenizer", "engine", "server"})
    void importsPointDown(String module) {
        String root = "dev.nightjar." + module;
        Map<String, Integer> layerOf = layersOf(module, root);
        List<String> wrong = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (List<String> edge : edges(module)) {
            String from = edge.getFirst();
            String to = edge.getLast();
            seen.add(from);
            if (!layerOf.containsKey(from)) {
                wrong.add(from + " stands in no layer; add it here and to docs/architecture.md");
            } else if (layerOf.containsKey(to) && layerOf.get(to) >= layerOf.get(from)) {
                wrong.add(from + " imports " + to);
            }
        }
        assertEquals(List.of(), wrong.stream().distinct().toList());
        assertTrue(!seen.isEmpty(), "jdeps reported no packages of " + module);
    }

    /** Without a module-info, nothing but this test keeps it from what the engine hides. */
    @Test
    void langChain4jSeesOnlyWhatIsExported() {
        List<String> exported =
                Stream.of("kernels", "tokenizer", "engine")
                        .map(module -> Project.root().resolve(Path.of(module, "target", "classes")))
                        .flatMap(classes -> ModuleFinder.of(classes).findAll().stream())
                        .flatMap(module -> module.descriptor().exports().stream())
                        .map(ModuleDescriptor.Exports::source)
                        .toList();
        List<String> imported = edges("langchain4j").stream().map(List::getLast).toList();
        assertTrue(imported.contains("dev.nightjar.engine.text"), imported::toString);
        assertEquals(
                List.of(), imported.stream().filter(name -> !exported.contains(name)).toList());
    }

    private static Map<String, Integer> layersOf(String module, String root) {
        Map<String, Integer> layerOf = new TreeMap<>();
        List<List<String>> layers = LAYERS.get(module);
        for (int i = 0; i < layers.size(); i++) {
            for (String name : layers.get(i)) {
                layerOf.put(name.isEmpty() ? root : root + "." + name, i);
            }
        }
        return layerOf;
    }

    /** Without Scala, which a peer brings along: two of its modules share packages. */
    private static String modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("scala"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Package pairs (importer, imported), both of Nightjar and different. */
    private static List<List<String>> edges(String module) {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status =
                jdeps.run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "-verbose:package",
                        "--ignore-missing-deps",
                        "--multi-release",
                        "25",
                        "--module-path",
                        modulePath(),
                        Project.root().resolve(Path.of(module, "target", "classes")).toString());
        assertEquals(0, status, out::toString);
        List<List<String>> edges = new ArrayList<>();
        out.toString()
                .lines()
                .map(EDGE::matcher)
                .filter(Matcher::find)
                .filter(edge -> !edge.group(1).equals(edge.group(2)))
                .forEach(edge -> edges.add(List.of(edge.group(1), edge.group(2))));
        return edges;
    }
}
