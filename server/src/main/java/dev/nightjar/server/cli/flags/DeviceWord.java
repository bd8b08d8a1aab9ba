package dev.nightjar.server.cli.flags;

import dev.nightjar.kernels.backend.DeviceChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --device}; what is no device is bad usage. */
final class DeviceWord implements ITypeConverter<DeviceChoice> {

    /** For picocli. */
    DeviceWord() {}

    @Override
    public DeviceChoice convert(String text) {
        try {
            return DeviceChoice.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
