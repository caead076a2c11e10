package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code type=registration}. */
final class RegistrationReader {

    private RegistrationReader() {}

    static @Nullable RegistrationSettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var section = reader.section();
        var server = reader.required("server_uri", OptionType.NAME);
        var client = reader.required("client_uri", OptionType.NAME);
        var settings = new RegistrationSettings(
                section.name(),
                server.orElse(""),
                client.orElse(""),
                reader.text("contact_user", ""),
                reader.text("transport", ""),
                reader.value("outbound_auth", OptionType.LIST, List.of()),
                reader.integer("expiration", 3600, 1, Integer.MAX_VALUE),
                reader.integer("retry_interval", 60, 1, Integer.MAX_VALUE),
                reader.integer("forbidden_retry_interval", 0, 0, Integer.MAX_VALUE),
                reader.integer("max_retries", 10, 0, Integer.MAX_VALUE),
                reader.yesNo("auth_rejection_permanent", true),
                reader.yesNo("line", false),
                reader.text("endpoint", ""));
        for (var option : List.of(
                "fatal_retry_interval",
                "max_random_initial_delay",
                "outbound_proxy",
                "security_negotiation",
                "security_mechanisms",
                "support_path",
                "support_outbound",
                "contact_header_params",
                "contact_additional_header",
                "user_agent")) {
            reader.inert(option, TransportReader.NOT_YET);
        }
        problems.accept(ConfProblem.warning(
                section.file(),
                section.line(),
                "registration-later",
                new Text(
                        "registering at other servers comes with trunks; [" + section.name()
                                + "] is read but not acted on",
                        "l'enregistrement auprès d'autres serveurs viendra avec les trunks ; [" + section.name()
                                + "] est lue mais sans effet"),
                null));
        return server.isEmpty() || client.isEmpty() ? null : settings;
    }
}
