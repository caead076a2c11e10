package io.allo.pbx.settings;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * rtp.conf {@code [general]}. Immutable.
 *
 * @param start {@code rtpstart}: first UDP port for sound; 10000, as in Asterisk's sample file
 * @param end {@code rtpend}: last one; 20000
 */
public record RtpSettings(int start, int end) {

    /** As if there were no file. */
    public static final RtpSettings DEFAULT = new RtpSettings(10_000, 20_000);

    private static final Map<String, Boolean> STRICT = Map.ofEntries(
            Map.entry("yes", true),
            Map.entry("true", true),
            Map.entry("on", true),
            Map.entry("1", true),
            Map.entry("seqno", false),
            Map.entry("no", false),
            Map.entry("false", false),
            Map.entry("off", false),
            Map.entry("0", false));

    private static final List<Inert> INERT = List.of(
            Inert.of(
                    "stunaddr",
                    "Asterisk asks that server for its outer address; allo uses external_media_address of the transport",
                    "Asterisk demande son adresse externe à ce serveur ; allo utilise external_media_address du transport"),
            Inert.of("stun_blacklist", "allo asks no STUN server", "allo n'interroge aucun serveur STUN"),
            Inert.of("stun_deny", "allo asks no STUN server", "allo n'interroge aucun serveur STUN"),
            Inert.of("stun_permit", "allo asks no STUN server", "allo n'interroge aucun serveur STUN"),
            Inert.of("turnaddr", "allo uses no TURN relay of its own", "allo n'utilise pas de relais TURN à lui"),
            Inert.of("turnport", "allo uses no TURN relay of its own", "allo n'utilise pas de relais TURN à lui"),
            Inert.of("turnusername", "allo uses no TURN relay of its own", "allo n'utilise pas de relais TURN à lui"),
            Inert.of("turnpassword", "allo uses no TURN relay of its own", "allo n'utilise pas de relais TURN à lui"),
            Inert.of("ice_blacklist", "allo speaks no ICE yet", "allo ne parle pas encore ICE"),
            Inert.of("ice_deny", "allo speaks no ICE yet", "allo ne parle pas encore ICE"),
            Inert.of("ice_permit", "allo speaks no ICE yet", "allo ne parle pas encore ICE"),
            Inert.of(
                    "probation",
                    "a stream is taken from the address that the call names or shows, from its first packet on",
                    "un flux est pris dès le premier paquet de l'adresse que l'appel nomme ou montre"),
            Inert.of(
                    "dtmftimeout",
                    "a digit is over when its stream stops saying it",
                    "un chiffre est fini quand son flux cesse de le dire"),
            Inert.of(
                    "rtcpinterval",
                    "reports are sent every five seconds",
                    "les rapports partent toutes les cinq secondes"),
            Inert.of("dtls_mtu", "allo speaks no DTLS yet", "allo ne parle pas encore DTLS"),
            Inert.of(
                    "srtpreplayprotection",
                    "replayed packets are always refused",
                    "les paquets rejoués sont toujours refusés"));

    /** Reads the file; what is wrong is reported and the default taken. */
    public static RtpSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = DEFAULT;
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("general")) {
                settings = general(section, problems);
            } else if (section.name().equalsIgnoreCase("ice_host_candidates")) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "section-inert",
                        new Text(
                                "[ice_host_candidates] has no effect: allo offers external_media_address of the transport",
                                "[ice_host_candidates] n'a pas d'effet : allo propose external_media_address du transport"),
                        null));
            } else {
                problems.accept(Sections.unknown(section, List.of("general", "ice_host_candidates")));
            }
        }
        return settings;
    }

    private static RtpSettings general(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var ports = OptionType.integer(1024, 65_535);
        int start = reader.value("rtpstart", ports, DEFAULT.start());
        int end = reader.value("rtpend", ports, DEFAULT.end());
        if (end - start < 1) {
            problems.accept(ConfProblem.error(
                    section.file(),
                    reader.entry("rtpend").map(entry -> entry.line()).orElse(section.line()),
                    "rtp-ports",
                    new Text(
                            "rtpstart " + start + " and rtpend " + end + " leave no port for a call",
                            "rtpstart " + start + " et rtpend " + end + " ne laissent aucun port pour un appel"),
                    new Text(
                            "each call needs two or four ports: write rtpstart=10000 and rtpend=20000",
                            "chaque appel prend deux ou quatre ports : écrivez rtpstart=10000 et rtpend=20000")));
            start = DEFAULT.start();
            end = DEFAULT.end();
        }
        if (!reader.value("strictrtp", OptionType.oneOf(STRICT), true)) {
            reader.inert("strictrtp", ALWAYS_STRICT);
        }
        if (!reader.yesNo("rtpchecksums", true)) {
            reader.inert("rtpchecksums", CHECKSUMS);
        }
        reader.yesNo("icesupport", true);
        Inert.report(reader, INERT);
        reader.finish();
        return new RtpSettings(start, end);
    }

    private static final Text ALWAYS_STRICT = new Text(
            "a stream is only taken from where the call names or shows, or strangers could take it over",
            "un flux n'est pris que d'où l'appel le nomme ou le montre, sinon un inconnu pourrait le détourner");

    private static final Text CHECKSUMS = new Text(
            "UDP checksums are the system's matter and stay on",
            "les sommes de contrôle UDP relèvent du système et restent actives");
}
