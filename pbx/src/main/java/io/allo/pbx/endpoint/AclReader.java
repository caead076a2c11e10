package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.SectionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code type=acl}. */
final class AclReader {

    private AclReader() {}

    static AclSettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var settings = new AclSettings(
                reader.section().name(),
                rules(reader, "permit", "deny"),
                rules(reader, "contact_permit", "contact_deny"));
        reader.inert("acl", TransportReader.NOT_YET);
        reader.inert("contact_acl", TransportReader.NOT_YET);
        return settings;
    }

    private static List<AclSettings.Rule> rules(SectionReader reader, String permit, String deny) {
        var rules = new ArrayList<AclSettings.Rule>();
        for (var entry : reader.entries(permit, deny)) {
            for (var item : entry.value().split(",", -1)) {
                var text = item.strip();
                var negated = text.startsWith("!");
                var range = TransportReader.range(reader, entry, negated ? text.substring(1) : text);
                if (range != null) {
                    rules.add(new AclSettings.Rule(entry.is(permit) != negated, range));
                }
            }
        }
        return rules;
    }
}
