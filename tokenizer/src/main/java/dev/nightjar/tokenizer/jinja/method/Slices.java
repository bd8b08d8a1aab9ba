package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.CodePoints;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Range;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code value[start:stop:step]}: positions below 0 count from the end, those outside are moved to
 * the ends.
 *
 * @param start the first position
 * @param stop not reached any more
 * @param step from one to the next, not 0
 */
public record Slices(Optional<Value> start, Optional<Value> stop, Optional<Value> step) {

    /** A position within {@code [0, size]}; below 0 it counts from the end. */
    static int clamp(int position, int size) {
        return Math.clamp(position < 0 ? (long) position + size : position, 0, size);
    }

    /**
     * The part of a value.
     *
     * @throws JinjaException if a bound is no integer, or the value undefined
     */
    public Value of(Value value, Runtime runtime) {
        return switch (value) {
            case Str str -> text(str, runtime);
            case Seq seq when seq.isIndexed() -> {
                Seq.Kind kind = seq.isTuple() ? Seq.Kind.TUPLE : Seq.Kind.LIST;
                List<Value> items = seq.items();
                int[] at = positions(items.size());
                runtime.budget().step(at.length);
                List<Value> part = new ArrayList<>(at.length);
                for (int i : at) {
                    part.add(items.get(i));
                }
                yield Seq.of(kind, part);
            }
            case Range range -> range(range);
            case Undefined undefined -> throw undefined.failure();
            default -> runtime.undefined("'%s' object has no slices".formatted(value.typeName()));
        };
    }

    private Value text(Str str, Runtime runtime) {
        runtime.budget().read(str);
        int length = CodePoints.length(str.value());
        int[] at = positions(length);
        boolean isPlain = at.length > 0 && at[at.length - 1] - at[0] == at.length - 1;
        if (isPlain) {
            return runtime.made(CodePoints.substring(str.value(), at[0], at[at.length - 1] + 1));
        }
        int[] chars = str.value().codePoints().toArray();
        StringBuilder part = new StringBuilder(at.length);
        for (int i : at) {
            part.appendCodePoint(chars[i]);
        }
        return runtime.made(part.toString());
    }

    private Value range(Range range) {
        int[] at = positions(range.items().size());
        long by = range.step() * stepSize();
        long first = at.length == 0 ? range.start() : range.start() + at[0] * range.step();
        return new Range(first, first + at.length * by, by);
    }

    private long stepSize() {
        BigInteger size = step.flatMap(Slices::bound).orElse(BigInteger.ONE);
        if (size.signum() == 0) {
            throw JinjaException.type("slice step cannot be zero");
        }
        return clamped(size);
    }

    private int[] positions(int size) {
        long by = stepSize();
        long last = by > 0 ? size : size - 1;
        long least = by > 0 ? 0 : -1;
        long from = bound(start, size, by > 0 ? 0 : last, least, last);
        long to = bound(stop, size, by > 0 ? last : least, least, last);
        int count =
                (int) Math.max(0, by > 0 ? (to - from + by - 1) / by : (from - to - by - 1) / -by);
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = (int) (from + i * by);
        }
        return positions;
    }

    private static long bound(Optional<Value> given, int size, long absent, long least, long last) {
        Optional<BigInteger> bound = given.flatMap(Slices::bound);
        if (bound.isEmpty()) {
            return absent;
        }
        long position = clamped(bound.get());
        return Math.clamp(position < 0 ? position + size : position, least, last);
    }

    private static long clamped(BigInteger number) {
        return new Int(number).clamped();
    }

    private static Optional<BigInteger> bound(Value value) {
        if (value instanceof Nothing) {
            return Optional.empty();
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Optional<BigInteger> number = Numbers.integer(value);
        if (number.isEmpty()) {
            throw JinjaException.type(
                    "slice bounds must be integers or none, found '%s'"
                            .formatted(value.typeName()));
        }
        return number;
    }
}
