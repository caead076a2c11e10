package io.allo.io.sip;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine, of all interfaces that are up, as they are now. Any thread. */
final class OwnAddresses implements Supplier<List<InetAddress>> {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);

    private volatile List<InetAddress> last = List.of();

    /** The addresses in the interfaces' order; those of the last time where the system does not tell. */
    @Override
    public List<InetAddress> get() {
        try {
            last = NetworkInterface.networkInterfaces()
                    .filter(OwnAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException unreadable) {
            LOG.debug("the machine's addresses can't be read: {}", unreadable.toString());
        }
        return last;
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }
}
