package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * pjsip.conf as values: its sections by type and name. Immutable. Read with {@link #read}, which reports what is wrong by
 * file and line and goes on.
 */
public record PjsipConf(
        Map<String, TransportSettings> transports,
        Map<String, EndpointSettings> endpoints,
        Map<String, AorSettings> aors,
        Map<String, AuthSettings> auths,
        List<IdentifySettings> identifies,
        List<AclSettings> acls,
        Map<String, RegistrationSettings> registrations,
        GlobalSettings global) {

    private static final List<String> TYPES =
            List.of("transport", "endpoint", "aor", "auth", "identify", "acl", "global", "system", "registration");

    private static final List<String> LATER_TYPES = List.of(
            "wizard",
            "phoneprov",
            "outbound-publish",
            "inbound-publication",
            "asterisk-publication",
            "resource_list",
            "contact",
            "subscription_persistence");

    public PjsipConf {
        transports = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(transports));
        endpoints = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
        aors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(aors));
        auths = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(auths));
        registrations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(registrations));
        identifies = List.copyOf(identifies);
        acls = List.copyOf(acls);
    }

    /** Nothing configured. */
    public static final PjsipConf EMPTY = new PjsipConf(
            Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), Map.of(), GlobalSettings.DEFAULT);

    /** Reads all sections of a parsed pjsip.conf and checks that what they name is there. */
    public static PjsipConf read(ConfFile file, Consumer<ConfProblem> problems) {
        return read(file, NamedAcls.NONE, problems);
    }

    /** The same, with the access lists of acl.conf. */
    public static PjsipConf read(ConfFile file, NamedAcls named, Consumer<ConfProblem> problems) {
        checkTypes(file, problems);
        var conf = new PjsipConf(
                byName(file, "transport", TransportReader::read, problems),
                byName(file, "endpoint", (reader, told) -> EndpointReader.read(reader, named, told), problems),
                byName(file, "aor", AorReader::read, problems),
                byName(file, "auth", AuthReader::read, problems),
                List.copyOf(
                        byName(file, "identify", IdentifyReader::read, problems).values()),
                List.copyOf(byName(file, "acl", (reader, told) -> AclReader.read(reader, named), problems)
                        .values()),
                byName(file, "registration", RegistrationReader::read, problems),
                GlobalReader.read(file, problems));
        new PjsipReferences(file, conf, problems).check();
        new SecretCheck(file, conf, problems).check();
        new ExternalAddressCheck(file, conf.transports(), problems).check();
        return conf.withoutPasswords();
    }

    /** With hashes in place of the passwords of those who register: only what is sent to others has to be kept as it is. */
    private PjsipConf withoutPasswords() {
        var toOthers = SecretCheck.outgoing(this);
        var prepared = new LinkedHashMap<String, AuthSettings>();
        auths.forEach((name, auth) -> prepared.put(name, toOthers.contains(name) ? auth : auth.prepared(realms(auth))));
        return new PjsipConf(transports, endpoints, aors, prepared, identifies, acls, registrations, global);
    }

    /** The realms in which somebody may prove to be this user: those that the endpoints of the section ask for. */
    private Set<String> realms(AuthSettings auth) {
        var realms = new HashSet<String>();
        realms.add(auth.realm().isEmpty() ? global.realm() : auth.realm());
        endpoints.values().stream()
                .filter(endpoint -> endpoint.auths().contains(auth.name()))
                .flatMap(endpoint -> endpoint.auths().stream())
                .map(auths::get)
                .filter(Objects::nonNull)
                .map(AuthSettings::realm)
                .filter(realm -> !realm.isEmpty())
                .forEach(realms::add);
        return realms;
    }

    /** The same with other transports. */
    public PjsipConf withTransports(Map<String, TransportSettings> other) {
        return new PjsipConf(other, endpoints, aors, auths, identifies, acls, registrations, global);
    }

    private static <T> Map<String, T> byName(
            ConfFile file,
            String type,
            BiFunction<SectionReader, Consumer<ConfProblem>, T> reading,
            Consumer<ConfProblem> problems) {
        var found = new LinkedHashMap<String, T>();
        for (var section : file.ofType(type)) {
            var reader = new SectionReader(section, problems);
            reader.text("type", "");
            var settings = reading.apply(reader, problems);
            reader.finish();
            if (settings != null && found.put(section.name(), settings) != null) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "section-repeated",
                        new Text(
                                "a second [" + section.name() + "] of type " + type + "; the last counts",
                                "un second [" + section.name() + "] de type " + type + " ; le dernier compte"),
                        null));
            }
        }
        return found;
    }

    private static void checkTypes(ConfFile file, Consumer<ConfProblem> problems) {
        for (var section : file.sections()) {
            var type = section.type().toLowerCase(java.util.Locale.ROOT);
            if (TYPES.contains(type)) {
                continue;
            }
            if (LATER_TYPES.contains(type)) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "type-later",
                        new Text(
                                "sections of type " + type + " are not supported yet; [" + section.name()
                                        + "] is ignored",
                                "les sections de type " + type + " ne sont pas encore prises en charge ; ["
                                        + section.name() + "] est ignorée"),
                        null));
            } else {
                problems.accept(unknownType(section, type));
            }
        }
    }

    private static ConfProblem unknownType(ConfSection section, String type) {
        var all = new ArrayList<>(TYPES);
        all.addAll(LATER_TYPES);
        var words = String.join(", ", TYPES);
        return ConfProblem.error(
                section.file(),
                section.line(),
                type.isEmpty() ? "type-missing" : "type-unknown",
                type.isEmpty()
                        ? new Text(
                                "[" + section.name() + "] has no type; it is ignored",
                                "[" + section.name() + "] n'a pas de type ; elle est ignorée")
                        : new Text(
                                "[" + section.name() + "]: there is no type \"" + type + "\"",
                                "[" + section.name() + "] : le type « " + type + " » n'existe pas"),
                Spelling.didYouMean(type, all).orElse(new Text("types are: " + words, "les types sont : " + words)));
    }
}
