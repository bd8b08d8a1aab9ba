package dev.nightjar.server.cli;

import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufTensorInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a GGUF file into two parts: the first keeps the metadata and half of the tensors, the second
 * has the other half; each says with {@code split.*} keys which one it is.
 */
final class SplitModel {

    private static final int HEADER_BYTES = 24;
    private static final int UINT16 = 2;
    private static final int INT32 = 5;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int[] SCALAR_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private final ByteBuffer source;
    private final GgufFile file;
    private final int metadataEnd;
    private final List<byte[]> tensorHeaders = new ArrayList<>();

    private SplitModel(byte[] bytes, GgufFile file) {
        this.source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
        source.position(HEADER_BYTES);
        for (int i = 0; i < file.metadata().keys().size(); i++) {
            skipString();
            skipValue(source.getInt());
        }
        metadataEnd = source.position();
        for (int i = 0; i < file.tensors().size(); i++) {
            int begin = source.position();
            skipString();
            int rank = source.getInt();
            skip(8L * rank + 4);
            byte[] header = new byte[source.position() - begin];
            source.get(begin, header);
            tensorHeaders.add(header);
            skip(8);
        }
    }

    /** The two parts. */
    static List<byte[]> of(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try (GgufFile file = GgufFile.open(path)) {
            SplitModel model = new SplitModel(bytes, file);
            int count = file.tensors().size();
            byte[] metadata = new byte[model.metadataEnd - HEADER_BYTES];
            model.source.get(HEADER_BYTES, metadata);
            return List.of(
                    model.part(0, metadata, file.metadata().keys().size(), 0, count / 2),
                    model.part(1, new byte[0], 0, count / 2, count));
        }
    }

    private byte[] part(int number, byte[] metadata, int numKeys, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(buffer(20).putInt(3).putLong(to - from).putLong(numKeys + 3).array());
        out.writeBytes(metadata);
        writeKey(out, "split.no", UINT16, buffer(2).putShort((short) number));
        writeKey(out, "split.count", UINT16, buffer(2).putShort((short) 2));
        writeKey(out, "split.tensors.count", INT32, buffer(4).putInt(tensorHeaders.size()));
        List<GgufTensorInfo> tensors = List.copyOf(file.tensors().values()).subList(from, to);
        long offset = 0;
        for (int i = from; i < to; i++) {
            out.writeBytes(tensorHeaders.get(i));
            out.writeBytes(buffer(8).putLong(offset).array());
            offset = aligned(offset + tensors.get(i - from).bytes());
        }
        for (GgufTensorInfo tensor : tensors) {
            pad(out);
            byte[] data = new byte[Math.toIntExact(tensor.bytes())];
            source.get(Math.toIntExact(tensor.fileOffset()), data);
            out.writeBytes(data);
        }
        pad(out);
        return out.toByteArray();
    }

    private void writeKey(ByteArrayOutputStream out, String key, int type, ByteBuffer value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(buffer(8).putLong(name.length).array());
        out.writeBytes(name);
        out.writeBytes(buffer(4).putInt(type).array());
        out.writeBytes(value.array());
    }

    private void pad(ByteArrayOutputStream out) {
        out.writeBytes(new byte[(int) (aligned(out.size()) - out.size())]);
    }

    private long aligned(long offset) {
        return Math.ceilDiv(offset, (long) file.alignment()) * file.alignment();
    }

    private void skipString() {
        skip(source.getLong());
    }

    private void skipValue(int type) {
        switch (type) {
            case STRING -> skipString();
            case ARRAY -> {
                int elementType = source.getInt();
                long count = source.getLong();
                for (long i = 0; i < count; i++) {
                    skipValue(elementType);
                }
            }
            default -> skip(SCALAR_BYTES[type]);
        }
    }

    private void skip(long bytes) {
        source.position(Math.toIntExact(source.position() + bytes));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
