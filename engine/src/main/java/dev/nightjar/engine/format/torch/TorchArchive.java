package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.pickle.PickleReader;
import dev.nightjar.engine.format.pickle.PickleValue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The zip form: {@code R/data.pkl} says which tensors there are, {@code R/data/KEY} are the bytes
 * they share, {@code R/byteorder} says {@code little} if it is there; R is any name.
 */
final class TorchArchive {
    private static final String PICKLE = "/data.pkl";

    private final MemorySegment data;
    private final String file;
    private final Arena arena;
    private final ZipArchive zip;
    private final Map<String, MemorySegment> contents = new HashMap<>();

    TorchArchive(MemorySegment data, String file, Arena arena) {
        this.data = data;
        this.file = file;
        this.arena = arena;
        this.zip = ZipArchive.read(data, file);
    }

    Map<String, LazyTensor> tensors() {
        String root = root();
        requireLittleEndian(root);
        String pickle = root + PICKLE;
        PickleValue value =
                PickleReader.read(
                                content(pickle, 0),
                                file + " " + pickle,
                                zip.offset(pickle),
                                0,
                                TorchNames.globals())
                        .value();
        TensorReader reader =
                new TensorReader(
                        file,
                        data.byteSize(),
                        (key, bytes) -> content(root + "/data/" + key, bytes));
        return TensorTree.collect(file, value, reader);
    }

    private String root() {
        for (String name : zip.names()) {
            if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                return name.substring(0, name.length() - PICKLE.length());
            }
        }
        throw new MalformedFileException(
                file,
                "zip directory",
                0,
                "expected an entry data.pkl, found none; TorchScript and other archives are not supported");
    }

    private void requireLittleEndian(String root) {
        String name = root + "/byteorder";
        zip.content(name, arena)
                .filter(order -> order.byteSize() <= 16)
                .map(order -> order.toArray(ValueLayout.JAVA_BYTE))
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(order -> !order.equals("little"))
                .ifPresent(
                        order -> {
                            throw new MalformedFileException(
                                    file,
                                    name,
                                    zip.offset(name),
                                    "expected little, found \"%s\"".formatted(order));
                        });
    }

    /** At least so many bytes of an entry; one that is inflated is kept. */
    private MemorySegment content(String name, long bytes) {
        MemorySegment content = contents.get(name);
        if (content == null) {
            content =
                    zip.content(name, arena)
                            .orElseThrow(
                                    () ->
                                            new MalformedFileException(
                                                    file,
                                                    "zip directory",
                                                    0,
                                                    "expected an entry %s, found none"
                                                            .formatted(name)));
            contents.put(name, content);
        }
        if (content.byteSize() < bytes) {
            throw new MalformedFileException(
                    file,
                    name,
                    zip.offset(name),
                    "expected %d bytes, found %d".formatted(bytes, content.byteSize()));
        }
        return content;
    }
}
