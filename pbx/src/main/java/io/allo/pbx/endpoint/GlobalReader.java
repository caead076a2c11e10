package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.sip.transaction.SipTimers;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code type=global} and {@code type=system}. */
final class GlobalReader {

    private static final List<String> INERT_GLOBAL = List.of(
            "debug",
            "unidentified_request_count",
            "unidentified_request_period",
            "unidentified_request_prune_interval",
            "mwi_tps_queue_high",
            "mwi_tps_queue_low",
            "mwi_disable_initial_unsolicited",
            "ignore_uri_user_options",
            "use_callerid_contact",
            "send_contact_status_on_update_registration",
            "taskprocessor_overload_trigger",
            "norefersub",
            "allow_sending_180_after_183",
            "all_codecs_on_empty_reinvite",
            "default_voicemail_extension",
            "default_from_user",
            "contact_expiration_check_interval",
            "max_initial_qualify_time",
            "disable_multi_domain",
            "regcontext",
            "default_auth_algorithms_uas",
            "default_auth_algorithms_uac");

    private static final List<String> INERT_SYSTEM = List.of(
            "compact_headers",
            "threadpool_initial_size",
            "threadpool_auto_increment",
            "threadpool_idle_timeout",
            "threadpool_max_size",
            "disable_tcp_switch",
            "follow_early_media_fork",
            "accept_multiple_sdp_answers",
            "disable_rport");

    private GlobalReader() {}

    static GlobalSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = GlobalSettings.DEFAULT;
        for (var section : file.ofType("global")) {
            settings = global(new SectionReader(section, problems), settings.timers());
        }
        for (var section : file.ofType("system")) {
            settings = system(new SectionReader(section, problems), settings);
        }
        return settings;
    }

    private static GlobalSettings global(SectionReader reader, SipTimers timers) {
        var fallback = GlobalSettings.DEFAULT;
        reader.text("type", "");
        var settings = new GlobalSettings(
                reader.text("user_agent", fallback.userAgent()),
                reader.text("default_realm", fallback.realm()),
                reader.integer("max_forwards", fallback.maxForwards(), 1, 255),
                reader.integer("keep_alive_interval", fallback.keepAliveSeconds(), 0, 86_400),
                reader.text("default_outbound_endpoint", fallback.defaultOutboundEndpoint()),
                reader.value("endpoint_identifier_order", OptionType.LIST, fallback.identifierOrder()),
                timers);
        INERT_GLOBAL.forEach(option -> reader.inert(option, TransportReader.NOT_YET));
        reader.finish();
        return settings;
    }

    private static GlobalSettings system(SectionReader reader, GlobalSettings before) {
        reader.text("type", "");
        var timers = SipTimers.ofMs(
                reader.integer("timer_t1", 500, 100, 60_000), reader.integer("timer_b", 32_000, 1_000, 600_000));
        INERT_SYSTEM.forEach(option -> reader.inert(option, TransportReader.OWN_WAY));
        reader.finish();
        return new GlobalSettings(
                before.userAgent(),
                before.realm(),
                before.maxForwards(),
                before.keepAliveSeconds(),
                before.defaultOutboundEndpoint(),
                before.identifierOrder(),
                timers);
    }
}
