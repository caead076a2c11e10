package io.allo.pbx.app.conference;

import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.ConferenceConf.Kind;
import io.allo.pbx.app.conference.profile.MenuProfile;
import io.allo.pbx.app.conference.profile.UserProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * CONFBRIDGE(type,option)=value: profiles that the dialplan makes for a channel, from a template and options. A board: any thread; a
 * channel's profiles are changed on its call's.
 */
final class DynamicProfiles implements DialplanFunction {

    private final Supplier<ConferenceConf> conf;
    private final Map<Channel, Map<Kind, Made>> made = new WeakHashMap<>();

    DynamicProfiles(Supplier<ConferenceConf> conf) {
        this.conf = conf;
    }

    /** A template and what was set beside it. Immutable. */
    private record Made(String template, Map<String, String> options) {

        Made with(String option, String value) {
            var more = new LinkedHashMap<>(options);
            more.put(option, value);
            return new Made(template, more);
        }
    }

    @Override
    public String name() {
        return "CONFBRIDGE";
    }

    @Override
    public String read(Call call, String arguments) {
        throw new DialplanException("CONFBRIDGE() can only be set; CONFBRIDGE_INFO() tells about a conference");
    }

    @Override
    public void write(Call call, String text, String value) {
        var arguments = Arguments.of(text, 2);
        var kind = Kind.of(arguments.get(0))
                .orElseThrow(() ->
                        new DialplanException("CONFBRIDGE() sets user, bridge or menu, not: " + arguments.get(0)));
        var option = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        switch (option) {
            case "" -> throw new DialplanException("CONFBRIDGE(" + kind.label() + ",option) needs an option");
            case "clear" -> put(call.channel(), kind, null);
            case "template" -> put(call.channel(), kind, template(kind, value.strip()));
            default -> {
                var before = find(call.channel(), kind).orElseGet(() -> new Made(usual(kind), Map.of()));
                var after = before.with(option, value.strip());
                verify(kind, after);
                put(call.channel(), kind, after);
            }
        }
    }

    private Made template(Kind kind, String name) {
        var names = conf.get().names(kind);
        if (!names.contains(name)) {
            throw new DialplanException("there is no " + kind.label() + " profile " + name
                    + Spelling.didYouMean(name, names)
                            .map(hint -> "; " + hint.en())
                            .orElse(""));
        }
        return new Made(name, Map.of());
    }

    private static String usual(Kind kind) {
        return switch (kind) {
            case USER -> ConferenceConf.DEFAULT_USER;
            case BRIDGE -> ConferenceConf.DEFAULT_BRIDGE;
            case MENU -> ConferenceConf.DEFAULT_MENU;
        };
    }

    /** A wrong option is refused where it is set, not where it is used. */
    private void verify(Kind kind, Made wanted) {
        var problems = new ArrayList<ConfProblem>();
        switch (kind) {
            case USER -> conf.get().user(wanted.template(), wanted.options(), problems::add);
            case BRIDGE -> conf.get().bridge(wanted.template(), wanted.options(), problems::add);
            case MENU -> conf.get().menu(wanted.template(), wanted.options(), problems::add);
        }
        for (var problem : problems) {
            if (problem.file().equals(ConferenceConf.DIALPLAN)
                    && (problem.isError() || problem.code().equals("unknown-option"))) {
                throw new DialplanException(problem.message().en());
            }
        }
    }

    private void put(Channel channel, Kind kind, @Nullable Made wanted) {
        synchronized (made) {
            var ofChannel = made.computeIfAbsent(channel, key -> new EnumMap<>(Kind.class));
            if (wanted == null) {
                ofChannel.remove(kind);
            } else {
                ofChannel.put(kind, wanted);
            }
        }
    }

    private Optional<Made> find(Channel channel, Kind kind) {
        synchronized (made) {
            return Optional.ofNullable(made.getOrDefault(channel, Map.of()).get(kind));
        }
    }

    // ---- what ConfBridge asks

    /** The user profile of this name; without a name the channel's own, or the default. */
    UserProfile user(Channel channel, String name) {
        var wanted = find(channel, Kind.USER);
        if (name.isEmpty() && wanted.isPresent()) {
            return conf.get().user(wanted.get().template(), wanted.get().options(), problem -> {});
        }
        return conf.get().user(named(name, Kind.USER)).orElseThrow(() -> missing(Kind.USER, name));
    }

    /** The bridge profile of this name; without a name the channel's own, or the default. */
    BridgeProfile bridge(Channel channel, String name) {
        var wanted = find(channel, Kind.BRIDGE);
        if (name.isEmpty() && wanted.isPresent()) {
            return conf.get().bridge(wanted.get().template(), wanted.get().options(), problem -> {});
        }
        return conf.get().bridge(named(name, Kind.BRIDGE)).orElseThrow(() -> missing(Kind.BRIDGE, name));
    }

    /** The menu of this name; without a name the channel's own, or the default. */
    MenuProfile menu(Channel channel, String name) {
        var wanted = find(channel, Kind.MENU);
        if (name.isEmpty() && wanted.isPresent()) {
            return conf.get().menu(wanted.get().template(), wanted.get().options(), problem -> {});
        }
        return conf.get().menu(named(name, Kind.MENU)).orElseThrow(() -> missing(Kind.MENU, name));
    }

    private static String named(String name, Kind kind) {
        return name.isEmpty() ? usual(kind) : name;
    }

    private DialplanException missing(Kind kind, String name) {
        List<String> names = conf.get().names(kind);
        return new DialplanException("confbridge.conf has no " + kind.label() + " profile " + name
                + Spelling.didYouMean(name, names).map(hint -> "; " + hint.en()).orElse(""));
    }
}
