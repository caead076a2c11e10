package io.allo.pbx.app.conference.profile;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * confbridge.conf: user, bridge and menu profiles by name. {@code default_user}, {@code default_bridge}, {@code default_menu}, {@code
 * sample_user_menu} and {@code sample_admin_menu} are there whether the file has them or not. Immutable; any thread.
 */
public final class ConferenceConf {

    /** As if there were no file. */
    public static final ConferenceConf DEFAULT = new ConferenceConf(Map.of(), Map.of(), Map.of(), List.of());

    /** Where a user profile is not named. */
    public static final String DEFAULT_USER = "default_user";

    /** Where a bridge profile is not named. */
    public static final String DEFAULT_BRIDGE = "default_bridge";

    /** Where a menu is not named. */
    public static final String DEFAULT_MENU = "default_menu";

    /** The file of problems of what CONFBRIDGE() has set. */
    public static final String DIALPLAN = "CONFBRIDGE()";

    private final Map<String, UserProfile> users;
    private final Map<String, BridgeProfile> bridges;
    private final Map<String, MenuProfile> menus;
    private final List<ConfSection> sections;

    private ConferenceConf(
            Map<String, UserProfile> users,
            Map<String, BridgeProfile> bridges,
            Map<String, MenuProfile> menus,
            List<ConfSection> sections) {
        this.users = new HashMap<>(users);
        this.bridges = new HashMap<>(bridges);
        this.menus = new HashMap<>(menus);
        this.sections = sections;
        this.users.putIfAbsent(DEFAULT_USER, UserProfile.DEFAULT);
        this.bridges.putIfAbsent(DEFAULT_BRIDGE, BridgeProfile.DEFAULT);
        this.menus.putIfAbsent(DEFAULT_MENU, MenuProfile.NONE);
        SampleMenus.all().forEach(menu -> this.menus.putIfAbsent(menu.name(), menu));
    }

    /** The kinds of profile. */
    public enum Kind {
        /** {@code type=user}. */
        USER,
        /** {@code type=bridge}. */
        BRIDGE,
        /** {@code type=menu}. */
        MENU;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** By its word. */
        public static Optional<Kind> of(String word) {
            return List.of(values()).stream()
                    .filter(kind -> kind.label().equalsIgnoreCase(word.strip()))
                    .findFirst();
        }
    }

    /** Reads the file; what is wrong is reported and left out. */
    public static ConferenceConf read(ConfFile file, Consumer<ConfProblem> problems) {
        Map<String, UserProfile> users = new LinkedHashMap<>();
        Map<String, BridgeProfile> bridges = new LinkedHashMap<>();
        Map<String, MenuProfile> menus = new LinkedHashMap<>();
        var kept = new ArrayList<ConfSection>();
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("general")) {
                continue;
            }
            var kind = Kind.of(section.type());
            if (kind.isEmpty()) {
                noKind(section, problems);
                continue;
            }
            kept.add(section);
            switch (kind.get()) {
                case USER -> put(users, section, problems, UserProfile::read);
                case BRIDGE -> put(bridges, section, problems, BridgeProfile::read);
                case MENU -> put(menus, section, problems, MenuReader::read);
            }
        }
        return new ConferenceConf(users, bridges, menus, List.copyOf(kept));
    }

    private static <T> void put(
            Map<String, T> all,
            ConfSection section,
            Consumer<ConfProblem> problems,
            BiFunction<ConfSection, Consumer<ConfProblem>, T> read) {
        if (all.put(section.name(), read.apply(section, problems)) != null) {
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "profile-repeated",
                    new Text(
                            "the profile [" + section.name() + "] is written again; the last counts",
                            "le profil [" + section.name() + "] est écrit à nouveau ; le dernier compte"),
                    null));
        }
    }

    private static void noKind(ConfSection section, Consumer<ConfProblem> problems) {
        var type = section.type();
        problems.accept(ConfProblem.error(
                section.file(),
                section.line(),
                "profile-type",
                type.isEmpty()
                        ? new Text(
                                "[" + section.name() + "] has no type, so nobody can use it",
                                "[" + section.name() + "] n'a pas de type : rien ne peut s'en servir")
                        : new Text(
                                "\"" + type + "\" is no type of profile",
                                "« " + type + " » n'est pas un type de profil"),
                Spelling.didYouMean(type, List.of("user", "bridge", "menu"))
                        .orElse(new Text(
                                "type=user, type=bridge or type=menu", "type=user, type=bridge ou type=menu"))));
    }

    /** A user profile; empty if there is none of this name. */
    public Optional<UserProfile> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** A bridge profile. */
    public Optional<BridgeProfile> bridge(String name) {
        return Optional.ofNullable(bridges.get(name));
    }

    /** A menu. */
    public Optional<MenuProfile> menu(String name) {
        return Optional.ofNullable(menus.get(name));
    }

    /** The names of a kind, for "did you mean". */
    public List<String> names(Kind kind) {
        var names = switch (kind) {
            case USER -> users.keySet();
            case BRIDGE -> bridges.keySet();
            case MENU -> menus.keySet();
        };
        return names.stream().sorted().toList();
    }

    // ---- profiles made by CONFBRIDGE()

    /** A user profile that a dialplan makes: the template's options and these. */
    public UserProfile user(String template, Map<String, String> options, Consumer<ConfProblem> problems) {
        return UserProfile.read(section(Kind.USER, template, options), problems);
    }

    /** A bridge profile that a dialplan makes. */
    public BridgeProfile bridge(String template, Map<String, String> options, Consumer<ConfProblem> problems) {
        return BridgeProfile.read(section(Kind.BRIDGE, template, options), problems);
    }

    /** A menu that a dialplan makes. */
    public MenuProfile menu(String template, Map<String, String> options, Consumer<ConfProblem> problems) {
        var made = MenuReader.read(section(Kind.MENU, template, options), problems);
        var sequences =
                new HashMap<>(menus.getOrDefault(template, MenuProfile.NONE).sequences());
        sequences.putAll(made.sequences());
        return new MenuProfile(made.name(), sequences);
    }

    private ConfSection section(Kind kind, String template, Map<String, String> options) {
        var entries = new ArrayList<ConfEntry>();
        for (var section : sections) {
            if (section.name().equals(template)
                    && Kind.of(section.type()).filter(kind::equals).isPresent()) {
                section.entries()
                        .forEach(entry -> entries.add(new ConfEntry(
                                entry.key(), entry.value(), entry.arrow(), entry.file(), entry.line(), true)));
            }
        }
        options.forEach((key, value) -> entries.add(new ConfEntry(key, value, false, DIALPLAN, 0, false)));
        return new ConfSection(template, false, List.of(), entries, DIALPLAN, 0);
    }
}
