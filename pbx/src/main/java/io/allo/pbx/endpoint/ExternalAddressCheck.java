package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.Text;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.AddressRange;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether local_net and the external_* addresses of the transports go together: the mistakes by which a phone registers and hears nothing.
 * docs/vpn-nat.md. Used once per load.
 */
final class ExternalAddressCheck {

    /** Addresses that nobody reaches from elsewhere: RFC 1918, 6598, 3927, 4193, 4291. */
    private static final List<AddressRange> PRIVATE = ranges(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fc00::/7",
            "fe80::/10",
            "::1/128");

    private final ConfFile file;
    private final Map<String, TransportSettings> transports;
    private final Consumer<ConfProblem> problems;

    ExternalAddressCheck(ConfFile file, Map<String, TransportSettings> transports, Consumer<ConfProblem> problems) {
        this.file = file;
        this.transports = transports;
        this.problems = problems;
    }

    void check() {
        for (var section : file.ofType("transport")) {
            var transport = transports.get(section.name());
            if (transport == null) {
                continue;
            }
            var signaling = transport.externalSignaling();
            var media = transport.externalMedia();
            if (signaling != null) {
                checkAddress(section, transport, "external_signaling_address", signaling.host());
            }
            if (!media.isEmpty()) {
                checkAddress(section, transport, "external_media_address", media);
            }
            if (signaling != null || !media.isEmpty()) {
                checkWhole(section, transport);
            } else {
                checkSibling(section, transport);
            }
        }
    }

    private void checkAddress(ConfSection section, TransportSettings transport, String option, String host) {
        if (!HostPort.of(host).isAddress()) {
            return;
        }
        if (PRIVATE.stream().anyMatch(range -> range.contains(host))) {
            warn(
                    section,
                    option,
                    "external-private",
                    new Text(
                            option + "=" + host + " is a private address: nobody outside reaches it",
                            option + "=" + host + " est une adresse privée : personne ne l'atteint du dehors"),
                    new Text(
                            "name the router's public address, or a host name that follows it",
                            "donnez l'adresse publique du routeur, ou un nom d'hôte qui la suit"));
        }
        if (transport.localNets().stream().anyMatch(net -> net.contains(host))) {
            warn(
                    section,
                    option,
                    "external-local",
                    new Text(
                            option + "=" + host + " lies in a local_net: who is outside then counts as inside",
                            option + "=" + host + " est dans un local_net : qui est dehors passe pour être dedans"),
                    null);
        }
    }

    private void checkWhole(ConfSection section, TransportSettings transport) {
        var signaling = transport.externalSignaling() != null;
        var media = !transport.externalMedia().isEmpty();
        if (transport.localNets().isEmpty()) {
            warn(
                    section,
                    media ? "external_media_address" : "external_signaling_address",
                    "local-net-missing",
                    new Text(
                            "without local_net every phone counts as outside: those on the LAN and in a VPN are told the"
                                    + " external address, and most routers don't lead it back in: no sound",
                            "sans local_net tout téléphone passe pour extérieur : ceux du réseau local et d'un VPN"
                                    + " reçoivent l'adresse externe, que la plupart des routeurs ne ramènent pas :"
                                    + " pas de son"),
                    new Text(
                            "add local_net= for each network of yours, e.g. local_net=192.168.0.0/16 and"
                                    + " local_net=10.0.0.0/8",
                            "ajoutez local_net= pour chacun de vos réseaux, p. ex. local_net=192.168.0.0/16 et"
                                    + " local_net=10.0.0.0/8"));
        }
        if (signaling != media) {
            var there = media ? "external_media_address" : "external_signaling_address";
            var missing = media ? "external_signaling_address" : "external_media_address";
            warn(
                    section,
                    there,
                    "external-half",
                    new Text(
                            there + " is set and " + missing + " is not: "
                                    + (media
                                            ? "those outside are told where to send sound, but not where to send requests"
                                            : "those outside reach us, but send their sound to an inside address"),
                            there + " est défini mais pas " + missing + " : "
                                    + (media
                                            ? "ceux du dehors savent où envoyer le son, mais pas les requêtes"
                                            : "ceux du dehors nous joignent, mais envoient le son à une adresse interne")),
                    Text.same(missing + "="));
        }
    }

    /** Beside a transport with external addresses on the same socket address: phones use all of them. */
    private void checkSibling(ConfSection section, TransportSettings transport) {
        transports.values().stream()
                .filter(other -> !other.externalMedia().isEmpty()
                        && other.bind().host().equals(transport.bind().host()))
                .findFirst()
                .ifPresent(other -> problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "external-uneven",
                        new Text(
                                "[" + other.name() + "] names external addresses and [" + section.name()
                                        + "] does not: phones outside that use this transport will not hear",
                                "[" + other.name() + "] donne des adresses externes et pas [" + section.name()
                                        + "] : les téléphones du dehors qui l'utilisent n'entendront rien"),
                        new Text(
                                "repeat external_* and local_net in every transport",
                                "répétez external_* et local_net dans chaque transport"))));
    }

    private void warn(ConfSection section, String option, String code, Text message, @Nullable Text suggestion) {
        section.last(option)
                .ifPresent(entry ->
                        problems.accept(ConfProblem.warning(entry.file(), entry.line(), code, message, suggestion)));
    }

    private static List<AddressRange> ranges(String... texts) {
        return java.util.Arrays.stream(texts).map(AddressRange::parse).toList();
    }
}
