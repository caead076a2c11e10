package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import io.allo.sip.agent.AddressRange;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code type=identify}. */
final class IdentifyReader {

    private IdentifyReader() {}

    static @Nullable IdentifySettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var section = reader.section();
        var endpoint = reader.required("endpoint", OptionType.NAME).orElse(null);
        var ranges = new ArrayList<AddressRange>();
        var hosts = new ArrayList<String>();
        for (var entry : reader.entries("match")) {
            for (var item : entry.value().split(",", -1)) {
                var text = item.strip();
                if (text.isEmpty()) {
                    continue;
                }
                if (text.matches("[0-9a-fA-F:.]+(/[0-9.]+)?") && text.matches(".*[.:].*")) {
                    var range = TransportReader.range(reader, entry, text);
                    if (range != null) {
                        ranges.add(range);
                    }
                } else {
                    hosts.add(text);
                }
            }
        }
        var header = header(reader);
        reader.inert("srv_lookups", TransportReader.OWN_WAY);
        reader.inert("match_request_uri", TransportReader.NOT_YET);
        reader.inert("transport", TransportReader.NOT_YET);
        if (endpoint == null) {
            return null;
        }
        if (ranges.isEmpty() && hosts.isEmpty() && header == null) {
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "identify-empty",
                    new Text(
                            "[" + section.name() + "] has neither match nor match_header: it identifies nobody",
                            "[" + section.name() + "] n'a ni match ni match_header : elle n'identifie personne"),
                    null));
        }
        return new IdentifySettings(section.name(), endpoint, ranges, hosts, header);
    }

    private static IdentifySettings.@Nullable HeaderMatch header(SectionReader reader) {
        var entry = reader.entry("match_header").orElse(null);
        if (entry == null) {
            return null;
        }
        var colon = entry.value().indexOf(':');
        if (colon <= 0) {
            reader.wrong(entry, new Text("Header: value or Header: /regex/", "En-tête: valeur ou En-tête: /regex/"));
            return null;
        }
        var value = entry.value().substring(colon + 1).strip();
        var regex = value.length() > 1 && value.startsWith("/") && value.endsWith("/");
        if (regex) {
            value = value.substring(1, value.length() - 1);
            try {
                Pattern.compile(value);
            } catch (PatternSyntaxException wrong) {
                reader.wrong(entry, new Text("a valid regular expression", "une expression régulière valide"));
                return null;
            }
        }
        return new IdentifySettings.HeaderMatch(
                entry.value().substring(0, colon).strip(), value, regex);
    }
}
