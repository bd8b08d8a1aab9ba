package dev.nightjar.engine.format.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a pickle. Lists, dictionaries and calls can contain themselves, so whoever walks
 * through one bounds the depth. They do not change once the reader has returned.
 */
public sealed interface PickleValue {

    /** What it is, with its article, for error messages. */
    String kind();

    /** None. */
    enum PickleNone implements PickleValue {
        NONE;

        @Override
        public String kind() {
            return "None";
        }
    }

    /** True or false. */
    enum PickleBoolean implements PickleValue {
        TRUE,
        FALSE;

        @Override
        public String kind() {
            return "a boolean";
        }
    }

    /**
     * An integer.
     *
     * @param value of any size up to 1024 bytes
     */
    record PickleInteger(BigInteger value) implements PickleValue {
        @Override
        public String kind() {
            return "an integer";
        }
    }

    /**
     * A floating-point number.
     *
     * @param value possibly infinite or not a number
     */
    record PickleFloat(double value) implements PickleValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /**
     * A string.
     *
     * @param value decoded
     */
    record PickleText(String value) implements PickleValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /**
     * Bytes.
     *
     * @param value not to be changed
     */
    record PickleBytes(byte[] value) implements PickleValue {
        @Override
        public String kind() {
            return "bytes";
        }
    }

    /**
     * A tuple.
     *
     * @param elements in order
     */
    record PickleTuple(List<PickleValue> elements) implements PickleValue {
        @Override
        public String kind() {
            return "a tuple";
        }
    }

    /** A list, or a set, which is a list of its elements here. */
    final class PickleList implements PickleValue {
        final List<PickleValue> elements = new ArrayList<>();

        /** The elements in order. */
        public List<PickleValue> elements() {
            return elements;
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A dictionary as its entries in order; a key that is set again has a second entry. */
    final class PickleDict implements PickleValue {
        final List<Entry> entries = new ArrayList<>();

        /**
         * One entry.
         *
         * @param key of any kind
         * @param value of any kind
         */
        public record Entry(PickleValue key, PickleValue value) {}

        /** The entries in order. */
        public List<Entry> entries() {
            return entries;
        }

        @Override
        public String kind() {
            return "a dictionary";
        }
    }

    /**
     * The name of a function or class.
     *
     * @param module for instance {@code torch._utils}
     * @param name for instance {@code _rebuild_tensor_v2}
     */
    record PickleSymbol(String module, String name) implements PickleValue {
        @Override
        public String kind() {
            return "the name " + this;
        }

        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** What would be a call of a function or the making of an object. */
    final class PickleCall implements PickleValue {
        private final PickleValue function;
        private final PickleValue arguments;
        Optional<PickleValue> state = Optional.empty();
        final List<PickleValue> elements = new ArrayList<>();
        final List<PickleDict.Entry> entries = new ArrayList<>();

        PickleCall(PickleValue function, PickleValue arguments) {
            this.function = function;
            this.arguments = arguments;
        }

        /** A call that a function would make in its turn. */
        public static PickleCall of(PickleValue function, PickleValue arguments) {
            return new PickleCall(function, arguments);
        }

        /** What would be called, usually a symbol. */
        public PickleValue function() {
            return function;
        }

        /** With what, usually a tuple. */
        public PickleValue arguments() {
            return arguments;
        }

        /** What the object's state would be set to. */
        public Optional<PickleValue> state() {
            return state;
        }

        /** What would be appended to the object. */
        public List<PickleValue> elements() {
            return elements;
        }

        /** What would be put into the object under keys. */
        public List<PickleDict.Entry> entries() {
            return entries;
        }

        @Override
        public String kind() {
            return function instanceof PickleSymbol symbol ? "an object by " + symbol : "an object";
        }
    }

    /**
     * Something that the pickle's writer stored elsewhere.
     *
     * @param id by which it is found
     */
    record PicklePersistent(PickleValue id) implements PickleValue {
        @Override
        public String kind() {
            return "a reference";
        }
    }
}
