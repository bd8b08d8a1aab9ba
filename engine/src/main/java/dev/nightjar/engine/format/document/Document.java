package dev.nightjar.engine.format.document;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.document.DocumentValue.Items;
import dev.nightjar.engine.format.document.DocumentValue.Members;
import dev.nightjar.engine.format.document.DocumentValue.Nothing;
import dev.nightjar.engine.format.document.DocumentValue.Number;
import dev.nightjar.engine.format.document.DocumentValue.Numbers;
import dev.nightjar.engine.format.document.DocumentValue.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object of a document, with typed access to its members; null counts as absent. */
public final class Document {
    private static final Set<Integer> LENGTH_MARKERS =
            Set.of(
                    (int) 'i', (int) 'U', (int) 'I', (int) 'l', (int) 'L', (int) '#', (int) '$',
                    (int) '}', (int) 'N');

    private final String file;
    private final String path;
    private final Members object;

    private Document(String file, String path, Members object) {
        this.file = file;
        this.path = path;
        this.object = object;
    }

    /** Whether bytes begin like an object in either notation. */
    public static boolean isDocument(byte[] bytes) {
        return bytes.length > 1 && first(bytes) == '{';
    }

    private static int first(byte[] bytes) {
        for (byte b : bytes) {
            if (!Character.isWhitespace(b)) {
                return b;
            }
        }
        return 0;
    }

    /**
     * Reads JSON or UBJSON, whichever it is.
     *
     * @throws MalformedFileException if it is not one object
     */
    public static Document read(byte[] bytes, String file) {
        boolean isBinary =
                bytes.length > 1 && bytes[0] == '{' && LENGTH_MARKERS.contains((int) bytes[1]);
        DocumentValue value =
                isBinary && bytes[1] != '}'
                        ? UbjsonDocument.read(bytes, file)
                        : JsonDocument.read(bytes, file);
        if (value instanceof Members members) {
            return new Document(file, "", members);
        }
        throw new MalformedFileException(
                file, "document", 0, "expected an object, found " + value.kind());
    }

    /** The file that errors name. */
    public String file() {
        return file;
    }

    /** The names of all members. */
    public Set<String> names() {
        return object.members().keySet();
    }

    private Optional<DocumentValue> optional(String key) {
        return Optional.ofNullable(object.members().get(key))
                .filter(value -> value != Nothing.NOTHING);
    }

    /** An object below this one, or empty. */
    public Optional<Document> optionalObject(String key) {
        return optional(key)
                .map(
                        value ->
                                value instanceof Members below
                                        ? new Document(file, path + key + ".", below)
                                        : wrong(key, "an object", value));
    }

    /** An object below this one. */
    public Document object(String key) {
        return optionalObject(key).orElseThrow(() -> missing(key));
    }

    /** An array of objects. */
    public List<Document> objects(String key) {
        DocumentValue value = optional(key).orElseThrow(() -> missing(key));
        if (value instanceof Numbers numbers && numbers.values().length == 0) {
            return List.of();
        }
        if (!(value instanceof Items items)) {
            return wrong(key, "an array of objects", value);
        }
        List<Document> objects = new ArrayList<>();
        for (DocumentValue item : items.items()) {
            String name = "%s%s[%d].".formatted(path, key, objects.size());
            objects.add(
                    item instanceof Members below
                            ? new Document(file, name, below)
                            : this.<Document>wrong(key, "an array of objects", item));
        }
        return objects;
    }

    /** An array of numbers, or empty. */
    public Optional<double[]> optionalNumbers(String key) {
        return optional(key)
                .map(
                        value ->
                                value instanceof Numbers numbers
                                        ? numbers.values()
                                        : wrong(key, "an array of numbers", value));
    }

    /** An array of so many numbers. */
    public double[] numbers(String key, int count) {
        double[] numbers = optionalNumbers(key).orElseThrow(() -> missing(key));
        if (numbers.length != count) {
            throw error(key, "expected %d numbers, found %d".formatted(count, numbers.length));
        }
        return numbers;
    }

    /** An array of so many whole numbers. */
    public int[] integers(String key, int count) {
        double[] numbers = numbers(key, count);
        return Arrays.stream(numbers).mapToInt(number -> integer(key, number)).toArray();
    }

    /** An array of strings; an empty list if there is none. */
    public List<String> texts(String key) {
        Optional<DocumentValue> value = optional(key);
        if (value.isEmpty() || value.get() instanceof Numbers(double[] none) && none.length == 0) {
            return List.of();
        }
        if (!(value.get() instanceof Items items)) {
            return wrong(key, "an array of strings", value.get());
        }
        List<String> texts = new ArrayList<>();
        for (DocumentValue item : items.items()) {
            texts.add(item instanceof Text text ? text.value() : wrong(key, "strings", item));
        }
        return texts;
    }

    /** A string, or a number as one, or empty. */
    public Optional<String> optionalText(String key) {
        return optional(key)
                .map(
                        value ->
                                switch (value) {
                                    case Text text -> text.value();
                                    case Number number -> plain(number.value());
                                    default -> wrong(key, "a string", value);
                                });
    }

    /** A string, or a number as one. */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    /** A whole number, or one in a string, or empty. */
    public Optional<Integer> optionalInteger(String key) {
        return optionalText(key)
                .map(
                        text -> {
                            try {
                                return integer(key, Double.parseDouble(text));
                            } catch (NumberFormatException e) {
                                throw error(key, "expected a whole number, found " + text);
                            }
                        });
    }

    /** A whole number, or one in a string. */
    public int integer(String key) {
        return optionalInteger(key).orElseThrow(() -> missing(key));
    }

    private int integer(String key, double number) {
        if (number != (int) number) {
            throw error(key, "expected a whole number, found " + number);
        }
        return (int) number;
    }

    private static String plain(double number) {
        return number == (long) number ? Long.toString((long) number) : Double.toString(number);
    }

    /** An error about one member. */
    public ModelFormatException error(String key, String problem) {
        return new ModelFormatException("%s: %s%s: %s".formatted(file, path, key, problem));
    }

    private ModelFormatException missing(String key) {
        return error(key, "expected this key, found none");
    }

    private <T> T wrong(String key, String expected, DocumentValue found) {
        throw error(key, "expected %s, found %s".formatted(expected, found.kind()));
    }
}
