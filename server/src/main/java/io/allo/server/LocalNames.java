package io.allo.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names and addresses of this machine, for which certificates are made. No state. */
final class LocalNames {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNames.class);

    private LocalNames() {}

    /** An address at which others may reach this machine; localhost if it has none. */
    static String reachable() {
        return all().stream()
                .filter(name -> name.matches("[0-9.]+") && !name.startsWith("127."))
                .findFirst()
                .orElse("localhost");
    }

    /** The host name first, then localhost, then every address of every interface. */
    static List<String> all() {
        var names = new LinkedHashSet<String>();
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            LOG.debug("this machine's name has no address: {}", nameless.getMessage());
        }
        names.add("localhost");
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .map(address -> address.replaceAll("%.*", ""))
                    .forEach(names::add);
        } catch (SocketException unreadable) {
            LOG.warn("the machine's addresses can't be read, so certificates don't name them", unreadable);
        }
        return new ArrayList<>(names);
    }
}
