package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.MalformedFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive in mapped memory. Entries that are stored are used in place; deflated ones are
 * inflated, all of them together to no more than 16 times the archive's size.
 *
 * <table>
 * <caption>What is read, from the end of the file</caption>
 * <tr><td>{@code PK 05 06}</td><td>end of the directory: entries (at 10), size (12) and offset (16)
 * of the directory, all ones if they stand in the next record</td></tr>
 * <tr><td>{@code PK 06 06}</td><td>zip64 end: entries (32), size (40), offset (48); found through
 * its locator, {@code PK 06 07}, 20 bytes before the former</td></tr>
 * <tr><td>{@code PK 01 02}</td><td>entry: method (10), compressed and full size (20, 24), lengths of
 * name, extra field and comment (28, 30, 32), offset of the local header (42), name (46); sizes and
 * offset of all ones stand in extra field 1</td></tr>
 * <tr><td>{@code PK 03 04}</td><td>local header: lengths of name and extra field (26, 28); the data
 * follow those</td></tr>
 * </table>
 */
final class ZipArchive {
    private static final int END_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int MAX_COMMENT = 0xffff;
    private static final int MAX_INFLATION = 16;
    private static final long ALL_ONES = 0xffff_ffffL;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment data;
    private final String file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long inflatable;

    private record Entry(int method, long compressed, long size, long dataOffset) {}

    private record Directory(long count, long bytes, long offset) {}

    private ZipArchive(MemorySegment data, String file) {
        this.data = data;
        this.file = file;
        this.inflatable = data.byteSize() * MAX_INFLATION;
    }

    /** Whether a file begins like a zip archive. */
    static boolean isZip(MemorySegment data) {
        return data.byteSize() >= END_BYTES && data.get(INT, 0) == 0x04034b50;
    }

    /** Reads the directory. */
    static ZipArchive read(MemorySegment data, String file) {
        ZipArchive archive = new ZipArchive(data, file);
        archive.readDirectory();
        return archive;
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    /** First byte of an entry's data, for errors. */
    long offset(String name) {
        return entries.get(name).dataOffset;
    }

    /** An entry's content: a view if it is stored, else inflated into memory of the allocator. */
    Optional<MemorySegment> content(String name, SegmentAllocator memory) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        MemorySegment stored = data.asSlice(entry.dataOffset, entry.compressed);
        return Optional.of(entry.method == 0 ? stored : inflated(name, entry, stored, memory));
    }

    private MemorySegment inflated(
            String name, Entry entry, MemorySegment stored, SegmentAllocator memory) {
        inflatable -= entry.size;
        if (inflatable < 0 || entry.compressed > Integer.MAX_VALUE - 8) {
            throw error(
                    name,
                    entry.dataOffset,
                    "expected compressed entries below 2 GiB that inflate to at most %d times the file's size, found more"
                            .formatted(MAX_INFLATION));
        }
        MemorySegment target = memory.allocate(entry.size, 64);
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(stored.asByteBuffer());
            long at = 0;
            byte[] chunk = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 || count > entry.size - at) {
                    break;
                }
                MemorySegment.copy(chunk, 0, target, ValueLayout.JAVA_BYTE, at, count);
                at += count;
            }
            if (at == entry.size && inflater.finished()) {
                return target;
            }
        } catch (DataFormatException damaged) {
            throw error(name, entry.dataOffset, "expected deflated data: " + damaged.getMessage());
        }
        throw error(
                name, entry.dataOffset, "expected %d bytes when inflated".formatted(entry.size));
    }

    private void readDirectory() {
        Directory directory = directory(endOffset());
        if (directory.offset < 0
                || directory.bytes < 0
                || directory.bytes > data.byteSize()
                || directory.offset > data.byteSize() - directory.bytes) {
            throw error(
                    "zip directory",
                    directory.offset,
                    "expected it within %d bytes, found %d bytes there"
                            .formatted(data.byteSize(), directory.bytes));
        }
        long at = directory.offset;
        long end = directory.offset + directory.bytes;
        for (long i = 0; i < directory.count; i++) {
            at = readEntry(at, end);
        }
    }

    private long endOffset() {
        long last = data.byteSize() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            if (data.get(INT, at) == 0x06054b50) {
                return at;
            }
        }
        throw error(
                "end of the zip directory", data.byteSize(), "found none; is the file complete?");
    }

    private Directory directory(long end) {
        long count = uint16(end + 10);
        long bytes = uint32(end + 12);
        long offset = uint32(end + 16);
        boolean is64 = count == 0xffff || bytes == ALL_ONES || offset == ALL_ONES;
        if (!is64) {
            return new Directory(count, bytes, offset);
        }
        long locator = end - 20;
        if (locator < 0 || data.get(INT, locator) != 0x07064b50) {
            throw error("zip64 locator", Math.max(0, locator), "expected one, found none");
        }
        long end64 = data.get(LONG, locator + 8);
        if (end64 < 0 || end64 > data.byteSize() - 56 || data.get(INT, end64) != 0x06064b50) {
            throw error("zip64 end of directory", locator, "expected its offset, found " + end64);
        }
        return new Directory(
                data.get(LONG, end64 + 32), data.get(LONG, end64 + 40), data.get(LONG, end64 + 48));
    }

    private long readEntry(long at, long end) {
        if (end - at < ENTRY_BYTES || data.get(INT, at) != 0x02014b50) {
            throw error("zip directory", at, "expected an entry, found none");
        }
        int nameBytes = uint16(at + 28);
        int extraBytes = uint16(at + 30);
        long next = at + ENTRY_BYTES + nameBytes + extraBytes + uint16(at + 32);
        if (next > end) {
            throw error("zip directory", at, "expected an entry within the directory");
        }
        byte[] name = data.asSlice(at + ENTRY_BYTES, nameBytes).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(name, StandardCharsets.UTF_8);
        Entry entry = entry(text, at, at + ENTRY_BYTES + nameBytes, extraBytes);
        if (entries.put(text, entry) != null) {
            throw error(text, at, "expected each entry once, found it again");
        }
        return next;
    }

    private Entry entry(String name, long at, long extraAt, int extraBytes) {
        int method = uint16(at + 10);
        if (method != 0 && method != 8 || (uint16(at + 8) & 1) != 0) {
            throw error(name, at, "expected it stored or deflated, found method " + method);
        }
        long[] numbers = {uint32(at + 24), uint32(at + 20), uint32(at + 42)};
        readExtra(extraAt, extraBytes, numbers);
        long size = numbers[0];
        long compressed = numbers[1];
        long header = numbers[2];
        if (header < 0 || header > data.byteSize() - 30 || data.get(INT, header) != 0x04034b50) {
            throw error(name, at, "expected a local header at %d, found none".formatted(header));
        }
        long dataOffset = header + 30 + uint16(header + 26) + uint16(header + 28);
        boolean fits =
                compressed >= 0
                        && compressed <= data.byteSize()
                        && dataOffset <= data.byteSize() - compressed;
        if (!fits || size < 0 || method == 0 && size != compressed) {
            throw error(
                    name,
                    at,
                    "expected its %d bytes within the file of %d"
                            .formatted(compressed, data.byteSize()));
        }
        return new Entry(method, compressed, size, dataOffset);
    }

    /** Replaces numbers that are all ones, in order, by those of the zip64 extra field. */
    private void readExtra(long start, int length, long[] numbers) {
        long end = start + length;
        long at = start;
        while (end - at >= 4) {
            int id = uint16(at);
            long fieldEnd = at + 4 + uint16(at + 2);
            at += 4;
            for (int i = 0; id == 1 && i < numbers.length; i++) {
                if (numbers[i] == ALL_ONES && Math.min(fieldEnd, end) - at >= 8) {
                    numbers[i] = data.get(LONG, at);
                    at += 8;
                }
            }
            at = fieldEnd;
        }
    }

    private int uint16(long at) {
        return data.get(SHORT, at) & 0xffff;
    }

    private long uint32(long at) {
        return Integer.toUnsignedLong(data.get(INT, at));
    }

    private MalformedFileException error(String field, long at, String problem) {
        return new MalformedFileException(file, field, at, problem);
    }
}
