package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.BackendProvider;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.cuda.driver.CudaDevice;
import dev.nightjar.kernels.cuda.driver.CudaLibrary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Offers the GPU. The driver is looked for when somebody asks for a GPU or for what there is, never
 * at the start of a process that computes on the processor.
 */
public final class CudaProvider implements BackendProvider {

    /** Chooses one of several GPUs by its number, unless the options do. */
    static final String DEVICE_PROPERTY = "nightjar.cuda.device";

    /** For the service loader. */
    public CudaProvider() {}

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String device() {
        return "cuda";
    }

    /** Before the processor's, for whoever takes any device. */
    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Optional<String> refusal() {
        return CudaLibrary.find() instanceof CudaLibrary.Absent absent
                ? Optional.of(absent.reason())
                : Optional.empty();
    }

    @Override
    public DeviceReport report() {
        CudaLibrary library = CudaLibrary.find();
        List<DeviceReport.Found> devices =
                library.devices().stream()
                        .map(device -> new DeviceReport.Found(device.id(), device.describe()))
                        .toList();
        return new DeviceReport(name(), device(), devices, refusal());
    }

    /**
     * The device that the options name, or {@value #DEVICE_PROPERTY}, or the first capable one.
     *
     * @throws IllegalStateException if there is none, or rows of int8 are asked for
     */
    @Override
    public Backend open(BackendOptions options) {
        options.refuseInt8(name());
        return switch (CudaLibrary.find()) {
            case CudaLibrary.Absent absent -> throw new IllegalStateException(absent.reason());
            case CudaLibrary.Found found ->
                    new CudaBackend(
                            found.driver(),
                            chosen(found.devices(), wanted(options.device().number())),
                            options.activations());
        };
    }

    /** The number asked for; empty takes the first device that can be used. */
    private static OptionalInt wanted(OptionalInt asked) {
        Integer named = Integer.getInteger(DEVICE_PROPERTY);
        return asked.isPresent() || named == null ? asked : OptionalInt.of(named);
    }

    private static CudaDevice chosen(List<CudaDevice> devices, OptionalInt number) {
        return devices.stream()
                .filter(device -> device.ordinal() == number.orElse(device.ordinal()))
                .filter(CudaDevice::isCapable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(refusal(devices, number.orElse(0))));
    }

    private static String refusal(List<CudaDevice> devices, int number) {
        String all = devices.stream().map(CudaDevice::describe).collect(Collectors.joining("; "));
        if (number < 0 || number >= devices.size()) {
            return "there is no cuda:%d: the driver finds %s, numbered from 0: %s"
                    .formatted(
                            number, devices.size() == 1 ? "1 GPU" : devices.size() + " GPUs", all);
        }
        return "the kernels do not run on cuda:%d; there are %s".formatted(number, all);
    }
}
