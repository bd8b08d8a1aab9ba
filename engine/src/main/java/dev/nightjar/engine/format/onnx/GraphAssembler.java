package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.OnnxGraph;
import dev.nightjar.engine.format.onnx.proto.OnnxModel;
import dev.nightjar.engine.format.onnx.proto.OnnxNode;
import dev.nightjar.engine.format.onnx.proto.OnnxValueInfo;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Graph;
import dev.nightjar.engine.tabular.graph.GraphInput;
import dev.nightjar.engine.tabular.graph.GraphModel;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives every value of a graph a place, and every node an operator. For one thread. */
final class GraphAssembler {
    private final String file;
    private final OnnxModel model;
    private final OnnxGraph graph;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Value> constants = new ArrayList<>();

    GraphAssembler(OnnxModel model, String file) {
        this.model = model;
        this.file = file;
        graph = model.graph();
    }

    TabularModel model() {
        graph.constants().forEach((name, array) -> place(name, array));
        List<OnnxValueInfo> open =
                graph.inputs().stream()
                        .filter(input -> !graph.constants().containsKey(input.name()))
                        .toList();
        if (open.isEmpty() || graph.outputs().isEmpty()) {
            throw error("a graph of inputs and outputs", "none");
        }
        int[] inputPlaces = open.stream().mapToInt(input -> place(input.name(), null)).toArray();
        // Operators first: what else is strange about a model follows from them.
        List<Graph.Step> steps = steps();
        InputShapes shapes = new InputShapes(file, graph);
        List<GraphInput> inputs = open.stream().map(shapes::input).toList();
        int[] outputPlaces =
                graph.outputs().stream().mapToInt(output -> known(output.name())).toArray();
        return new GraphModel(
                "ONNX, " + summary(),
                new Graph(constants.toArray(Value[]::new), inputPlaces, outputPlaces, steps),
                inputs,
                shapes.batch(open),
                graph.outputs().stream().map(OnnxValueInfo::name).toList(),
                details(inputs));
    }

    private List<Graph.Step> steps() {
        OperatorTable table = new OperatorTable(file, model.opsets());
        List<Graph.Step> steps = new ArrayList<>();
        for (OnnxNode node : graph.nodes()) {
            int[] inputs =
                    node.inputs().stream()
                            .mapToInt(name -> name.isEmpty() ? -1 : known(name))
                            .toArray();
            Operator operator = table.operator(node);
            int[] outputs =
                    node.outputs().stream()
                            .mapToInt(name -> name.isEmpty() ? -1 : place(name, null))
                            .toArray();
            steps.add(new Graph.Step(node.label(), operator, inputs, outputs));
        }
        return steps;
    }

    private int place(String name, Array constant) {
        if (places.put(name, constants.size()) != null) {
            throw error("each value once", "\"%s\" again".formatted(name));
        }
        constants.add(constant);
        return constants.size() - 1;
    }

    private int known(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw error("a value that was made before", "\"%s\"".formatted(name));
        }
        return place;
    }

    /** The operators that are not merely glue, or all if there are no others. */
    private String summary() {
        List<String> learned =
                graph.nodes().stream()
                        .filter(node -> node.domain().equals("ai.onnx.ml"))
                        .map(OnnxNode::operator)
                        .filter(name -> !name.equals("ZipMap"))
                        .distinct()
                        .toList();
        return learned.isEmpty()
                ? "%d operators".formatted(graph.nodes().size())
                : String.join(", ", learned.subList(0, Math.min(4, learned.size())));
    }

    private Map<String, String> details(List<GraphInput> inputs) {
        Map<String, String> details = new LinkedHashMap<>();
        if (!model.producer().isEmpty()) {
            details.put("producer", model.producer());
        }
        Map<String, Long> versions = new TreeMap<>(model.opsets());
        versions.forEach(
                (domain, version) ->
                        details.put(
                                "opset " + (domain.isEmpty() ? "ai.onnx" : domain),
                                version.toString()));
        details.put("operators", Integer.toString(graph.nodes().size()));
        details.put("inputs", String.join(", ", inputs.stream().map(GraphInput::name).toList()));
        details.put(
                "outputs",
                String.join(", ", graph.outputs().stream().map(OnnxValueInfo::name).toList()));
        return details;
    }

    private ModelFormatException error(String expected, String found) {
        return new ModelFormatException(
                "%s: graph: expected %s, found %s".formatted(file, expected, found));
    }
}
