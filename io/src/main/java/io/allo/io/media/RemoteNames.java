package io.allo.io.media;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.StreamSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host names where SDP or a URI gave one instead of an address (RFC 8866 5.7 allows both). Looked up on the thread of the
 * call that configures its port, never on a media loop. A name that nobody knows is taken for the
 * host from which the other side signals.
 */
final class RemoteNames {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteNames.class);

    /** What {@code c=} says when there is no address at all, RFC 2543's and RFC 3264's hold among them. */
    private static final String NOWHERE = "0.0.0.0";

    private RemoteNames() {}

    static MediaCommand.Configure resolved(MediaCommand.Configure command) {
        var media = command.media();
        var settings = command.settings();
        if (isAddress(media.remoteHost()) && isAddress(media.rtcpHost()) && isAddress(settings.shownHost())) {
            return command;
        }
        var shown = address(settings.shownHost());
        return new MediaCommand.Configure(
                command.port(),
                media.withHosts(address(media.remoteHost(), shown), address(media.rtcpHost(), shown)),
                new StreamSettings(settings.timeoutMs(), settings.holdTimeoutMs(), settings.keepAliveMs(), shown));
    }

    /** The address of a host; where it has none, that from which the other side signals, or nowhere. */
    private static String address(String host, String shown) {
        var address = address(host);
        return !address.isEmpty() ? address : shown.isEmpty() ? NOWHERE : shown;
    }

    /** The address of a host in text; empty where it has none. */
    private static String address(String host) {
        if (host.isEmpty() || isAddress(host)) {
            return host;
        }
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            LOG.info("the other side's sound is to go to \"{}\", which has no address", host);
            return "";
        }
    }

    private static boolean isAddress(String host) {
        if (host.isEmpty()) {
            return true;
        }
        try {
            return !InetAddress.ofLiteral(host).getHostAddress().isEmpty();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
