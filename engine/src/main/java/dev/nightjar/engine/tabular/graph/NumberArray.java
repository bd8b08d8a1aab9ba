package dev.nightjar.engine.tabular.graph;

/**
 * An array of numbers.
 *
 * @param type of them
 * @param shape of them
 * @param numbers all of them, as the type holds them; not to be changed
 */
public record NumberArray(ElementType type, Shape shape, double[] numbers) implements Array {

    /** Checks that the numbers fill the shape. */
    public NumberArray {
        if (numbers.length != shape.count()) {
            throw new IllegalArgumentException(
                    "expected numbers for %s, found %d".formatted(shape, numbers.length));
        }
    }

    /** A vector of numbers that the type can hold. */
    public static NumberArray vector(ElementType type, double... numbers) {
        return new NumberArray(type, new Shape(numbers.length), numbers);
    }

    @Override
    public NumberArray reshaped(Shape other) {
        return new NumberArray(type, other, numbers);
    }

    @Override
    public void copy(Array from, int fromIndex, int toIndex, int count) {
        System.arraycopy(((NumberArray) from).numbers, fromIndex, numbers, toIndex, count);
    }
}
