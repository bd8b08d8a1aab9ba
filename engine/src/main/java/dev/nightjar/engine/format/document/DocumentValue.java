package dev.nightjar.engine.format.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A value of a document. */
public sealed interface DocumentValue {

    /** What it is, with its article, for error messages. */
    String kind();

    /** An object; its members keep their order. */
    record Members(Map<String, DocumentValue> members) implements DocumentValue {
        /** Protects the members. */
        public Members {
            members = Collections.unmodifiableMap(members);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** An array of anything but numbers alone. */
    record Items(List<DocumentValue> items) implements DocumentValue {
        /** Protects the items. */
        public Items {
            items = Collections.unmodifiableList(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /** An array of numbers, or an empty one; booleans are 1 and 0. Not to be changed. */
    record Numbers(double[] values) implements DocumentValue {
        @Override
        public String kind() {
            return "an array of numbers";
        }
    }

    /** A number; true is 1, false is 0. */
    record Number(double value) implements DocumentValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** A string. */
    record Text(String value) implements DocumentValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** Null. */
    enum Nothing implements DocumentValue {
        NOTHING;

        @Override
        public String kind() {
            return "null";
        }
    }
}
