package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.format.ModelFormatException;

/** Inputs of one operator, and the budget it computes with. */
public final class Arguments {
    private final Value[] values;
    private final Budget budget;

    /**
     * Arguments.
     *
     * @param values null where an optional one is absent
     */
    Arguments(Value[] values, Budget budget) {
        this.values = values;
        this.budget = budget;
    }

    /** The budget. */
    public Budget budget() {
        return budget;
    }

    /** How many there are, absent ones in between included. */
    public int count() {
        return values.length;
    }

    /** Whether an optional one is there. */
    public boolean has(int index) {
        return index < values.length && values[index] != null;
    }

    /** One that must be there. */
    public Value value(int index) {
        if (!has(index)) {
            throw new ModelFormatException("expected input %d, found none".formatted(index));
        }
        return values[index];
    }

    /** An array. */
    public Array array(int index) {
        return value(index) instanceof Array array ? array : wrong(index, "an array");
    }

    /** An array of numbers. */
    public NumberArray numbers(int index) {
        return value(index) instanceof NumberArray numbers
                ? numbers
                : wrong(index, "an array of numbers");
    }

    /** An array of text. */
    public TextArray texts(int index) {
        return value(index) instanceof TextArray texts ? texts : wrong(index, "an array of text");
    }

    /** Numbers of an array, whole ones, as parameters are. */
    public long[] longs(int index) {
        double[] numbers = numbers(index).numbers();
        budget.spend(numbers.length);
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) numbers[i];
        }
        return longs;
    }

    /** The only number of an array. */
    public double number(int index) {
        double[] numbers = numbers(index).numbers();
        return numbers.length == 1 ? numbers[0] : wrong(index, "one number");
    }

    private <T> T wrong(int index, String expected) {
        throw new ModelFormatException(
                "expected %s as input %d, found %s"
                        .formatted(expected, index, values[index].kind()));
    }
}
