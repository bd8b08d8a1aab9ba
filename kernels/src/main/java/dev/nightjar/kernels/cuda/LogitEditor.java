package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.PinnedBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Penalties, added values and token masks of rows, applied on the device to copies of them. */
final class LogitEditor {

    private static final int THREADS = 256;

    private final CudaDispatch dispatch;
    private final DeviceScratch parameters;
    private final DeviceScratch edited;
    private final HostScratch copies;

    LogitEditor(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        parameters = new DeviceScratch(dispatch.memory(), DeviceMemory.Purpose.SAMPLING);
        edited = new DeviceScratch(dispatch.memory(), DeviceMemory.Purpose.SAMPLING);
        copies = dispatch.hostScratch();
    }

    /** Edits {@code count} rows; the address of the results, {@code [count, V]} without gaps. */
    long edit(long address, Matrix logits, int[] rows, int count, SamplingBatch batch) {
        int numTokens = logits.cols();
        long target = edited.reserve((long) count * numTokens * Float.BYTES);
        Packed packed = new Packed(batch, rows, count, numTokens);
        PinnedBuffer host = copies.reserve(packed.end);
        packed.copyTo(host.free());
        long at = parameters.reserve(packed.end);
        host.send(packed.end, at);
        dispatch.of("edit_logits")
                .wide(address)
                .wide(logits.rowStride())
                .number(numTokens)
                .wide(at + packed.rowsAt)
                .wide(at + packed.countStartAt)
                .wide(at + packed.countTokenAt)
                .wide(at + packed.countGeneratedAt)
                .wide(at + packed.countRepeatedAt)
                .wide(at + packed.repetitionAt)
                .wide(at + packed.presenceAt)
                .wide(at + packed.frequencyAt)
                .wide(at + packed.editStartAt)
                .wide(at + packed.editTokenAt)
                .wide(at + packed.editValueAt)
                .wide(at + packed.maskStartAt)
                .wide(at)
                .wide(target)
                .run(count, 1, 1, THREADS, 0);
        return target;
    }

    /** Where each array lies in one piece of memory: the masks first, as they are longs. */
    private static final class Packed {

        private final SamplingBatch batch;
        private final int[] rows;
        private final int count;
        private final int numTokens;
        private final int maskWords;
        private final int numCounts;
        private final int numEdits;
        private final long rowsAt;
        private final long countStartAt;
        private final long countTokenAt;
        private final long countGeneratedAt;
        private final long countRepeatedAt;
        private final long repetitionAt;
        private final long presenceAt;
        private final long frequencyAt;
        private final long editStartAt;
        private final long editTokenAt;
        private final long editValueAt;
        private final long maskStartAt;
        private long end;

        Packed(SamplingBatch batch, int[] rows, int count, int numTokens) {
            this.batch = batch;
            this.rows = rows;
            this.count = count;
            this.numTokens = numTokens;
            maskWords = Math.ceilDiv(numTokens, Long.SIZE);
            int masks = 0;
            int counts = 0;
            int edits = 0;
            for (int i = 0; i < count; i++) {
                int s = rows[i];
                masks += batch.mask[s] == null ? 0 : 1;
                counts += batch.countStart[s + 1] - batch.countStart[s];
                edits += batch.editStart[s + 1] - batch.editStart[s];
            }
            numCounts = counts;
            numEdits = edits;
            take((long) masks * maskWords * 2);
            rowsAt = take(count);
            countStartAt = take(count + 1L);
            countTokenAt = take(numCounts);
            countGeneratedAt = take(numCounts);
            countRepeatedAt = take(numCounts);
            repetitionAt = take(count);
            presenceAt = take(count);
            frequencyAt = take(count);
            editStartAt = take(count + 1L);
            editTokenAt = take(numEdits);
            editValueAt = take(numEdits);
            maskStartAt = take(count);
        }

        private long take(long words) {
            long at = end;
            end += words * Integer.BYTES;
            return at;
        }

        void copyTo(MemorySegment host) {
            int counts = 0;
            int edits = 0;
            int words = 0;
            for (int i = 0; i < count; i++) {
                int s = rows[i];
                number(host, rowsAt, i, s);
                real(host, repetitionAt, i, batch.repetitionPenalty[s]);
                real(host, presenceAt, i, batch.presencePenalty[s]);
                real(host, frequencyAt, i, batch.frequencyPenalty[s]);
                number(host, countStartAt, i, counts);
                counts = copyCounts(host, s, counts);
                number(host, editStartAt, i, edits);
                edits = copyEdits(host, s, edits);
                number(host, maskStartAt, i, batch.mask[s] == null ? -1 : words);
                words = copyMask(host, s, words);
            }
            number(host, countStartAt, count, counts);
            number(host, editStartAt, count, edits);
        }

        private int copyCounts(MemorySegment host, int s, int first) {
            int to = first;
            for (int i = batch.countStart[s]; i < batch.countStart[s + 1]; i++, to++) {
                int token = batch.countToken[i];
                CpuMatrices.requireIndex("counted token", token, numTokens);
                number(host, countTokenAt, to, token);
                number(host, countGeneratedAt, to, batch.countGenerated[i]);
                number(host, countRepeatedAt, to, batch.countRepeated[i] ? 1 : 0);
            }
            return to;
        }

        private int copyEdits(MemorySegment host, int s, int first) {
            int to = first;
            for (int i = batch.editStart[s]; i < batch.editStart[s + 1]; i++, to++) {
                int token = batch.editToken[i];
                CpuMatrices.requireIndex("edited token", token, numTokens);
                number(host, editTokenAt, to, token);
                real(host, editValueAt, to, batch.editValue[i]);
            }
            return to;
        }

        private int copyMask(MemorySegment host, int s, int first) {
            long[] mask = batch.mask[s];
            if (mask == null) {
                return first;
            }
            if (mask.length < maskWords) {
                throw new IllegalArgumentException(
                        "a mask of %d tokens has %d words, found %d"
                                .formatted(numTokens, maskWords, mask.length));
            }
            long at = (long) first * Long.BYTES;
            MemorySegment.copy(mask, 0, host, ValueLayout.JAVA_LONG, at, maskWords);
            return first + maskWords;
        }

        private static void number(MemorySegment host, long array, int i, int value) {
            host.set(ValueLayout.JAVA_INT, array + (long) i * Integer.BYTES, value);
        }

        private static void real(MemorySegment host, long array, int i, float value) {
            host.set(ValueLayout.JAVA_FLOAT, array + (long) i * Float.BYTES, value);
        }
    }
}
