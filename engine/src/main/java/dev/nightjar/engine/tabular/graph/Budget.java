package dev.nightjar.engine.tabular.graph;

import java.util.function.Function;

/** What one run of a graph may allocate and compute. For one thread. */
public final class Budget {
    private final long limit;
    private final Function<String, RuntimeException> refusal;
    private long left;

    /**
     * A budget.
     *
     * @param limit elements, and as many steps of computing
     * @param refusal makes the exception when it is spent
     */
    public Budget(long limit, Function<String, RuntimeException> refusal) {
        this.limit = limit;
        this.refusal = refusal;
        left = limit;
    }

    /** Takes some of it. */
    public void spend(long amount) {
        left -= amount;
        if (left < 0 || amount < 0) {
            throw refusal.apply("expected work for at most %d elements".formatted(limit));
        }
    }

    /** An array of zeros, which may be filled before it is returned by an operator. */
    public NumberArray numbers(ElementType type, Shape shape) {
        spend(shape.count());
        return new NumberArray(type, shape, new double[shape.count()]);
    }

    /** An array of text, which is to be filled. */
    public TextArray texts(Shape shape) {
        spend(shape.count());
        return new TextArray(shape, new String[shape.count()]);
    }

    /** An array of the type of another, which is to be filled. */
    public Array like(Array other, Shape shape) {
        return other instanceof TextArray ? texts(shape) : numbers(other.type(), shape);
    }
}
