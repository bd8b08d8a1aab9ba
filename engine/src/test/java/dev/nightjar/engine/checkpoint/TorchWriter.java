package dev.nightjar.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a state dictionary as PyTorch does: a zip archive of a pickle and storages. */
final class TorchWriter {

    /** Whether storages are compressed, which PyTorch does not do and its files may be. */
    enum Compression {
        STORED(ZipEntry.STORED),
        DEFLATED(ZipEntry.DEFLATED);

        private final int method;

        Compression(int method) {
            this.method = method;
        }
    }

    private TorchWriter() {}

    static void write(Path file, Map<String, WrittenTensor> tensors, Compression compression)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(zip, "archive/data.pkl", pickle(tensors), Compression.STORED);
            int key = 0;
            for (WrittenTensor tensor : tensors.values()) {
                entry(zip, "archive/data/" + key++, tensor.bytes(), compression);
            }
            byte[] version = "3\n".getBytes(StandardCharsets.US_ASCII);
            entry(zip, "archive/version", version, Compression.STORED);
        }
    }

    private static void entry(
            ZipOutputStream zip, String name, byte[] content, Compression compression)
            throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(compression.method);
        entry.setSize(content.length);
        if (compression == Compression.STORED) {
            entry.setCompressedSize(content.length);
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] pickle(Map<String, WrittenTensor> tensors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, "\u0080\u0002ccollections\nOrderedDict\n)R(");
        int key = 0;
        for (Map.Entry<String, WrittenTensor> entry : tensors.entrySet()) {
            text(out, entry.getKey());
            tensor(out, Integer.toString(key++), entry.getValue());
        }
        ascii(out, "u.");
        return out.toByteArray();
    }

    private static void tensor(ByteArrayOutputStream out, String key, WrittenTensor tensor) {
        ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
        text(out, "storage");
        ascii(out, "ctorch\n%s\n".formatted(storage(tensor)));
        text(out, key);
        text(out, "cpu");
        integer(out, tensor.shape().numElements());
        ascii(out, "tQ");
        integer(out, 0);
        ascii(out, "(");
        for (long dim : tensor.shape().dims()) {
            integer(out, dim);
        }
        ascii(out, "t(");
        long[] dims = tensor.shape().dims();
        for (int i = 0; i < dims.length; i++) {
            long stride = 1;
            for (int j = i + 1; j < dims.length; j++) {
                stride *= dims[j];
            }
            integer(out, stride);
        }
        ascii(out, "t\u0089ccollections\nOrderedDict\n)RtR");
    }

    private static String storage(WrittenTensor tensor) {
        return switch (tensor.dtype()) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            default -> throw new IllegalArgumentException("no storage for " + tensor.dtype());
        };
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(int32(bytes.length));
        out.writeBytes(bytes);
    }

    private static void integer(ByteArrayOutputStream out, long value) {
        out.write('J');
        out.writeBytes(int32((int) value));
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
