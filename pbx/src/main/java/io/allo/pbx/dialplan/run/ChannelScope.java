package io.allo.pbx.dialplan.run;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.GosubFrame;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.dialplan.VariableScope;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What variables and functions are worth for the channel that runs the dialplan: what it is and where it stands, the
 * subroutines' own variables from the innermost out, the channel's, the global ones. Used by the call's thread.
 */
final class ChannelScope implements VariableScope {
    private static final DateTimeFormatter OLD_DATE = DateTimeFormatter.ofPattern("ddMMyyyy-HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Call call;
    private final DialplanRunner runner;

    ChannelScope(Call call, DialplanRunner runner) {
        this.call = call;
        this.runner = runner;
    }

    @Override
    public @Nullable String variable(String name) {
        Channel channel = call.channel();
        String builtIn = builtIn(name, channel);
        if (builtIn != null) return builtIn;
        for (GosubFrame frame : channel.gosubStack()) {
            String local = frame.locals().get(name);
            if (local != null) return local;
        }
        String own = channel.variables().value(name);
        if (own != null) return own;
        if (name.equals("HANGUPCAUSE")) return String.valueOf(channel.hangupCode());
        String global = runner.globals().value(name);
        return global == null ? runner.constant(name) : global;
    }

    private @Nullable String builtIn(String name, Channel channel) {
        return switch (name) {
            case "EXTEN" -> channel.location().extension();
            case "CONTEXT" -> channel.location().context();
            case "PRIORITY" -> String.valueOf(channel.location().priority());
            case "CHANNEL" -> channel.name();
            case "UNIQUEID" -> channel.uniqueId();
            case "EPOCH" -> String.valueOf(call.clock().epochMillis() / 1000);
            case "DATETIME" -> OLD_DATE.format(runner.now());
            case "TIMESTAMP" -> STAMP.format(runner.now());
            case "HINTNAME" -> "";
            case "HINT" ->
                runner.dialplan()
                        .hint(channel.location().context(), channel.location().extension(), runner.now())
                        .map(hint -> hint.devices())
                        .orElse("");
            default -> null;
        };
    }

    @Override
    public @Nullable String function(String name, String arguments) {
        DialplanFunction function = runner.functionNamed(name);
        try {
            return function.read(call, arguments);
        } catch (DialplanException e) {
            warning(name + "(): " + e.getMessage());
            return "";
        }
    }

    @Override
    public void warning(String english) {
        call.problem("dialplan", english, "plan de numérotation : " + english);
    }
}
