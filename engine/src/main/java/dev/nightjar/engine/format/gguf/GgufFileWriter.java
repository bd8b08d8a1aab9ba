package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a GGUF file of version 3 whose tensors are known by name, type and shape before the first
 * of their bytes is: the head at once, then the tensors one behind the other, piece by piece, so
 * that no more than a piece need be in memory. The layout stands at {@link GgufPartReader}.
 *
 * <p>The bytes go to a temporary file beside the target, which takes its name in {@link #commit}
 * only; a reader never sees half a file, and {@link #close} without a commit leaves nothing behind.
 * Not safe for use by several threads.
 */
public final class GgufFileWriter implements AutoCloseable {

    private static final int VERSION = 3;
    private static final int CHUNK = 1 << 30;

    /**
     * A tensor to be written.
     *
     * @param name unique in the file
     * @param dtype a type that GGUF has
     * @param shape outermost dimension first
     */
    public record Entry(String name, DType dtype, Shape shape) {

        /** Size of its elements. */
        public long bytes() {
            return dtype.bytesFor(shape.numElements());
        }
    }

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final List<Entry> tensors;
    private final int alignment;
    private int tensor;
    private long left;
    private boolean isCommitted;

    private GgufFileWriter(
            Path target, Path temporary, FileChannel channel, List<Entry> tensors, int alignment) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.tensors = tensors;
        this.alignment = alignment;
        this.left = tensors.isEmpty() ? 0 : tensors.getFirst().bytes();
    }

    /**
     * Creates the temporary file and writes the head.
     *
     * @param target where the file will be; an existing file is replaced by {@link #commit}
     * @param alignment as {@code general.alignment} among the pairs says, 32 where it is absent
     * @throws IOException if the folder of the target is missing or cannot be written to, or the
     *     same file is being written already
     */
    public static GgufFileWriter create(
            Path target, GgufPairs pairs, int alignment, List<Entry> tensors) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (!Files.isDirectory(absolute.getParent())) {
            throw new NoSuchFileException(absolute.getParent().toString());
        }
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        FileChannel channel = openAlone(temporary);
        GgufFileWriter writer =
                new GgufFileWriter(absolute, temporary, channel, List.copyOf(tensors), alignment);
        try {
            writer.writeHead(pairs);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    /** An empty file; what a process that was killed left there is overwritten. */
    private static FileChannel openAlone(Path temporary) throws IOException {
        FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!isFree(channel)) {
                throw new FileSystemException(temporary.toString(), null, "is being written");
            }
            channel.truncate(0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes the lock, which neither another process nor this one may hold already. */
    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void writeHead(GgufPairs pairs) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        head.writeBytes(GgufBytes.int32(VERSION));
        head.writeBytes(GgufBytes.int64(tensors.size()));
        head.writeBytes(GgufBytes.int64(pairs.count()));
        head.writeBytes(pairs.toBytes());
        long offset = 0;
        for (Entry entry : tensors) {
            int typeId = entry.dtype.ggufId();
            head.writeBytes(GgufBytes.tensor(entry.name, entry.shape.dims(), typeId, offset));
            offset = Math.addExact(offset, entry.bytes() + padding(entry.bytes()));
        }
        write(MemorySegment.ofArray(head.toByteArray()));
        pad(head.size());
        skipEmptyTensors();
    }

    /**
     * Writes the next bytes of the tensor at hand; when it is complete, the next one begins.
     *
     * @throws IllegalArgumentException if the tensor has fewer bytes left
     */
    public void append(MemorySegment bytes) throws IOException {
        if (bytes.byteSize() > left) {
            throw new IllegalArgumentException(
                    "expected at most the %d bytes that tensor %d of %d has left, found %d"
                            .formatted(left, tensor + 1, tensors.size(), bytes.byteSize()));
        }
        write(bytes);
        left -= bytes.byteSize();
        if (left == 0 && tensor < tensors.size()) {
            pad(tensors.get(tensor).bytes());
            advance();
            skipEmptyTensors();
        }
    }

    private void skipEmptyTensors() {
        while (tensor < tensors.size() && left == 0) {
            advance();
        }
    }

    private void advance() {
        tensor++;
        left = tensor < tensors.size() ? tensors.get(tensor).bytes() : 0;
    }

    /**
     * Gives the complete file its name.
     *
     * @throws IllegalStateException if bytes of a tensor are missing
     */
    public void commit() throws IOException {
        if (tensor < tensors.size()) {
            throw new IllegalStateException(
                    "%s: %d bytes of tensor %s were not written"
                            .formatted(target, left, tensors.get(tensor).name));
        }
        channel.force(true);
        channel.close();
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        isCommitted = true;
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!isCommitted) {
            Files.deleteIfExists(temporary);
        }
    }

    private void pad(long written) throws IOException {
        write(MemorySegment.ofArray(new byte[padding(written)]));
    }

    private int padding(long bytes) {
        return (int) (-bytes & alignment - 1);
    }

    private void write(MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += CHUNK) {
            long size = Math.min(CHUNK, bytes.byteSize() - from);
            ByteBuffer piece = bytes.asSlice(from, size).asByteBuffer();
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }
}
