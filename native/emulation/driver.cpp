// The driver's calls over the emulation: what libcuda.so.1 offers of native/jextract's list, with
// devices whose memory is the host's, each with bytes of its own to give away. A module's image is not PTX but the text
// "emulated-kernels:" and the path of a library that build.sh made of native/cuda.
//
// Work waits in its stream until somebody waits for it, and copies of pinned memory read and write
// that memory then: whoever changes it too early sees wrong results. Other memory of the host is
// read when a copy is asked for, and copies to it are waited for, as the driver does with what is
// not pinned. Every allocation stands between guards, which are looked at
// whenever the host waits for the device; a guard that was written over is error 700 from then on.
//
// A capture belongs to a stream: whatever any thread sends there meanwhile becomes a node of the graph
// with the arguments of that moment. Calls that the driver forbids then (waiting for the stream,
// copies of memory that is not pinned, and of the capturing thread allocations) are error 900 and end
// the capture. A graph that is launched when memory that it points to was freed is error 700.
#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fibers.h"
#undef threadIdx
#undef blockIdx
#undef blockDim
#undef gridDim

#define API extern "C" __attribute__((visibility("default"))) int

namespace {

enum Result {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    NOT_FOUND = 500,
    ILLEGAL_ADDRESS = 700,
    LAUNCH_FAILED = 719,
    CAPTURE_UNSUPPORTED = 900,
    CAPTURE_INVALIDATED = 901,
    CAPTURE_UNMATCHED = 903,
    CAPTURED_EVENT = 907,
    CAPTURE_WRONG_THREAD = 908,
};

enum CaptureMode { GLOBAL, THREAD_LOCAL, RELAXED };

// The sanitizer has guards of its own, and finds reads, too.
#if defined(__SANITIZE_ADDRESS__)
constexpr size_t GUARD_BYTES = 0;
#else
constexpr size_t GUARD_BYTES = 256;
#endif
constexpr unsigned char GUARD = 0xa5;
constexpr size_t LARGE_BYTES = 64 << 20;
constexpr size_t SHARED_BYTES = 48 << 10, MOST_SHARED_BYTES = 227 << 10;
constexpr char IMAGE_PREFIX[] = "emulated-kernels:";

constexpr int MOST_DEVICES = 16;

struct Device {
    size_t usedBytes;
};

struct Allocation {
    char* base;
    size_t bytes;
    Device* device;
    uint64_t serial;  // no other allocation has it, though it may have the address
};

struct Function {
    const emulation::Kernel* kernel;
    size_t sharedBytes = SHARED_BYTES;
};

struct Module {
    void* library;
    std::map<std::string, std::unique_ptr<Function>> functions;
};

using Work = std::function<int()>;

// What a graph does at one place, and the allocations that it points to: address and serial.
struct Node {
    Work work;
    std::map<uint64_t, uint64_t> uses;
};

struct Graph {
    std::vector<Node> nodes;
};

struct Capture {
    Graph graph;
    std::thread::id thread;
    int mode;
    bool isInvalid = false;
};

struct Stream {
    const Device* device;
    std::deque<Work> waiting;
    uint64_t numDone = 0;
    std::unique_ptr<Capture> capture;

    uint64_t numSubmitted() const { return numDone + waiting.size(); }
};

struct Event {
    Stream* stream = nullptr;
    uint64_t position = 0;
    bool isCaptured = false;
};

std::mutex lock;
std::map<uint64_t, Allocation> allocations;
std::map<const char*, size_t> pinned;
std::set<Stream*> streams;
std::map<std::string, const emulation::Kernel*>* loading;
std::map<std::string, int> calls;
uint64_t numAllocations;
Device devices[MOST_DEVICES];
thread_local Device* current;
int sticky = SUCCESS;

size_t totalBytes() {
    const char* text = std::getenv("NIGHTJAR_EMULATION_MEMORY");
    return text ? std::strtoull(text, nullptr, 10) : size_t(8) << 30;
}

int numDevices() {
    const char* text = std::getenv("NIGHTJAR_EMULATION_DEVICES");
    return text ? std::min(std::atoi(text), MOST_DEVICES) : 1;
}

bool isDevice(int ordinal) { return ordinal >= 0 && ordinal < numDevices(); }

// Work goes to the device that the calling thread has chosen, or is refused as the driver would.
bool isForeign(void* stream) {
    return !current || !stream || static_cast<Stream*>(stream)->device != current;
}

unsigned seed() {
    const char* text = std::getenv("NIGHTJAR_EMULATION_SEED");
    return text ? (unsigned)std::atoi(text) : 0;
}

bool isIntact(const Allocation& a) {
    const auto* head = reinterpret_cast<unsigned char*>(a.base);
    const auto* tail = head + GUARD_BYTES + a.bytes;
    for (size_t i = 0; i < GUARD_BYTES; i++) {
        if (head[i] != GUARD || tail[i] != GUARD) return false;
    }
    return true;
}

int checkGuards() {
    for (const auto& [address, a] : allocations) {
        if (sticky == SUCCESS && !isIntact(a)) {
            std::fprintf(stderr, "emulation: written outside of an allocation of %zu bytes\n", a.bytes);
            sticky = ILLEGAL_ADDRESS;
        }
    }
    return sticky;
}

// Does what a stream was asked for, up to so many things since its beginning.
int finish(Stream* stream, uint64_t position) {
    while (stream->numDone < position && !stream->waiting.empty()) {
        if (sticky == SUCCESS) sticky = stream->waiting.front()();
        stream->waiting.pop_front();
        stream->numDone++;
    }
    return sticky;
}

int finish(Stream* stream) { return finish(stream, stream->numSubmitted()); }

int finishAll() {
    for (Stream* stream : streams) finish(stream);
    return sticky;
}

Capture* captureOf(void* stream) { return static_cast<Stream*>(stream)->capture.get(); }

// What is forbidden during a capture ends it, too.
int refuse(Capture* capture) {
    capture->isInvalid = true;
    return CAPTURE_UNSUPPORTED;
}

// Calls that change the device's memory or wait for all of it are forbidden by a capture's mode.
int duringCapture() {
    for (Stream* stream : streams) {
        Capture* capture = stream->capture.get();
        if (!capture || capture->mode == RELAXED) continue;
        bool isOwn = capture->thread == std::this_thread::get_id();
        if (isOwn || capture->mode == GLOBAL) return refuse(capture);
    }
    return SUCCESS;
}

// The allocations in which addresses lie.
std::map<uint64_t, uint64_t> allocationsOf(const std::vector<uint64_t>& addresses) {
    std::map<uint64_t, uint64_t> found;
    for (uint64_t address : addresses) {
        auto next = allocations.upper_bound(address);
        if (next == allocations.begin()) continue;
        auto [first, allocation] = *std::prev(next);
        if (address < first + allocation.bytes) found[first] = allocation.serial;
    }
    return found;
}

int submit(void* stream, Work work, const std::vector<uint64_t>& addresses) {
    if (Capture* capture = captureOf(stream)) {
        if (capture->isInvalid) return CAPTURE_INVALIDATED;
        capture->graph.nodes.push_back({std::move(work), allocationsOf(addresses)});
        return SUCCESS;
    }
    static_cast<Stream*>(stream)->waiting.push_back(std::move(work));
    return sticky;
}

bool isPinned(const void* address, size_t bytes) {
    const char* first = static_cast<const char*>(address);
    auto next = pinned.upper_bound(first);
    if (next == pinned.begin()) return false;
    auto [base, size] = *std::prev(next);
    return first + bytes <= base + size;
}

int launch(const Function& f, emulation::Index grid, emulation::Index block, size_t shared,
           void** parameters) {
    // Freed with the launch, so that the sanitizer knows where dynamic shared memory ends.
    std::unique_ptr<unsigned char, decltype(&std::free)> dynamic(
        static_cast<unsigned char*>(std::malloc(shared + 16)), &std::free);
    unsigned order = seed();
    emulation::state.gridSize = grid;
    emulation::state.blockSize = block;
    emulation::state.dynamicShared = dynamic.get();
    for (unsigned z = 0; z < grid.z; z++) {
        for (unsigned y = 0; y < grid.y; y++) {
            for (unsigned x = 0; x < grid.x; x++) {
                std::memset(dynamic.get(), 0xff, shared);  // NaN: whoever reads first sees it
                emulation::state.block = {x, y, z};
                if (emulation::runBlock(*f.kernel, parameters, &order) != emulation::Outcome::DONE) {
                    return LAUNCH_FAILED;
                }
            }
        }
    }
    return SUCCESS;
}

}  // namespace

namespace emulation {
__attribute__((visibility("default"))) void registerKernel(const Kernel* kernel) {
    if (loading) (*loading)[kernel->name] = kernel;
}
}  // namespace emulation

// How often a call of the driver was made since the process began; for tests. "bytesToHost" are those
// of all copies to the host.
API nightjarEmulationCalls(const char* name) {
    std::lock_guard<std::mutex> guard(lock);
    auto found = calls.find(name);
    return found == calls.end() ? 0 : found->second;
}

API cuInit(unsigned) { return SUCCESS; }

API cuDriverGetVersion(int* version) {
    const char* text = std::getenv("NIGHTJAR_EMULATION_VERSION");
    *version = text ? std::atoi(text) : 13000;
    return SUCCESS;
}

API cuGetErrorName(int error, const char** name) {
    static const std::map<int, const char*> names = {
        {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE"},   {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY"},
        {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT"},
        {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE"}, {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE"},
        {NOT_FOUND, "CUDA_ERROR_NOT_FOUND"},           {ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS"},
        {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED"},
        {CAPTURE_UNSUPPORTED, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"},
        {CAPTURE_INVALIDATED, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED"},
        {CAPTURE_UNMATCHED, "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED"},
        {CAPTURED_EVENT, "CUDA_ERROR_CAPTURED_EVENT"},
        {CAPTURE_WRONG_THREAD, "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD"}};
    auto found = names.find(error);
    if (found == names.end()) return INVALID_VALUE;
    *name = found->second;
    return SUCCESS;
}

API cuGetErrorString(int, const char** text) {
    *text = "on the emulated device";
    return SUCCESS;
}

API cuDeviceGetCount(int* count) {
    *count = numDevices();
    return SUCCESS;
}

API cuDeviceGet(int* device, int ordinal) {
    if (!isDevice(ordinal)) return INVALID_DEVICE;
    *device = ordinal;
    return SUCCESS;
}

API cuDeviceGetName(char* name, int bytes, int) {
    std::snprintf(name, (size_t)bytes, "host emulation");
    return SUCCESS;
}

API cuDeviceTotalMem_v2(size_t* bytes, int) {
    *bytes = totalBytes();
    return SUCCESS;
}

API cuDeviceGetAttribute(int* value, int attribute, int) {
    switch (attribute) {
        case 75: {
            const char* text = std::getenv("NIGHTJAR_EMULATION_CAPABILITY");
            *value = text ? std::atoi(text) : 8;
            return SUCCESS;
        }
        case 76: *value = 0; return SUCCESS;
        case 16: *value = 4; return SUCCESS;
        case 97: *value = (int)MOST_SHARED_BYTES; return SUCCESS;
        default: return INVALID_VALUE;
    }
}

API cuDevicePrimaryCtxRetain(void** context, int device) {
    if (!isDevice(device)) return INVALID_DEVICE;
    *context = &devices[device];
    return SUCCESS;
}

API cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }

API cuCtxSetCurrent(void* context) {
    auto* device = static_cast<Device*>(context);
    if (device < devices || device >= devices + MOST_DEVICES) return INVALID_CONTEXT;
    current = device;
    return SUCCESS;
}

API cuModuleLoadDataEx(void** module, const void* image, unsigned, int*, void**) {
    std::lock_guard<std::mutex> guard(lock);
    if (int refusal = duringCapture()) return refusal;
    const char* text = static_cast<const char*>(image);
    if (std::strncmp(text, IMAGE_PREFIX, sizeof(IMAGE_PREFIX) - 1) != 0) return INVALID_IMAGE;
    std::string path(text + sizeof(IMAGE_PREFIX) - 1);
    path.erase(std::remove(path.begin(), path.end(), '\n'), path.end());
    std::map<std::string, const emulation::Kernel*> kernels;
    loading = &kernels;
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    loading = nullptr;
    if (!library) {
        std::fprintf(stderr, "emulation: %s\n", dlerror());
        return INVALID_IMAGE;
    }
    // A library that is loaded already registers nothing again, so its kernels are remembered.
    static std::map<void*, std::map<std::string, const emulation::Kernel*>> loaded;
    if (!kernels.empty()) loaded[library] = kernels;
    auto result = std::make_unique<Module>();
    result->library = library;
    for (const auto& [name, kernel] : loaded[library]) {
        result->functions[name] = std::make_unique<Function>(Function{kernel});
    }
    *module = result.release();
    return SUCCESS;
}

API cuModuleUnload(void* module) {
    std::lock_guard<std::mutex> guard(lock);
    if (int refusal = duringCapture()) return refusal;
    finishAll();
    delete static_cast<Module*>(module);
    return SUCCESS;
}

API cuModuleGetFunction(void** function, void* module, const char* name) {
    auto& functions = static_cast<Module*>(module)->functions;
    auto found = functions.find(name);
    if (found == functions.end()) return NOT_FOUND;
    *function = found->second.get();
    return SUCCESS;
}

API cuFuncSetAttribute(void* function, int attribute, int value) {
    if (attribute != 8 || value < 0 || (size_t)value > MOST_SHARED_BYTES) return INVALID_VALUE;
    static_cast<Function*>(function)->sharedBytes = (size_t)value;
    return SUCCESS;
}

API cuLaunchKernel(void* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                   unsigned blockY, unsigned blockZ, unsigned shared, void* stream, void** parameters,
                   void**) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuLaunchKernel"]++;
    const Function& f = *static_cast<Function*>(function);
    if (isForeign(stream)) return INVALID_CONTEXT;
    size_t threads = (size_t)blockX * blockY * blockZ;
    if (threads == 0 || threads > f.kernel->maxThreads || shared > f.sharedBytes ||
        gridX == 0 || gridY == 0 || gridZ == 0 || gridY > 65535 || gridZ > 65535) {
        return INVALID_VALUE;
    }
    // Parameters are copied now: a graph is launched when the caller's are gone.
    auto values = std::make_shared<std::vector<std::vector<char>>>();
    std::vector<uint64_t> addresses;
    for (size_t i = 0; i < f.kernel->numParameters; i++) {
        const char* value = static_cast<const char*>(parameters[i]);
        values->emplace_back(value, value + f.kernel->parameterBytes[i]);
        if (f.kernel->parameterBytes[i] == sizeof(uint64_t)) {
            addresses.push_back(*reinterpret_cast<const uint64_t*>(value));
        }
    }
    emulation::Index grid{gridX, gridY, gridZ}, block{blockX, blockY, blockZ};
    return submit(stream, [=, &f] {
        std::vector<void*> pointers;
        for (auto& value : *values) pointers.push_back(value.data());
        return launch(f, grid, block, shared, pointers.data());
    }, addresses);
}

API cuMemGetInfo_v2(size_t* free, size_t* total) {
    std::lock_guard<std::mutex> guard(lock);
    if (!current) return INVALID_CONTEXT;
    *total = totalBytes();
    *free = *total - current->usedBytes;
    return SUCCESS;
}

API cuMemAlloc_v2(uint64_t* address, size_t bytes) {
    std::lock_guard<std::mutex> guard(lock);
    if (!current) return INVALID_CONTEXT;
    if (int refusal = duringCapture()) return refusal;
    if (bytes == 0) return INVALID_VALUE;
    if (bytes > totalBytes() - current->usedBytes) return OUT_OF_MEMORY;
    size_t whole = bytes + 2 * GUARD_BYTES;
    char* base = static_cast<char*>(std::calloc(1, whole));
    if (!base) return OUT_OF_MEMORY;
    std::memset(base, GUARD, GUARD_BYTES);
    std::memset(base + GUARD_BYTES + bytes, GUARD, GUARD_BYTES);
    // Old contents are as good as NaN; a large pool stays untouched, for its pages' sake.
    if (bytes <= LARGE_BYTES) std::memset(base + GUARD_BYTES, 0xff, bytes);
    *address = reinterpret_cast<uint64_t>(base) + GUARD_BYTES;
    allocations[*address] = {base, bytes, current, ++numAllocations};
    current->usedBytes += bytes;
    return SUCCESS;
}

API cuMemFree_v2(uint64_t address) {
    std::lock_guard<std::mutex> guard(lock);
    if (int refusal = duringCapture()) return refusal;
    auto found = allocations.find(address);
    if (found == allocations.end()) return INVALID_VALUE;
    finishAll();
    int result = checkGuards();
    found->second.device->usedBytes -= found->second.bytes;
    std::free(found->second.base);
    allocations.erase(found);
    return result;
}

API cuMemHostAlloc(void** address, size_t bytes, unsigned) {
    std::lock_guard<std::mutex> guard(lock);
    if (!current) return INVALID_CONTEXT;
    if (int refusal = duringCapture()) return refusal;
    if (bytes == 0) return INVALID_VALUE;
    *address = std::malloc(bytes);
    if (!*address) return OUT_OF_MEMORY;
    pinned[static_cast<const char*>(*address)] = bytes;
    return SUCCESS;
}

API cuMemFreeHost(void* address) {
    std::lock_guard<std::mutex> guard(lock);
    if (int refusal = duringCapture()) return refusal;
    finishAll();
    if (!pinned.erase(static_cast<const char*>(address))) return INVALID_VALUE;
    std::free(address);
    return SUCCESS;
}

API cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuMemcpyHtoDAsync"]++;
    if (isForeign(stream)) return INVALID_CONTEXT;
    if (isPinned(from, bytes)) {
        return submit(stream, [=] { return std::memcpy(reinterpret_cast<void*>(to), from, bytes), SUCCESS; },
                      {to});
    }
    if (Capture* capture = captureOf(stream)) return refuse(capture);
    auto staged = std::make_shared<std::vector<char>>((const char*)from, (const char*)from + bytes);
    return submit(stream, [=] {
        return std::memcpy(reinterpret_cast<void*>(to), staged->data(), bytes), SUCCESS;
    }, {to});
}

API cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t bytes, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuMemcpyDtoHAsync"]++;
    calls["bytesToHost"] += (int)bytes;
    if (isForeign(stream)) return INVALID_CONTEXT;
    bool isFixed = isPinned(to, bytes);
    Capture* capture = captureOf(stream);
    if (capture && !isFixed) return refuse(capture);
    int result = submit(stream, [=] {
        return std::memcpy(to, reinterpret_cast<void*>(from), bytes), SUCCESS;
    }, {from});
    return isFixed ? result : finish(static_cast<Stream*>(stream));
}

API cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    if (isForeign(stream)) return INVALID_CONTEXT;
    return submit(stream, [=] {
        return std::memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes), SUCCESS;
    }, {to, from});
}

API cuMemsetD8Async(uint64_t to, unsigned char value, size_t bytes, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    if (isForeign(stream)) return INVALID_CONTEXT;
    return submit(stream, [=] { return std::memset(reinterpret_cast<void*>(to), value, bytes), SUCCESS; },
                  {to});
}

API cuStreamCreate(void** stream, unsigned) {
    std::lock_guard<std::mutex> guard(lock);
    if (!current) return INVALID_CONTEXT;
    auto* created = new Stream;
    created->device = current;
    streams.insert(created);
    *stream = created;
    return SUCCESS;
}

API cuStreamDestroy_v2(void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    auto* ended = static_cast<Stream*>(stream);
    finish(ended);
    streams.erase(ended);
    delete ended;
    return SUCCESS;
}

API cuStreamSynchronize(void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    if (isForeign(stream)) return INVALID_CONTEXT;
    if (Capture* capture = captureOf(stream)) return refuse(capture);
    finish(static_cast<Stream*>(stream));
    return checkGuards();
}

API cuStreamBeginCapture_v2(void* stream, int mode) {
    std::lock_guard<std::mutex> guard(lock);
    if (isForeign(stream)) return INVALID_CONTEXT;
    if (mode < GLOBAL || mode > RELAXED) return INVALID_VALUE;
    if (Capture* capture = captureOf(stream)) return refuse(capture);
    auto capture = std::make_unique<Capture>();
    capture->thread = std::this_thread::get_id();
    capture->mode = mode;
    static_cast<Stream*>(stream)->capture = std::move(capture);
    return SUCCESS;
}

API cuStreamEndCapture(void* stream, void** graph) {
    std::lock_guard<std::mutex> guard(lock);
    *graph = nullptr;
    if (isForeign(stream)) return INVALID_CONTEXT;
    Capture* capture = captureOf(stream);
    if (!capture) return CAPTURE_UNMATCHED;
    if (capture->mode != RELAXED && capture->thread != std::this_thread::get_id()) {
        return CAPTURE_WRONG_THREAD;
    }
    auto ended = std::move(static_cast<Stream*>(stream)->capture);
    if (ended->isInvalid) return CAPTURE_INVALIDATED;
    *graph = new Graph(std::move(ended->graph));
    return SUCCESS;
}

API cuGraphInstantiateWithFlags(void** executable, void* graph, unsigned long long) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuGraphInstantiate"]++;
    if (!graph) return INVALID_VALUE;
    *executable = new Graph(*static_cast<Graph*>(graph));
    return SUCCESS;
}

API cuGraphLaunch(void* executable, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuGraphLaunch"]++;
    if (isForeign(stream)) return INVALID_CONTEXT;
    for (const Node& node : static_cast<Graph*>(executable)->nodes) {
        for (auto [address, serial] : node.uses) {
            auto found = allocations.find(address);
            if (found == allocations.end() || found->second.serial != serial) {
                std::fprintf(stderr, "emulation: a graph points to memory that was freed\n");
                return sticky = ILLEGAL_ADDRESS;
            }
        }
        int result = submit(stream, node.work, {});
        if (result != SUCCESS) return result;
    }
    return SUCCESS;
}

API cuGraphDestroy(void* graph) {
    std::lock_guard<std::mutex> guard(lock);
    delete static_cast<Graph*>(graph);
    return SUCCESS;
}

API cuGraphExecDestroy(void* executable) {
    std::lock_guard<std::mutex> guard(lock);
    calls["cuGraphExecDestroy"]++;
    delete static_cast<Graph*>(executable);
    return SUCCESS;
}

API cuEventCreate(void** event, unsigned) {
    *event = new Event;
    return SUCCESS;
}

API cuEventDestroy_v2(void* event) {
    delete static_cast<Event*>(event);
    return SUCCESS;
}

API cuEventRecord(void* event, void* stream) {
    std::lock_guard<std::mutex> guard(lock);
    if (isForeign(stream)) return INVALID_CONTEXT;
    auto* recorded = static_cast<Event*>(event);
    recorded->stream = static_cast<Stream*>(stream);
    recorded->position = recorded->stream->numSubmitted();
    recorded->isCaptured = recorded->stream->capture != nullptr;
    return SUCCESS;
}

API cuEventSynchronize(void* event) {
    std::lock_guard<std::mutex> guard(lock);
    auto* recorded = static_cast<Event*>(event);
    if (recorded->isCaptured) return CAPTURED_EVENT;
    return streams.count(recorded->stream) ? finish(recorded->stream, recorded->position) : sticky;
}

// There is no time on this device.
API cuEventElapsedTime_v2(float* milliseconds, void*, void*) {
    *milliseconds = 0;
    return SUCCESS;
}
