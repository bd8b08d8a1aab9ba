package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as a model of rows: its first output is what it predicts; if that is a label, the scores
 * among its other outputs are the probabilities.
 */
public final class GraphModel implements TabularModel {
    private static final long PER_RUN = 1L << 26;
    private static final long PER_TRIAL = 1L << 22;

    private final String description;
    private final Graph graph;
    private final List<GraphInput> inputs;
    private final int batch;
    private final Map<String, String> details;
    private final GraphOutputs outputs;

    /**
     * A model, which is tried out with one row.
     *
     * @param batch rows that the graph takes at a time, or 0 for any number
     * @param outputNames one an output
     * @throws ModelFormatException if the trial shows that operators do not fit
     */
    public GraphModel(
            String description,
            Graph graph,
            List<GraphInput> inputs,
            int batch,
            List<String> outputNames,
            Map<String, String> details) {
        this.description = description;
        this.graph = graph;
        this.inputs = List.copyOf(inputs);
        this.batch = batch;
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        this.outputs = new GraphOutputs(outputNames, trial());
    }

    private List<Value> trial() {
        int rows = Math.max(1, batch);
        Budget budget = new Budget(PER_TRIAL * rows, ModelFormatException::new);
        double[] zeros = new double[Math.multiplyExact(rows, numFeatures())];
        String[][] texts = new String[numFeatures()][];
        textFeatures().forEach(column -> texts[column] = new String[rows]);
        try {
            return List.of(run(Table.of(rows, zeros, texts), budget));
        } catch (InvalidRequestException e) {
            // Zeros and empty text may be no values of this model.
            return List.of();
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int numFeatures() {
        return inputs.stream().mapToInt(GraphInput::width).sum();
    }

    /** Names, unless there is but one input of several columns. */
    @Override
    public List<String> featureNames() {
        return inputs.size() == 1 && inputs.getFirst().width() > 1
                ? List.of()
                : inputs.stream().flatMap(input -> input.columnNames().stream()).toList();
    }

    @Override
    public Set<Integer> textFeatures() {
        Set<Integer> columns = new HashSet<>();
        int first = 0;
        for (GraphInput input : inputs) {
            for (int i = 0; i < input.width() && input.type() == ElementType.TEXT; i++) {
                columns.add(first + i);
            }
            first += input.width();
        }
        return columns;
    }

    @Override
    public TabularSchema schema() {
        boolean isMatrix = inputs.size() == 1 && inputs.getFirst().width() > 1;
        return new TabularSchema(
                inputs.stream().map(input -> input.field(isMatrix)).toList(), outputs.fields());
    }

    @Override
    public Set<PredictionKind> kinds() {
        return outputs.hasProbabilities()
                ? EnumSet.of(PredictionKind.VALUE, PredictionKind.PROBABILITY)
                : EnumSet.of(PredictionKind.VALUE);
    }

    @Override
    public Map<String, String> details() {
        return details;
    }

    @Override
    public Predictions predict(Table rows, PredictionKind kind) {
        check(rows, kind);
        int step = batch == 0 ? Math.max(1, rows.numRows()) : batch;
        if (rows.numRows() % step != 0) {
            throw new InvalidRequestException(
                    "inputs",
                    "expected a multiple of %d rows, which this model takes at a time, found %d"
                            .formatted(batch, rows.numRows()));
        }
        List<Predictions> parts = new ArrayList<>();
        for (int from = 0; from < rows.numRows() || from == 0; from += step) {
            Table part = step >= rows.numRows() ? rows : rows(rows, from, step);
            Budget budget = new Budget(PER_RUN, problem -> tooMany(rows.numRows(), problem));
            parts.add(outputs.read(run(part, budget), part.numRows(), kind));
        }
        return GraphOutputs.joined(parts);
    }

    private static Table rows(Table all, int from, int count) {
        int width = all.numColumns();
        double[] numbers = new double[count * width];
        System.arraycopy(all.numbers(), from * width, numbers, 0, numbers.length);
        String[][] texts = new String[width][];
        for (int c = 0; c < width; c++) {
            if (all.isText(c)) {
                texts[c] = new String[count];
                for (int r = 0; r < count; r++) {
                    texts[c][r] = all.text(from + r, c).orElse(null);
                }
            }
        }
        return Table.of(count, numbers, texts);
    }

    private static InvalidRequestException tooMany(int rows, String problem) {
        return new InvalidRequestException(
                "inputs", "%s; send fewer than %d rows at a time".formatted(problem, rows));
    }

    private Value[] run(Table rows, Budget budget) {
        Value[] values = new Value[inputs.size()];
        int first = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = inputs.get(i).read(rows, first, budget);
            first += inputs.get(i).width();
        }
        return graph.run(values, budget);
    }
}
