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
 * @param strict {@code strictrtp}: which packets of another address are taken; ON
 * @param probation {@code probation}: packets in sequence by which a new source is believed; 4
 * @param dtmfTimeoutMs {@code dtmftimeout}, written in samples of 8000 Hz: a digit whose end was lost is over; 375 ms (3000)
 * @param rtcpIntervalMs {@code rtcpinterval}: time between reports; 5000
 * @param checksums {@code rtpchecksums}: UDP checksums; on, and the system leaves no choice
 */
public record RtpSettings(
        int start, int end, Strict strict, int probation, int dtmfTimeoutMs, int rtcpIntervalMs, boolean checksums) {

    /** Which source of packets is believed. */
    public enum Strict {
        /** Any, at any time. */
        OFF,
        /** The one learned, until it falls silent. */
        ON,
        /** The one learned; another that sends {@code probation} packets in sequence takes its place. */
        SEQNO
    }

    /** As if there were no file. */
    public static final RtpSettings DEFAULT = new RtpSettings(10_000, 20_000, Strict.ON, 4, 375, 5_000, true);

    private static final Map<String, Strict> STRICT = Map.ofEntries(
            Map.entry("yes", Strict.ON),
            Map.entry("true", Strict.ON),
            Map.entry("on", Strict.ON),
            Map.entry("1", Strict.ON),
            Map.entry("seqno", Strict.SEQNO),
            Map.entry("no", Strict.OFF),
            Map.entry("false", Strict.OFF),
            Map.entry("off", Strict.OFF),
            Map.entry("0", Strict.OFF));

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
            Inert.of("ice_blacklist", "every address of this machine is offered", "toutes les adresses sont proposées"),
            Inert.of("ice_deny", "every address of this machine is offered", "toutes les adresses sont proposées"),
            Inert.of("ice_permit", "every address of this machine is offered", "toutes les adresses sont proposées"),
            Inert.of(
                    "dtls_mtu",
                    "allo keeps handshake datagrams below 1200 bytes",
                    "allo garde les datagrammes de négociation sous 1200 octets"),
            Inert.of(
                    "srtpreplayprotection",
                    "replayed packets are always refused",
                    "les paquets rejoués sont toujours refusés"));

    private static final Text ALWAYS_ICE = new Text(
            "each endpoint's ice_support decides; the file can't switch it off",
            "ice_support de chaque « endpoint » décide ; ce fichier ne peut pas le désactiver");

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
        var settings = new RtpSettings(
                start,
                end,
                reader.value("strictrtp", OptionType.oneOf(STRICT), DEFAULT.strict()),
                reader.integer("probation", DEFAULT.probation(), 1, 1000),
                reader.integer("dtmftimeout", DEFAULT.dtmfTimeoutMs() * SAMPLES_PER_MS, 0, 800_000) / SAMPLES_PER_MS,
                reader.integer("rtcpinterval", DEFAULT.rtcpIntervalMs(), 500, 60_000),
                reader.yesNo("rtpchecksums", DEFAULT.checksums()));
        if (!settings.checksums()) {
            reader.inert("rtpchecksums", CHECKSUMS);
        }
        if (!reader.yesNo("icesupport", true)) {
            reader.inert("icesupport", ALWAYS_ICE);
        }
        Inert.report(reader, INERT);
        reader.finish();
        return settings;
    }

    private static final Text CHECKSUMS = new Text(
            "UDP checksums are the system's matter and stay on",
            "les sommes de contrôle UDP relèvent du système et restent actives");

    private static final int SAMPLES_PER_MS = 8;
}
