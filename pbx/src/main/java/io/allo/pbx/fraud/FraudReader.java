package io.allo.pbx.fraud;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.TimeCondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Reads fraud.conf. Used once per load. */
final class FraudReader {

    private static final List<String> TYPES = List.of("class", "user", "trunk");

    private static final Text COUNTRY =
            new Text("a country's code (ISO 3166), e.g. FR", "le code d'un pays (ISO 3166), p. ex. FR");

    private static final Text NUMBERS = new Text(
            "beginnings of numbers in international form (+8835100), or whole numbers as dialed",
            "des débuts de numéros en forme internationale (+8835100), ou des numéros entiers tels que composés");

    private final ConfFile file;
    private final Consumer<ConfProblem> problems;
    private final Map<String, CallClass> classes = new LinkedHashMap<>(FraudSettings.CLASSES);
    private final Map<String, UserRule> users = new LinkedHashMap<>();
    private final Map<String, TrunkRule> trunks = new LinkedHashMap<>();
    private FraudSettings general = FraudSettings.DEFAULT;

    FraudReader(ConfFile file, Consumer<ConfProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    FraudSettings read() {
        for (var section : file.sections()) {
            if (section.type().equalsIgnoreCase("class")) {
                callClass(section);
            }
        }
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("general")) {
                general = general(section);
            }
        }
        for (var section : file.sections()) {
            other(section);
        }
        return new FraudSettings(
                general.country(),
                general.defaultClass(),
                general.trunkClass(),
                general.officeHours(),
                general.emergency(),
                general.cutAt(),
                general.cutWarningSeconds(),
                general.oneRingSeconds(),
                classes,
                users,
                trunks);
    }

    private FraudSettings general(ConfSection section) {
        var reader = new SectionReader(section, problems);
        var defaults = FraudSettings.DEFAULT;
        var read = new FraudSettings(
                reader.value("country", OptionType.of(COUNTRY, FraudReader::country), ""),
                className(reader, "default_class", defaults.defaultClass()),
                className(reader, "trunk_class", defaults.trunkClass()),
                hours(reader),
                reader.value("emergency", OptionType.LIST, List.of()),
                reader.integer("cut_at", defaults.cutAt(), 0, 100),
                reader.integer("cut_warning", defaults.cutWarningSeconds(), 0, 600),
                reader.integer("one_ring", defaults.oneRingSeconds(), 0, 60),
                Map.of(),
                Map.of(),
                Map.of());
        reader.finish();
        return read;
    }

    private static @org.jspecify.annotations.Nullable String country(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        return NumberPlan.isCountry(upper) ? upper : null;
    }

    private List<TimeCondition> hours(SectionReader reader) {
        var hours = new ArrayList<TimeCondition>();
        for (var entry : reader.entries("office_hours")) {
            var condition = TimeCondition.of(entry.value());
            if (condition.faults().isEmpty()) {
                hours.add(condition);
            } else {
                reader.wrong(
                        entry,
                        new Text(
                                "times as in GotoIfTime, e.g. 08:00-19:00,mon-fri",
                                "des heures comme dans GotoIfTime, p. ex. 08:00-19:00,mon-fri"));
            }
        }
        return hours;
    }

    private String className(SectionReader reader, String option, String fallback) {
        var entry = reader.entry(option).orElse(null);
        if (entry == null) {
            return fallback;
        }
        if (!classes.containsKey(entry.value())) {
            problems.accept(ConfProblem.error(
                    entry.file(),
                    entry.line(),
                    "reference",
                    new Text(
                            option + " names \"" + entry.value() + "\", but there is no such class",
                            option + " nomme « " + entry.value() + " », mais cette classe n'existe pas"),
                    Spelling.didYouMean(entry.value(), classes.keySet())
                            .orElse(new Text(
                                    "classes are: " + String.join(", ", classes.keySet()),
                                    "les classes sont : " + String.join(", ", classes.keySet())))));
            return fallback;
        }
        return entry.value();
    }

    private void callClass(ConfSection section) {
        var reader = new SectionReader(section, problems);
        reader.text("type", "");
        var base = classes.getOrDefault(section.name(), CallClass.NATIONAL);
        classes.put(
                section.name(),
                new CallClass(
                        section.name(),
                        countries(reader, "countries", base.countries()),
                        countries(reader, "not_countries", base.except()),
                        reader.yesNo("premium", base.premium()),
                        reader.yesNo("shared_cost", base.sharedCost()),
                        reader.yesNo("satellite", base.satellite()),
                        numbers(reader, "allow"),
                        numbers(reader, "deny"),
                        reader.value("outside_hours", OptionType.oneOf(OutsideHours.class), base.outside()),
                        ceilings(reader, base.ceilings())));
        reader.finish();
    }

    private static Ceilings ceilings(SectionReader reader, Ceilings base) {
        return new Ceilings(
                reader.integer("calls", base.calls(), 0, Integer.MAX_VALUE),
                reader.integer("minutes", base.minutes(), 0, Integer.MAX_VALUE),
                reader.integer("simultaneous", base.simultaneous(), 0, Integer.MAX_VALUE));
    }

    private static Countries countries(SectionReader reader, String option, Countries fallback) {
        var entries = reader.entries(option);
        if (entries.isEmpty()) {
            return fallback;
        }
        var words = new LinkedHashSet<String>();
        for (var entry : entries) {
            items(entry).forEach(item -> {
                if (Countries.isWord(item)) {
                    words.add(item.toUpperCase(Locale.ROOT));
                } else {
                    reader.wrong(
                            entry,
                            new Text(
                                    "countries' codes (ISO 3166: FR, DE), home, eu, all",
                                    "des codes de pays (ISO 3166 : FR, DE), home, eu, all"));
                }
            });
        }
        return new Countries(words);
    }

    private static List<String> numbers(SectionReader reader, String option) {
        var numbers = new ArrayList<String>();
        for (var entry : reader.entries(option)) {
            items(entry).forEach(item -> {
                if (item.matches("[+]?[0-9*#]{1,20}")) {
                    numbers.add(item);
                } else {
                    reader.wrong(entry, NUMBERS);
                }
            });
        }
        return numbers;
    }

    private static List<String> items(ConfEntry entry) {
        var items = OptionType.LIST.read(entry.value());
        return items == null ? List.of() : items;
    }

    private void other(ConfSection section) {
        var type = section.type().toLowerCase(Locale.ROOT);
        if (section.name().equalsIgnoreCase("general") || type.equals("class")) {
            return;
        }
        var reader = new SectionReader(section, problems);
        reader.text("type", "");
        switch (type) {
            case "user" -> {
                var name = className(reader, "class", general.defaultClass());
                var base = classes.getOrDefault(name, CallClass.INTERNAL).ceilings();
                users.put(section.name(), new UserRule(section.name(), name, ceilings(reader, base)));
            }
            case "trunk" ->
                trunks.put(
                        section.name(),
                        new TrunkRule(
                                section.name(),
                                reader.yesNo("public", true),
                                reader.value("numbers", OptionType.oneOf(NumberFormat.class), NumberFormat.AUTO),
                                className(reader, "class", "")));
            default -> {
                problems.accept(ConfProblem.error(
                        section.file(),
                        section.line(),
                        type.isEmpty() ? "type-missing" : "type-unknown",
                        new Text(
                                "[" + section.name() + "] must say what it is: type=class, user or trunk",
                                "[" + section.name() + "] doit dire ce qu'elle est : type=class, user ou trunk"),
                        Spelling.didYouMean(type, TYPES).orElse(null)));
                return;
            }
        }
        reader.finish();
    }

    /** Users and trunks that pjsip.conf does not have. */
    static void checkNames(ConfFile file, java.util.Collection<String> endpoints, Consumer<ConfProblem> problems) {
        for (var section : file.sections()) {
            var type = section.type().toLowerCase(Locale.ROOT);
            if ((type.equals("user") || type.equals("trunk")) && !endpoints.contains(section.name())) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "reference",
                        new Text(
                                "there is no endpoint " + section.name() + " in pjsip.conf",
                                "il n'y a pas de terminal " + section.name() + " dans pjsip.conf"),
                        Spelling.didYouMean(section.name(), endpoints).orElse(null)));
            }
        }
    }
}
