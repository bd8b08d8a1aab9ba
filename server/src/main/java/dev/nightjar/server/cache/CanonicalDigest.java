package dev.nightjar.server.cache;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A digest of what was asked for, equal for equal values and different for any other: of records
 * every component counts, so that a parameter that is added to one cannot be forgotten here. Lists
 * have an order, sets and maps have none, whatever order their elements came in.
 */
final class CanonicalDigest {

    private static final ClassValue<List<Method>> ACCESSORS =
            new ClassValue<>() {
                @Override
                protected List<Method> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getAccessor)
                            .toList();
                }
            };

    private final MessageDigest digest;
    private final DataOutputStream out;

    private CanonicalDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
        out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }

    /**
     * The digest of a value made of records, collections, optionals, enums, texts, numbers, arrays
     * of numbers and null.
     *
     * @throws IllegalArgumentException if there is anything else in it
     */
    static byte[] of(Object value) {
        CanonicalDigest digest = new CanonicalDigest();
        try {
            digest.write(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return digest.digest.digest();
    }

    private void write(Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case Record record -> writeRecord(record);
            case List<?> list -> writeAll('L', list);
            case Set<?> set -> writeUnordered('S', set.stream().map(CanonicalDigest::of).toList());
            case Map<?, ?> map ->
                    writeUnordered(
                            'M',
                            map.entrySet().stream()
                                    .map(
                                            entry ->
                                                    of(
                                                            Arrays.asList(
                                                                    entry.getKey(),
                                                                    entry.getValue())))
                                    .toList());
            case Optional<?> optional -> writeAll('O', optional.stream().toList());
            case OptionalInt optional -> writeAll('O', optional.stream().boxed().toList());
            case OptionalLong optional -> writeAll('O', optional.stream().boxed().toList());
            case int[] ids -> writeInts(ids);
            case byte[] bytes -> writeBytes('b', bytes);
            case Enum<?> constant ->
                    writeText('E', constant.getDeclaringClass().getName() + constant.name());
            case String text -> writeText('T', text);
            case Boolean bool -> writeText('B', bool.toString());
            case Number number -> writeText('N', number.getClass().getName() + number);
            case java.time.temporal.TemporalAmount time -> writeText('D', time.toString());
            case java.time.Instant instant -> writeText('I', instant.toString());
            default ->
                    throw new IllegalArgumentException(
                            "no digest is known for a " + value.getClass().getName());
        }
    }

    private void writeRecord(Record record) throws IOException {
        writeText('R', record.getClass().getName());
        for (Method accessor : ACCESSORS.get(record.getClass())) {
            try {
                write(accessor.invoke(record));
            } catch (ReflectiveOperationException hidden) {
                throw new IllegalArgumentException(
                        "the record %s cannot be read".formatted(record.getClass().getName()),
                        hidden);
            }
        }
    }

    private void writeAll(char kind, Collection<?> values) throws IOException {
        out.writeByte(kind);
        out.writeInt(values.size());
        for (Object value : values) {
            write(value);
        }
    }

    private void writeUnordered(char kind, List<byte[]> digests) throws IOException {
        out.writeByte(kind);
        out.writeInt(digests.size());
        for (byte[] each : digests.stream().sorted(Arrays::compare).toList()) {
            out.write(each);
        }
    }

    private void writeInts(int[] ids) throws IOException {
        out.writeByte('i');
        out.writeInt(ids.length);
        for (int id : ids) {
            out.writeInt(id);
        }
    }

    private void writeText(char kind, String text) throws IOException {
        writeBytes(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeBytes(char kind, byte[] bytes) throws IOException {
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
