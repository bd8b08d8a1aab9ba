package dev.nightjar.server.limit;

import dev.nightjar.server.api.PublicAddress;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.limit.count.Standing;
import io.helidon.webserver.http.ServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/** Which callers are held to which limits, and what those of late had left. Thread-safe. */
final class LimitedCallers {

    /** A client has a network of that many bytes to itself, and may change its address in it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    /**
     * A caller as it was seen last.
     *
     * @param caller who
     * @param standing what it had left then
     */
    record Seen(LimitedCaller caller, Standing standing) {}

    private final LimitConfig config;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order in which they were seen. */
    private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

    LimitedCallers(LimitConfig config) {
        this.config = config;
    }

    /** The limits that hold for a request, if some do. */
    Optional<LimitedCaller> of(Caller caller, ServerRequest request) {
        if (caller.equals(Caller.UNKNOWN)) {
            return Optional.empty();
        }
        Optional<LimitedCaller> some =
                caller.id().equals(Caller.ANYBODY.id())
                        ? config.anonymous().map(tier -> anonymous(tier, request))
                        : Optional.of(
                                new LimitedCaller(
                                        caller.id(),
                                        caller.name(),
                                        caller.tier(),
                                        config.tier(caller.tier())));
        return some.filter(known -> !known.limits().isUnlimited());
    }

    /** Notes what a caller has left. */
    void note(LimitedCaller caller, Standing standing) {
        lock.lock();
        try {
            seen.putLast(caller.id(), new Seen(caller, standing));
            if (seen.size() > config.maxCallers()) {
                seen.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a caller had left when it was seen last. */
    Optional<Standing> last(LimitedCaller caller) {
        lock.lock();
        try {
            return Optional.ofNullable(seen.get(caller.id())).map(Seen::standing);
        } finally {
            lock.unlock();
        }
    }

    /** Those seen last, the last first. */
    List<Seen> latest(int most) {
        lock.lock();
        try {
            return seen.sequencedValues().reversed().stream().limit(most).toList();
        } finally {
            lock.unlock();
        }
    }

    private LimitedCaller anonymous(String tier, ServerRequest request) {
        String address = network(request);
        return new LimitedCaller("address:" + address, address, tier, config.tier(tier));
    }

    private static String network(ServerRequest request) {
        Optional<String> told = PublicAddress.find(request).flatMap(PublicAddress::client);
        if (told.isPresent()) {
            return network(InetAddress.ofLiteral(told.get()));
        }
        return request.remotePeer().address() instanceof InetSocketAddress socket
                        && !socket.isUnresolved()
                ? network(socket.getAddress())
                : request.remotePeer().host();
    }

    private static String network(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] network = Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES);
            return HexFormat.of().formatHex(network) + "::/64";
        }
        return address.getHostAddress();
    }
}
