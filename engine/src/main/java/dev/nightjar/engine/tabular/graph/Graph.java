package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.List;

/** Operators in an order in which each finds its inputs. Immutable. */
public final class Graph {
    private final Value[] constants;
    private final int[] inputs;
    private final int[] outputs;
    private final List<Step> steps;

    /**
     * A graph over numbered places for values.
     *
     * @param constants one a place, null where none is known before a run
     * @param inputs places of the inputs
     * @param outputs places of the outputs
     */
    public Graph(Value[] constants, int[] inputs, int[] outputs, List<Step> steps) {
        this.constants = constants.clone();
        this.inputs = inputs.clone();
        this.outputs = outputs.clone();
        this.steps = List.copyOf(steps);
    }

    /**
     * One operator.
     *
     * @param name for errors
     * @param inputs places, −1 for an absent one
     * @param outputs places, −1 for one that nobody needs
     */
    public record Step(String name, Operator operator, int[] inputs, int[] outputs) {}

    /** How many operators. */
    public int numSteps() {
        return steps.size();
    }

    /**
     * The outputs for some inputs.
     *
     * @throws ModelFormatException naming the operator that failed
     */
    public Value[] run(Value[] values, Budget budget) {
        Value[] places = constants.clone();
        for (int i = 0; i < inputs.length; i++) {
            places[inputs[i]] = values[i];
        }
        for (Step step : steps) {
            run(step, places, budget);
        }
        Value[] results = new Value[outputs.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = places[outputs[i]];
        }
        return results;
    }

    private static void run(Step step, Value[] places, Budget budget) {
        Value[] arguments = new Value[step.inputs.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = step.inputs[i] < 0 ? null : places[step.inputs[i]];
        }
        List<Value> results;
        try {
            budget.spend(1);
            results = step.operator.run(new Arguments(arguments, budget));
        } catch (ModelFormatException e) {
            throw new ModelFormatException("%s: %s".formatted(step.name, e.getMessage()), e);
        }
        if (results.size() < step.outputs.length) {
            throw new ModelFormatException(
                    "%s: expected at most %d outputs, found %d"
                            .formatted(step.name, results.size(), step.outputs.length));
        }
        for (int i = 0; i < step.outputs.length; i++) {
            if (step.outputs[i] >= 0) {
                places[step.outputs[i]] = results.get(i);
            }
        }
    }
}
