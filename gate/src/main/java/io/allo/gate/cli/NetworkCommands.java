package io.allo.gate.cli;

import io.allo.sip.address.HostPort;
import io.allo.sip.agent.AddressRange;
import io.allo.sip.agent.SipListener;
import io.allo.sip.flow.Flow;
import java.util.List;
import java.util.stream.Collectors;

/** What is said about the addresses on which the server listens and which it names to others. Any thread. */
final class NetworkCommands {

    private final CliDesk desk;

    NetworkCommands(CliDesk desk) {
        this.desk = desk;
    }

    void transports(List<String> arguments, Reply reply) {
        var table = new Table(
                "TRANSPORT",
                reply.say("PROTOCOL", "PROTOCOLE"),
                reply.say("LISTENS ON", "ÉCOUTE SUR"),
                reply.say("EXTERNAL", "EXTERNE"),
                reply.say("EXTERNAL SOUND", "SON EXTERNE"),
                reply.say("LOCAL NETS", "RÉSEAUX LOCAUX"));
        for (var listener : desk.listeners()) {
            table.row(
                    listener.name(),
                    listener.transport(),
                    listener.bound(),
                    orDash(
                            listener.external() == null
                                    ? ""
                                    : listener.external().host()),
                    orDash(externalMedia(listener)),
                    orDash(nets(listener.localNets())));
        }
        reply.table(table);
        reply.line(
                "addresses of this machine: " + String.join(" ", desk.ownAddresses()),
                "adresses de cette machine : " + String.join(" ", desk.ownAddresses()));
    }

    /** Which address of ours is named to somebody at an address, and why. */
    void address(List<String> arguments, Reply reply) {
        if (arguments.isEmpty() || !HostPort.of(arguments.getFirst()).isAddress()) {
            reply.fail("say which address: show address 10.8.0.5", "dites quelle adresse : show address 10.8.0.5");
            return;
        }
        var remote = arguments.getFirst();
        for (var listener : desk.listeners()) {
            if (reaches(listener.bound().host(), remote)) {
                explain(listener, remote, reply);
            }
        }
    }

    private void explain(SipListener listener, String remote, Reply reply) {
        var bound = listener.bound().host();
        var fixed = !isWildcard(bound);
        var ours = fixed ? bound : desk.localAddress(remote);
        var flow = new Flow(
                listener.transport(), new HostPort(ours, listener.bound().port()), new HostPort(remote, 5060), -1);
        var inside = listener.isLocal(remote);
        var media = externalMedia(listener);
        var sound = media.isEmpty() || inside ? ours : media;
        reply.line(
                listener.name() + ": " + remote + " is told " + listener.addressFor(flow) + " for SIP, " + sound
                        + " for sound",
                listener.name() + " : " + remote + " reçoit " + listener.addressFor(flow) + " pour SIP, " + sound
                        + " pour le son");
        reply.line(
                "  "
                        + (fixed
                                ? "it listens on " + bound + " only"
                                : ours + " is where this machine sends from to " + remote
                                        + "; who reaches another address of it is answered from that one"),
                "  "
                        + (fixed
                                ? "il n'écoute que sur " + bound
                                : ours + " est l'adresse d'où cette machine écrit à " + remote
                                        + " ; qui en atteint une autre reçoit ses réponses de celle-là"));
        if (listener.external() == null && media.isEmpty()) {
            reply.line("  no external address is set", "  aucune adresse externe n'est définie");
        } else if (inside) {
            reply.line(
                    "  it lies in a local_net (" + nets(listener.localNets()) + "), so external addresses do not count",
                    "  elle est dans un local_net (" + nets(listener.localNets())
                            + "), donc les adresses externes ne comptent pas");
        } else {
            reply.line(
                    "  it lies in no local_net (" + orDash(nets(listener.localNets())) + "), so it counts as outside",
                    "  elle n'est dans aucun local_net (" + orDash(nets(listener.localNets()))
                            + "), donc elle passe pour extérieure");
        }
    }

    private String externalMedia(SipListener listener) {
        var transport = desk.directory().conf().transports().get(listener.name());
        return transport == null ? "" : transport.externalMedia();
    }

    private static boolean reaches(String bound, String remote) {
        return bound.equals("::") || (bound.indexOf(':') >= 0) == (remote.indexOf(':') >= 0);
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static String nets(List<AddressRange> nets) {
        return nets.stream().map(AddressRange::toString).collect(Collectors.joining(" "));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
