package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.SectionReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The access lists of acl.conf by their names. Immutable. */
public record NamedAcls(Map<String, AccessRules> byName) {

    /** No list: as if there were no file. */
    public static final NamedAcls NONE = new NamedAcls(Map.of());

    public NamedAcls {
        byName = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads acl.conf: each section is a list. */
    public static NamedAcls read(ConfFile file, Consumer<ConfProblem> problems) {
        var lists = new LinkedHashMap<String, AccessRules>();
        for (var section : file.sections()) {
            if (!section.template()) {
                var reader = new SectionReader(section, problems);
                lists.put(section.name(), AclReader.rules(reader, "permit", "deny"));
                reader.finish();
            }
        }
        return new NamedAcls(lists);
    }

    /** The list of that name. */
    public Optional<AccessRules> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names. */
    public Set<String> names() {
        return byName.keySet();
    }
}
