package dev.nightjar.engine.tabular.graph;

/** Elements of one type in the order of a shape. */
public sealed interface Array extends Value permits NumberArray, TextArray {

    /** Its elements' type. */
    ElementType type();

    /** Its shape. */
    Shape shape();

    /** The same elements in another shape of as many; they are shared. */
    Array reshaped(Shape shape);

    /** Copies some of another array's elements, of the same type, into this one. */
    void copy(Array from, int fromIndex, int toIndex, int count);

    @Override
    default String kind() {
        return "an array of %s %s".formatted(type(), shape());
    }
}
