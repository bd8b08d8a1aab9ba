package dev.nightjar.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Stands before the JDK's resolver in the whole JVM and refuses names of other machines when
 * offline, so that a library that was forgotten fails instead of asking a name server.
 */
public final class OfflineResolver extends InetAddressResolverProvider {

    /** A system property, as the JDK makes this object itself and gives it nothing else. */
    static final String PROPERTY = "nightjar.offline";

    /** For the JDK. */
    public OfflineResolver() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return guard(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "nightjar";
    }

    static InetAddressResolver guard(InetAddressResolver builtin) {
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                if (isOffline() && !Outbound.isThisMachine(host)) {
                    throw new UnknownHostException(host + ": offline, no name is looked up");
                }
                return builtin.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                if (isOffline()) {
                    throw new UnknownHostException("offline, no name is looked up");
                }
                return builtin.lookupByAddress(address);
            }
        };
    }

    private static boolean isOffline() {
        return Boolean.getBoolean(PROPERTY);
    }
}
