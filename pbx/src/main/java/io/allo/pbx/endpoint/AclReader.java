package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code acl, permit, deny} and {@code contact_acl, contact_permit, contact_deny} of {@code type=acl} and of endpoints. */
final class AclReader {

    private AclReader() {}

    static AclSettings read(SectionReader reader, NamedAcls named) {
        return new AclSettings(
                lists(reader, named, "acl", rules(reader, "permit", "deny")),
                lists(reader, named, "contact_acl", rules(reader, "contact_permit", "contact_deny")));
    }

    /** Networks, one or several (by commas) to a line; {@code !} before one turns the line's sense round for it. */
    static AccessRules rules(SectionReader reader, String permit, String deny) {
        var rules = new ArrayList<AccessRules.Rule>();
        for (var entry : reader.entries(permit, deny)) {
            for (var item : entry.value().split(",", -1)) {
                var text = item.strip();
                var negated = text.startsWith("!");
                var range = TransportReader.range(
                        reader, entry, negated ? text.substring(1).strip() : text);
                if (range != null) {
                    rules.add(new AccessRules.Rule(entry.is(permit) != negated, range));
                }
            }
        }
        return rules.isEmpty() ? AccessRules.OPEN : new AccessRules(rules);
    }

    private static List<AccessRules> lists(SectionReader reader, NamedAcls named, String option, AccessRules own) {
        var lists = new ArrayList<AccessRules>();
        for (var entry : reader.entries(option)) {
            for (var item : entry.value().split(",", -1)) {
                var name = item.strip();
                if (!name.isEmpty()) {
                    lists.add(named.find(name).orElse(AccessRules.CLOSED));
                }
                if (!name.isEmpty() && named.find(name).isEmpty()) {
                    reader.problem(
                            ConfProblem.Severity.ERROR,
                            entry,
                            "reference",
                            new Text(
                                    option + " names \"" + name + "\", but acl.conf has no [" + name + "]",
                                    option + " nomme « " + name + " », mais acl.conf n'a pas de [" + name + "]"),
                            Spelling.didYouMean(name, named.names()).orElse(null));
                }
            }
        }
        if (!own.rules().isEmpty()) {
            lists.add(own);
        }
        return lists;
    }
}
