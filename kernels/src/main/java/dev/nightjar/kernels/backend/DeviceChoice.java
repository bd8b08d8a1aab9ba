package dev.nightjar.kernels.backend;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a backend computes, as a caller may ask for it.
 *
 * @param kind of device
 * @param number of one GPU among several, from 0; empty takes the first that can be used
 */
public record DeviceChoice(Kind kind, OptionalInt number) {

    /** What may be asked for, for people. */
    public static final String FORMS = "cpu, cuda, cuda:N, auto";

    /** A GPU where one can be used, else the processor. */
    public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, OptionalInt.empty());

    /** The processor. */
    public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, OptionalInt.empty());

    /** The first GPU of NVIDIA's that can be used, or an error that says why there is none. */
    public static final DeviceChoice CUDA = new DeviceChoice(Kind.CUDA, OptionalInt.empty());

    private static final Pattern NUMBERED = Pattern.compile("cuda:(\\d{1,3})");

    /** Kinds of devices. */
    public enum Kind {
        /** Whatever is found. */
        AUTO,
        /** The processor. */
        CPU,
        /** A GPU of NVIDIA's. */
        CUDA
    }

    /** Only GPUs have numbers. */
    public DeviceChoice {
        Objects.requireNonNull(kind, "kind");
        if (number.isPresent() && (kind != Kind.CUDA || number.getAsInt() < 0)) {
            throw new IllegalArgumentException(
                    "a number >= 0 names one of several GPUs, found %d of %s"
                            .formatted(number.getAsInt(), kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** One of several GPUs of NVIDIA's, as the driver numbers them from 0. */
    public static DeviceChoice cuda(int number) {
        return new DeviceChoice(Kind.CUDA, OptionalInt.of(number));
    }

    /**
     * Reads what {@link #toString} writes, in letters of any size.
     *
     * @throws IllegalArgumentException with the forms that there are
     */
    public static DeviceChoice parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        Matcher numbered = NUMBERED.matcher(word);
        if (numbered.matches()) {
            return cuda(Integer.parseInt(numbered.group(1)));
        }
        return switch (word) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            case "cuda" -> CUDA;
            default ->
                    throw new IllegalArgumentException(
                            "a device is one of %s, such as cuda:1; found '%s'"
                                    .formatted(FORMS, text));
        };
    }

    /** Whether it is a GPU or nothing. */
    public boolean isCuda() {
        return kind == Kind.CUDA;
    }

    /** Whether a backend of that {@link BackendProvider#device()} may be taken. */
    boolean allows(String device) {
        return kind == Kind.AUTO || kind.name().equalsIgnoreCase(device);
    }

    /** As people write it: {@code cuda:1}. */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return number.isPresent() ? word + ":" + number.getAsInt() : word;
    }
}
