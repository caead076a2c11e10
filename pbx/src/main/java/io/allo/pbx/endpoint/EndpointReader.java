package io.allo.pbx.endpoint;

import io.allo.media.sdp.Capabilities;
import io.allo.media.sdp.CodecList;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.DtmfMode;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import io.allo.sip.session.ReliableMode;
import io.allo.sip.session.SessionSettings;
import io.allo.sip.session.TimerMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads {@code type=endpoint}. */
final class EndpointReader {

    private static final Map<String, ReliableMode> RELIABLE = Map.of(
            "no", ReliableMode.NO,
            "yes", ReliableMode.YES,
            "required", ReliableMode.REQUIRED,
            "peer_supported", ReliableMode.PEER_SUPPORTED);

    private static final Map<String, TimerMode> TIMERS = timers();

    private static final Text RELAYED = new Text(
            "sound always goes through allo, which relays it at little cost",
            "le son passe toujours par allo, qui le relaie à peu de frais");

    private static final Map<String, Boolean> REDIRECTS =
            Map.of("user", true, "uri_core", true, "uri_pjsip", true, "no", false);

    /** Options of Asterisk's that are accepted; most are waiting for their part of allo. */
    private static final List<String> INERT = List.of(
            "direct_media_method",
            "direct_media_glare_mitigation",
            "disable_direct_media_on_nat",
            "connected_line_method",
            "incoming_call_offer_pref",
            "outgoing_call_offer_pref",
            "codec_prefs_incoming_offer",
            "codec_prefs_outgoing_offer",
            "codec_prefs_incoming_answer",
            "codec_prefs_outgoing_answer",
            "asymmetric_rtp_codec",
            "ice_support",
            "use_avpf",
            "force_avp",
            "media_use_received_transport",
            "g726_non_standard",
            "notify_early_inuse_ringing",
            "named_call_group",
            "named_pickup_group",
            "one_touch_recording",
            "record_on_feature",
            "record_off_feature",
            "t38_udptl",
            "t38_udptl_ec",
            "t38_udptl_maxdatagram",
            "t38_udptl_nat",
            "t38_udptl_ipv6",
            "t38_bind_udptl_to_media_address",
            "fax_detect",
            "fax_detect_timeout",
            "srtp_tag_32",
            "rtp_ipv6",
            "rtp_engine",
            "sdp_owner",
            "sdp_session",
            "tos_audio",
            "tos_video",
            "cos_audio",
            "cos_video",
            "allow_subscribe",
            "sub_min_expiry",
            "subscribe_context",
            "mwi_from_user",
            "mwi_subscribe_replaces_unsolicited",
            "aggregate_mwi",
            "incoming_mwi_mailbox",
            "webrtc",
            "bundle",
            "max_audio_streams",
            "max_video_streams",
            "stir_shaken",
            "stir_shaken_profile",
            "allow_overlap",
            "send_diversion",
            "refer_blind_progress",
            "suppress_q850_reason_headers",
            "ignore_183_without_sdp",
            "user_eq_phone",
            "send_aoc",
            "send_history_info",
            "security_negotiation",
            "security_mechanisms",
            "geoloc_incoming_call_profile",
            "geoloc_outgoing_call_profile",
            "tenantid",
            "overlap_context",
            "callerid_tag",
            "trust_connected_line",
            "follow_early_media_fork",
            "accept_multiple_sdp_answers",
            "suppress_moh_on_sendonly",
            "allow_unauthenticated_options",
            "rpid_immediate",
            "message_filter",
            "sdp_session_name",
            "voicemail_extension");

    private EndpointReader() {}

    static EndpointSettings read(SectionReader reader, NamedAcls named, Consumer<ConfProblem> problems) {
        var media = media(reader);
        var settings = new EndpointSettings(
                reader.section().name(),
                reader.text("context", "default"),
                reader.value("aors", OptionType.LIST, List.of()),
                reader.value("auth", OptionType.LIST, List.of()),
                reader.value("outbound_auth", OptionType.LIST, List.of()),
                reader.text("transport", ""),
                reader.value("identify_by", OptionType.LIST, List.of("username", "ip")),
                capabilities(reader, problems),
                session(reader),
                new EndpointSettings.Nat(
                        reader.yesNo("rewrite_contact", false),
                        reader.yesNo("force_rport", true),
                        reader.text("outbound_proxy", ""),
                        reader.text("contact_user", "")),
                identity(reader),
                media,
                behaviour(reader),
                AclReader.read(reader, named));
        // "no" asks for what allo does anyway
        if (reader.yesNo("direct_media", false)) {
            reader.inert("direct_media", RELAYED);
        }
        INERT.forEach(option -> reader.inert(option, TransportReader.NOT_YET));
        return settings;
    }

    private static Map<String, TimerMode> timers() {
        var words = new LinkedHashMap<String, TimerMode>();
        words.put("yes", TimerMode.YES);
        words.put("no", TimerMode.NO);
        words.put("required", TimerMode.REQUIRED);
        words.put("always", TimerMode.ALWAYS);
        words.put("forced", TimerMode.ALWAYS);
        return words;
    }

    private static EndpointSettings.Media media(SectionReader reader) {
        return new EndpointSettings.Media(
                reader.text("media_address", ""),
                reader.yesNo("bind_rtp_to_media_address", false),
                reader.integer("rtp_timeout", 0, 0, 86_400),
                reader.integer("rtp_timeout_hold", 0, 0, 86_400),
                reader.integer("rtp_keepalive", 0, 0, 86_400),
                EncryptionReader.dtls(reader));
    }

    private static Capabilities capabilities(SectionReader reader, Consumer<ConfProblem> problems) {
        var codecs = CodecList.NONE;
        for (var entry : reader.entries("allow", "disallow")) {
            var change = entry.is("allow") ? codecs.allow(entry.value()) : codecs.disallow(entry.value());
            codecs = change.list();
            for (var problem : change.problems()) {
                reader.problem(ConfProblem.Severity.WARNING, entry, "codec", new Text(problem, problem), null);
            }
        }
        if (codecs.choices().isEmpty()) {
            var section = reader.section();
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "no-codec",
                    new Text(
                            "[" + section.name() + "] allows no codec: ulaw, alaw and g722 are taken",
                            "[" + section.name() + "] n'autorise aucun codec : ulaw, alaw et g722 sont pris"),
                    new Text("write allow=!all,ulaw,alaw,g722", "écrivez allow=!all,ulaw,alaw,g722")));
            codecs = CodecList.of(CodecName.ULAW, CodecName.ALAW, CodecName.G722);
        }
        var dtmf = reader.value(
                "dtmf_mode",
                OptionType.of(
                        Text.same("rfc4733, info, inband, auto, auto_info, none"),
                        word -> DtmfMode.ofAsterisk(word).orElse(null)),
                DtmfMode.RFC4733);
        reader.yesNo("use_ptime", false);
        return Capabilities.of(codecs)
                .withDtmf(dtmf)
                .withSingleCodec(reader.yesNo("preferred_codec_only", false))
                .withRtcpMux(reader.yesNo("rtcp_mux", false))
                .withSymmetric(reader.yesNo("rtp_symmetric", false))
                .withEncryption(EncryptionReader.read(reader));
    }

    private static SessionSettings session(SectionReader reader) {
        var minSe = Math.max(90, reader.integer("timers_min_se", 90, 90, 86_400));
        var expires = Math.max(minSe, reader.integer("timers_sess_expires", 1_800, 90, 86_400));
        return new SessionSettings(
                reader.value("100rel", OptionType.oneOf(RELIABLE), ReliableMode.YES),
                reader.value("timers", OptionType.oneOf(TIMERS), TimerMode.YES),
                expires,
                minSe);
    }

    private static EndpointSettings.Identity identity(SectionReader reader) {
        var caller =
                reader.entry("callerid").map(e -> CallerIdText.parse(e.value())).orElse(PartyId.UNKNOWN);
        var privacy = reader.entry("callerid_privacy").map(e -> e.value()).orElse("");
        for (var presentation : PartyId.Presentation.values()) {
            if (presentation.label().equals(privacy)) {
                caller = caller.withPresentation(presentation);
            }
        }
        return new EndpointSettings.Identity(
                caller,
                reader.text("from_user", ""),
                reader.text("from_domain", ""),
                reader.yesNo("trust_id_inbound", false),
                reader.yesNo("trust_id_outbound", false),
                reader.yesNo("send_pai", false),
                reader.yesNo("send_rpid", false),
                reader.yesNo("send_connected_line", true));
    }

    private static EndpointSettings.Behaviour behaviour(SectionReader reader) {
        var variables = new ArrayList<EndpointSettings.Variable>();
        for (var entry : reader.entries("set_var")) {
            var equals = entry.value().indexOf('=');
            if (equals > 0) {
                variables.add(new EndpointSettings.Variable(
                        entry.value().substring(0, equals).strip(),
                        entry.value().substring(equals + 1).strip()));
            } else {
                reader.wrong(entry, new Text("name=value", "nom=valeur"));
            }
        }
        return new EndpointSettings.Behaviour(
                reader.text("language", ""),
                reader.text("accountcode", ""),
                reader.text("tone_zone", ""),
                variables,
                reader.yesNo("inband_progress", false),
                reader.yesNo("moh_passthrough", false),
                reader.value("redirect_method", OptionType.oneOf(REDIRECTS), true),
                reader.yesNo("allow_transfer", true),
                reader.integer("device_state_busy_at", 0, 0, 10_000),
                reader.text("call_group", ""),
                reader.text("pickup_group", ""),
                reader.text("moh_suggest", ""),
                reader.text("message_context", ""),
                reader.value("mailboxes", OptionType.LIST, List.of()));
    }
}
