package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.CpuWeights;
import dev.nightjar.kernels.cpu.ExpertsWeight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.VectorWeight;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.Staging;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Uploads weights once, as the checkpoint has them; vectors are dequantized. */
final class CudaWeights {

    /** Formats of native/cuda/formats.cuh; the suffix of a kernel is the name in small letters. */
    static final List<DType> KNOWN =
            List.of(
                    DType.F32,
                    DType.F16,
                    DType.BF16,
                    DType.F8_E4M3,
                    DType.F8_E5M2,
                    DType.Q8_0,
                    DType.Q4_0,
                    DType.Q4_1,
                    DType.Q5_0,
                    DType.Q5_1,
                    DType.Q2_K,
                    DType.Q3_K,
                    DType.Q4_K,
                    DType.Q5_K,
                    DType.Q6_K,
                    DType.IQ4_NL,
                    DType.IQ4_XS,
                    DType.MXFP4,
                    DType.TQ1_0,
                    DType.TQ2_0);

    private final Staging staging;
    private final DeviceMemory memory;

    CudaWeights(Staging staging, DeviceMemory memory) {
        this.staging = staging;
        this.memory = memory;
    }

    Weight prepare(WeightUse use, List<Tensor> parts) {
        return switch (CpuWeights.prepare(use, parts)) {
            case VectorWeight vector -> vector(vector.values());
            case MatrixWeight matrix -> matrix(List.of(matrix), 0);
            case ExpertsWeight experts -> matrix(experts.experts(), experts.experts().size());
        };
    }

    Weight prepareExperts(List<List<Tensor>> experts) {
        ExpertsWeight checked = CpuWeights.prepareExperts(experts);
        return matrix(checked.experts(), checked.experts().size());
    }

    private CudaVector vector(float[] values) {
        long bytes = (long) Float.BYTES * values.length;
        long address = memory.allocate(bytes, DeviceMemory.Purpose.WEIGHTS);
        staging.load(MemorySegment.ofArray(values), address);
        return new CudaVector(address, values.length);
    }

    /** Part i of all matrices lies in one piece, which kernels index by expert. */
    private CudaMatrix matrix(List<MatrixWeight> matrices, int numExperts) {
        MatrixWeight first = matrices.getFirst();
        List<CudaMatrix.Part> parts = new ArrayList<>();
        for (int i = 0; i < first.parts().size(); i++) {
            int index = i;
            List<Tensor> tensors =
                    matrices.stream().map(matrix -> matrix.parts().get(index).tensor()).toList();
            MatrixWeight.Part part = first.parts().get(i);
            parts.add(
                    new CudaMatrix.Part(
                            suffix(tensors),
                            upload(tensors),
                            part.tensor().rowBytes(),
                            part.rows(),
                            part.firstRow()));
        }
        return new CudaMatrix(List.copyOf(parts), first.rows(), first.cols(), numExperts);
    }

    private static String suffix(List<Tensor> tensors) {
        DType dtype = tensors.getFirst().dtype();
        for (Tensor tensor : tensors) {
            if (!KNOWN.contains(tensor.dtype())) {
                throw new UnsupportedDTypeException(tensor.dtype(), KNOWN);
            }
            if (tensor.dtype() != dtype) {
                throw new IllegalArgumentException(
                        "experts on a GPU have matrices of one type, found %s and %s"
                                .formatted(dtype, tensor.dtype()));
            }
        }
        return dtype.name().toLowerCase(Locale.ROOT);
    }

    /** Sends tensors one behind the other; kernels that read them run behind that. */
    private long upload(List<Tensor> tensors) {
        long bytes = tensors.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
        long address = memory.allocate(bytes, DeviceMemory.Purpose.WEIGHTS);
        long to = address;
        for (Tensor tensor : tensors) {
            staging.load(tensor.data(), to);
            to += tensor.data().byteSize();
        }
        return address;
    }
}
